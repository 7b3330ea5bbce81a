import t from 'tap'
import { cast } from '../cast.ts'
import { booked } from '../talks/booked.ts'
import { submit, world } from '../world.ts'

const { app, db, clock, signIn } = await world(t)
const cookie = await signIn(cast.psychologist)
const long = '7'.repeat(300)

t.test('what is too long or sent twice comes back to be mended, and the rest of the form as it was typed', async t => {
  const profile = { phone: '8 701 765 43 21', day: '3', week: '11', month: '37', days: '6', at: '19:15', hours: '4' }
  for (const wrong of [{ phone: long }, { day: long }, { phone: ['8701765', '4321'] }, { week: ['1', '2'] }]) {
    const answer = await submit(app, '/me/profile', { ...profile, ...wrong }, cookie)
    t.equal(answer.statusCode, 422)
    for (const [name, value] of Object.entries({ ...profile, ...wrong }))
      if (typeof value === 'string') t.ok(answer.body.includes(`value="${value}"`), `${name} ${value.slice(0, 9)}`)
  }

  const busy = { kind: 'hours', on: '2026-12-01', from: '10:05', to: '11:35' }
  for (const wrong of [{ to: long }, { on: ['2026-12-01', '2026-12-02'] }, { kind: ['hours', 'days'] }]) {
    const answer = await submit(app, '/me/busy', { ...busy, ...wrong }, cookie)
    t.equal(answer.statusCode, 422)
    t.ok(answer.body.includes('value="10:05"'))
  }
  const kept = await db.selectFrom('absences').select('during').execute()
  t.notOk(kept.some(({ during }) => during.from.toISODate()?.startsWith('2026-12-0')))
})

t.test('a last day that is too far is not said to lie before the first', async t => {
  const days = { kind: 'days', on: '2026-12-05', until: '2036-12-31' }
  const answer = await submit(app, '/me/busy', days, cookie)
  t.equal(answer.statusCode, 422)
  t.match(answer.body, 'не раньше первого и не позже чем через год после него')
  t.match(answer.body, 'value="2036-12-31"')
})

t.test('heads sent twice are not taken for one number', async t => {
  const { talkId } = await booked(db, clock.now, { day: '2026-11-20', team: [cast.psychologist] })
  const action = `/me/talks/${talkId}/outcome`
  for (const heads of [['4', '2'], long]) {
    const answer = await submit(app, action, { held: '1', heads, leaflets: '35' }, cookie)
    t.equal(answer.statusCode, 422)
    t.ok(answer.body.includes('value="35"'))
  }
  t.equal(
    (await db.selectFrom('talks').select('state').where('id', '=', talkId).executeTakeFirstOrThrow()).state,
    'booked',
  )
  t.equal((await submit(app, action, { held: '1', heads: '42', leaflets: '35' }, cookie)).statusCode, 303)
})

t.test('an address that is too long to be one comes back', async t => {
  const answer = await submit(app, '/sign-in', { email: `${'a'.repeat(2500)}@mektep.example` })
  t.equal(answer.statusCode, 422)
  t.ok(answer.body.includes('a'.repeat(200)))
})
