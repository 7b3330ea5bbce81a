import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { DateTime } from 'luxon'
import t from 'tap'
import { brokenConstraint } from '../../src/base/db/errors.ts'
import { asset } from '../../src/base/http/assets.ts'
import { countLinesToCheck } from '../../src/reminders/digest-store.ts'
import { namesAStreet, numberOf, webAddressOf } from '../../src/support/edit-rules.ts'
import { cast, monday } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'

const w = await world(t)
const { app, db, clock } = w
const coordinator = await w.signIn(cast.coordinator)
const stranger = await w.signIn(cast.coordinatorOfAnotherHouse)
const viewer = await w.signIn(cast.viewer)
const get = (url: string, cookie?: string) => app.inject({ url, headers: cookie ? { cookie } : {} })
const idOf = (location: unknown) => String(location).split('/').at(-1) ?? ''

/** Adds a line through the form; what comes back says where it stands now. */
async function add(fields: Record<string, string | string[]>, as = coordinator) {
  const form = formOn((await get('/app/support/new?l=ru', as)).body, '/app/support/new')
  return submit(app, '/app/support/new?l=ru', { ...form.fields, ...fields }, as)
}
const centre = {
  name_kk: 'Бостандық отбасын қолдау орталығы',
  name_ru: 'Центр поддержки семьи, Бостандыкский район',
  name_en: 'Family support centre of Bostandyk',
  kind: 'family',
  phone: '8 727 312 00 00',
  url: 'https://www.gov.kz/almaty',
  days: '1-6',
  from: '9:00',
  to: '18:00',
  free: 'yes',
  anonymous: '',
}
const at = (text: string) => {
  clock.now = DateTime.fromISO(`${text}+05:00`, { zone: 'utc' })
}
const told = async (language = 'ru') => (await get(`/${language}/help`)).body
const press = (id: string, deed: string, as = coordinator) => submit(app, `/app/support/${id}/${deed}`, {}, as)

t.test('numbers are of three types, links lead to the web, and a street is no part of a name', async t => {
  t.same(numberOf('109'), { code: '109', phone: null })
  t.same(numberOf('8 800 080-77-77'), { code: null, phone: '88000807777' })
  t.same(numberOf('+7 800 080 77 77'), { code: null, phone: '88000807777' })
  t.same(numberOf('8 (727) 312-00-00'), { code: null, phone: '+77273120000' })
  for (const text of ['', '12', '11111', '+1 202 555 01 00', 'tel:111']) t.equal(numberOf(text), undefined, text)
  t.equal(webAddressOf('https://gov.kz/a'), 'https://gov.kz/a')
  for (const text of [
    'gov.kz',
    'javascript:alert(1)',
    'http://a',
    'https://me@evil.kz/',
    `https://a.kz/${'x'.repeat(400)}`,
  ])
    t.equal(webAddressOf(text), undefined, text)
  for (const text of [
    'Орталық, Абай көшесі, 12',
    'Центр на ул. Пушкина',
    'Центр, проспект Абая 5',
    'Centre, 5 Abai Street',
    'Орталық, үй 12',
    '8 мкр., центр',
    'Саина даңғылы',
  ])
    t.ok(namesAStreet(text), text)
  for (const text of [
    'Бостандық ауданының отбасын қолдау орталығы',
    'Дом дружбы',
    'Үй-жайсыздарға көмек',
    'Кризисный центр № 2',
  ])
    t.notOk(namesAStreet(text), text)
})

t.test('there is no column for an address, and the database keeps what a House may not do', async t => {
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns where table_name = 'support_lines'`.execute(db)
  t.strictSame(
    rows.map(({ name }) => name).filter(name => /addr|street|place|lat|lon|point|district|house_no/.test(name)),
    [],
  )
  const refused = (change: Record<string, unknown>, where: 'national' | 'own') =>
    db
      .updateTable('support_lines')
      .set(change)
      .where('house_id', where === 'national' ? 'is' : 'is not', null)
      .execute()
      .then(
        () => 'taken',
        error => brokenConstraint(error),
      )
  const done = await add(centre)
  t.equal(done.statusCode, 303)
  const national = 'a_line_of_the_country_is_never_taken_off_or_out'
  for (const column of ['doubted_at', 'off_at', 'removed_at'])
    t.equal(await refused({ [column]: clock.now }, 'national'), national)
  t.equal(await refused({ pinned: true }, 'own'), 'a_line_of_a_house_is_neither_national_nor_pinned')
  t.equal(await refused({ phone: null, url: null }, 'own'), 'a_line_of_a_house_can_be_called_or_opened')
  t.equal(await refused({ phone: '112' }, 'own'), 'a_phone_stands_as_it_is_dialled')
  t.equal(await refused({ check_days: 90 }, 'own'), 'a_number_of_a_house_is_checked_every_thirty_days')
  t.equal(await refused({ url: 'javascript:1' }, 'own'), 'a_link_of_a_line_is_an_address_of_the_web')
  t.equal(await refused({ hours: 'әрқашан' }, 'own'), 'hours_of_a_line_are_days_and_times')
  await press(idOf(done.headers.location), 'removal')
})

t.test('a wrong form comes back with everything typed, and an address is refused', async t => {
  const answer = await add({ ...centre, name_ru: 'Центр, ул. Абая, 5', phone: '12', from: '19:00' })
  t.equal(answer.statusCode, 422)
  t.match(answer.body, 'не пишите улицу и номер дома')
  t.match(answer.body, 'value="Центр, ул. Абая, 5"')
  t.match(answer.body, 'Телефон: напишите по образцу')
  t.match(answer.body, 'Конец, часы:минуты: конец раньше начала')
  t.match((await add({ ...centre, phone: '', url: '' })).body, 'Телефон: заполните')
})

t.test('a local centre shows once it is checked, below the national lines and only for its House', async t => {
  const id = idOf((await add(centre)).headers.location)
  t.notMatch(await told(), 'tel:+77273120000', 'a slip in a number reaches nobody')
  for (const url of ['/app/support', `/app/support/${id}`])
    t.match((await get(`${url}?l=ru`, coordinator)).body, 'Ещё не проверено, посетителям не видно')
  t.match((await get('/app/support/new?l=ru', coordinator)).body, 'Местный номер не виден посетителям, пока')
  await press(id, 'check')
  const page = await told()
  const numbers = [...page.matchAll(/href="tel:([^"]+)"/g)].map(([, number]) => number)
  t.strictSame(numbers, ['111', '150', '102', '112', '103', '1414', '+77273120000'])
  t.match(page, 'Пн–Сб 09:00–18:00 · Бесплатно')
  t.equal((await get(`/app/support/${id}`, stranger)).statusCode, 404)
  for (const deed of ['check', 'silence', 'off', 'removal'])
    t.equal((await press(id, deed, stranger)).statusCode, 404, deed)
  t.notMatch((await get('/app/support?l=ru', stranger)).body, centre.name_ru)
  const seen = (await get('/app/support?l=ru', viewer)).body
  t.match(seen, centre.name_ru)
  t.notMatch(seen, /action="\/app\/support/)
  t.equal((await get(`/app/support/${id}`, viewer)).statusCode, 404)
  t.equal((await press(id, 'check', viewer)).statusCode, 404)
  await press(id, 'removal')
})

t.test(
  'a number that does not answer sinks, then leaves; checked, it is back; each step stands in the history',
  async t => {
    const id = idOf((await add(centre)).headers.location)
    const { id: houseId } = await db
      .selectFrom('houses')
      .select('id')
      .where('slug', '=', 'almaty')
      .executeTakeFirstOrThrow()
    await press(id, 'check')
    await press(id, 'silence')
    t.match(await told(), 'Номер проверяется')
    t.equal(await countLinesToCheck(db, houseId, clock.now), 1)
    await press(id, 'silence')
    t.notMatch(await told(), centre.name_ru)
    t.match((await get('/app/support?l=ru', coordinator)).body, 'Снят со страницы')
    await press(id, 'check')
    const back = await told()
    t.match(back, centre.name_ru)
    t.notMatch(back, 'Номер проверяется')
    t.match(back, 'Проверено: 23.11.2026')
    t.equal(await countLinesToCheck(db, houseId, clock.now), 0)
    await press(id, 'off')
    t.notMatch(await told(), centre.name_ru, 'a decision of the coordinator')
    const page = (await get(`/app/support/${id}?l=ru`, coordinator)).body
    t.strictSame(
      [...page.slice(page.indexOf('class="hist"')).matchAll(/<li>([^<]+) </g)].map(([, what]) => what),
      ['Снято со страницы', 'Отвечает', 'Снято со страницы', 'Не отвечает', 'Отвечает', 'Добавлено'],
    )
    // another number has to be called anew
    const { fields } = formOn(page, `/app/support/${id}`)
    await submit(app, `/app/support/${id}?l=ru`, { ...fields, phone: '8 727 312 00 01' }, coordinator)
    t.notMatch(await told(), 'tel:+7727312000', 'neither the old number nor the new one')
    t.match((await get('/app/support?l=ru', coordinator)).body, 'Ещё не проверено')
    const stale = await submit(app, `/app/support/${id}?l=ru`, { ...fields, name_ru: 'Другой центр' }, coordinator)
    t.equal(stale.statusCode, 409)
    t.match(stale.body, 'value="Другой центр"')
    t.match(stale.body, /Сейчас записано так: [^<]*8?[^<]*312/)
    await press(id, 'check')
    t.match(await told(), 'tel:+77273120001')
    await press(id, 'removal')
    t.notMatch(await told(), 'tel:+77273120001')
    t.equal((await get(`/app/support/${id}`, coordinator)).statusCode, 404)
    t.match((await get('/app/support?l=ru', coordinator)).body, 'Убраны из списка')
  },
)

t.test(
  'thirty days after its check a line is overdue: it says so and sinks, 111 stays first, the digest tells',
  async t => {
    const id = idOf((await add(centre)).headers.location)
    await press(id, 'check')
    const national = await db
      .selectFrom('support_lines')
      .select('id')
      .where('slug', 'in', ['111', '103'])
      .orderBy('slug')
      .execute()
    for (const line of national) {
      t.equal((await press(line.id, 'check')).statusCode, 303)
      for (const deed of ['silence', 'off', 'removal']) t.equal((await press(line.id, deed)).statusCode, 404, deed)
      t.equal((await submit(app, `/app/support/${line.id}`, centre, coordinator)).statusCode, 404)
    }
    const { id: houseId } = await db
      .selectFrom('houses')
      .select('id')
      .where('slug', '=', 'almaty')
      .executeTakeFirstOrThrow()
    t.equal(await countLinesToCheck(db, houseId, clock.now), 0)
    at('2026-12-24T09:00')
    const page = await told()
    t.strictSame(
      [...page.matchAll(/href="tel:([^"]+)"/g)].map(([, number]) => number),
      ['111', '150', '102', '112', '1414', '103', '+77273120000'],
    )
    t.equal([...page.matchAll(/Срок проверки прошёл/g)].length, 3)
    t.equal(await countLinesToCheck(db, houseId, clock.now), 3)
    const due = (await get('/app/support?l=ru', await w.signIn(cast.coordinator))).body
    t.match(due, 'Срок прошёл: 23.12.2026')
    clock.now = DateTime.fromISO(monday, { zone: 'utc' })
    await press(id, 'removal')
  },
)

t.test(
  'whoever looks leaves no trace: no cookie, no referrer, no line in the log, no look-up of a session',
  async t => {
    const seenBefore = await db.selectFrom('sessions').select(['seen_at']).orderBy('id_hash').execute()
    clock.now = clock.now.plus({ hours: 3 })
    for (const url of ['/kk/help', '/ru/help/sheet', '/en/help']) {
      const answer = await get(url, coordinator)
      t.equal(answer.statusCode, 200)
      t.strictSame(answer.cookies, [])
      t.equal(answer.headers['referrer-policy'], 'no-referrer')
      t.match(answer.headers['cache-control'], /^public, max-age=600, .*stale-if-error/)
      t.equal(answer.headers['x-robots-tag'], undefined)
      t.match(answer.body, /<title>(Анықтама|Справка|Information)<\/title>/, 'a neutral title')
      t.notMatch(answer.body, 'sign-in')
      t.notMatch(answer.body, /src="https?:|href="https?:[^"]*\.(css|woff2)/, 'nothing from outside')
    }
    t.strictSame(await db.selectFrom('sessions').select(['seen_at']).orderBy('id_hash').execute(), seenBefore)
    clock.now = DateTime.fromISO(monday, { zone: 'utc' })
  },
)

t.test('the log has no line of it, neither address nor time nor browser', async t => {
  const lines: unknown[] = []
  const before = app.log.info
  app.log.info = ((line: unknown) => void lines.push(line)) as typeof app.log.info
  for (const url of ['/kk/topics', '/kk/help', '/ru/help/sheet'])
    await app.inject({ url, remoteAddress: '203.0.113.7', headers: { 'user-agent': 'somebody' } })
  app.log.info = before
  t.match(lines, [{ route: '/:l(^(?:kk|ru|en)$)/topics', status: 200 }])
  t.equal(lines.length, 1)
})

t.test('everything the help page needs is at most 10 kB, whatever the language, without a font', async t => {
  const size = async (url: string) => {
    const answer = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } })
    return answer.rawPayload.length
  }
  for (let at = 0; at < 8; at++)
    await press(
      idOf(
        (await add({ ...centre, name_ru: `${centre.name_ru} ${at}`, phone: `8 727 312 00 1${at}`, url: '' })).headers
          .location,
      ),
      'check',
    )
  const rest = (await size(asset('help.css'))) + (await size(asset('leave.js'))) + (await size(asset('icon.svg')))
  for (const language of ['kk', 'ru', 'en']) {
    const sum = rest + (await size(`/${language}/help`))
    t.ok(sum <= 10_240, `${language}: ${sum}`)
  }
  const css = (await get(asset('help.css'))).body
  t.match(css, '--font:system-ui')
  const page = await told('kk')
  t.notMatch(page, 'onest')
  t.match(page, /<a class="leave" href="https:\/\/www\.kazhydromet\.kz\/" rel="noreferrer" data-leave>/)
  t.ok(gzipSync(css).length < 4_500)
})

t.test('the sheet says the four numbers in kk, then in ru, and its code leads to the page', async t => {
  const page = (await get('/kk/help/sheet')).body
  t.strictSame(
    [...page.matchAll(/<section lang="(kk|ru)">|<b>(\d{3})<\/b>/g)].map(([, lang, code]) => lang ?? code),
    ['kk', '111', '150', '102', '112', 'ru', '111', '150', '102', '112'],
  )
  t.match(page, '127.0.0.1:3000/kk/help')
  t.strictSame(
    [...page.matchAll(/<a href="([^"]*)" lang="[^"]*" hreflang="([^"]*)"/g)].map(([, href, lang]) => [href, lang]),
    [
      ['/kk/help/sheet', 'kk'],
      ['/ru/help/sheet', 'ru'],
      ['/en/help/sheet', 'en'],
    ],
  )
})
