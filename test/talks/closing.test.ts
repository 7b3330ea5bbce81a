import { DateTime } from 'luxon'
import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { swap } from '../../src/talks/change-actions.ts'
import { cast, monday } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'
import { ask, bookedTalk, bookTalk, ledger, names } from './situation.ts'

const w = await world(t)
const named = await names(w)
const { app, db, clock, mails } = w
const start = DateTime.fromISO(monday, { zone: 'utc' })
// the clock goes on for days, and no session lasts that long
let session = ''
const get = async (url: string) => {
  session = await w.signIn(cast.coordinator)
  return (await app.inject({ url, headers: { cookie: session } })).body
}
const send = (url: string, fields: Record<string, string | string[]>) => submit(app, url, fields, session)

const schools = await db
  .selectFrom('hosts')
  .select('district')
  .distinct()
  .where('house_id', '=', named.house)
  .where('kind', '=', 'school')
  .execute()
/** Through the pages, as a coordinator does it on a frosty morning; `chosen` on the page that checks. */
async function close(date: string, outcome: string, chosen: Record<string, string> = {}, link = '') {
  const query = new URLSearchParams({ from: date, to: date, cause: 'frost', outcome, link, kinds: 'school' })
  for (const { district } of schools) query.append('districts', district)
  const check = await get(`/app/closures/new?${query}`)
  const { action, fields } = formOn(check, '/app/closures')
  const done = await send(action, { ...fields, ...chosen })
  return { path: String(done.headers.location), check, done }
}
async function lift(path: string) {
  const page = await get(`${path}/lifting?l=en`)
  const { action, fields } = formOn(page, `${path}/lifting`)
  await send(action, fields)
  return page
}
const day = (date: string) => ({ windows: [{ from: date, to: date }] })
const book = async (date: string, school: string, time: string, people: string[]) => {
  const number = await ask(w, named, { host: `school-${school}`, ...day(date) })
  return { number, id: await bookedTalk(w, named, number, `${date}T${time}`, people) }
}
const talkRow = (id: string) =>
  db
    .selectFrom('talks')
    .select(['state', 'mode', 'link', 'version', 'sequence', 'cancel_reason', 'held_on', 'from_time'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
const request = (number: number) =>
  db.selectFrom('requests').select(['state', 'postponed_from']).where('number', '=', number).executeTakeFirstOrThrow()
/** Letters since the last look: to whom, method and sequence of the calendar part. */
const letters = async () => {
  await w.deliver()
  return mails.splice(0).map(({ kind, to, calendar }) => {
    const sequence = /SEQUENCE:(\d+)/.exec(calendar?.content ?? '')?.[1] ?? ''
    return `${kind} ${to.address.split('@')[0]} ${calendar?.method ?? '-'} ${sequence}`.trim()
  })
}
const mailOf = async (name: string) =>
  (
    await db.selectFrom('speakers').select('email').where('id', '=', named.speaker(name)).executeTakeFirstOrThrow()
  ).email.split('@')[0] ?? ''
const [zhunisov, suleimenova, baizhan] = await Promise.all(['zhunisov', 'suleimenova', 'baizhan'].map(mailOf))

t.test('each talk gets what is chosen for it, with one letter each, and all of it comes back', async t => {
  const date = '2026-11-25'
  const kept = await book(date, '901', '10:50', ['bekuly'])
  const online = await book(date, '907', '10:20', ['zhunisov'])
  const later = await book(date, '912', '10:20', ['suleimenova'])
  const never = await book(date, '913', '10:20', ['baizhan'])
  const accepted = await db
    .updateTable('assignments')
    .set({ state: 'accepted', answered_at: clock.now })
    .where('talk_id', '=', later.id)
    .returning('id')
    .executeTakeFirstOrThrow()
  await letters()
  // 05:40 on the walls of Almaty
  clock.now = start.set({ day: 25, hour: 0, minute: 40 })
  const { path, check } = await close(
    date,
    'online',
    {
      [`fate_${kept.id}`]: 'kept',
      [`fate_${online.id}`]: 'online',
      [`fate_${later.id}`]: 'postponed',
      [`fate_${never.id}`]: 'cancelled',
      [`link_${online.id}`]: 'https://meet.example.kz/own',
    },
    'https://meet.example.kz/all',
  )
  t.match(formOn(check, '/app/closures').fields, { [`fate_${later.id}`]: /online|postponed/ })
  t.match(await talkRow(kept.id), { state: 'booked', mode: 'onsite', version: 1 })
  t.match(await talkRow(online.id), {
    state: 'booked',
    mode: 'online',
    link: 'https://meet.example.kz/own',
    sequence: 1,
  })
  t.match(await talkRow(later.id), { state: 'cancelled', cancel_reason: 'weather', sequence: 1 })
  t.match(await talkRow(never.id), { state: 'cancelled', cancel_reason: 'weather', sequence: 1 })
  t.same(await request(later.number), { state: 'waiting', postponed_from: '2026-11-26' })
  t.same(await request(never.number), { state: 'withdrawn', postponed_from: null })
  const before = (await ledger(w, online.id)).filter(line => line.startsWith('1 ') && /reminder|outcome/.test(line))
  t.ok(before.length > 0 && before.every(line => line.endsWith('superseded')), 'reminders of the room are no more')
  t.match((await ledger(w, online.id)).join('\n'), /2 outcome-asked/)

  const inbox = await get('/app?l=en')
  t.equal(/id="r(\d+)"/.exec(inbox)?.[1], String(later.number), 'the request is the first in the inbox')
  t.match(inbox, 'Put off')
  t.match(
    inbox,
    /name="startsAt" value="2026-11-2[6-9]|name="startsAt" value="2026-1[12]-/,
    'with offers after the closure',
  )

  t.same(
    (await letters()).sort(),
    [
      `closure ${baizhan} CANCEL 1`,
      `closure ${suleimenova} CANCEL 1`,
      `closure ${zhunisov} REQUEST 1`,
      'closure school CANCEL 1',
      'closure school CANCEL 1',
      'closure school REQUEST 1',
    ].sort(),
  )
  t.match(await get(`${path}?l=en`), 'Letters sent: 6 of 6')
  t.notMatch(await get(path), 'http-equiv="refresh"')

  const preview = await lift(path)
  t.match(preview, 'Will be as they were: 3')
  t.match(preview, 'gets a letter: 6')
  t.match(await talkRow(online.id), { state: 'booked', mode: 'onsite', link: null, sequence: 2 })
  for (const { id } of [later, never])
    t.match(await talkRow(id), {
      state: 'booked',
      cancel_reason: null,
      sequence: 2,
      held_on: date,
      from_time: '10:20',
    })
  t.same(await request(later.number), { state: 'booked', postponed_from: null })
  t.same(await request(never.number), { state: 'booked', postponed_from: null })
  const seat = await db
    .selectFrom('assignments')
    .select(['state', 'ended_at', 'travel_minutes'])
    .where('id', '=', accepted.id)
    .executeTakeFirstOrThrow()
  t.match(seat, { state: 'accepted', ended_at: null })
  t.ok(seat.travel_minutes > 0)
  t.same(
    (await letters()).sort(),
    [
      `closure ${baizhan} REQUEST 2`,
      `closure ${suleimenova} REQUEST 2`,
      `closure ${zhunisov} REQUEST 2`,
      'closure school REQUEST 2',
      'closure school REQUEST 2',
      'closure school REQUEST 2',
    ].sort(),
  )
  t.match(await get(`${path}?l=en`), 'As it was')
})

t.test('what can no longer be restored is named with what to do, and the rest is restored', async t => {
  clock.now = start.set({ day: 25, hour: 12 })
  const date = '2026-11-27'
  const anew = await book(date, '907', '10:20', ['zhunisov'])
  const taken = await book(date, '912', '10:20', ['suleimenova'])
  const fine = await book(date, '913', '10:20', ['baizhan'])
  await letters()
  const { path } = await close(date, 'postponed')
  t.same((await letters()).length, 6)
  t.match(await get('/app?l=en'), 'Put off')
  await bookedTalk(w, named, anew.number, '2026-12-02T10:20', ['zhunisov'])
  // a day off since
  await db
    .insertInto('absences')
    .values({
      speaker_id: named.speaker('suleimenova'),
      during: { from: DateTime.fromISO(`${date}T00:00+05:00`), to: DateTime.fromISO(`${date}T23:00+05:00`) },
    })
    .execute()
  await letters()
  const preview = await lift(path)
  t.match(preview, 'Will be as they were: 1')
  t.match(preview, 'Will stay as they are now: 2')
  const page = await get(`${path}?l=en`)
  t.match(page, 'The request was given another talk.')
  t.match(page, 'It cannot be as it was.')
  t.match(page, `href="/app/requests/${taken.number}/offers"`)
  t.match(await talkRow(anew.id), { state: 'cancelled', sequence: 1 })
  t.match(await talkRow(taken.id), { state: 'cancelled', sequence: 1 })
  t.match(await talkRow(fine.id), { state: 'booked', sequence: 2 })
  t.same((await letters()).sort(), [`closure ${baizhan} REQUEST 2`, 'closure school REQUEST 2'].sort())
})

t.test('talks online without a link say that it follows, and send it when it is there', async t => {
  const date = '2026-11-30'
  const talk = await book(date, '907', '10:20', ['zhunisov'])
  await letters()
  const { path } = await close(date, 'online')
  t.match((await talkRow(talk.id)).link, null)
  const page = await get(`${path}?l=en`)
  t.match(page, 'http-equiv="refresh" content="3"')
  t.match(page, 'Letters sent: 0 of 2')
  await w.deliver()
  t.ok(mails.splice(0).every(mail => mail.text.includes('Сілтемесі кейін') || mail.text.includes('Ссылку пришлём')))
  const { action, fields } = formOn(await get(path), `${path}/links`)
  const wrong = await send(action, { ...fields, link: 'meet' })
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, 'value="meet"')
  t.equal((await send(action, { ...fields, link: 'https://meet.example.kz/x' })).statusCode, 303)
  t.match(await talkRow(talk.id), { link: 'https://meet.example.kz/x', sequence: 2 })
  await w.deliver()
  t.same(
    mails.map(mail => /SEQUENCE:(\d)/.exec(mail.calendar?.content ?? '')?.[1]),
    ['2', '2'],
  )
  for (const mail of mails.splice(0)) t.match(mail.text, 'https://meet.example.kz/x')
  t.notMatch(await get(path), `${path}/links`)
  const other = await w.signIn(cast.coordinatorOfAnotherHouse)
  t.equal((await submit(app, action, { talk: talk.id, link: 'https://a.kz' }, other)).statusCode, 404)
})

t.test('who never heard of a talk hears nothing of its end, and who has no address is to be called', async t => {
  const date = '2026-12-01'
  const number = await ask(w, named, { host: 'school-907', ...day(date), email: null })
  const talk = await bookedTalk(w, named, number, `${date}T10:20`, ['zhunisov'])
  const { path } = await close(date, 'cancelled')
  t.same(await letters(), [], 'the invitation had not left')
  t.match((await ledger(w, talk)).join('\n'), /1 invitation \S+ superseded/)
  const page = await get(`${path}?l=en`)
  t.match(page, 'tel:+77010000031')
  t.match(page, 'no mail address')
  await lift(path)
  t.same(await letters(), [`invitation ${zhunisov} REQUEST 2`], 'the talk is told as new')
})

t.test('who was taken from a team just before a closure still hears that they need not come', async t => {
  await db.updateTable('houses').set({ undo_seconds: 60 }).where('id', '=', named.house).execute()
  const date = '2026-12-04'
  const talk = await book(date, '907', '10:20', ['zhunisov'])
  await letters()
  const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
  const people = { out: named.speaker('zhunisov'), in: named.speaker('suleimenova') }
  await swap(db, sleeping, app.config.secret, { by, talkId: talk.id, location: '/x', ...people }, clock.now)
  const { path } = await close(date, 'cancelled')
  clock.now = clock.now.plus({ minutes: 2 })
  t.same((await letters()).sort(), ['closure school CANCEL 2', `invitation-cancellation ${zhunisov} CANCEL 2`].sort())
  await lift(path)
  await letters()
  await db.updateTable('houses').set({ undo_seconds: 0 }).where('id', '=', named.house).execute()
})

t.test('what is wrong on the page that checks is said there, and a talk that has begun is left', async t => {
  const date = '2026-12-03'
  const talk = await book(date, '907', '10:20', ['zhunisov'])
  const refused = await close(date, 'online', { [`fate_${talk.id}`]: 'sleep', [`link_${talk.id}`]: 'http://a' })
  t.equal(refused.done.statusCode, 422)
  t.same(
    [...refused.done.body.matchAll(/<li><a href="#(\w+)_/g)].map(([, what]) => what),
    ['fate', 'link'],
  )
  t.match(refused.done.body, 'value="http://a"')
  clock.now = DateTime.fromISO(`${date}T10:30+05:00`, { zone: 'utc' })
  t.notMatch((await close(date, 'cancelled')).check, talk.id)
  t.match(await talkRow(talk.id), { state: 'booked', version: 1 })
  const inside = await ask(w, named, { host: 'school-912', ...day(date) })
  t.match(await bookTalk(w, named, inside, `${date}T12:15`, ['suleimenova']), { refused: { code: 'impossible' } })
})
