import { DateTime } from 'luxon'
import t from 'tap'
import { cast, monday } from '../cast.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { formOn, submit, world } from '../world.ts'

const w = await world(t)
const named = await names(w)
const { db, clock, mails } = w
const start = DateTime.fromISO(monday, { zone: 'utc' })
const { district, kind } = await db
  .selectFrom('hosts')
  .select(['district', 'kind'])
  .where('id', '=', named.host('school-907'))
  .executeTakeFirstOrThrow()
const { email: speaker } = await db
  .selectFrom('speakers')
  .select('email')
  .where('id', '=', named.speaker('zhunisov'))
  .executeTakeFirstOrThrow()

/** Through the pages, as a coordinator does it on a frosty morning. */
async function close(outcome: string, day = '2026-11-25') {
  const cookie = await w.signIn(cast.coordinator)
  const query = {
    from: day,
    to: day,
    cause: 'frost',
    outcome,
    kinds: kind,
    name_kk: 'Аяз',
    name_ru: 'Мороз',
    name_en: 'Frost',
    districts: district,
  }
  const check = await w.app.inject({ url: `/app/closures/new?${new URLSearchParams(query)}`, headers: { cookie } })
  const form = formOn(check.body, '/app/closures')
  return String((await submit(w.app, form.action, form.fields, cookie)).headers.location)
}
async function lift(path: string) {
  const cookie = await w.signIn(cast.coordinator)
  const form = formOn((await w.app.inject({ url: `${path}/lifting`, headers: { cookie } })).body, `${path}/lifting`)
  await submit(w.app, form.action, form.fields, cookie)
}
const closures = () => mails.splice(0).filter(mail => mail.kind === 'closure')

t.test('a closure before dawn reaches the team and the school at once, and its end those who heard of it', async t => {
  await bookedTalk(w, named, await ask(w, named), '2026-11-25T10:20', ['zhunisov'])
  await bookedTalk(w, named, await ask(w, named), '2026-11-26T10:20', ['zhunisov'])
  await w.deliver()
  mails.length = 0
  // 05:40 on the walls of Almaty
  clock.now = start.set({ day: 25, hour: 0, minute: 40 })
  const path = await close('online')
  await w.deliver()
  const told = closures()
  t.same(
    told.map(mail => mail.to.address).sort(),
    ['school@kezdesu.example', speaker].sort(),
    'of the talk of that day only',
  )
  const school = told.find(mail => mail.to.address.startsWith('school'))
  t.match(school?.subject, /онлайн/i)
  t.match(school?.text, /Себебі: аяз\.[\s\S]*\* \* \*[\s\S]*Причина: мороз\./)
  t.match(school?.text, '10:20')
  t.match(school?.calendar, { method: 'REQUEST' })
  t.match(school?.calendar?.content, /SEQUENCE:1\r/)
  t.notOk(school?.unsubscribe)

  await lift(path)
  await w.deliver()
  const lifted = closures()
  t.same(lifted.map(mail => mail.to.address).sort(), ['school@kezdesu.example', speaker].sort())
  t.match(lifted.find(mail => mail.to.address.startsWith('school'))?.text, 'в прежнее время')
  for (const { calendar } of lifted) t.match(calendar?.content, /SEQUENCE:2\r/)
})

t.test('a closure lifted before its letters left tells nobody', async t => {
  clock.now = start.set({ day: 24, hour: 3, minute: 0 })
  await lift(await close('postponed', '2026-11-26'))
  await w.deliver()
  t.same(closures(), [])
  const rows = await db
    .selectFrom('messages')
    .select(['state', 'reason'])
    .where('kind', '=', 'closure')
    .where('state', '<>', 'sent')
    .execute()
  t.same(rows, [
    { state: 'superseded', reason: 'restored' },
    { state: 'superseded', reason: 'restored' },
  ])
})
