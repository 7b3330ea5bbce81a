import t from 'tap'
import { kmBetween, minutes } from '../../src/matching/travel-rules.ts'
import { travel } from './worlds.ts'

const spot = (district: string, lat?: number, lon?: number) => ({
  district,
  point: lat === undefined || lon === undefined ? undefined : { lat, lon },
})

t.test("between two known addresses the distance counts, by the speaker's transport", async t => {
  const [here, there] = [spot('almaly', 43.252, 76.919), spot('almaly', 43.252, 77.0422)]
  t.ok(Math.abs(kmBetween({ lat: 43.252, lon: 76.919 }, { lat: 43.252, lon: 77.0422 }) - 9.98) < 0.02)
  t.equal(minutes(travel, here, there, 'transit'), 70)
  t.equal(minutes(travel, here, there, 'car'), 41)
  t.equal(minutes(travel, here, here, 'car'), 0)
  t.equal(minutes(travel, there, here, 'car'), 41)
})

t.test('without an address the table of districts counts, both ways and by transport', async t => {
  t.equal(minutes(travel, spot('almaly'), spot('turksib'), 'transit'), 55)
  t.equal(minutes(travel, spot('turksib'), spot('almaly', 43.25, 76.9), 'transit'), 55)
  const back = {
    ...travel,
    table: [...travel.table, { from: 'turksib', to: 'almaly', transport: 'transit' as const, minutes: 65 }],
  }
  t.equal(minutes(back, spot('turksib'), spot('almaly'), 'transit'), 65)
  t.equal(minutes(back, spot('almaly'), spot('turksib'), 'transit'), 55)
})

t.test(
  'without a row of the table the centres of the districts stand in, and an hour where even these are unknown',
  async t => {
    t.equal(minutes(travel, spot('almaly'), spot('turksib'), 'car'), 46)
    t.equal(minutes(travel, spot('almaly'), spot('almaly', 43.25, 76.9), 'transit'), 24)
    t.equal(minutes(travel, spot('almaly'), spot('nowhere'), 'transit'), 60)
    t.equal(minutes(travel, spot('nowhere'), spot('almaly'), 'transit'), 60)
  },
)
