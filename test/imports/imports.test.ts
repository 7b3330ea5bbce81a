import t from 'tap'
import { cast } from '../cast.ts'
import { formOn, server, submit, type TestWorld, world } from '../world.ts'

const w = await world(t)
const { app, db, clock } = w
const cookie = await w.signIn(cast.coordinator)
const elsewhere = await w.signIn(cast.coordinatorOfAnotherHouse)
const viewer = await w.signIn(cast.viewer)

async function upload(kind: string, text: string | Uint8Array, as = cookie, world: TestWorld = w) {
  const body = new FormData()
  body.append('kind', kind)
  body.append('file', new Blob([typeof text === 'string' ? text : new Uint8Array(text)]), 'тізім.csv')
  const packed = new Response(body)
  return world.app.inject({
    method: 'POST',
    url: '/app/imports',
    headers: {
      ...{ cookie: as, 'sec-fetch-site': 'same-origin' },
      'content-type': packed.headers.get('content-type') ?? '',
    },
    payload: Buffer.from(await packed.arrayBuffer()),
  })
}
const get = (url: string, as = cookie) => app.inject({ url, headers: { cookie: as } })
/** The page of a file that was read. */
async function preview(kind: string, text: string | Uint8Array) {
  const answer = await upload(kind, text)
  const url = String(answer.headers.location)
  if (answer.statusCode !== 303)
    throw new Error(`${answer.statusCode} ${/class="err"[^>]*>([^<]*)/.exec(answer.body)?.[1]}`)
  return { url, id: url.slice(-36), html: (await get(`${url}?l=ru`)).body }
}
const filters = (html: string) =>
  [...html.matchAll(/<a class="tag(?: sky)?" href="\/app\/imports[^>]*>([^<]*)</g)].map(([, text]) => text)
const errors = (html: string) => [...html.matchAll(/<span class="err"[^>]*>([^<]*)</g)].map(([, text]) => text)
const send = (url: string, html: string, part: string, more: Record<string, string> = {}) =>
  submit(app, `${url}/${part}`, { ...formOn(html, `${url}/${part}`).fields, ...more }, cookie)
const count = async (table: 'speakers' | 'hosts' | 'requests' | 'contacts' | 'accounts' | 'messages' | 'import_rows') =>
  (
    await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n
const history = async () =>
  await db.selectFrom('changes').select(['kind', 'detail']).orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()

const speakers = `ФИО;E-mail;Телефон;Профессия;Языки;Район;Күніне
Оспанова Гүлнар;ospanova@mektep.kz;8 701 222 33 44;Психолог;каз, рус;Алмалинский район;1
=cmd|' /C calc'!A0;evil@mektep.kz;;психолог;казахский;Алмалинский;
Бекова А.;bekova@;;космонавт;эльфийский;Луна;сто
;${cast.psychologist};;;;;
Оспанова Гүлнар;ospanova@mektep.kz;;психолог;kk;Алмалинский;
`

t.test('who is nobody here sees nothing of it', async t => {
  t.equal((await get('/app/imports', viewer)).statusCode, 404)
  const { url } = await preview('speakers', speakers)
  t.equal((await get(url, elsewhere)).statusCode, 404)
  for (const part of ['choices', 'confirmation', 'removal'])
    t.equal((await submit(app, `${url}/${part}`, {}, elsewhere)).statusCode, 404)
  t.equal((await get(url)).statusCode, 200)
  clock.now = clock.now.plus({ hours: 25 })
  t.equal((await get(url, await w.signIn(cast.coordinator))).statusCode, 404)
  clock.now = clock.now.minus({ hours: 25 })
  t.equal((await submit(app, `${url}/removal`, {}, cookie)).headers.location, '/app/imports?kind=speakers')
  t.equal(await count('import_rows'), 0)
})

t.test('a file that is none is refused beside the field', async t => {
  t.ok((await upload('speakers', '')).body.includes('Выберите файл'))
  const refused = await upload('speakers', 'Район;Языки\nx;y\n')
  t.equal(refused.statusCode, 422)
  t.strictSame(errors(refused.body), [
    'В файле должен быть один из столбцов: Электронная почта · Телефон, необязательно · Полное имя · Полное имя, на казахском · Полное имя, на русском · Полное имя, на английском',
  ])
  t.equal((await upload('speakers', new Uint8Array(5 * 1_048_576 + 1))).statusCode, 413)
  t.equal((await upload('speakers', new Uint8Array(6 * 1_048_576))).statusCode, 413)
})

t.test('speakers: each row says what it comes to, the right ones are written together, and once', async t => {
  const before = [await count('speakers'), await count('accounts')]
  const { url, html } = await preview('speakers', speakers)
  t.strictSame(filters(html), ['Все: 5', 'Новые: 2', 'Без изменений: 1', 'Повторы в файле: 1', 'С ошибками: 1'])
  t.strictSame(errors(html), [
    'Электронная почта: напишите по образцу: aigul@mektep.kz',
    'Специальности: выберите из списка',
    'Языки встреч: выберите из списка',
    'Район проживания: выберите из списка',
    'В день: напишите число, 0–6',
  ])
  t.ok(html.includes('Импортировать правильные: 2'))
  t.ok(html.includes('=cmd|&#39; /C calc&#39;!A0'))
  t.equal(await count('speakers'), before[0])
  const answers = await Promise.all([
    send(url, html, 'confirmation'),
    send(url, html, 'confirmation', { _key: 'another' }),
  ])
  t.strictSame(
    answers.map(answer => answer.headers.location),
    [url, url],
  )
  t.strictSame(
    [await count('speakers'), await count('accounts')],
    before.map(each => (each ?? 0) + 2),
  )
  t.strictSame(await history(), {
    kind: 'imported',
    detail: {
      import: url.slice(-36),
      what: 'speakers',
      letters: false,
      ...{ new: 2, changed: 0, same: 1, unsure: 0, twice: 1, wrong: 1, skipped: 0 },
    },
  })
  const made = await db
    .selectFrom('speakers')
    .selectAll()
    .where('email', '=', 'ospanova@mektep.kz')
    .executeTakeFirstOrThrow()
  t.match(made, {
    name_ru: 'Оспанова Гүлнар',
    phone: '+77012223344',
    limit_day: 1,
    limit_week: 5,
    language: 'kk',
    transport: 'transit',
  })
  t.ok(made.account_id)
  t.equal(await count('import_rows'), 0)
  t.ok((await get(`${url}?l=ru`)).body.includes('Импорт завершён'))
  const again = await preview('speakers', speakers)
  t.strictSame(filters(again.html), ['Все: 5', 'Без изменений: 3', 'Повторы в файле: 1', 'С ошибками: 1'])
  const same = await preview('speakers', speakers.split('\n').slice(0, 3).join('\n'))
  t.ok(same.html.includes('Менять нечего'))
  t.equal(same.html.includes('/confirmation'), false)
})

t.test('a speaker who is known is changed where the file says something else; a like name asks', async t => {
  const text = `Полное имя;E-mail;Телефон;Темы;Средства;Профессия;Языки;Район
Гүлнар Оспанова;new@mektep.kz;;;;психолог;kk;Алмалинский
Оспанова Гүлнар;ospanova@mektep.kz;8 701 222 33 45;;;Психолог; русский;
`
  const { url, html } = await preview('speakers', text)
  t.strictSame(filters(html), ['Все: 2', 'Изменятся: 1', 'Нужно решение: 1'])
  t.ok(html.includes('Неизвестные столбцы, не учитываются: Средства'))
  t.match(html, /<del>\+7 701 222 33 44<\/del>[\s\S]*<ins>8 701 222 33 45<\/ins>/)
  const id = /<option value="([0-9a-f-]{36})"/.exec(html)?.[1] ?? ''
  const chosen = await send(url, html, 'choices', { 'row-2': 'new', 'row-3': 'skip' })
  const after = (await get(`${chosen.headers.location}&l=ru`)).body
  t.strictSame(filters(after), ['Все: 2', 'Новые: 1', 'Пропускаются: 1'])
  await send(url, after, 'choices', { 'row-2': id, 'row-3': 'skip' })
  const third = (await get(url)).body
  t.ok(third.includes('ospanova@mektep.kz'))
  t.equal((await send(url, third, 'confirmation')).headers.location, url)
  const made = await db
    .selectFrom('speakers')
    .innerJoin('accounts', 'accounts.id', 'account_id')
    .select(['speakers.email', 'accounts.email as signsIn'])
    .where('speakers.id', '=', id)
    .executeTakeFirstOrThrow()
  t.strictSame(made, { email: 'new@mektep.kz', signsIn: 'new@mektep.kz' })
})

t.test('what changes between looking and confirming is said, and nothing is written', async t => {
  const { url, html } = await preview(
    'speakers',
    'ФИО;E-mail;Профессия;Языки;Район\nЖаңа;late@mektep.kz;психолог;kk;Алмалинский\n',
  )
  await db.updateTable('speakers').set({ email: 'late@mektep.kz' }).where('email', '=', cast.lawyer).execute()
  const late = await send(url, html, 'confirmation')
  t.equal(late.statusCode, 409)
  t.ok(late.body.includes('После проверки файла список изменился'))
  t.ok(late.body.includes('Изменятся: 1'))
  await db.updateTable('speakers').set({ email: cast.lawyer }).where('email', '=', 'late@mektep.kz').execute()
})

const hosts = `Название;Вид;Район;Контактное лицо;Телефон;Есть онлайн;Возможно онлайн;Мест
Школа № 977 (пример);школа;Алмалинский;Серикова А.;87012223344;;нет;90
Школа № 978;школа;Алмалинский;;;;может быть;
Школа № 901 (пример);школа;;Ким Л.;87770001122;;;
Лицей № 901;школа;Алмалинский;;;;;
Школа № 977 (пример);школа;Алмалинский;;;;;
`

t.test(
  'hosts: an entry of the same name is the same, a like one asks, and the usual timetable comes along',
  async t => {
    const before = await count('hosts')
    const { url, html } = await preview('hosts', hosts)
    t.strictSame(filters(html), [
      'Все: 5',
      'Новые: 1',
      'Изменятся: 1',
      'Нужно решение: 1',
      'Повторы в файле: 1',
      'С ошибками: 1',
    ])
    t.strictSame(errors(html), ['Возможно онлайн: напишите «да» или «нет»'])
    await send(url, html, 'choices', { 'row-5': 'new' })
    const decided = (await get(`${url}?l=ru`)).body
    t.ok(decided.includes('Импортировать правильные: 3'))
    t.equal((await send(url, decided, 'confirmation')).headers.location, url)
    t.equal(await count('hosts'), before + 2)
    const made = await db
      .selectFrom('hosts')
      .innerJoin('contacts', 'contacts.host_id', 'hosts.id')
      .select(['hosts.id', 'hall_seats', 'online', 'folded', 'contacts.phone'])
      .where('name_ru', '=', 'Школа № 977 (пример)')
      .execute()
    t.match(made, [{ hall_seats: 90, online: false, folded: 'школа 977 пример', phone: '+77012223344' }])
    const lessons = await db.selectFrom('host_lessons').select('n').where('host_id', '=', made[0]!.id).execute()
    t.ok(lessons.length > 8)
    const known = await db
      .selectFrom('contacts')
      .innerJoin('hosts', 'hosts.id', 'host_id')
      .select('contacts.name')
      .where('name_ru', '=', 'Школа № 901 (пример)')
      .execute()
    t.ok(known.some(({ name }) => name === 'Ким Л.'))
    const again = await preview('hosts', hosts)
    t.strictSame(filters(again.html).slice(0, 2), ['Все: 5', 'Без изменений: 3'])
  },
)

const requests = `№;Тема;Слушатели;Классы;Организация;Вид организации;Район;Количество;Язык;Дата;Время с;Время по;Контактное лицо;Телефон;Почта
12-А;TOPIC;ученики;8-9;Школа № 901 (пример);;;60;каз;01.12.2026;09:00;12:00;Ким Л.;87770001122;kim@mektep.kz
12-Б;TOPIC;ученики;7;Школа № 901 (пример);;;30;рус;2026-12-01;9:00–12:00;;Ким Л.;87770001122;kim@mektep.kz
;TOPIC;ученики;9;Школа № 966;школа;Алмалинский;60;каз;02.12.2026;09:00;12:00;Ли Б.;87770001123;
;TOPIC;ученики;9;Школа № 966;школа;Алмалинский;60;каз;03.12.2026;09:00;12:00;Ли Б.;87770001123;
;TOPIC;ученики;9;Школа № 965;;;60;каз;03.12.2026;09:00;12:00;Ли Б.;87770001123;
;TOPIC;ученики;9;Школа № 901 (пример);;;5000;каз;31.02.2026;12:00;09:00;;;
`

t.test(
  'requests: judged as the form for a caller does, hosts and persons once, no letters unless asked for',
  async t => {
    const { title_ru: title } = await db
      .selectFrom('topics')
      .select('title_ru')
      .where('slug', '=', 'cyber-bullying')
      .executeTakeFirstOrThrow()
    const text = requests.replaceAll('TOPIC', title)
    const before = [await count('requests'), await count('hosts'), await count('contacts'), await count('messages')]
    const { url, html } = await preview('requests', text)
    t.strictSame(filters(html), ['Все: 6', 'Новые: 4', 'С ошибками: 2'])
    t.strictSame(errors(html), [
      'Название организации: такой организации в списке нет. Напишите как в списке или добавьте вид и район',
      'Напишите число слушателей: 1–2000',
      'Такой даты нет. Напишите дату так: 25.11.2026',
      'Конец должен быть позже начала',
      'Напишите имя и фамилию',
      'Напишите телефон или электронную почту',
    ])
    const done = await send(url, html, 'confirmation')
    t.equal(done.headers.location, url)
    const now = [await count('requests'), await count('hosts'), await count('contacts'), await count('messages')]
    t.strictSame(
      now.map((each, at) => each - (before[at] ?? 0)),
      [4, 1, 2, 0],
    )
    const made = await db
      .selectFrom('requests')
      .innerJoin('request_windows', 'request_windows.request_id', 'requests.id')
      .select(['number', 'own_number', 'state', 'source', 'grades', 'heads', 'from_on', 'from_time', 'to_time', 'mode'])
      .orderBy('number', 'desc')
      .limit(4)
      .execute()
    t.match(made.reverse(), [
      {
        own_number: '12-А',
        state: 'waiting',
        source: 'import',
        grades: [8, 9],
        heads: 60,
        from_on: '2026-12-01',
        from_time: '09:00',
        to_time: '12:00',
      },
      { own_number: '12-Б', grades: [7], mode: 'onsite', to_time: '12:00' },
      { own_number: null, from_on: '2026-12-02' },
      { own_number: null, from_on: '2026-12-03' },
    ])
    t.equal((await get(`/app/requests/${made[0]?.number}`)).statusCode, 200)
    const again = await preview('requests', text)
    t.strictSame(filters(again.html), ['Все: 6', 'Без изменений: 4', 'С ошибками: 2'])
    const more = await preview(
      'requests',
      text.replaceAll('01.12.2026', '08.12.2026').replaceAll('2026-12-01', '2026-12-09'),
    )
    t.strictSame(filters(more.html), ['Все: 6', 'Новые: 2', 'Без изменений: 2', 'С ошибками: 2'])
    await send(more.url, more.html, 'confirmation', { letters: '1' })
    const letters = await db
      .selectFrom('messages')
      .select(['kind', 'address'])
      .where('address', '=', 'kim@mektep.kz')
      .execute()
    t.strictSame(letters, [
      { kind: 'request-received', address: 'kim@mektep.kz' },
      { kind: 'request-received', address: 'kim@mektep.kz' },
    ])
    t.equal(await w.deliver(), 2)
  },
)

t.test('ten thousand rows are shown in a bounded time, and many are written together', async t => {
  const people = (count: number) =>
    `ФИО;E-mail;Телефон;Профессия;Языки;Район\n${Array.from({ length: count }, (_, at) => `Лектор ${at} Тестович;l${at}@many.kz;8701${1_000_000 + at};психолог;kk, ru;Алмалинский`).join('\n')}`
  const started = performance.now()
  const { url, html } = await preview('speakers', people(10_000))
  t.ok(performance.now() - started < 60_000)
  t.strictSame(
    filters(html).map(text => text?.replace(/\u00a0/g, '')),
    ['Все: 10000', 'Новые: 10000'],
  )
  t.equal(html.match(/<tr>/g)?.length, 51)
  await send(url, html, 'removal')
  const before = await count('speakers')
  const some = await preview('speakers', people(1000))
  t.equal((await send(some.url, some.html, 'confirmation')).headers.location, some.url)
  t.equal(await count('speakers'), before + 1000)
})

const postgres = server()
if (postgres)
  t.test('of two files of the same people and two clicks on each, all at once, one is written', async t => {
    const there = await world(t, postgres)
    const staff = await there.signIn(cast.coordinator)
    const people = `ФИО;E-mail;Профессия;Языки;Район\n${Array.from({ length: 200 }, (_, at) => `Лектор ${at} Тестович;l${at}@many.kz;психолог;kk;Алмалинский`).join('\n')}`
    const urls = []
    for (let file = 0; file < 2; file++)
      urls.push(String((await upload('speakers', people, staff, there)).headers.location))
    const answers = await Promise.all(
      [...urls, ...urls].map(url => submit(there.app, `${url}/confirmation`, {}, staff)),
    )
    const states = await there.db.selectFrom('imports').select('state').orderBy('state').execute()
    t.strictSame(states, [{ state: 'ready' }, { state: 'done' }])
    t.ok(answers.every(({ statusCode }) => statusCode === 303 || statusCode === 409))
    const { n } = await there.db
      .selectFrom('speakers')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('email', 'like', '%@many.kz')
      .executeTakeFirstOrThrow()
    t.equal(n, 200)
  })
