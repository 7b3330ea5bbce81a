import { DateTime } from 'luxon'
import t from 'tap'
import { instantAt, type Zones, zoneFor } from '../../src/calendars/zone-rules.ts'

const zones: Zones = { own: 'Asia/Almaty', ofFile: undefined, located: new Map([['Our own', 'Europe/Moscow']]) }
const named = (tzid: string | undefined, ofFile?: string) => {
  const { name, doubtful } = zoneFor(tzid, { ...zones, ofFile })
  return doubtful ? `${name}?` : name
}

t.test('a TZID means a zone, or there is doubt', async t => {
  const cases: [string | undefined, string][] = [
    [undefined, 'Asia/Almaty'],
    ['UTC', 'UTC'],
    ['Z', 'UTC'],
    ['Europe/Berlin', 'Europe/Berlin'],
    ['"Europe/Berlin"', 'Europe/Berlin'],
    ['/freeassociation.sourceforge.net/Tzfile/Asia/Tashkent', 'Asia/Tashkent'],
    ['/mozilla.org/20070129_1/America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['Our own', 'Europe/Moscow'],
    ['Qyzylorda Standard Time', 'Asia/Qyzylorda'],
    ['Russian Standard Time', 'Europe/Moscow'],
    ['Central Asia Standard Time', 'Asia/Almaty?'],
    ['(UTC+06:00) Astana', 'Asia/Almaty?'],
    ['EST', 'Asia/Almaty?'],
    ['+0500', 'Asia/Almaty?'],
    ['', 'Asia/Almaty?'],
    ['constructor', 'Asia/Almaty?'],
  ]
  for (const [tzid, expected] of cases) t.equal(named(tzid), expected, String(tzid))
  t.equal(named('Customized Time Zone', 'Asia/Oral'), 'Asia/Oral?', 'what the file says of itself')
  t.equal(named('Customized Time Zone', 'Nowhere'), 'Asia/Almaty?')
})

t.test('the instant of a wall time, at changes and away from them', async t => {
  const at = (wall: string, zone: string) =>
    DateTime.fromMillis(instantAt(Date.parse(`${wall}:00Z`), zone), { zone: 'utc' }).toFormat('yyyy-MM-dd HH:mm')
  t.equal(at('2026-11-24T09:00', 'Asia/Almaty'), '2026-11-24 04:00')
  t.equal(at('2024-02-29T12:00', 'Asia/Almaty'), '2024-02-29 06:00')
  t.equal(at('2024-02-29T23:30', 'Asia/Almaty'), '2024-02-29 17:30', 'the hour that came twice: the first')
  t.equal(at('2024-03-01T00:00', 'Asia/Almaty'), '2024-02-29 19:00')
  t.equal(at('2027-03-28T02:30', 'Europe/Berlin'), '2027-03-28 01:30', 'the hour that never came')
  t.equal(at('2027-03-28T01:59', 'Europe/Berlin'), '2027-03-28 00:59')
  t.equal(at('2027-03-28T03:00', 'Europe/Berlin'), '2027-03-28 01:00')
})
