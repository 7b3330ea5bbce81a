import t, { type Test } from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { instantOrThrow } from '../../src/base/time.ts'
import { publish } from '../../src/calendars/publish.ts'
import { deskOf } from '../../src/calendars/texts.ts'
import { cancel, move, swap } from '../../src/talks/change-actions.ts'
import { undo } from '../../src/talks/undo-actions.ts'
import { lettersDue, shownAs, shownOf, undoneHostKind, undoneKind } from '../../src/talks/undo-rules.ts'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'
import { ask, at, bookedTalk, names } from './situation.ts'

const here = await world(t)
const named = await names(here)
const { app, db, clock, mails } = here
const cookie = await here.signIn(cast.coordinator)
const secret = app.config.secret
const by = { houseId: named.house, accountId: named.actor.accountId, whom: 'account' as const }
const get = async (url: string) => (await app.inject({ url, headers: { cookie } })).body
await db.updateTable('houses').set({ undo_seconds: 60 }).where('id', '=', named.house).execute()

const days = ['07', '08', '09', '10', '11', '14', '15', '21', '22', '23', '24', '28'].map(day => `2026-12-${day}`)
/** A talk of its own, two weeks ahead or more, of which everybody has heard unless told otherwise. */
async function told(people = ['zhunisov'], heard = true) {
  const date = days.shift() ?? ''
  const number = await ask(here, named, { windows: [{ from: '2026-11-24', to: '2027-02-24' }], latest: '2027-02-24' })
  const talk = await bookedTalk(here, named, number, `${date}T10:20`, people)
  if (heard) await later(0)
  const seats = await db.selectFrom('assignments').select(['id', 'speaker_id']).where('talk_id', '=', talk).execute()
  return { number, talk, date, revision: { by, talkId: talk, location: '/x' }, seats }
}
const later = async (seconds: number) => {
  clock.now = clock.now.plus({ seconds })
  mails.length = 0
  await here.deliver()
  return mails.map(({ kind, to }) => `${kind} ${to.address.split('@')[0]}`).sort()
}
const waived = { windows: true, latest: true }
const row = (id: string) =>
  db
    .selectFrom('talks')
    .select(['state', 'version', 'sequence', 'held_on', 'from_time', 'cancel_reason'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
const standing = async (id: string) =>
  (
    await db
      .selectFrom('assignments')
      .innerJoin('speakers', 'speakers.id', 'speaker_id')
      .select(['email', 'state'])
      .where('talk_id', '=', id)
      .where('ended_at', 'is', null)
      .orderBy('email')
      .execute()
  ).map(({ email, state }) => `${email.split('@')[0]} ${state}`)
/** What the ledger still means to send: versions and kinds. */
const waiting = async (id: string) =>
  (
    await db
      .selectFrom('messages')
      .select(['version', 'kind'])
      .where('talk_id', '=', id)
      .where('state', '=', 'waiting')
      .where('kind', 'not like', 'reminder-%')
      .where('kind', '<>', 'outcome-asked')
      .execute()
  ).map(({ version, kind }) => `${version} ${kind}`)
const mail = (name: string) =>
  db
    .selectFrom('speakers')
    .select('email')
    .where('id', '=', named.speaker(name))
    .executeTakeFirstOrThrow()
    .then(({ email }) => email.split('@')[0])

t.test('what is within a day, and what can not wait, is told at once', async t => {
  const now = clock.now
  const far = now.plus({ hours: 25 })
  t.equal(+lettersDue(now, 60, [far, far]), +now.plus({ seconds: 60 }))
  t.equal(+lettersDue(now, 60, [far, now.plus({ hours: 23 })]), +now)
  t.equal(+lettersDue(now, 60, [now.plus({ hours: 23 }), far]), +now)
  t.equal(+lettersDue(now, 60, [far], true), +now)
  t.same(shownOf(shownAs(3, 41)), { version: 3, seen: 41 })
  t.same(shownOf('3'), { version: 3, seen: undefined })
  for (const bad of ['', 'x', '3.', '-1', '3.4.5', '9'.repeat(30)]) t.equal(shownOf(bad), undefined, bad)
})

t.test('whoever heard hears the reverse, whoever did not hears only what was owed', async t => {
  const unheard = { heard: false, owed: undefined, note: undefined }
  const heard = { heard: true, owed: undefined, note: undefined }
  const owed = { heard: false, owed: 'invitation' as const, note: undefined }
  const all = (news: 'stays' | 'leaves' | 'joins') =>
    (['moved', 'team', 'cancelled'] as const).map(event =>
      [unheard, owed, heard].map(known => undoneKind(event, { news }, known) ?? '–').join(' '),
    )
  t.same(all('stays'), ['– invitation invitation-update', '– invitation –', '– invitation –'])
  t.same(all('joins'), ['– invitation invitation', '– invitation invitation', '– invitation invitation'])
  t.same(all('leaves'), ['– – invitation-cancellation', '– – invitation-cancellation', 'invitation-cancellation – –'])
  t.equal(undoneHostKind('moved', unheard), undefined)
  t.equal(undoneHostKind('moved', { ...unheard, owed: 'talk-booked' }), 'talk-booked')
  t.equal(undoneHostKind('moved', heard), 'talk-changed')
  t.equal(undoneHostKind('cancelled', heard), 'talk-booked')
})

t.test('a move that is taken back in time reaches nobody, and the answers stand as they were', async t => {
  const { talk, date, revision } = await told()
  await db
    .updateTable('assignments')
    .set({ state: 'accepted', answered_at: clock.now })
    .where('talk_id', '=', talk)
    .execute()
  clock.now = clock.now.plus({ minutes: 1 })
  t.same(await move(db, sleeping, secret, { ...revision, startsAt: at(`${date}T11:20`), waived }, clock.now), {
    location: '/x',
  })
  t.same(await later(30), [], 'letters wait')
  t.same(await undo(db, sleeping, revision, clock.now), { location: '/x' })
  t.match(await row(talk), { state: 'booked', version: 3, sequence: 2, from_time: '10:20' })
  t.same(await standing(talk), [`${await mail('zhunisov')} accepted`])
  t.same(await waiting(talk), [])
  t.same(await later(600), [])
  const reminders = await db
    .selectFrom('messages')
    .select('version')
    .distinct()
    .where('talk_id', '=', talk)
    .where('kind', 'like', 'reminder-%')
    .where('state', '=', 'waiting')
    .execute()
  t.same(reminders, [{ version: 3 }], 'the reminders of the old time are planned again')
  t.match(await undo(db, sleeping, revision, clock.now), { refused: { code: 'stale' } }, 'there is nothing more')
})

t.test('a move that was told already is taken back by telling exactly the same people', async t => {
  const { talk, date, revision } = await told()
  await move(db, sleeping, secret, { ...revision, startsAt: at(`${date}T11:20`), waived }, clock.now)
  t.same(await later(61), [`invitation-update ${await mail('zhunisov')}`, 'talk-changed school'])
  const page = await get(`/app/talks/${talk}?done=1`)
  t.match(page, /role="status"/)
  t.match(page, /Если вернуть: Сообщим: 1 лектор \([^)]*\); [^<]*Сәуле Мұхтарқызы/)
  t.notMatch(page, /letters-now/)
  t.same(await undo(db, sleeping, revision, clock.now), { location: '/x' })
  t.same(await standing(talk), [`${await mail('zhunisov')} invited`], 'who heard of another time is asked again')
  const letters = await later(0)
  t.same(letters, [`invitation-update ${await mail('zhunisov')}`, 'talk-changed school'])
  t.match(mails[0]?.text, /11:20/, 'the letter names the time it was moved from')
  t.match(mails.find(({ calendar }) => calendar)?.calendar?.content, /SEQUENCE:2/)
})

t.test('what an earlier version still owed is written anew', async t => {
  const { talk, date, revision } = await told(['zhunisov'], false)
  await move(db, sleeping, secret, { ...revision, startsAt: at(`${date}T11:20`), waived, note: 'не то' }, clock.now)
  await undo(db, sleeping, revision, clock.now)
  t.same((await waiting(talk)).sort(), ['3 invitation', '3 talk-booked'])
  t.same(await later(0), [`invitation ${await mail('zhunisov')}`, 'talk-booked school'])
  for (const { text } of mails) t.notMatch(text, 'не то', 'the sentence of the slip is not said')
})

t.test('a swap taken back in time: neither the old nor the new speaker hears of it', async t => {
  const { talk, revision, seats } = await told()
  const swapping = { ...revision, out: named.speaker('zhunisov'), in: named.speaker('suleimenova') }
  t.same(await swap(db, sleeping, secret, swapping, clock.now), { location: '/x' })
  await undo(db, sleeping, revision, clock.now)
  t.same(await standing(talk), [`${await mail('zhunisov')} invited`])
  const back = await db
    .selectFrom('assignments')
    .select('id')
    .where('talk_id', '=', talk)
    .where('ended_at', 'is', null)
    .execute()
  t.same(back, [{ id: seats[0]?.id }], 'the same seat, so the same link opens it')
  t.same(await later(600), [])
  await swap(db, sleeping, secret, swapping, clock.now)
  t.same(
    await later(61),
    [
      `invitation ${await mail('suleimenova')}`,
      `invitation-cancellation ${await mail('zhunisov')}`,
      'talk-changed school',
    ].sort(),
  )
  await undo(db, sleeping, revision, clock.now)
  t.same(
    await later(0),
    [
      `invitation ${await mail('zhunisov')}`,
      `invitation-cancellation ${await mail('suleimenova')}`,
      'talk-changed school',
    ].sort(),
  )
})

t.test('who left before a second change still hears that they need not come', async t => {
  const { talk, date, revision } = await told()
  const swapping = { ...revision, out: named.speaker('zhunisov'), in: named.speaker('suleimenova') }
  await swap(db, sleeping, secret, swapping, clock.now)
  await move(db, sleeping, secret, { ...revision, startsAt: at(`${date}T11:20`), waived }, clock.now)
  t.same(
    await later(61),
    [
      `invitation ${await mail('suleimenova')}`,
      `invitation-cancellation ${await mail('zhunisov')}`,
      'talk-changed school',
    ].sort(),
  )
  t.equal((await row(talk)).version, 3)
})

t.test(
  'a cancelled talk comes back with its UID, its request and who is free, and calendars say CONFIRMED again',
  async t => {
    const { talk, number, revision, date } = await told()
    const desk = deskOf(app.config)
    await cancel(db, sleeping, { ...revision, reason: 'host' }, clock.now)
    const event = async () => {
      await publish(db, desk, named.house, clock.now, error => t.fail(String(error)))
      const text = await db
        .selectFrom('calendar_texts')
        .select('event')
        .where('talk_id', '=', talk)
        .where('audience', '=', 'staff')
        .where('language', '=', 'ru')
        .executeTakeFirstOrThrow()
      return ['UID', 'SEQUENCE', 'STATUS', 'TRANSP'].map(
        name => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(text.event)?.[1],
      )
    }
    const [uid, sequence, status] = await event()
    t.same([sequence, status], ['1', 'CANCELLED'])
    t.same(await undo(db, sleeping, revision, clock.now), { location: '/x' })
    t.match(await row(talk), { state: 'booked', version: 3, sequence: 2, cancel_reason: null, held_on: date })
    const now = await event()
    t.equal(now[0], uid)
    t.same(now.slice(1, 3), ['2', now[2] === 'TENTATIVE' ? 'TENTATIVE' : 'CONFIRMED'])
    const request = await db
      .selectFrom('requests')
      .select('state')
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    t.equal(request.state, 'booked')
    t.same(await later(600), [], 'nobody heard anything')

    await cancel(db, sleeping, { ...revision, reason: 'weather' }, clock.now)
    t.same(await later(61), [`invitation-cancellation ${await mail('zhunisov')}`, 'talk-cancelled school'])
    await undo(db, sleeping, revision, clock.now)
    t.same(await later(0), [`invitation ${await mail('zhunisov')}`, 'talk-booked school'])
    t.match(mails[0]?.calendar?.content, /METHOD:REQUEST[\s\S]*SEQUENCE:4/)
  },
)

t.test('a talk comes back with those who are free, and the place of who is elsewhere stands open', async t => {
  const parents = { topic: 'parents-responsibility', audience: 'parents', grades: [] }
  const wide = { windows: [{ from: '2026-11-24', to: '2026-12-11', fromTime: '08:00', toTime: '20:00' }] }
  const number = await ask(here, named, { host: 'school-904', ...parents, ...wide })
  const talk = await bookedTalk(here, named, number, '2026-12-01T15:00', ['isabekova', 'eskendir'])
  await later(0)
  const revision = { by, talkId: talk, location: '/x' }
  await cancel(db, sleeping, { ...revision, reason: 'weather' }, clock.now)
  // a day off that came in meanwhile
  const [from, to] = [540, 1200].map(minute => instantOrThrow('2026-12-01', minute, 'Asia/Almaty'))
  const speaker_id = named.speaker('eskendir')
  if (from && to) await db.insertInto('absences').values({ speaker_id, during: { from, to } }).execute()
  t.same(await undo(db, sleeping, revision, clock.now), { location: '/x' })
  t.same(await standing(talk), [`${await mail('eskendir')} declined`, `${await mail('isabekova')} invited`].sort())
  t.match(await get(`/app/talks/${talk}?done=1`), /Возвращено как было: [^<]*место осталось свободным/)
  t.same(await later(0), [`invitation-cancellation ${await mail('eskendir')}`], 'who never heard that it was off')
})

t.test('a talk does not come back when nobody of the team is free, or its request has another', async t => {
  const { talk, revision, date, number: its } = await told()
  await cancel(db, sleeping, { ...revision, reason: 'weather' }, clock.now)
  const other = await ask(here, named, { host: 'school-912', windows: [{ from: date, to: date }] })
  await bookedTalk(here, named, other, `${date}T10:20`, ['zhunisov'])
  t.match(await undo(db, sleeping, revision, clock.now), { refused: { code: 'impossible' } })
  const page = await submit(app, `/app/talks/${talk}/undo`, { version: '2' }, cookie)
  t.equal(page.statusCode, 409)
  t.match(page.body, 'Что мешает')
  await bookedTalk(here, named, its, `${date}T11:20`, ['suleimenova'])
  t.match(await undo(db, sleeping, revision, clock.now), { refused: { code: 'request-ended', state: 'booked' } })
})

t.test('the last change alone can be taken back, by the page as it was shown', async t => {
  const { talk, date } = await told()
  const page = await get(`/app/talks/${talk}`)
  const { action, fields } = formOn(page, `/app/talks/${talk}/move`)
  t.match(String(fields['version']), /^1\.\d+$/)
  const done = await submit(app, action, { ...fields, otherTime: `${date}T11:20` }, cookie)
  t.equal(done.headers.location, `/app/talks/${talk}?done=1`)
  const after = await get(String(done.headers.location))
  t.match(after, /Встреча перенесена: [^<]*10:20, стало [^<]*11:20/)
  t.match(after, /Писем ждёт: 2/)
  t.match(after, 'Если вернуть: никто ничего не узнает.')
  const back = formOn(after, `/app/talks/${talk}/undo`)

  const other = formOn(await get(`/app/talks/${talk}`), `/app/talks/${talk}/move`)
  t.equal((await submit(app, action, { ...other.fields, otherTime: `${date}T12:15` }, cookie)).statusCode, 303)
  const late = await submit(app, back.action, back.fields, cookie)
  t.equal(late.statusCode, 409)
  t.match(late.body, /12:15, было: [^<]*11:20/)
  t.match(await row(talk), { version: 3, from_time: '12:15' })

  const now = formOn(await get(`/app/talks/${talk}?done=1`), `/app/talks/${talk}/letters-now`)
  t.equal((await submit(app, now.action, now.fields, cookie)).statusCode, 303)
  t.same(await later(0), [`invitation-update ${await mail('zhunisov')}`, 'talk-changed school'])
  const gone = await get(`/app/talks/${talk}?done=1`)
  t.match(gone, /Писем отправлено: 2/)
  t.match(gone, /Если вернуть: Сообщим/)
  const undone = formOn(gone, `/app/talks/${talk}/undo`)
  t.equal((await submit(app, undone.action, undone.fields, cookie)).statusCode, 303)
  const end = await get(`/app/talks/${talk}?done=1`)
  t.match(end, 'Всё как было.')
  t.match(end, /Возвращено как было: перенесена \([^<]*11:20, было: [^<]*12:15\)/)
})

t.test('a stale page changes nothing, says what changed, and keeps the choice', async (t: Test) => {
  const { talk, date } = await told()
  const page = await get(`/app/talks/${talk}?out=${named.speaker('zhunisov')}`)
  const fresh = formOn(page, `/app/talks/${talk}/move`)
  await submit(app, fresh.action, { ...fresh.fields, otherTime: `${date}T11:20` }, cookie)
  const before = await row(talk)
  const tries: [string, Record<string, string>, RegExp][] = [
    ['move', { otherTime: `${date}T12:15`, note: 'Вход со двора' }, /Перенести: [^<]*12:15/],
    ['team', { in: named.speaker('suleimenova') }, /Заменить: Жунисов[^<]* – Сулейменова/],
    ['cancellation', { reason: 'illness' }, /Отменить встречу: болезнь/],
  ]
  for (const [name, typed, choice] of tries) {
    const { action, fields } = formOn(page, `/app/talks/${talk}/${name}`)
    const stale = await submit(app, action, { ...fields, ...typed }, cookie)
    t.equal(stale.statusCode, 409, name)
    t.match(stale.body, /11:20, было: [^<]*10:20/, 'what changed')
    t.match(stale.body, choice, 'what was wanted')
    t.match(stale.body, /11:20–/, 'how it stands')
    if (name === 'move') t.equal(formOn(stale.body, action).fields['note'], 'Вход со двора')
  }
  t.same(await row(talk), before, 'nothing was overwritten')
  const { action, fields } = formOn(page, `/app/talks/${talk}/move`)
  const stale = await submit(app, action, { ...fields, otherTime: `${date}T12:15` }, cookie)
  const again = formOn(stale.body, action)
  t.equal((await submit(app, action, again.fields, cookie)).statusCode, 303, 'knowing it, the choice may be made again')
  t.equal((await row(talk)).from_time, '12:15')
  const { version: _, ...bare } = again.fields
  t.equal(
    (await submit(app, action, { ...bare, _key: 'other', startsAt: `${date}T10:20` }, cookie)).statusCode,
    303,
    'without a version it holds',
  )
})

t.test('a refusal of a request is taken back: silently in time, and by a letter afterwards', async t => {
  await later(600)
  const number = await ask(here, named)
  const declineIt = async () => {
    const { action, fields } = formOn(await get(`/app/requests/${number}`), `/app/requests/${number}/declining`)
    const done = await submit(app, action, { ...fields, reason: 'no-time' }, cookie)
    return get(String(done.headers.location))
  }
  const back = async (page: string) => {
    const { action, fields } = formOn(page, `/app/requests/${number}/undo`)
    return get(String((await submit(app, action, fields, cookie)).headers.location))
  }
  const state = async () =>
    (await db.selectFrom('requests').select('state').where('number', '=', number).executeTakeFirstOrThrow()).state
  const page = await declineIt()
  t.match(page, /Заявка отклонена. Причина: нет подходящего времени/)
  t.match(await back(page), 'Заявка снова на рассмотрении.')
  t.equal(await state(), 'waiting')
  t.same(await later(600), [])
  await declineIt()
  t.same(await later(61), ['request-declined school'])
  const told = await get(`/app/requests/${number}?done=1`)
  t.match(told, /Если вернуть: Сообщим: [^<]*Сәуле Мұхтарқызы/)
  await back(told)
  t.same(await later(0), ['request-received school'])
  t.equal((await submit(app, `/app/requests/${number}/undo`, {}, cookie)).statusCode, 409, 'nothing to take back')
})

t.test('an outcome that somebody else has recorded is not overwritten by an old page', async t => {
  const { talk, date } = await told()
  clock.now = instantOrThrow('2026-12-30', 720, 'Asia/Almaty')
  const again = await here.signIn(cast.coordinator)
  const page = (await app.inject({ url: `/app/talks/${talk}`, headers: { cookie: again } })).body
  const { action, fields } = formOn(page, `/app/talks/${talk}/outcome`)
  t.equal((await submit(app, action, { ...fields, heads: '41' }, again)).statusCode, 303, date)
  const stale = await submit(app, action, { ...fields, heads: '14' }, again)
  t.equal(stale.statusCode, 409)
  t.match(stale.body, /Встреча проведена: 14 человек/)
  const held = await db.selectFrom('talks').select('heads_counted').where('id', '=', talk).executeTakeFirstOrThrow()
  t.equal(held.heads_counted, 41)
})
