import type { DateTime } from 'luxon'
import t from 'tap'
import { keepSetting } from '../../src/base/db/settings.ts'
import { cast } from '../cast.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { formOn, submit, world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const { db, app } = here
const talk = await bookedTalk(here, named, await ask(here, named), '2026-11-26T10:20', ['zhunisov'])
const coordinator = await here.signIn(cast.coordinator)
const stranger = await here.signIn(cast.coordinatorOfAnotherHouse)
const viewer = await here.signIn(cast.viewer)
const get = (url: string, cookie = coordinator) => app.inject({ url, headers: { cookie } })
const rows = (html: string) => html.match(/<td class="num">/g)?.length ?? 0
const one = await db.selectFrom('messages').select('id').where('kind', '=', 'talk-booked').executeTakeFirstOrThrow()

t.test('the ledger shows the House its letters, by state, kind and talk', async t => {
  t.equal(rows((await get('/app/messages')).body), 7)
  t.equal((await get('/app/messages', viewer)).statusCode, 404, 'names and addresses are not for a viewer')
  t.equal(rows((await get('/app/messages', stranger)).body), 0)
  t.equal(rows((await get('/app/messages?kind=invitation')).body), 1)
  t.equal(rows((await get('/app/messages?state=sent')).body), 0)
  t.equal(rows((await get(`/app/messages?talk=${talk}&state=waiting`)).body), 7)
  t.equal(rows((await get('/app/messages?page=2')).body), 0)
  for (const odd of ['?state=x', '?kind=%00', '?talk=1', '?page=-1', '?page=x', '?page=1e9'])
    t.equal((await get(`/app/messages${odd}`)).statusCode, 200, odd)
  t.equal((await app.inject({ url: '/app/messages' })).headers.location, '/sign-in')
})

t.test('a letter that was refused is sent again by its button, once, by its own House', async t => {
  await db
    .updateTable('messages')
    .set({ state: 'failed', reason: 'refused', smtp_reply: '550 no <such> box', attempt: 3 })
    .where('id', '=', one.id)
    .execute()
  const page = await get('/app/messages?state=failed')
  t.match(page.body, '550 no &#60;such&#62; box')
  const { action, fields } = formOn(page.body, /again$/)
  t.equal((await submit(app, action, fields, stranger)).statusCode, 403)
  const foreign = formOn((await get('/app/messages', stranger)).body, '/sign-out')
  t.equal((await submit(app, action, foreign.fields, stranger)).statusCode, 404)
  t.equal((await submit(app, action, fields, coordinator)).statusCode, 303)
  const row = await db
    .selectFrom('messages')
    .select(['state', 'attempt', 'reason'])
    .where('id', '=', one.id)
    .executeTakeFirstOrThrow()
  t.same(row, { state: 'waiting', attempt: 0, reason: null })
  t.equal((await submit(app, action, fields, coordinator)).statusCode, 303, 'the same form, sent twice')
  t.equal((await submit(app, action, { ...fields, _key: 'another-key-of-a-second-tab' }, coordinator)).statusCode, 422)
  t.equal((await submit(app, '/app/messages/x/again', fields, coordinator)).statusCode, 404)
})

t.test('only an administrator lets held mail go', async t => {
  await keepSetting(db, 'mail_hold', 'on')
  const administrator = await here.signIn(cast.administrator)
  t.notMatch((await get('/app/messages')).body, '/app/messages/release')
  const { action, fields } = formOn((await get('/app/messages', administrator)).body, '/app/messages/release')
  const other = formOn((await get('/app/messages')).body, '/sign-out')
  t.equal((await submit(app, action, other.fields, coordinator)).statusCode, 404)
  t.equal((await submit(app, action, fields, administrator)).statusCode, 303)
  t.equal(await here.deliver(), 2)
})

t.test(
  'letters are found by the person they went to: by address of the row, by name in any spelling, by the place',
  async t => {
    await db.deleteFrom('messages').execute()
    const { district: home_district } = await db.selectFrom('hosts').select('district').executeTakeFirstOrThrow()
    const quiet = await db
      .insertInto('speakers')
      .values({
        house_id: named.house,
        email: 'qairat@kezdesu.example',
        name_kk: 'Серікұлы Қайрат',
        name_ru: 'Серикулы Кайрат',
        name_en: 'Qairat Serikuly',
        address_kk: 'Қайрат',
        address_ru: 'Кайрат',
        address_en: 'Qairat',
        home_district,
        language: 'kk',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const contact = await db
      .selectFrom('contacts')
      .innerJoin('hosts', 'hosts.id', 'contacts.host_id')
      .select(['contacts.id', 'hosts.name_ru as host'])
      .where('email', '=', 'school@kezdesu.example')
      .executeTakeFirstOrThrow()
    const account = named.actor.accountId
    const stand = (kind: string, recipient: string, address: string, version: number) => ({
      house_id: named.house,
      kind,
      cause: 'test:1',
      version,
      recipient,
      address,
      language: 'kk' as const,
      created_at: here.clock.now,
      due_at: here.clock.now.plus({ hours: version - 3 }),
    })
    const other = await db.selectFrom('houses').select('id').where('id', '<>', named.house).executeTakeFirstOrThrow()
    const foreign = await db
      .insertInto('speakers')
      .values({
        house_id: other.id,
        email: 'qairat@other.example',
        name_kk: 'Басқа Қайрат',
        name_ru: 'Другой Кайрат',
        name_en: 'Another Qairat',
        address_kk: 'Қайрат',
        address_ru: 'Кайрат',
        address_en: 'Qairat',
        home_district,
        language: 'kk',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('messages')
      .values([
        stand('invitation', `speaker:${quiet.id}`, 'old-box@kezdesu.example', 1),
        stand('reminder-day', `speaker:${quiet.id}`, 'qairat@kezdesu.example', 6),
        stand('talk-booked', `contact:${contact.id}`, 'school@kezdesu.example', 2),
        stand('contact-wrote', `account:${account}`, cast.coordinator, 2),
        { ...stand('invitation', `speaker:${foreign.id}`, 'qairat@other.example', 1), house_id: other.id },
      ])
      .execute()
    const shown = async (query: string) => {
      const { body } = await get(`/app/messages?${query}`)
      return [...body.matchAll(/<span class="adr">([^<]*)<\/span>/g)].map(([, it]) => it)
    }
    const his = ['qairat@kezdesu.example', 'old-box@kezdesu.example']
    t.same(await shown('q=Кайрат'), his, 'what is planned stands on top')
    t.same(await shown('q=Қайрат'), his)
    t.same(await shown('q=old-box@'), ['old-box@kezdesu.example'])
    t.same(await shown('q=OLD-BOX@Kezdesu.example'), ['old-box@kezdesu.example'])
    t.same(await shown('q=other.example'), [])
    t.same(await shown(`q=${encodeURIComponent(contact.host)}`), ['school@kezdesu.example'])
    t.same(await shown('q=%25'), [])
    t.same(await shown(`person=speaker:${quiet.id}`), his)
    t.same(await shown(`person=speaker:${quiet.id}&kind=invitation`), ['old-box@kezdesu.example'])
    t.same(await shown(`person=speaker:${quiet.id}&state=sent`), [])
    t.same(await shown(`person=contact:${contact.id}`), ['school@kezdesu.example'])
    t.same(await shown(`person=account:${account}`), [cast.coordinator])
    const { body } = await get('/app/messages')
    t.equal(body.match(/<tr class="plan">/g)?.length, 1)
    t.match(body, `href="/app/messages?person=speaker%3A${quiet.id}"`)
    t.match(body, '<b>Серикулы Кайрат</b>')
    t.notMatch(body, 'other.example')
    t.notMatch((await get('/app/messages', stranger)).body, 'old-box@')
    for (const person of [
      `speaker:${foreign.id}`,
      `contact:${quiet.id}`,
      'speaker:1',
      'group:x',
      `speaker:${quiet.id}:x`,
    ])
      t.equal((await get(`/app/messages?person=${person}`)).statusCode, 404, person)
    t.equal((await get(`/app/messages?person=speaker:${quiet.id}`, stranger)).statusCode, 404)
  },
)

t.test('the pages of a talk and of its request say why a letter stands as it does', async t => {
  await db
    .insertInto('messages')
    .values({
      house_id: named.house,
      kind: 'talk-booked',
      cause: `talk:${talk}`,
      version: 9,
      recipient: 'contact:00000000-0000-0000-0000-000000000000',
      address: 'school@kezdesu.example',
      language: 'kk',
      talk_id: talk,
      request_id: (await db.selectFrom('talks').select('request_id').where('id', '=', talk).executeTakeFirstOrThrow())
        .request_id,
      created_at: here.clock.now,
      due_at: here.clock.now,
      state: 'failed',
      reason: 'refused',
    })
    .execute()
  const { number } = await db.selectFrom('requests').select('number').executeTakeFirstOrThrow()
  for (const page of [`/app/talks/${talk}`, `/app/requests/${number}`]) {
    t.match((await get(page)).body, 'почтовый сервер не принял', page)
    t.equal((await get(page, stranger)).statusCode, 404)
  }
})

t.test('the ledger says since when a letter stands as it does, whoever ended it', async t => {
  await db.deleteFrom('messages').execute()
  const states = ['waiting', 'sending', 'sent', 'failed', 'held', 'skipped', 'superseded'] as const
  await db
    .insertInto('messages')
    .values(
      states.map((state, at) => ({
        house_id: named.house,
        kind: 'talk-booked',
        cause: `test:${state}`,
        version: at,
        recipient: `account:${named.actor.accountId}`,
        address: cast.coordinator,
        language: 'kk' as const,
        created_at: here.clock.now,
        due_at: here.clock.now,
      })),
    )
    .execute()
  const noted = () =>
    db
      .selectFrom('messages')
      .select(['state', 'ended_at'])
      .where('ended_at', 'is not', null)
      .orderBy('version')
      .execute()
  for (const state of states)
    await db
      .updateTable('messages')
      .set({ state, sent_at: state === 'sent' ? here.clock.now : null })
      .where('cause', '=', `test:${state}`)
      .execute()
  const ended = await noted()
  t.same(
    ended.map(({ state }) => state),
    ['failed', 'held', 'skipped', 'superseded'],
  )
  // by the clock that all processes share, not by the stopped one of whoever writes
  for (const { ended_at } of ended) t.ok(Math.abs(Number(ended_at?.diffNow().as('seconds'))) < 60)
  await db.updateTable('messages').set({ reason: 'newer' }).execute()
  t.same(await noted(), ended, 'a word more is no new end')
  const said = (at: DateTime | null | undefined) => at?.setZone('Asia/Almaty').toFormat('dd.MM.yyyy, HH:mm')
  const shown = async (state: string) =>
    /<span class="s muted num">([^<]*)</.exec((await get(`/app/messages?state=${state}`)).body)?.[1]
  for (const { state, ended_at } of ended) t.equal(await shown(state), said(ended_at), state)
  for (const state of ['waiting', 'sending', 'sent']) t.equal(await shown(state), undefined, state)
  await db.updateTable('messages').set({ state: 'waiting' }).where('cause', '=', 'test:failed').execute()
  t.equal(await shown('waiting'), undefined, 'it waits again')
})
