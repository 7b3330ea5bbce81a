import { sql } from 'kysely'
import t from 'tap'
import { titlesOf } from '../../src/audit/detail-pages.ts'
import { kinds } from '../../src/audit/kind-words.ts'
import { verify } from '../../src/audit/verify-actions.ts'
import { hashOf, tokenOf } from '../../src/base/secrets.ts'
import { cast } from '../cast.ts'
import { booked, secret } from '../talks/booked.ts'
import { formOn, submit, world } from '../world.ts'

const here = await world(t)
const { app, db, clock } = here
const cookie = await here.signIn(cast.administrator)
const talk = await booked(db, clock.now)
const get = (url: string, as = cookie) => app.inject({ url, headers: { cookie: as } })
const rows = () =>
  db
    .selectFrom('journal')
    .select(['kind', 'thing', 'thing_id', 'old', 'new', 'place', 'actor_id', 'by_whom'])
    .orderBy('n')
    .execute()
const since = async (count: number) => (await rows()).slice(count)

t.test('every form of staff that is taken leaves a row, whatever it is', async t => {
  const doors = app.doors.filter(
    it =>
      it.method === 'POST' &&
      ['viewer', 'coordinator', 'administrator', 'signed-in', 'speaker'].includes(it.access ?? ''),
  )
  t.ok(doors.length > 70)
  const ids = { id: talk.talkId, number: '1', slug: 'none', kind: 'talk-booked', rule: 'contacts', what: 'x' }
  let taken = 0
  for (const { url } of doors) {
    if (url.includes('sign-out')) continue
    const before = (await rows()).length
    const address = url.replace(/:(\w+)/g, (_, name: string) => (ids as Record<string, string>)[name] ?? 'x')
    const answer = await submit(app, address, { note: 'Екі аптадан кейін', amount: '11' }, cookie)
    const fresh = await since(before)
    if (answer.statusCode < 400) taken++
    t.equal(
      fresh.length > 0,
      answer.statusCode < 400 && !answer.headers.location?.toString().startsWith('/account/again?to='),
      `${url} ${answer.statusCode}`,
    )
  }
  t.ok(taken > 5)
})

t.test('a command tells old and new, who and from where; a form sent twice tells once', async t => {
  const before = (await rows()).length
  const account = await db
    .selectFrom('accounts')
    .select('id')
    .where('email', '=', cast.viewer)
    .executeTakeFirstOrThrow()
  const { fields } = formOn((await get('/admin/accounts')).body, `/admin/accounts/${account.id}/role`)
  for (let n = 0; n < 2; n++)
    t.equal(
      (await submit(app, `/admin/accounts/${account.id}/role`, { ...fields, role: 'coordinator' }, cookie)).statusCode,
      303,
    )
  t.match(await since(before), [
    {
      kind: 'role-changed',
      thing: 'account',
      thing_id: account.id,
      old: '{"role":"viewer"}',
      new: '{"role":"coordinator"}',
      place: '127.0.0.0',
      by_whom: 'account',
    },
  ])
  t.equal((await since(before)).length, 1)
})

t.test('who saw contact data is noted once a day', async t => {
  const before = (await rows()).length
  for (let n = 0; n < 3; n++) t.equal((await get('/app/requests/1')).statusCode, 200)
  await get(`/app/hosts/${talk.hostId}`)
  t.match(await since(before), [
    { kind: 'seen', thing: 'request', thing_id: '1' },
    { kind: 'seen', thing: 'host', thing_id: talk.hostId },
  ])
  t.equal((await since(before)).length, 2)
  const half = await here.signIn(cast.coordinator)
  await db
    .updateTable('sessions')
    .set({ strength: 'letter' })
    .where('id_hash', '=', hashOf(half.slice(4)))
    .execute()
  t.equal((await get('/app/requests/1', half)).statusCode, 303)
  t.equal((await since(before)).length, 2, 'who is sent to prove themselves first has seen nothing')
  const now = clock.now
  clock.now = now.plus({ hours: 25 })
  const tomorrow = await here.signIn(cast.administrator)
  await get('/app/requests/1', tomorrow)
  t.equal((await since(before)).length, 3)
  clock.now = now
})

t.test('what a school and a speaker do by their links stands in it, without their secrets and words', async t => {
  const before = (await rows()).length
  const { nonce } = await db
    .selectFrom('requests')
    .select('nonce')
    .where('id', '=', talk.requestId)
    .executeTakeFirstOrThrow()
  const token = tokenOf(secret, 'request', nonce)
  const message = await app.inject({ url: `/r/${token}/message` })
  const { fields } = formOn(message.body, `/r/${token}/message`)
  await submit(app, `/r/${token}/message`, { ...fields, message: 'Зал екінші қабатта' })
  const [seat] = talk.seats
  const invitation = await app.inject({ url: `/i/${seat?.token}` })
  const answer = formOn(invitation.body, /response/)
  await submit(app, answer.action, { ...answer.fields, answer: 'accepted' })
  t.ok((await since(before)).some(it => it.by_whom === 'contact' && it.kind === 'written'))

  const text = JSON.stringify(await db.selectFrom('journal').selectAll().execute())
  const { rows: secrets } = await sql<{ text: string | null }>`
    select email as text from accounts union select email from speakers union select phone from speakers union select email from contacts
    union select phone from contacts union select name from contacts union select name_kk from speakers union select name_ru from accounts
    union select nonce from requests union select token_hash from requests union select nonce from assignments union select token_hash from assignments
    union select id_hash from sessions union select note from talks union select note from requests`.execute(db)
  for (const { text: one } of secrets) if (one) t.notOk(text.includes(one), 'no secret, name or address')
  for (const one of [token, ...talk.seats.map(it => it.token), cookie.slice(4), 'Зал екінші', 'Екі аптадан'])
    t.notOk(text.includes(one))
})

t.test('the journal is read by the coordinators of its House, filtered, paged and as a file', async t => {
  const page = await get('/admin/audit?l=kk')
  t.equal(page.statusCode, 200)
  t.match(page.body, 'Рөл өзгертілді')
  t.match((await get('/admin/audit?kind=role-changed&l=ru')).body, 'Роль изменена')
  t.notMatch((await get('/admin/audit?kind=role-changed&l=ru')).body, /Дом<\/th>|<th scope="row">Просмотрены/)
  t.match((await get('/admin/audit?thing=request&id=1&l=en')).body, '/app/requests/1')
  t.match((await get('/admin/audit?q=nobody-of-this-name&l=en')).body, 'There is no such row')
  t.match((await get('/admin/audit?from=2031-01-01&l=en')).body, 'There is no such row')
  t.equal((await get('/admin/audit?from=2026-02-31&before=x&thing=y')).statusCode, 200)
  const { houseId } = talk
  await sql`select write_journal(jsonb_build_array(jsonb_build_object('house_id', ${houseId}::text, 'at', '2026-11-23T04:00:00Z', 'by_whom', 'system', 'place', '',
    'kind', '=cmd', 'thing', 'house', 'thing_id', '', 'old', '{}', 'new', '{}')))`.execute(db)
  for (let n = 0; n < 60; n++)
    await sql`select write_journal(jsonb_build_array(jsonb_build_object('house_id', ${houseId}::text, 'at', '2026-11-23T04:00:00Z', 'by_whom', 'system', 'place', '',
      'kind', 'expired', 'thing', 'house', 'thing_id', '', 'old', '{}', 'new', '{}')))`.execute(db)
  const first = await get('/admin/audit?kind=expired&l=en')
  const next =
    /href="(\/admin\/audit\?[^"]*before=\d+[^"]*)"/.exec(first.body)?.[1]?.replaceAll(/&(amp|#38);/g, '&') ?? ''
  t.equal((await get(next)).body.match(/<tr>/g)?.length, 11, 'ten left, and the head of the table')
  const file = await get('/admin/audit.csv')
  t.match(file.body, "'=cmd", 'nothing is taken for a formula')
  t.equal(
    (await get('/admin/audit', await here.signIn(cast.coordinatorOfAnotherHouse))).body.includes(
      '<th scope="row">Роль изменена',
    ),
    false,
  )
  t.equal((await get('/admin/audit', await here.signIn(cast.psychologist))).statusCode, 404)
  t.match(await verify(db, 'almaty'), [{ fault: undefined }])
})

t.test('what a row says is said in words, whatever it is', async t => {
  const { houseId } = talk
  const changes = [
    ['booked', { day: '2026-11-26', from: 620, people: 2, note: '…' }],
    ['moved', { day: '2026-11-27', from: 575, version: 3 }, { day: '2026-11-26', from: 620 }],
    ['cancelled', { reason: 'weather', version: 4 }],
    ['request-declined', { reason: 'not-our-district' }],
    ['undone', { what: 'moved', busy: null }],
    [
      'imported',
      { what: 'hosts', letters: false, new: 3, changed: 1, same: 0, unsure: 0, twice: 0, wrong: 2, skipped: 0 },
    ],
    ['role-changed', { role: 'viewer' }, { role: 'coordinator' }],
    ['factors-changed', { change: 'codes-set' }],
    ['signed-in', { way: 'passkey' }],
    ['letter-text-kept', { kind: 'talk-booked', reader: 'contact', language: 'kk' }],
    ['request-entered', { source: 'call' }],
    ['restored', { backup: '2026-11-23T04:05:00.000Z', rows: 57 }],
  ] as const
  for (const [kind, now, old = {}] of changes)
    await sql`select write_journal(jsonb_build_array(jsonb_build_object('house_id', ${houseId}::text, 'at', '2026-11-23T04:00:00Z', 'by_whom', 'system', 'place', '',
      'kind', ${kind}::text, 'thing', 'house', 'thing_id', ${houseId}::text, 'old', ${JSON.stringify(old)}::text, 'new', ${JSON.stringify(now)}::text)))`.execute(
      db,
    )
  const page = (await get('/admin/audit?l=ru')).body
  for (const said of [
    'День: 26.11.2026, Начало: 10:20, Человек: 2, Заметка: текст',
    'Было: День: 26.11.2026, Начало: 10:20',
    'Стало: День: 27.11.2026, Начало: 09:35, Версия: 3',
    'Причина: погода',
    'Причина: не наш район',
    'Что: Встреча перенесена, Занят: —',
    'Письма отправлены: нет, Новых: 3',
    'Роль: наблюдатель',
    'подключён код из приложения',
    'Способ: ключ доступа',
    'Кому: Ответственное лицо, Язык: казахский',
    'Откуда: звонок',
    'Копия от: 23.11.2026 09:05, Строк: 57',
  ])
    t.ok(page.toLocaleLowerCase('ru').includes(said.toLocaleLowerCase('ru')), said)
  const found = await rows()
  for (const language of ['kk', 'ru', 'en'] as const) {
    const unsaid = found.flatMap(({ kind, old, new: now }) => [
      ...(kind.startsWith('/') || kind in kinds[language] || ['=cmd', 'expired'].includes(kind) ? [] : [kind]),
      ...Object.keys({ ...JSON.parse(old), ...JSON.parse(now) }).filter(key => !(key in titlesOf(language))),
    ])
    t.same([...new Set(unsaid)], [], language)
  }
})

t.test('what somebody made of a row outside the product is shown as it stands', async t => {
  const { houseId } = talk
  for (const now of ['{', 'null', '{"day":{"a":1},"from":[2]}', '{"day":"2026-11-23T99:00:00Z"}'])
    await sql`select write_journal(jsonb_build_array(jsonb_build_object('house_id', ${houseId}::text, 'at', '2026-11-23T04:00:00Z', 'by_whom', 'system', 'place', '',
      'kind', 'restored', 'thing', 'house', 'thing_id', '', 'old', '{}', 'new', ${now}::text)))`.execute(db)
  for (const url of ['/admin/audit?l=kk', '/admin/audit.csv'])
    t.equal((await get(url)).statusCode, 200, 'what was damaged outside is shown as it stands')
  t.match((await get('/admin/audit?l=en')).body, '{&#34;a&#34;:1}')
})

/** Where people may type what they like, and why nobody's pupil belongs there. */
const free: Record<string, string> = {
  'requests.note': 'logistics of a request; the field says to write no names',
  'requests.class_name': 'a class: 9 Б',
  'requests.class_names': 'classes that come together',
  'requests.own_number': 'number of a letter of the host',
  'talks.note': 'of coordinators, about the talk',
  'talks.held_in': 'a room',
  'feedback.remark': 'about the talk; shown with the hint, gone after a month',
  'replies.comment': 'of a speaker, from a calendar program',
  'credentials.note': 'about a paper of a speaker',
  'word_marks.note': 'about a word of ours',
  'messages.note': 'of a coordinator to a reader of a letter',
  'series.name': 'name of a series',
  'changes.detail': 'ids and codes, and what a host wrote',
}

t.test('no column of the schema is there for data on a pupil', async t => {
  const { rows: columns } = await sql<{ name: string; comment: string | null }>`
    select c.table_name || '.' || c.column_name as name, col_description((quote_ident(c.table_name))::regclass, c.ordinal_position) as comment
    from information_schema.columns c where c.table_schema = 'public' and c.table_name not like 'kysely%'`.execute(db)
  const suspicious =
    /pupil|student|child|minor_|parent_|guardian|birth|iin|passport|gender|diagnos|class_list|listener_name|photo/i
  t.same(
    columns.filter(it => suspicious.test(`${it.name} ${it.comment ?? ''}`)).map(it => it.name),
    [],
  )
  const typed = /\.(note|remark|comment|detail|class_names?|held_in|own_number)$/
  t.same(
    columns
      .map(it => it.name)
      .filter(it => typed.test(it) && !(it in free))
      .sort(),
    [],
  )
  const named = columns.map(it => it.name)
  t.same(
    Object.keys(free).filter(it => !named.includes(it)),
    [],
  )
})
