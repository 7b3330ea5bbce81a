import fc from 'fast-check'
import { sql } from 'kysely'
import { DateTime } from 'luxon'
import t, { type Test } from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { tokenOf } from '../../src/base/secrets.ts'
import { substitutes } from '../../src/matching/offer-rules.ts'
import { fit } from '../../src/matching/rules.ts'
import { crewsAt, searchFor } from '../../src/matching/search-rules.ts'
import { cancel, move, swap } from '../../src/talks/change-actions.ts'
import { close } from '../../src/talks/closing-actions.ts'
import type { Fate } from '../../src/talks/closing-rules.ts'
import { lift } from '../../src/talks/lifting-actions.ts'
import { moveSearchesOn } from '../../src/talks/substitution-actions.ts'
import { answerUntil, askClosed, chosen, nextMove, roundMinutes } from '../../src/talks/substitution-rules.ts'
import { undo } from '../../src/talks/undo-actions.ts'
import { cast } from '../cast.ts'
import { smallRequest, smallWorld } from '../matching/small-worlds.ts'
import { formOn, submit, world } from '../world.ts'
import { ask, at, bookedTalk, names } from './situation.ts'

const zone = 'Asia/Almaty'
const on = (text: string) => DateTime.fromISO(text, { zone })
const quiet = { from: 21 * 60, until: 7 * 60 }

t.test('a question waits the shorter, the nearer the talk', async t => {
  const hours = [240, 168, 167, 72, 71, 24, 23, 8, 7, 3, 2, 0]
  t.same(
    hours.map(left => roundMinutes(left * 60)),
    [1440, 1440, 720, 720, 240, 240, 60, 60, 30, 30, 15, 15],
  )
  for (const [now, startsAt, until, why] of [
    ['2026-11-23T08:45', '2026-12-03T10:20', '2026-11-24T08:45', 'a day where there is more than a week'],
    ['2026-11-23T08:45', '2026-11-27T10:00', '2026-11-23T20:45', 'half a day where there are three'],
    ['2026-11-23T15:00', '2026-11-27T10:00', '2026-11-24T13:00', 'the night is not counted'],
    ['2026-11-23T22:00', '2026-11-27T10:00', '2026-11-24T19:00', 'nor is the rest of it'],
    ['2026-11-23T20:50', '2026-11-24T10:20', '2026-11-24T07:50', 'an hour in two parts'],
    ['2026-11-23T20:50', '2026-11-24T08:30', '2026-11-23T21:50', 'a talk early in the morning does not wait'],
    ['2026-11-24T09:00', '2026-11-24T10:20', '2026-11-24T09:15', 'a quarter of an hour at the end'],
    ['2026-11-24T09:45', '2026-11-24T10:20', '2026-11-24T09:50', 'and never into the last half hour'],
  ] as const)
    t.equal(
      answerUntil({ startsAt: on(startsAt), zone, quiet }, on(now))
        .setZone(zone)
        .toFormat("yyyy-MM-dd'T'HH:mm"),
      until,
      why,
    )
})

t.test('what a search does next: asks as many as are wanted, rests at night, turns to the coordinator', async t => {
  const now = on('2026-11-23T10:00')
  const far = { startsAt: on('2026-11-27T10:00'), zone, quiet, atOnce: 2 }
  const until = now.plus({ hours: 3 })
  const later = { until: now.plus({ hours: 5 }) }
  t.same(nextMove({ ...far, open: [] }, now), { ask: 2 })
  t.same(nextMove({ ...far, open: [{ until }] }, now), { ask: 1 }, 'a no is made up for at once')
  t.same(nextMove({ ...far, open: [later, { until }] }, now), { wait: until })
  t.same(nextMove({ ...far, open: [later, { until }] }, now, true), { ask: 2 }, 'the coordinator need not wait')
  const night = on('2026-11-23T23:00')
  t.same(nextMove({ ...far, open: [] }, night), { wait: on('2026-11-24T07:00') })
  t.same(nextMove({ ...far, open: [] }, night, true), { ask: 2 })
  const near = { ...far, startsAt: on('2026-11-24T09:00') }
  t.same(nextMove({ ...near, open: [] }, night), { ask: 2 }, 'too near to wait for the morning')
  const last = on('2026-11-24T08:10')
  t.same(nextMove({ ...near, open: [] }, last), { escalate: true }, 'no time for the way')
  t.same(nextMove({ ...near, open: [{ until: last.plus({ minutes: 5 }) }] }, last), {
    wait: last.plus({ minutes: 5 }),
  })
  const open = { answer: null, endedAs: null, placeOpen: true, talkState: 'booked', startsAt: until } as const
  t.same(
    [
      askClosed(open, now),
      askClosed({ ...open, endedAs: 'escalated' }, now),
      askClosed({ ...open, endedAs: 'filled' }, now),
      askClosed({ ...open, placeOpen: false }, now),
      askClosed({ ...open, endedAs: 'stopped' }, now),
      askClosed({ ...open, talkState: 'cancelled' }, now),
      askClosed(open, until),
    ],
    [undefined, undefined, 'filled', 'filled', 'ended', 'cancelled', 'begun'],
  )
})

t.test('whoever is chosen the engine would put on the place, nobody twice and nobody who is skipped', async () => {
  fc.assert(
    fc.property(
      smallWorld,
      smallRequest,
      fc.subarray(['a', 'b', 'c', 'd']),
      fc.integer({ min: 1, max: 3 }),
      (it, asked, skip, most) => {
        const search = searchFor(it, asked)
        for (const moment of search.open.slice(0, 3)) {
          const team = crewsAt(search, moment, 1)[0]?.team
          const out = team?.[0]?.speakerId
          if (!team || out === undefined) continue
          const ranked = substitutes(it, asked, moment, team, out)
          const next = chosen(ranked, new Set(skip), ['d', 'nobody', 'd'], most)
          const ids = next.map(({ speakerId }) => speakerId)
          const refused = next.some(
            each =>
              fit(it, asked, moment, each.team, { windows: true, notice: true, latest: true }).refusals.length > 0,
          )
          const named = ranked.some(({ speakerId }) => speakerId === 'd') && !skip.includes('d')
          if (refused || new Set(ids).size !== ids.length || ids.length > most || ids.some(id => skip.includes(id)))
            return false
          if (ids.some(id => team.some(({ speakerId }) => speakerId === id)) || (named && ids[0] !== 'd')) return false
        }
        return true
      },
    ),
    { numRuns: 60, seed: 418 },
  )
})

const here = await world(t)
const named = await names(here)
const { app, db, clock, mails } = here
const { secret } = app.config
// sessions end while the clock runs ahead
const coordinator = () => here.signIn(cast.coordinator)
const start = clock.now
const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
// every talk has a school day of its own
const schoolDays = [1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 21, 22, 23].map(
  day => `2026-12-${String(day).padStart(2, '0')}`,
)
let days = 0

/** A talk of a history lesson some days ahead whose only speaker, invited and told, says no. */
async function declined(day?: string) {
  clock.now = start
  const on = day ?? schoolDays[days++ % schoolDays.length] ?? ''
  await db.deleteFrom('messages').execute()
  await db.deleteFrom('talks').execute()
  const talkId = await bookedTalk(
    here,
    named,
    await ask(here, named, { windows: [{ from: on, to: on }] }),
    `${on}T10:20`,
    ['zhunisov'],
  )
  await here.deliver()
  mails.splice(0)
  const seat = await db.selectFrom('assignments').selectAll().where('talk_id', '=', talkId).executeTakeFirstOrThrow()
  const invitation = `/i/${tokenOf(secret, 'invitation', seat.nonce)}`
  await submit(app, `${invitation}/response`, { response: 'decline' })
  return { talkId, seatId: seat.id, invitation }
}

const step = async () => {
  await moveSearchesOn(db, sleeping, secret, clock.now, error => {
    throw error
  })
}
/** Steps, and sends what is due; the letters of it, as `kind who`. */
async function stepAndSend(): Promise<string[]> {
  await step()
  return sent()
}
async function sent(): Promise<string[]> {
  await here.deliver()
  return mails
    .splice(0)
    .map(({ kind, to }) => `${kind} ${to.address.split('@')[0]}`)
    .sort()
}
async function questions(talkId: string) {
  const rows = await db
    .selectFrom('substitution_asks')
    .innerJoin('substitutions', 'substitutions.id', 'substitution_id')
    .innerJoin('speakers', 'speakers.id', 'substitution_asks.speaker_id')
    .select([
      'email',
      'nonce',
      'answer',
      'until',
      'substitutions.assignment_id as seatId',
      'substitution_asks.id',
      'speaker_id',
    ])
    .where('talk_id', '=', talkId)
    .orderBy('asked_at')
    .orderBy('email')
    .execute()
  return rows.map(row => ({
    ...row,
    who: row.email.split('@')[0] ?? '',
    link: `/s/${tokenOf(secret, 'question', row.nonce)}`,
  }))
}
const searches = (talkId: string) =>
  db
    .selectFrom('substitutions')
    .select(['ended_as', 'next_at'])
    .where('talk_id', '=', talkId)
    .orderBy('opened_at')
    .orderBy('ended_at')
    .execute()
const endings = async (talkId: string) => (await searches(talkId)).map(row => row.ended_as)
const team = async (talkId: string) => {
  const rows = await db
    .selectFrom('assignments')
    .innerJoin('speakers', 'speakers.id', 'speaker_id')
    .select(['email', 'state', 'ended_at'])
    .where('talk_id', '=', talkId)
    .orderBy('email')
    .execute()
  return rows.map(row => `${row.email.split('@')[0]} ${row.state}${row.ended_at ? ' ended' : ''}`)
}
const coordinators = ['petrova', 'qalibek', 'zhaqsybek']
const toCoordinators = (kind: string) => coordinators.map(each => `${kind} ${each}`)
async function say(t: Test, link: string, fields: Record<string, string>, code = 303) {
  const answer = await submit(app, `${link}/response`, fields)
  t.equal(answer.statusCode, code)
  return answer
}

t.test('nobody answers: two are asked, then the next, then the coordinator hears what would help', async t => {
  const { talkId } = await declined()
  t.same(await stepAndSend(), [
    ...toCoordinators('answer-declined'),
    'substitution-asked baizhan',
    'substitution-asked bekuly',
  ])
  t.same(await stepAndSend(), [], 'nothing is due before their time is over')
  const [first] = await searches(talkId)
  clock.now = first?.next_at ?? clock.now
  t.same(await stepAndSend(), ['substitution-asked suleimenova'])
  clock.now = (await searches(talkId))[0]?.next_at ?? clock.now
  await step()
  await here.deliver()
  const letters = mails.splice(0).filter(({ kind }) => kind.startsWith('substitution'))
  t.same(letters.map(({ to }) => to.address.split('@')[0]).sort(), coordinators)
  const [letter] = letters
  for (const fact of ['Замена не найдена', 'нет ответа', 'Что поможет', 'Другое время с тем же составом', 'Онлайн'])
    t.match(`${letter?.subject} ${letter?.text}`, fact)
  t.match(letter?.html ?? '', 'Что поможет')
  t.notOk(letter?.calendar)
  t.same(await endings(talkId), ['escalated'])
  t.same(await team(talkId), ['zhunisov declined'])
  const contact = await db
    .selectFrom('messages')
    .select('kind')
    .where('recipient', 'like', 'contact:%')
    .where('kind', '=', 'talk-changed')
    .execute()
  t.same(contact, [], 'the host hears nothing of it')

  const page = (await app.inject({ url: `/app/talks/${talkId}`, headers: { cookie: await coordinator() } })).body
  for (const fact of ['Спрашивать больше некого', 'Байжан Сауле', 'Другое время', 'Спросить следующих сейчас'])
    t.match(page, fact)
  t.match((await app.inject({ url: '/app', headers: { cookie: await coordinator() } })).body, 'решение за вами')

  // a late yes is still welcome
  const late = (await questions(talkId)).find(({ who }) => who === 'bekuly')
  t.match((await app.inject(late?.link ?? '')).body, 'Жауап мерзімі өтті')
  await say(t, late?.link ?? '', { response: 'yes' })
  t.same(await team(talkId), ['bekuly accepted', 'zhunisov declined ended'])
  t.same(await endings(talkId), ['filled'])
})

t.test('the first yes has the place: the invitation comes accepted, the others hear that it is filled', async t => {
  const { talkId } = await declined()
  await stepAndSend()
  const [baizhan, bekuly] = await questions(talkId)
  const looked = await app.inject(`${baizhan?.link}?response=yes`)
  t.equal(looked.statusCode, 200)
  t.match(looked.headers, { 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
  t.equal((await app.inject({ method: 'HEAD', url: `${baizhan?.link}?response=no` })).statusCode, 200)
  t.same(
    (await questions(talkId)).map(({ answer }) => answer),
    [null, null],
    'looking changes nothing',
  )
  const { action, fields } = formOn(looked.body, /response$/)
  t.same(Object.keys(fields).sort(), ['_csrf', '_key', 'colleague'])
  t.equal((await submit(app, action, { ...fields, response: 'yes' })).statusCode, 303)
  t.equal((await submit(app, action, { ...fields, response: 'yes' })).statusCode, 303, 'twice is once')
  t.same(await team(talkId), ['baizhan accepted', 'zhunisov declined ended'])
  t.match((await app.inject(baizhan?.link ?? '')).body, /href="\/i\//)

  const filled = await say(t, bekuly?.link ?? '', { response: 'yes' }, 409)
  t.match(filled.body, 'Орын толды, рақмет!')
  t.notMatch(filled.body, '<form')
  await here.deliver()
  const letters = mails.splice(0)
  t.same(letters.map(({ kind, to }) => `${kind} ${to.address.split('@')[0]}`).sort(), [
    'invitation baizhan',
    'substitution-filled bekuly',
    'talk-changed school',
  ])
  const invitation = letters.find(({ kind }) => kind === 'invitation')
  t.equal(invitation?.calendar?.method, 'REQUEST')
  t.match(invitation?.calendar?.content ?? '', /PARTSTAT=ACCEPTED/)
  t.match(invitation?.text ?? '', 'Бұл кездесуге сіз барасыз')
  t.notMatch(invitation?.text ?? '', 'Қатыса аласыз ба')
  t.notOk(letters.find(({ kind }) => kind === 'substitution-filled')?.calendar)
  t.same(await stepAndSend(), [], 'and that is all')
  const history = await db
    .selectFrom('changes')
    .select(['kind', 'by_whom'])
    .where('talk_id', '=', talkId)
    .orderBy('id')
    .execute()
  t.same(
    history.map(({ kind, by_whom }) => `${kind} ${by_whom}`),
    ['booked account', 'declined speaker', 'substitutes-asked system', 'team-changed speaker'],
  )
})

t.test('a question that has not left is dropped instead of taken back', async t => {
  const { talkId } = await declined()
  await sent()
  await step()
  const [baizhan] = await questions(talkId)
  await say(t, baizhan?.link ?? '', { response: 'yes' })
  t.same(await sent(), ['invitation baizhan', 'talk-changed school'])
  const rows = await db
    .selectFrom('messages')
    .select(['state', 'reason'])
    .where('kind', '=', 'substitution-asked')
    .execute()
  t.same(rows, [
    { state: 'superseded', reason: 'filled' },
    { state: 'superseded', reason: 'filled' },
  ])
})

t.test('a no is made up for at once, and who was named is asked next', async t => {
  const { talkId } = await declined()
  await stepAndSend()
  const [baizhan, bekuly] = await questions(talkId)
  const page = (await app.inject(`${baizhan?.link}?response=no`)).body
  t.match(page, `value="${named.speaker('suleimenova')}"`)
  t.notMatch(page, `value="${named.speaker('zhunisov')}"`, 'not who has declined')
  t.notMatch(page, `value="${named.speaker('bekuly')}"`, 'nor who is asked')
  for (const odd of ['x', named.speaker('zhunisov'), named.speaker('bekuly')])
    t.match(
      (await say(t, baizhan?.link ?? '', { response: 'no', colleague: odd }, 422)).body,
      'Тізімдегі әріптестердің',
    )
  await say(t, baizhan?.link ?? '', { response: 'no', colleague: named.speaker('suleimenova') })
  t.match((await app.inject(baizhan?.link ?? '')).body, 'Сіз ұсынған әріптес')
  await step()
  await here.deliver()
  const [letter, ...more] = mails.splice(0)
  t.same([letter?.kind, letter?.to.address, more.length], ['substitution-asked', 'suleimenova@kezdesu.example', 0])
  t.match(letter?.text ?? '', 'Сізді ұсынған әріптесіңіз: Байжан')
  await say(t, bekuly?.link ?? '', { response: 'no' })
  t.same(await stepAndSend(), [], 'one is still asked')
  const third = (await questions(talkId))[2]
  await say(t, third?.link ?? '', { response: 'no' })
  t.same(await stepAndSend(), toCoordinators('substitution-escalated'))
  // whoever said no is not proposed to the coordinator either
  const inbox = (await app.inject({ url: '/app', headers: { cookie: await coordinator() } })).body
  t.match(inbox, 'Подходящих людей нет')
  await say(t, bekuly?.link ?? '', { response: 'yes' })
  t.same(
    await team(talkId),
    ['bekuly accepted', 'zhunisov declined ended'],
    'a mind may change while the place is open',
  )
})

t.test('whatever settles the place ends the search, and who was asked hears it', async t => {
  for (const [end, as, settle] of [
    [
      'the first speaker comes after all',
      'returned',
      ({ invitation }) => submit(app, `${invitation}/response`, { response: 'accept' }),
    ],
    [
      'the coordinator has chosen somebody',
      'decided',
      ({ talkId }) =>
        swap(
          db,
          sleeping,
          secret,
          { by, talkId, location: '/x', out: named.speaker('zhunisov'), in: named.speaker('baizhan') },
          clock.now,
        ),
    ],
    [
      'the talk is called off',
      'changed',
      ({ talkId }) => cancel(db, sleeping, { by, talkId, location: '/x', reason: 'host' }, clock.now),
    ],
    [
      'the coordinator stops it',
      'stopped',
      async ({ talkId, seatId }) =>
        submit(app, `/app/talks/${talkId}/substitution`, { seat: seatId, act: 'stop' }, await coordinator()),
    ],
  ] as [string, string, (it: Awaited<ReturnType<typeof declined>>) => Promise<unknown>][]) {
    const it = await declined()
    await stepAndSend()
    await settle(it)
    t.same(await endings(it.talkId), [as], end)
    const letters = (await sent()).filter(each => each.startsWith('substitution'))
    const others = as === 'decided' ? ['bekuly'] : ['baizhan', 'bekuly']
    t.same(
      letters,
      others.map(each => `substitution-filled ${each}`),
      end,
    )
    clock.now = clock.now.plus({ days: 2 })
    t.same(
      (await stepAndSend()).filter(each => each.startsWith('substitution')),
      [],
      end,
    )
    const [asked] = (await questions(it.talkId)).filter(({ who }) => who === 'bekuly')
    await say(t, asked?.link ?? '', { response: 'yes' }, 409)
  }
})

const frost = async (day: string, talkId: string, fate: Fate) => {
  const districts = (await db.selectFrom('districts').select('kato').execute()).map(({ kato }) => kato)
  const names = { kk: '', ru: '', en: '' }
  const closed = { from: day, to: day, districts, hostKinds: ['school' as const], shifts: [], grades: [] }
  const done = await close(db, sleeping, {
    by: named.actor,
    value: { ...closed, outcome: 'online', cause: 'frost', link: null, names },
    fates: new Map([[talkId, fate]]),
    links: new Map(),
    form: { key: undefined, url: '', by: '', body: {}, now: clock.now },
  })
  return 'location' in done ? (done.location.split('/').at(-1) ?? '') : ''
}
const open = (id: string) =>
  lift(db, sleeping, { by: named.actor, id, form: { key: undefined, url: '', by: '', body: {}, now: clock.now } })
const asking = (letters: string[]) => letters.filter(each => each.startsWith('substitution'))

t.test('where a closure leaves a talk, or puts it online, somebody is still looked for, and a yes counts', async t => {
  for (const [fate, day] of [
    ['online', '2026-12-03'],
    ['kept', '2026-12-04'],
  ] as const) {
    const it = await declined(day)
    const closure = await frost(day, it.talkId, fate)
    const next = fate === 'online' ? 'suleimenova' : 'bekuly'
    t.same(asking(await stepAndSend()), ['substitution-asked baizhan', `substitution-asked ${next}`], fate)
    const page = await app.inject({ url: `/app/talks/${it.talkId}`, headers: { cookie: await coordinator() } })
    t.match(page.body, `value="${named.speaker('baizhan')}"`, 'the coordinator may choose one, too')
    const [one] = await questions(it.talkId)
    await say(t, one?.link ?? '', { response: 'yes' })
    t.same(await team(it.talkId), [`${one?.who} accepted`, 'zhunisov declined ended'], fate)
    await open(closure)
  }
})

t.test('a closure that ends a talk ends its search; lifted, the search goes on and may ask the same', async t => {
  const it = await declined('2026-12-07')
  await stepAndSend()
  const closure = await frost('2026-12-07', it.talkId, 'postponed')
  t.same(await endings(it.talkId), ['changed'])
  t.same(asking(await sent()), ['substitution-filled baizhan', 'substitution-filled bekuly'])
  await open(closure)
  t.same(await team(it.talkId), ['zhunisov declined'])
  t.same((await endings(it.talkId)).sort(), ['changed', null].sort())
  t.same(asking(await stepAndSend()), ['substitution-asked baizhan', 'substitution-asked bekuly'])
})

t.test(
  'a talk that moves while somebody is sought goes on seeking, at its new time and when the move is told',
  async t => {
    const house = (set: { undo_seconds: number } | { substitutes_asked: number }) =>
      db.updateTable('houses').set(set).where('id', '=', named.house).execute()
    await house({ undo_seconds: 120 })
    const it = await declined('2026-12-21')
    await stepAndSend()
    const before = await questions(it.talkId)
    const moving = {
      by,
      talkId: it.talkId,
      location: '/x',
      startsAt: at('2026-12-21T11:20'),
      waived: { windows: true },
    }
    await move(db, sleeping, secret, moving, clock.now)
    t.same(await endings(it.talkId), ['changed', null])
    t.same(
      asking(await stepAndSend()),
      before.map(({ who }) => `substitution-filled ${who}`).sort(),
      'nobody is asked while the move may be taken back',
    )
    clock.now = clock.now.plus({ seconds: 120 })
    t.equal(asking(await stepAndSend()).filter(each => each.startsWith('substitution-asked')).length, 2)
    const asked = (await questions(it.talkId)).slice(before.length)
    await say(t, before[0]?.link ?? '', { response: 'yes' }, 409)
    await say(t, asked[0]?.link ?? '', { response: 'yes' })
    t.same(await team(it.talkId), [`${asked[0]?.who} accepted`, 'zhunisov declined ended'])

    await db.updateTable('houses').set({ substitutes_asked: 0 }).where('id', '=', named.house).execute()
    const byHand = await declined('2026-12-22')
    await move(db, sleeping, secret, { ...moving, talkId: byHand.talkId, startsAt: at('2026-12-22T11:20') }, clock.now)
    t.same(await endings(byHand.talkId), [], 'where the House asks by hand a move asks nobody')
    await db.updateTable('houses').set({ substitutes_asked: 2 }).where('id', '=', named.house).execute()
  },
)

t.test('a change taken back takes the search up again, and ends one for a place that is gone', async t => {
  const revision = (talkId: string) => ({ by, talkId, location: '/x' })
  const moved = await declined('2026-12-08')
  await stepAndSend()
  const startsAt = at('2026-12-08T11:20')
  await move(db, sleeping, secret, { ...revision(moved.talkId), startsAt, waived: { windows: true } }, clock.now)
  t.same(await undo(db, sleeping, revision(moved.talkId), clock.now), { location: '/x' })
  t.same((await endings(moved.talkId)).filter(each => each === null).length, 1, 'a move')
  t.same(asking(await stepAndSend()).filter(each => each.startsWith('substitution-asked')).length, 2)

  const called = await declined('2026-12-09')
  await stepAndSend()
  await cancel(db, sleeping, { ...revision(called.talkId), reason: 'host' }, clock.now)
  await undo(db, sleeping, revision(called.talkId), clock.now)
  t.same((await endings(called.talkId)).filter(each => each === null).length, 1, 'a cancellation')

  const filled = await declined('2026-12-10')
  await stepAndSend()
  const swapping = { out: named.speaker('zhunisov'), in: named.speaker('baizhan') }
  await swap(db, sleeping, secret, { ...revision(filled.talkId), ...swapping }, clock.now)
  await sent()
  const seat = await db
    .selectFrom('assignments')
    .select('nonce')
    .where('talk_id', '=', filled.talkId)
    .where('state', '=', 'invited')
    .executeTakeFirstOrThrow()
  await submit(app, `/i/${tokenOf(secret, 'invitation', seat.nonce)}/response`, { response: 'decline' })
  await stepAndSend()
  await undo(db, sleeping, revision(filled.talkId), clock.now)
  t.same(await team(filled.talkId), ['baizhan declined ended', 'zhunisov declined'])
  const running = await db
    .selectFrom('substitutions')
    .select('assignment_id')
    .where('talk_id', '=', filled.talkId)
    .where('ended_at', 'is', null)
    .execute()
  t.same(running, [{ assignment_id: filled.seatId }], 'for the place that is open again, and for no other')
})

t.test('the night waits, and a talk that has begun asks nobody', async t => {
  const night = await declined('2026-12-04')
  clock.now = on('2026-11-24T22:30').toUTC()
  t.same(
    (await stepAndSend()).filter(each => each.startsWith('substitution')),
    [],
  )
  t.same((await searches(night.talkId))[0]?.next_at.setZone(zone).toFormat('dd HH:mm'), '25 07:00')
  t.match(
    (await app.inject({ url: `/app/talks/${night.talkId}`, headers: { cookie: await coordinator() } })).body,
    'Ночью никого не спрашиваем',
  )
  clock.now = on('2026-11-25T07:00').toUTC()
  t.same((await stepAndSend()).filter(each => each.startsWith('substitution')).length, 2)

  const over = await declined('2026-12-07')
  clock.now = on('2026-12-07T10:20').toUTC()
  await step()
  t.same(await endings(over.talkId), ['over'])
  t.same(await questions(over.talkId), [])
})

t.test('the coordinator sees who was asked and why, stops, begins again and asks at once', async t => {
  const { talkId, seatId } = await declined()
  const press = async (act: string, seat = seatId, cookie?: string) =>
    submit(app, `/app/talks/${talkId}/substitution`, { seat, act }, cookie ?? (await coordinator()))
  await stepAndSend()
  const url = `/app/talks/${talkId}`
  const page = (await app.inject({ url, headers: { cookie: await coordinator() } })).body
  const [baizhan] = await questions(talkId)
  for (const fact of ['Спросили 2 человек', 'Байжан Сауле', 'ждём ответа', 'срок: завтра, 08:45', 'Остановить'])
    t.match(page, fact)
  t.match((await app.inject({ url: '/app', headers: { cookie: await coordinator() } })).body, 'Спросили: 2')
  t.notMatch(page, baizhan?.link ?? 'a link', 'no secret of a link')

  t.equal((await press('ask')).statusCode, 303)
  t.same(await sent(), ['substitution-asked suleimenova'])
  t.equal((await press('stop')).statusCode, 303)
  t.equal((await press('stop')).statusCode, 409)
  t.same(await sent(), ['substitution-filled baizhan', 'substitution-filled bekuly', 'substitution-filled suleimenova'])
  t.equal((await press('ask')).statusCode, 303, 'begins again, and nobody is left who was not asked')
  t.same(await sent(), toCoordinators('substitution-escalated'))
  t.equal((await press('without')).statusCode, 409, 'the topic needs somebody')

  for (const cookie of [await here.signIn(cast.coordinatorOfAnotherHouse), await here.signIn(cast.viewer)])
    t.equal((await press('ask', seatId, cookie)).statusCode, 404)
  for (const odd of ['x', talkId]) t.ok([404, 409].includes((await press('ask', odd)).statusCode))
  t.equal((await press('other')).statusCode, 404)

  await db.updateTable('houses').set({ substitutes_asked: 0 }).where('id', '=', named.house).execute()
  const quietly = await declined()
  t.same(await stepAndSend(), toCoordinators('answer-declined'), 'a House may leave it to its people')
  await submit(
    app,
    `/app/talks/${quietly.talkId}/substitution`,
    { seat: quietly.seatId, act: 'ask' },
    await coordinator(),
  )
  t.same((await sent()).length, 2, 'who may ask all the same')
  await db.updateTable('houses').set({ substitutes_asked: 2 }).where('id', '=', named.house).execute()
})

t.test('a speaker finds the question among their own pages, and nobody else does', async t => {
  const { talkId } = await declined()
  await stepAndSend()
  const all = await questions(talkId)
  const people = await db
    .selectFrom('speakers')
    .innerJoin('accounts', 'accounts.id', 'speakers.account_id')
    .select(['accounts.email', 'speakers.id'])
    .execute()
  const signed = people.find(({ id }) => all.some(ask => ask.speaker_id === id)) ?? people[0]
  // somebody with an account is asked in any case
  if (!all.some(ask => ask.speaker_id === signed?.id))
    await db
      .updateTable('substitution_asks')
      .set({ speaker_id: signed?.id ?? '' })
      .where('id', '=', all[0]?.id ?? '')
      .execute()
  const mine = (await questions(talkId)).find(ask => ask.speaker_id === signed?.id)
  const cookie = await here.signIn(signed?.email ?? '')
  const others = people.find(({ id }) => !all.some(ask => ask.speaker_id === id) && id !== signed?.id)
  const stranger = await here.signIn(others?.email ?? '')
  const own = `/me/questions/${mine?.id}`
  t.match((await app.inject({ url: '/me?l=ru', headers: { cookie } })).body, own)
  t.equal((await app.inject({ url: own, headers: { cookie } })).statusCode, 200)
  t.equal((await app.inject({ url: own, headers: { cookie: stranger } })).statusCode, 404)
  t.equal((await submit(app, `${own}/response`, { response: 'yes' }, stranger)).statusCode, 404)
  t.equal((await submit(app, `${own}/response`, { response: 'maybe' }, cookie)).statusCode, 422)
  t.equal((await app.inject({ url: '/s/nothing' })).statusCode, 404)
  t.equal((await submit(app, '/s/nothing/response', { response: 'yes' })).statusCode, 404)
  t.equal((await submit(app, `${own}/response`, { response: 'no' }, cookie)).statusCode, 303)
  t.notMatch((await app.inject({ url: '/me', headers: { cookie } })).body, own)
})

t.test('a worker that dies in its work leaves the search as it was, and the next one goes on', async t => {
  const { talkId } = await declined()
  const faults: unknown[] = []
  const dying = {
    deliver: async () => {
      throw new Error('killed')
    },
  }
  await moveSearchesOn(db, dying, secret, clock.now, error => faults.push(error))
  t.match(String(faults[0]), 'killed')
  t.same(await questions(talkId), [])
  t.same((await stepAndSend()).filter(each => each.startsWith('substitution')).length, 2)
  await Promise.all([step(), step(), step()])
  t.equal((await questions(talkId)).length, 2, 'looking again changes nothing')
})

t.test('two fallen places of one talk are two searches, and a topic that needs fewer can do without one', async t => {
  clock.now = start
  await db.deleteFrom('messages').execute()
  await db.deleteFrom('talks').execute()
  const number = await ask(here, named, {
    topic: 'school-mediation',
    heads: 20,
    windows: [{ from: '2026-12-11', to: '2026-12-11' }],
  })
  const talkId = await bookedTalk(here, named, number, '2026-12-11T10:20', ['suleimenova', 'qasymov'])
  await here.deliver()
  mails.splice(0)
  const seats = await db
    .selectFrom('assignments')
    .select(['id', 'nonce', 'profession'])
    .where('talk_id', '=', talkId)
    .execute()
  for (const { nonce } of seats)
    await submit(app, `/i/${tokenOf(secret, 'invitation', nonce)}/response`, { response: 'decline' })
  const asked = (await stepAndSend()).filter(each => each.startsWith('substitution-asked'))
  t.equal((await searches(talkId)).length, 2)
  t.equal(new Set(asked).size, asked.length, 'nobody for both')
  await sql`delete from topic_places where any_of @> '{lawyer}' and topic_id in (select id from topics where slug = 'school-mediation')`.execute(
    db,
  )
  const seat = seats.find(({ profession }) => profession === 'lawyer')?.id ?? ''
  const lawyers = (await questions(talkId)).filter(({ seatId }) => seatId === seat)
  t.ok(lawyers.length > 0)
  const done = await submit(app, `/app/talks/${talkId}/substitution`, { seat, act: 'without' }, await coordinator())
  t.equal(done.statusCode, 303)
  t.same((await endings(talkId)).map(String).sort(), ['decided', 'null'])
  clock.now = clock.now.plus({ minutes: 5 })
  const told = await sent()
  t.same(
    told.filter(each => each.startsWith('substitution-filled')),
    lawyers.map(({ who }) => `substitution-filled ${who}`).sort(),
  )
  t.ok(told.includes('talk-changed school'), 'the host hears of the team that comes')
})

t.test(
  'whatever happens in whatever order, one place has one person, and nobody is asked whom the engine refuses',
  async t => {
    const random = fc.sample(fc.integer({ min: 0, max: 999 }), { numRuns: 30, seed: 7 })
    const it = await declined('2026-12-09')
    for (const draw of random) {
      const asked = await questions(it.talkId)
      const one = asked[draw % Math.max(1, asked.length)]
      const act = draw % 10
      if (act < 3) clock.now = clock.now.plus({ hours: draw % 7 })
      if (act < 5) await step()
      else if (act === 5 && one) await submit(app, `${one.link}/response`, { response: 'yes' })
      else if (act === 6 && one) await submit(app, `${one.link}/response`, { response: 'no' })
      else if (act === 7) await submit(app, `${it.invitation}/response`, { response: draw % 3 ? 'decline' : 'accept' })
      else if (act === 8)
        await submit(
          app,
          `/app/talks/${it.talkId}/substitution`,
          { seat: it.seatId, act: draw % 2 ? 'stop' : 'ask' },
          await coordinator(),
        )
      else {
        const standing = await db
          .selectFrom('assignments')
          .select('nonce')
          .where('talk_id', '=', it.talkId)
          .where('state', '=', 'accepted')
          .execute()
        for (const { nonce } of standing)
          await submit(app, `/i/${tokenOf(secret, 'invitation', nonce)}/response`, { response: 'decline' })
      }
      const now = await team(it.talkId)
      const standing = now.filter(each => / (invited|accepted)$/.test(each))
      const open = now.filter(each => each.endsWith(' declined'))
      if (standing.length + open.length !== 1) return t.fail(`${act}: ${now.join(', ')}`)
      const running = (await searches(it.talkId)).filter(row => row.ended_as === null)
      if (running.length > open.length) return t.fail(`${act}: a search without a place`)
      if (asked.some(({ who }) => !['baizhan', 'bekuly', 'suleimenova', 'zhunisov'].includes(who)))
        return t.fail(`${asked.map(({ who }) => who)}`)
    }
    t.pass()
  },
)
