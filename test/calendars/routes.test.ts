import ICAL from 'ical.js'
import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { tokenOf } from '../../src/base/secrets.ts'
import { cancel, move } from '../../src/talks/change-actions.ts'
import { cast } from '../cast.ts'
import { ask, at, bookedTalk, names } from '../talks/situation.ts'
import { world } from '../world.ts'
import { feedPath } from './feed-path.ts'

const here = await world(t)
const named = await names(here)
const { db, clock, app } = here
const { secret } = app.config
const wide = [{ from: '2026-11-24', to: '2026-12-23' }]
const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
const first = await bookedTalk(
  here,
  named,
  await ask(here, named, { host: 'school-912', windows: wide }),
  '2026-11-27T10:20',
  ['baizhan'],
)
const second = await bookedTalk(here, named, await ask(here, named, { windows: wide }), '2026-11-26T10:20', [
  'zhunisov',
])
const speaker = await feedPath(
  db,
  secret,
  { kind: 'speaker', houseId: named.house, ownerId: named.speaker('baizhan') },
  clock.now,
)
const house = await feedPath(db, secret, { kind: 'house', houseId: named.house }, clock.now)
const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })
const step = () => {
  clock.now = clock.now.plus({ minutes: 1 })
}

function eventsOf(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
  return calendar.getAllSubcomponents('vevent').map(component => {
    const it = new ICAL.Event(component, { exceptions: [] })
    return `${it.uid.slice(5, 41) === first ? 'first' : it.uid.slice(5, 41) === second ? 'second' : it.uid} ${it.startDate.toJSDate().toISOString().slice(0, 16)} ${component.getFirstPropertyValue('status')} ${it.sequence}`
  })
}

t.test("each feed shows its own talks, a speaker's as far as answered", async t => {
  t.same(eventsOf((await get(speaker)).body), ['first 2026-11-27T05:20 TENTATIVE 0'])
  t.same(eventsOf((await get(house)).body), [
    'second 2026-11-26T05:20 TENTATIVE 0',
    'first 2026-11-27T05:20 TENTATIVE 0',
  ])
  const host = await feedPath(
    db,
    secret,
    { kind: 'host', houseId: named.house, ownerId: named.host('school-912') },
    clock.now,
  )
  t.same(eventsOf((await get(host)).body), ['first 2026-11-27T05:20 TENTATIVE 0'])
  const { group_id } = await db
    .selectFrom('group_members')
    .select('group_id')
    .where('speaker_id', '=', named.speaker('zhunisov'))
    .executeTakeFirstOrThrow()
  const members = await db.selectFrom('group_members').select('speaker_id').where('group_id', '=', group_id).execute()
  const group = await feedPath(db, secret, { kind: 'group', houseId: named.house, ownerId: group_id }, clock.now)
  const both = members.some(row => row.speaker_id === named.speaker('baizhan'))
  t.same(eventsOf((await get(group)).body), [
    'second 2026-11-26T05:20 TENTATIVE 0',
    ...(both ? ['first 2026-11-27T05:20 TENTATIVE 0'] : []),
  ])
  t.equal(await feedPath(db, secret, { kind: 'house', houseId: named.house }, clock.now), house)
})

t.test('a feed answers as calendar programs need it', async t => {
  const answer = await get(speaker)
  t.equal(answer.statusCode, 200)
  t.match(answer.headers, {
    'content-type': 'text/calendar; charset=utf-8',
    etag: /^W\/"[\w.-]{20,}"$/,
    'last-modified': /GMT$/,
    'cache-control': 'private, max-age=300, must-revalidate',
    vary: /accept-encoding/i,
    'x-robots-tag': 'noindex, nofollow',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  t.equal(answer.headers['set-cookie'], undefined)
  t.match(answer.body, /METHOD:PUBLISH\r\n/)
  t.notMatch(answer.body, /ATTENDEE|TIMEZONE-ID/)
  t.equal((await get(speaker)).body, answer.body)
  clock.now = clock.now.plus({ hours: 3 })
  const later = await get(speaker)
  t.equal(later.body, answer.body)
  t.equal(later.headers['last-modified'], answer.headers['last-modified'])
  for (const headers of [
    { 'if-none-match': String(answer.headers.etag) },
    { 'if-none-match': `"x", ${answer.headers.etag}` },
    { 'if-modified-since': String(answer.headers['last-modified']) },
  ]) {
    const fresh = await get(speaker, headers)
    t.same(
      [fresh.statusCode, fresh.body, fresh.headers.etag, fresh.headers['last-modified']],
      [304, '', answer.headers.etag, answer.headers['last-modified']],
    )
  }
  const head = await app.inject({ method: 'HEAD', url: speaker })
  t.same([head.statusCode, head.body, head.headers.etag], [200, '', answer.headers.etag])
})

t.test('nothing in a feed would harm if its link leaked', async t => {
  await db.updateTable('contacts').set({ name: 'Тоғжан Құпия', phone: '+77017654321' }).execute()
  await db.updateTable('requests').set({ note: 'a secret note' }).execute()
  for (const url of [speaker, house, `${house}?l=ru`]) {
    const { body } = await get(url)
    t.notMatch(body.replaceAll('\r\n ', ''), /Тоғжан|7654321|secret note|@(?!kezdesu\.example)|school@/)
  }
})

t.test('an answer, a move and a cancellation appear, each with another tag', async t => {
  const tags = new Set<unknown>()
  const now = async () => {
    const answer = await get(speaker)
    tags.add(answer.headers.etag)
    return eventsOf(answer.body)
  }
  await now()
  step()
  await db
    .updateTable('assignments')
    .set({ state: 'accepted', answered_at: clock.now })
    .where('talk_id', '=', first)
    .execute()
  t.same(await now(), ['first 2026-11-27T05:20 CONFIRMED 0'])
  t.same(eventsOf((await get(`${speaker}?accepted=0`)).body), [])
  step()
  await move(
    db,
    sleeping,
    secret,
    { by, talkId: first, location: '/x', startsAt: at('2026-11-30T12:15'), waived: { windows: true } },
    clock.now,
  )
  t.same(await now(), ['first 2026-11-30T07:15 TENTATIVE 1'])
  step()
  await cancel(db, sleeping, { by, talkId: first, location: '/x', reason: 'illness' }, clock.now)
  t.same(await now(), ['first 2026-11-30T07:15 CANCELLED 2'])
  const { body } = await get(speaker)
  t.match(body.replaceAll('\r\n ', ''), /SUMMARY:Болдырылмады: Кездесу — /)
  t.match(body, /TRANSP:TRANSPARENT/)
  t.notMatch(body, /illness|сырқат|ауру/)
  t.same(eventsOf((await get(`${speaker}?cancelled=0`)).body), [])
  t.equal(tags.size, 4)
})

t.test('a cancelled talk stays for thirty days after its date', async t => {
  const before = clock.now
  clock.now = before.set({ month: 12, day: 30 })
  t.same(eventsOf((await get(speaker)).body), ['first 2026-11-30T07:15 CANCELLED 2'])
  clock.now = before.set({ month: 12, day: 31 })
  const { statusCode, body } = await get(speaker)
  t.equal(statusCode, 200)
  t.same(eventsOf(body), [])
  t.match(body, /BEGIN:VTIMEZONE/)
  clock.now = before
})

t.test('alarms come by request only', async t => {
  t.notMatch((await get(house)).body, /VALARM/)
  t.match(
    (await get(`${house}?alarms=1`)).body,
    /BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Кездесу басталады\r\nTRIGGER:-PT2H\r\nEND:VALARM\r\nEND:VEVENT\r\n/,
  )
})

t.test('the public calendar shows open talks that are public, with their topic', async t => {
  t.same(eventsOf((await get('/public/almaty.ics')).body), [])
  await db.updateTable('talks').set({ public: true }).execute()
  const answer = await get('/public/almaty.ics?l=ru')
  t.equal(answer.headers['cache-control'], 'public, max-age=300, must-revalidate')
  t.same(eventsOf(answer.body), ['second 2026-11-26T05:20 TENTATIVE 0', 'first 2026-11-30T07:15 CANCELLED 2'])
  t.match(answer.body.replaceAll('\r\n ', ''), /DESCRIPTION:Тема: /)
  const name = await db
    .selectFrom('speakers')
    .select(['name_kk', 'name_ru'])
    .where('id', '=', named.speaker('zhunisov'))
    .executeTakeFirstOrThrow()
  t.notOk(answer.body.replaceAll('\r\n ', '').includes(name.name_ru))
  await db.updateTable('audiences').set({ closed: true }).where('slug', '=', 'pupils').execute()
  t.same(eventsOf((await get('/public/almaty.ics')).body), [])
  const closed = (await get(house)).body.replaceAll('\r\n ', '')
  t.match(closed, /SUMMARY:Бос емес\r\n/)
  t.notMatch(closed, /мектеп/)
  await db.updateTable('audiences').set({ closed: false }).where('slug', '=', 'pupils').execute()
})

t.test("a school's link gives the talk as a file", async t => {
  const { nonce, number } = await db
    .selectFrom('requests')
    .innerJoin('talks', 'talks.request_id', 'requests.id')
    .select(['nonce', 'number'])
    .where('talks.id', '=', second)
    .executeTakeFirstOrThrow()
  const { hashOf } = await import('../../src/base/secrets.ts')
  const token = tokenOf(secret, 'request', nonce)
  await db
    .updateTable('requests')
    .set({ token_hash: hashOf(token) })
    .where('number', '=', number)
    .execute()
  const answer = await get(`/r/${token}.ics`)
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['content-disposition'], 'attachment; filename="kezdesu.ics"')
  t.same(eventsOf(answer.body), ['second 2026-11-26T05:20 TENTATIVE 0'])
  t.match(answer.body, /METHOD:PUBLISH/)
})

t.test('wrong, replaced, ended: each is the same page that does not exist', async t => {
  const answers = []
  const gone = await feedPath(
    db,
    secret,
    { kind: 'host', houseId: named.house, ownerId: named.host('school-907') },
    clock.now,
  )
  await db.updateTable('feeds').set({ revoked_at: clock.now }).where('host_id', '=', named.host('school-907')).execute()
  const left = await feedPath(
    db,
    secret,
    { kind: 'speaker', houseId: named.house, ownerId: named.speaker('zhunisov') },
    clock.now,
  )
  await db.updateTable('speakers').set({ left_on: '2026-11-01' }).where('id', '=', named.speaker('zhunisov')).execute()
  for (const url of [
    gone,
    left,
    `/f/${'a'.repeat(43)}.ics`,
    '/f/x.ics',
    '/f/.ics',
    '/public/nowhere.ics',
    `/public/${'%00'}.ics`,
    `/r/${'a'.repeat(43)}.ics`,
  ])
    answers.push(await get(url))
  t.same(
    answers.map(answer => answer.statusCode),
    answers.map(() => 404),
  )
  t.equal(new Set(answers.map(answer => answer.body)).size, 1)
})

t.test(
  'who reads a feed is noted, at most every ten minutes, and not more than sixty copies an hour are written',
  async t => {
    const fetched = () =>
      db.selectFrom('feeds').select(['client', 'fetched_at']).where('kind', '=', 'house').executeTakeFirstOrThrow()
    clock.now = clock.now.plus({ hours: 5 })
    await get(house, { 'user-agent': 'Google-Calendar-Importer' })
    for (let look = 0; look < 200 && (await fetched()).client !== 'Google'; look++)
      await new Promise(resolve => setImmediate(resolve))
    t.equal((await fetched()).fetched_at?.toISO(), clock.now.toISO())
    await db.deleteFrom('limits').execute()
    const { headers } = await get(speaker)
    const codes = []
    for (let index = 0; index < 61; index++) codes.push((await get(speaker)).statusCode)
    t.same(
      codes.filter(code => code !== 200),
      [429, 429],
    )
    const last = await get(speaker)
    t.ok(Number(last.headers['retry-after']) > 0)
    t.equal((await get(speaker, { 'if-none-match': String(headers.etag) })).statusCode, 304)
    for (let index = 0; index < 61; index++)
      t.equal((await get(house)).statusCode, 200, 'many read what a House or a group shares')
  },
)

t.test('a signed-in person of another House has no feed here', async t => {
  const cookie = await here.signIn(cast.coordinatorOfAnotherHouse)
  t.equal((await get(`/f/${'b'.repeat(43)}.ics`, { cookie })).statusCode, 404)
})

t.test('whole files of the public calendar and of one talk have a limit, unchanged ones have none', async t => {
  await db.deleteFrom('limits').execute()
  const { nonce } = await db
    .selectFrom('requests')
    .innerJoin('talks', 'talks.request_id', 'requests.id')
    .select('requests.nonce')
    .where('talks.state', '=', 'booked')
    .limit(1)
    .executeTakeFirstOrThrow()
  for (const [url, most] of [
    ['/public/almaty.ics', 300],
    [`/r/${tokenOf(secret, 'request', nonce)}.ics`, 300],
  ] as const) {
    const { headers } = await get(url)
    const codes = new Map<number, number>()
    for (let index = 1; index <= most; index++) {
      const { statusCode } = await get(url)
      codes.set(statusCode, (codes.get(statusCode) ?? 0) + 1)
    }
    t.same(
      [...codes],
      [
        [200, most - 1],
        [429, 1],
      ],
      url,
    )
    t.equal((await get(url, { 'if-none-match': String(headers.etag) })).statusCode, 304)
  }
})
