import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { hashOf, newNonce } from '../../src/base/secrets.ts'
import { instantOrThrow } from '../../src/base/time.ts'
import { publish } from '../../src/calendars/publish.ts'
import { deskOf } from '../../src/calendars/texts.ts'
import { book } from '../../src/talks/actions.ts'
import { demoHouse, otherHouse, seedHosts, seedPeople } from '../../src/tools/seed/house.ts'
import { seedId } from '../../src/tools/seed/random.ts'
import { feedPath } from '../calendars/feed-path.ts'
import { cast } from '../cast.ts'
import { formOn, server, submit, world } from '../world.ts'
import { at } from './situation.ts'

// on PostgreSQL where there is one: only there two Houses book at one moment
const here = await world(t, server())
const { app, db, clock } = here
const slugs = { almaty: demoHouse.slug, shymkent: otherHouse.slug }
type Slug = keyof typeof slugs
const other = { ...otherHouse, id: seedId('house', slugs.shymkent) }
await seedPeople(db, other)
await seedHosts(db, other)
const speakerOf = (house: Slug, name: string) => seedId('speaker', house, name)
const actors = {
  almaty: { email: cast.coordinator, houseId: seedId('house', slugs.almaty) },
  shymkent: { email: cast.coordinatorOfAnotherHouse, houseId: other.id },
}

/** The person says that both rows are theirs. */
const bind = (name: string) =>
  db
    .updateTable('speakers')
    .set({ person_id: speakerOf('almaty', name) })
    .where('id', '=', speakerOf('shymkent', name))
    .execute()

async function ask(
  house: Slug,
  host: string,
  day: string,
  mode: 'onsite' | 'online' = 'onsite',
  topic = 'unity-gives-life',
): Promise<number> {
  const { houseId } = actors[house]
  const hostId = seedId('host', house, host)
  const { last_request_number: number } = await db
    .updateTable('houses')
    .set(eb => ({ last_request_number: eb('last_request_number', '+', 1) }))
    .where('id', '=', houseId)
    .returning('last_request_number')
    .executeTakeFirstOrThrow()
  const contact = await db
    .insertInto('contacts')
    .values({ host_id: hostId, name: 'Сәуле', position: 'завуч', phone: '+77010000031', language: 'kk' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id } = await db
    .insertInto('requests')
    .values({
      house_id: houseId,
      number,
      host_id: hostId,
      contact_id: contact.id,
      topic_id: seedId('topic', house, topic),
      ...{ audience: 'pupils', grades: [9], heads: 20, mode, state: 'waiting', source: 'form', language: 'kk' },
      nonce: newNonce(),
      token_hash: hashOf(newNonce()),
      asked_at: clock.now,
      confirmed_at: clock.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('request_languages').values({ request_id: id, language: 'kk' }).execute()
  await db
    .insertInto('request_windows')
    .values({ request_id: id, position: 1, from_on: day, to_on: day, from_time: '08:00', to_time: '19:30' })
    .execute()
  return number
}

async function bookIn(house: Slug, requestNumber: number, startsAt: string, name: string) {
  const { email, houseId } = actors[house]
  const account = await db.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirstOrThrow()
  const booking = { actor: { accountId: account.id, houseId }, requestNumber, startsAt: at(startsAt) }
  return book(db, sleeping, app.config.secret, { ...booking, speakers: [speakerOf(house, name)] }, clock.now)
}

/** Whether it was booked, else the codes of why not. */
const outcome = (done: Awaited<ReturnType<typeof bookIn>>) =>
  'location' in done
    ? ['booked']
    : 'refusals' in done.refused
      ? done.refused.refusals.map(({ code }) => code)
      : [done.refused.code]

t.test('two rows with one address are two people as long as nobody has said otherwise', async t => {
  const day = '2026-11-30'
  for (const house of ['almaty', 'shymkent'] as const)
    t.same(outcome(await bookIn(house, await ask(house, 'school-907', day), `${day}T10:20`, 'zhunisov')), ['booked'])
  await t.rejects(bind('zhunisov'), /a_speaker_is_in_one_place/, 'who has two talks at one hour is not made one person')
})

t.test('one person booked by two Houses for one hour speaks for one of them', async t => {
  await bind('bekuly')
  for (const day of ['2026-12-02', '2026-12-03', '2026-12-04', '2026-12-07']) {
    const numbers = await Promise.all(
      Array.from({ length: 8 }, (_, each) => ask(each % 2 ? 'almaty' : 'shymkent', 'school-907', day, 'online')),
    )
    const done = await Promise.all(
      numbers.map((number, each) => bookIn(each % 2 ? 'almaty' : 'shymkent', number, `${day}T10:20`, 'bekuly')),
    )
    t.equal(done.filter(each => 'location' in each).length, 1, day)
  }
})

t.test('the other House sees an hour that is taken and a way, no talk, and counts it for no limit', async t => {
  await bind('suleimenova')
  await db.updateTable('speakers').set({ limit_day: 1 }).where('id', '=', speakerOf('almaty', 'suleimenova')).execute()
  const day = '2026-12-08'
  t.same(outcome(await bookIn('shymkent', await ask('shymkent', 'school-907', day), `${day}T10:20`, 'suleimenova')), [
    'booked',
  ])
  const inHere = async (host: string, time: string) =>
    outcome(await bookIn('almaty', await ask('almaty', host, day), `${day}T${time}`, 'suleimenova'))
  t.same(await inHere('school-907', '10:20'), ['elsewhere'])
  t.same(await inHere('school-908', '11:20'), ['travel-before'])
  t.same(
    await inHere('school-907', '13:10'),
    ['booked'],
    'the talk elsewhere is not counted for the limit of one a day',
  )
  const seats = await db
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'talk_id')
    .select(['house_id as house', 'person_id as person', 'busy', 'during'])
    .where('assignments.person_id', '=', speakerOf('almaty', 'suleimenova'))
    .orderBy('during')
    .execute()
  t.same(
    seats.map(({ house, busy, during }) => [house === other.id, during.from.diff(busy.from, 'minutes').minutes > 0]),
    [
      [true, false],
      [false, true],
    ],
    'the journey between the two Houses is laid before the later talk',
  )
})

t.test('what a person enters in one House holds in both', async t => {
  await bind('baizhan')
  const day = '2026-12-09'
  const number = await ask('shymkent', 'school-908', day)
  await db
    .insertInto('weekly_hours')
    .values({
      ...{ speaker_id: speakerOf('almaty', 'baizhan'), given: false, weekday: 3 },
      ...{ from_time: '10:00', to_time: '11:00' },
    })
    .execute()
  t.same(outcome(await bookIn('shymkent', number, `${day}T10:20`, 'baizhan')), ['busy'])
})

t.test(
  'only the person joins the rows that two Houses keep, sees both Houses’ talks and may part them again',
  async t => {
    const [own, twin] = [speakerOf('almaty', 'nurlanova'), speakerOf('shymkent', 'nurlanova')]
    const cookie = await here.signIn(cast.psychologist)
    const persons = async () =>
      new Set(
        (await db.selectFrom('speakers').select('person_id').where('id', 'in', [own, twin]).execute()).map(
          row => row.person_id,
        ),
      ).size
    const page = async () => (await app.inject({ url: '/me/houses?l=en', headers: { cookie } })).body
    const send = async (act: string, form = formOn(html, `/me/houses/${twin}/${act}`)) =>
      submit(app, form.action, form.fields, cookie)
    let html = await page()
    t.match(html, 'House of Friendship, Shymkent')
    t.equal((await submit(app, `/me/houses/${speakerOf('shymkent', 'bekuly')}/joining`, {}, cookie)).statusCode, 404)
    t.equal((await submit(app, `/me/houses/x/joining`, {}, cookie)).statusCode, 404)

    const day = '2026-12-14'
    for (const house of ['shymkent', 'almaty'] as const) {
      const number = await ask(house, 'school-907', day, 'onsite', 'self-control')
      t.same(outcome(await bookIn(house, number, `${day}T10:20`, 'nurlanova')), ['booked'])
    }
    const refused = await send('joining')
    t.equal(refused.statusCode, 409)
    t.match(refused.body, /href="\/me\/talks\//, 'the talk to decline is named')
    t.equal(await persons(), 2)

    await db.updateTable('assignments').set({ state: 'declined' }).where('speaker_id', '=', own).execute()
    for (const _ of [1, 2]) t.equal((await send('joining')).statusCode, 303, 'sent twice, done once')
    t.equal(await persons(), 1)
    const talk = await db
      .selectFrom('assignments')
      .select('talk_id')
      .where('speaker_id', '=', twin)
      .executeTakeFirstOrThrow()
    const path = `/me/talks/${talk.talk_id}`
    const answering = formOn((await app.inject({ url: path, headers: { cookie } })).body, `${path}/response`)
    t.equal((await submit(app, answering.action, { ...answering.fields, response: 'accept' }, cookie)).statusCode, 303)
    t.match(await db.selectFrom('assignments').select('state').where('speaker_id', '=', twin).execute(), [
      { state: 'accepted' },
    ])

    html = await page()
    t.equal((await send('parting')).statusCode, 303)
    t.equal(await persons(), 2)
    t.equal((await app.inject({ url: path, headers: { cookie } })).statusCode, 404)
  },
)

t.test('one calendar, all questions, common busy times and limits a House', async t => {
  const [own, twin] = [speakerOf('almaty', 'qasymov'), speakerOf('shymkent', 'qasymov')]
  const cookie = await here.signIn(cast.lawyer)
  const get = async (url: string) => (await app.inject({ url, headers: { cookie } })).body
  const houseId = actors.almaty.houseId
  const feed = await feedPath(db, app.config.secret, { kind: 'speaker', houseId, ownerId: own }, clock.now)
  const read = (tag = '') => app.inject({ url: feed, headers: tag ? { 'if-none-match': tag } : {} })
  const uids = async () => [...(await read()).body.matchAll(/^UID:(.*?)\r$/gm)].map(([, uid]) => uid).sort()
  const booked = async (house: Slug, day: string, name = 'qasymov') => {
    const number = await ask(house, 'school-907', day, 'onsite', 'cyber-bullying')
    const done = await bookIn(house, number, `${day}T10:20`, name)
    if (!('location' in done)) throw new Error(JSON.stringify(done.refused))
    return done.location.split('/').at(-1) ?? ''
  }
  const inAlmaty = await booked('almaty', '2026-12-15')
  const there = await booked('shymkent', '2026-12-17')
  t.same(
    (await uids()).map(uid => uid?.includes(inAlmaty)),
    [true],
  )
  const before = String((await read()).headers.etag)
  t.equal((await read(before)).statusCode, 304)
  // as the worker does
  const written = () => publish(db, deskOf(app.config), other.id, clock.now, () => {})
  await written()
  await bind('qasymov')
  const joined = await read(before)
  t.equal(joined.statusCode, 200, 'the same address is another file now')
  t.match(joined.body, inAlmaty)
  t.match(joined.body, there)
  const later = String(joined.headers.etag)
  const more = await booked('shymkent', '2026-12-18')
  await written()
  t.match((await read(later)).body, more, 'a talk of the other House changes it, too')

  const place = await db
    .updateTable('assignments')
    .set({ state: 'declined' })
    .where('talk_id', '=', await booked('shymkent', '2026-12-22', 'akhmetova'))
    .returning(['id', 'talk_id'])
    .executeTakeFirstOrThrow()
  const search = await db
    .insertInto('substitutions')
    .values({
      house_id: other.id,
      talk_id: place.talk_id,
      assignment_id: place.id,
      opened_at: clock.now,
      next_at: clock.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const asked = await db
    .insertInto('substitution_asks')
    .values({
      ...{ substitution_id: search.id, speaker_id: twin, profession: 'lawyer', reasons: '[]' },
      ...{
        asked_at: clock.now,
        until: clock.now.plus({ hours: 5 }),
        nonce: newNonce(),
        token_hash: hashOf(newNonce()),
      },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const question = formOn(await get('/me'), `/me/questions/${asked.id}/response`)
  t.equal((await submit(app, question.action, { ...question.fields, response: 'no' }, cookie)).statusCode, 303)
  t.match(await db.selectFrom('substitution_asks').select('answer').where('id', '=', asked.id).execute(), [
    { answer: 'no' },
  ])

  const form = { url: '/me/houses', action: `/me/houses/${twin}/limits` }
  const { fields } = formOn(await get(form.url), form.action)
  t.same([fields['day'], fields['week'], fields['month']], ['2', '5', '16'])
  const wrong = await submit(app, form.action, { ...fields, week: 'много' }, cookie)
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, 'value="много"')
  t.equal((await submit(app, form.action, { ...fields, day: '1', week: '3' }, cookie)).statusCode, 303)
  const limits = db.selectFrom('speakers').select(['limit_day', 'limit_week', 'limit_month'])
  t.same(await limits.where('id', '=', twin).execute(), [{ limit_day: 1, limit_week: 3, limit_month: 16 }])
  t.equal((await limits.where('id', '=', own).executeTakeFirstOrThrow()).limit_day, 2, 'here as it was')
  const stranger = `/me/houses/${speakerOf('shymkent', 'zhunisov')}/limits`
  t.equal((await submit(app, stranger, fields, cookie)).statusCode, 404)

  const { id: absence } = await db
    .insertInto('absences')
    .values({
      speaker_id: twin,
      during: {
        from: instantOrThrow('2026-12-17', 540, 'Asia/Almaty'),
        to: instantOrThrow('2026-12-17', 720, 'Asia/Almaty'),
      },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const busy = await get('/me/busy')
  t.match(busy, absence)
  t.match(busy, `/me/talks/${there}`, 'a talk of the other House in it is named')
  await submit(app, '/me/busy/removal', { table: 'absences', id: absence }, cookie)
  t.same(await db.selectFrom('absences').select('id').where('id', '=', absence).execute(), [])
})

t.test('boards of one House draw a talk for another as a busy time, without a word on it', async t => {
  const day = '2026-12-15'
  const booked = await bookIn('shymkent', await ask('shymkent', 'school-907', day, 'online'), `${day}T10:20`, 'bekuly')
  const talkId = 'location' in booked ? (booked.location.split('/').at(-1) ?? '') : ''
  t.ok(talkId)
  const cookie = await here.signIn(cast.coordinator)
  for (const url of ['/app', '/app/week']) {
    const { body } = await app.inject({ url: `${url}?week=2026-W51&day=${day}&l=ru`, headers: { cookie } })
    const board = body.slice(body.indexOf('<table'), body.indexOf('</table>'))
    const row = board.split('<tr').find(each => each.includes(speakerOf('almaty', 'bekuly'))) ?? ''
    t.same(
      [...row.matchAll(/<span class="off">([^<]*)/g)].map(([, said]) => said),
      ['занято 10:20–11:05'],
      url,
    )
    t.ok(body.slice(body.indexOf('id="day"')).includes('занято 10:20–11:05'), `the day list of ${url}`)
    t.notMatch(body, talkId)
  }
})
