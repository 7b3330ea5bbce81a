import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { strToU8, zipSync } from 'fflate'
import t from 'tap'
import { dateSaid, dateShort, dateWithoutWeekday, monthShort, weekdayShort } from '../../src/base/i18n/dates.ts'
import { languages } from '../../src/base/i18n/language.ts'
import { plusDays } from '../../src/base/time.ts'
import { allTexts } from '../../src/words/collect.ts'
import { csvOf, judgeRows, rowsOf } from '../../src/words/file-rules.ts'
import { chosen, type Mark, type Text, wrongOf } from '../../src/words/rules.ts'
import { textOfFunction } from '../../src/words/source-rules.ts'
import { usesStarred } from '../../src/words/starred-rules.ts'
import { words } from '../../src/words/words.ts'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'

const texts = await allTexts()
const w = await world(t)
const find = (key: string): Text => {
  const text = texts.find(each => each.key === key)
  if (!text) throw new Error(`no text ${key}`)
  return text
}

t.test('a text that is made shows its pieces, with what is put in between braces', async t => {
  for (const [source, text] of [
    ['day => `Күні: ${day}`', 'Күні: {day}'],
    [
      '(hours, minutes) => (minutes === 0 ? `${hours} сағ` : `${hours} сағ ${minutes} мин`)',
      '{hours} сағ\n{hours} сағ {minutes} мин',
    ],
    ["() => 'Тақырыпты таңдаңыз'", 'Тақырыпты таңдаңыз'],
    ["({ outcome }) => outcome === 'online' ? 'Онлайн' : 'Болмайды'", 'Онлайн\nБолмайды'],
    ["(count) => kk(count, 'адам')", 'адам'],
    ["to => `бар${to ? `. Соңы: ${say.day(to)}` : ''}`", "бар{to ? `. Соңы: ${say.day(to)}` : ''}"],
    ["() => 'It\\'s here'", "It's here"],
    ['count => String(count)', ''],
    ['number => `№\\u00a0${number} өтінім`', '№\u00a0{number} өтінім'],
  ])
    t.equal(textOfFunction(source ?? ''), text ?? '', source ?? '')
})

t.test('every list of words in the code is on the page, each text once, in three languages', async t => {
  const root = path.join(import.meta.dirname, '../../src')
  const files = globSync('**/*.ts', { cwd: root })
  const lists = new Set(texts.map(({ key }) => key.replace(/^([^:]+:\w+).*$/s, '$1')))
  for (const file of files.sort()) {
    const named = [...readFileSync(path.join(root, file), 'utf8').matchAll(/(?:(export) )?const (\w+) = trilingual\b/g)]
    for (const [, exported, name] of named) {
      const list = `${file.replace(/\.ts$/, '')}:${name}`
      t.ok(exported && lists.has(list), `${list} is exported from a module of words, or no editor ever reads it`)
    }
  }
  t.equal(new Set(texts.map(({ key }) => key)).size, texts.length)
  t.strictSame(
    texts.filter(({ said }) => said.ru === '' || said.en === '').map(({ key }) => key),
    [],
  )
  t.ok(texts.length > 2000)
})

const letters = /['"`][^'"`]*[\u0400-\u04ff]{2,}/
/** What stands outside the modules of words and is no text for people: patterns, marks of what is typed, brands, names of the demonstration. */
const noText = new Set([
  'accounts/store.ts',
  'base/i18n/fold.ts',
  'base/proofs/common-passwords.ts',
  'calendars/rules.ts',
  'feedback/rules.ts',
  'houses/letter-store.ts',
  'imports/columns.ts',
  'imports/encoding-rules.ts',
  'imports/heading-rules.ts',
  'imports/table-words.ts',
  'support/edit-rules.ts',
  'words/rules.ts',
  'words/starred-rules.ts',
])

t.test('no text for people stands where no editor finds it', async t => {
  const root = path.join(import.meta.dirname, '../../src')
  const read = new Set(texts.map(({ key }) => key.replace(/:.*$/s, '.ts')))
  const found = globSync('**/*.ts', { cwd: root })
    .filter(file => !/^tools\/(?:seed|bench|check)/.test(file) && !read.has(file) && !noText.has(file))
    .filter(file =>
      readFileSync(path.join(root, file), 'utf8')
        .split('\n')
        .some(line => !/^\s*(?:\/\/|\/?\*)/.test(line) && letters.test(line.replace(/\/\*.*?\*\//g, ''))),
    )
  t.strictSame(found, [])
})

t.test(
  'months, weekdays, zones and the patterns of dates are among the texts, and what an installation begins with',
  async t => {
    const said = new Set(texts.flatMap(({ said }) => Object.values(said)))
    const parts = (text: string) => text.split(/[\s,\d]+/).filter(part => part !== '')
    for (const language of languages) {
      const pieces = (text: string) =>
        parts(text).filter(part => !said.has(part) && !said.has(part.toLocaleLowerCase('kk')))
      for (let at = 0; at < 12; at++) {
        const day = plusDays('2026-01-05', at * 30 + (at % 7))
        t.strictSame(pieces(dateSaid(language, day)), [])
        t.strictSame(pieces(dateShort(language, day)), [])
        t.strictSame(pieces(dateWithoutWeekday(language, day)), [])
        t.ok(said.has(monthShort(language, day)))
        t.ok(said.has(weekdayShort(language, day)))
      }
    }
    t.match(find('base/i18n/date-words:words.dateWithYear').said, {
      kk: '{year} жылғы {date} {month}',
      ru: '{date} {month} {year} г.',
      en: '{date} {month} {year}',
    })
    t.equal(find('base/i18n/date-words:words.months.10').said.kk, 'қараша')
    t.equal(find('base/i18n/zone-words:words.cities.Asia/Oral').said.ru, 'Уральск')
    t.equal(find('base/i18n/zone-words:words.said').said.ru, 'время Алматы\nместное время: {city}')
    t.equal(find('privacy/erase-rules:nobody').said.kk, 'Аты өшірілген')
    t.match(find('tools/seed/data/professions:professions.historian.many').said, { kk: 'тарихшы', ru: 'историков' })
    t.equal(find('tools/seed/data/holidays:swaps').said.en, 'Day of rest moved')
    const named = new Set(texts.filter(({ feature }) => feature === 'tools').flatMap(({ said }) => Object.values(said)))
    for (const table of [
      'regions',
      'districts',
      'holidays',
      'day_swaps',
      'bans',
      'professions',
      'audiences',
      'formats',
      'support_lines',
    ] as const)
      for (const row of await w.db.selectFrom(table).select(['name_kk', 'name_ru', 'name_en']).execute())
        t.strictSame(
          Object.values(row).filter(name => !named.has(name)),
          [],
          table,
        )
    for (const row of await w.db.selectFrom('topics').select(['title_kk', 'title_ru', 'summary_en']).execute())
      t.strictSame(
        Object.values(row).filter(name => !named.has(name)),
        [],
      )
  },
)

t.test('each feature has a name in the list of parts', async t => {
  for (const language of languages)
    t.strictSame(
      [...new Set(texts.map(({ feature }) => feature))].filter(it => !words[language].features[it]),
      [],
    )
})

t.test('the words that domain.md marks with a star wait for an editor, in all their forms', async t => {
  for (const text of ['Өтінімдер', 'Жаңа өтінім', 'Тақырыбы', 'Үйлестірушінің шешімі', 'Бос емес'])
    t.ok(usesStarred(text), text)
  for (const text of ['Сақтау', 'Аудан', 'Мектеп']) t.notOk(usesStarred(text), text)
  t.ok(find('reminders/digest-words:words.mine').flagged)
  t.notOk(find('houses/field-words:words.save').flagged)
})

t.test('a correction keeps what is put in, and glues no ending to it', async t => {
  t.equal(wrongOf('Күні: {day}', 'Уақыты: {day}', ''), undefined)
  t.equal(wrongOf('Күні: {day}', '', ''), 'empty')
  t.equal(wrongOf('Күні: {day}', 'Күні: {day}', ''), 'same')
  t.equal(wrongOf('Күні: {day}', 'Күні', ''), 'placeholders')
  t.equal(wrongOf('Күні: {day}', '{day}-де', ''), 'glued')
  t.equal(wrongOf('Күні: {day}', '{day} күні', ''), undefined)
  t.equal(wrongOf('а', 'б'.repeat(4001), ''), 'long')
  t.equal(wrongOf('а', 'б', 'в'.repeat(501)), 'note-long')
})

const text = (key: string, kk: string): Text => ({
  ...{ key, feature: 'talks', made: false, flagged: false },
  said: { kk, ru: `ru ${kk}`, en: `en ${kk}` },
  hashes: { kk: `h-${kk}`, ru: `r-${kk}`, en: `e-${kk}` },
})

t.test('a file goes out and comes back the same; no cell of it is a formula', async t => {
  const some = [text('a', '=1+1;"x"'), text('b', 'екі\nжол'), text('c', "'тырнақша"), text('d', '@үй')]
  const marks = some.map<Mark>(({ key, hashes }) => ({
    ...{
      key,
      hash: hashes.kk,
      state: 'correction',
      correction: `-${key}`,
      note: '+1',
      by: '',
      at: undefined as never,
      mine: true,
    },
    others: [],
  }))
  const csv = csvOf(words.ru.columns, 'kk', chosen(some, marks, { tongue: 'kk', feature: '', show: 'all', search: '' }))
  t.equal(csv.charCodeAt(0), 0xfeff)
  t.match(csv, '"\'=1+1;""x"""')
  t.match(csv, ";'-a;'+1;")
  const { readCsv } = await import('../../src/imports/csv-reader.ts')
  const table = readCsv(Buffer.from(csv))
  if ('refused' in table) throw new Error('refused')
  for (const { cells } of table.lines.slice(1)) for (const cell of cells) t.notMatch(cell, /^[=+\-@]/)
  const read = rowsOf(table.lines, [words.kk.columns, words.ru.columns, words.en.columns])
  if ('refused' in read) throw new Error('refused')
  t.strictSame(
    read.rows.map(({ key, correction, note, state }) => [key, correction, note, state]),
    ['a', 'b', 'c', 'd'].map(key => [key, `-${key}`, '+1', 'correction']),
  )
  const before = { kk: marks, ru: [], en: [] }
  const states = { good: ['дұрыс'], correction: ['түзету'] }
  t.strictSame(
    judgeRows(read.rows, some, before, states).map(({ verdict }) => verdict),
    ['same', 'same', 'same', 'same'],
  )
})

t.test('each row of a file is judged by itself', async t => {
  const some = [text('a', 'бір {n}'), text('b', 'екі')]
  const row = (line: number, more: Record<string, string>) => ({
    ...{ line, key: 'a', language: 'kk', state: '', correction: '', note: '', hash: '' },
    ...more,
  })
  const judged = judgeRows(
    [
      row(2, {}),
      row(3, { key: 'x', correction: 'y' }),
      row(4, { language: 'de', correction: 'y' }),
      row(5, { hash: 'old', correction: 'y' }),
      row(6, { correction: 'бір' }),
      row(7, { correction: 'бір рет {n}' }),
      row(8, { key: 'b', state: 'Дұрыс' }),
      row(9, { key: 'b', language: 'ru', state: 'жақсы' }),
      row(10, { key: 'b', language: 'en', correction: 'two', state: 'good' }),
    ],
    some,
    { kk: [], ru: [], en: [] },
    { good: ['дұрыс'], correction: ['түзету'] },
  )
  t.strictSame(
    judged.map(it => (it.verdict === 'wrong' ? it.why : it.verdict === 'take' ? it.state : it.verdict)),
    [
      'nothing',
      'unknown-key',
      'unknown-language',
      'changed',
      'placeholders',
      'twice',
      'good',
      'unknown-state',
      'correction',
    ],
  )
})

const coordinator = await w.signIn(cast.coordinator)
const page = async (url: string, cookie = coordinator) => w.app.inject({ url, headers: { cookie } })
const save = { key: 'houses/field-words:words.save', value: 'Сақтау' }

t.test('a text is read and found good, in the language it was read in, until it changes', async t => {
  const url = '/app/words?q=field-words:words.save&l=ru'
  const list = (await page(url)).body
  t.match(list, 'Текстов: 1')
  const value = /name="good" value="([^"]+)"/.exec(list)?.[1] ?? ''
  const { fields } = formOn(list, '/app/words/marks')
  t.equal((await submit(w.app, '/app/words/marks?l=ru', { ...fields, what: 'ticked' }, coordinator)).statusCode, 422)
  const done = await submit(w.app, '/app/words/marks', { ...fields, what: 'ticked', good: value }, coordinator)
  t.equal(done.headers.location, '/app/words?q=field-words%3Awords.save')
  t.match((await page(url)).body, 'Прочитано, верно</span> <span class="muted xs">Жаксыбек')
  t.match((await page(`${url}&tongue=ru`)).body, 'name="good"', 'in Russian nobody has read it')
  t.match((await page('/app/words?show=open&q=field-words:words.save&l=ru')).body, 'Таких текстов нет')
  const elsewhere = await page(url, await w.signIn(cast.coordinatorOfAnotherHouse))
  t.match(elsewhere.body, 'Прочитано, верно')
  t.notMatch(elsewhere.body, 'Жаксыбек', 'who it was is their own House’s business')
  await w.db.updateTable('word_marks').set({ text_hash: 'as it was' }).execute()
  t.match((await page(url)).body, 'Текст изменился, прочитайте снова')
  const late = await submit(
    w.app,
    '/app/words/marks?l=ru',
    { ...fields, what: 'ticked', good: `gone ${save.key}` },
    coordinator,
  )
  t.equal(late.statusCode, 409)
})

t.test('a month is read and marked like any other text', async t => {
  const url = '/app/words?q=date-words:words.months.10&l=ru'
  const list = (await page(url)).body
  for (const month of ['қараша', 'ноября', 'November']) t.match(list, month)
  const value = /name="good" value="([^"]+)"/.exec(list)?.[1] ?? ''
  await submit(
    w.app,
    '/app/words/marks',
    { ...formOn(list, '/app/words/marks').fields, what: 'ticked', good: value },
    coordinator,
  )
  t.match((await page(url)).body, 'Прочитано, верно</span>')
  t.match((await page('/app/words?q=Asia/Oral&l=ru')).body, 'Уральск')
})

t.test('a whole page is good with one button, but for what has a correction', async t => {
  const list = (await page('/app/words?feature=groups&l=ru')).body
  const shown = [...list.matchAll(/name="shown"/g)].length
  const { fields } = formOn(list, '/app/words/marks')
  await submit(w.app, '/app/words/marks', { ...fields, what: 'page' }, coordinator)
  t.equal((await w.db.selectFrom('word_marks').select('key').where('key', 'like', 'groups/%').execute()).length, shown)
})

t.test('a correction is proposed with a reason, refused with everything typed, taken back', async t => {
  const url = `/app/words/text?${new URLSearchParams({ key: 'houses/field-words:words.grade', l: 'ru' })}`
  const form = formOn((await page(url)).body, '/app/words/text')
  t.equal(form.fields['correction'], '{grade}-сынып', 'the form begins with the text')
  const send = (more: Record<string, string>) =>
    submit(w.app, '/app/words/text?l=ru', { ...form.fields, what: 'correct', ...more }, coordinator)
  const wrong = await send({ correction: 'сынып', note: 'осылай' })
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, 'Слова в скобках должны остаться теми же')
  t.match(wrong.body, />осылай<\/textarea>/)
  const stale = await send({ correction: '{grade} сынып', hash: 'old' })
  t.equal(stale.statusCode, 409)
  t.match(stale.body, />\{grade\} сынып<\/textarea>/)
  t.equal((await send({ correction: 'Сыныбы: {grade}', note: 'осылай' })).statusCode, 303)
  t.match((await page('/app/words?show=correction&l=ru')).body, 'Сыныбы: {grade}')
  t.equal(words.kk.columns.key, 'Кілт', 'the product itself stays as it is')
  const json = JSON.parse((await page('/app/words/texts.json?show=correction')).body)
  t.match(json, [
    { key: 'houses/field-words:words.grade', language: 'kk', correction: 'Сыныбы: {grade}', note: 'осылай' },
  ])
  t.equal((await send({ what: 'forget' })).statusCode, 303)
  t.strictSame(JSON.parse((await page('/app/words/texts.json?show=correction')).body), [])
  t.equal((await page('/app/words/text?key=nothing')).statusCode, 404)
})

t.test('what a House proposed is read by all, and changed or taken back by this House alone', async t => {
  const stranger = await w.signIn(cast.coordinatorOfAnotherHouse)
  const key = 'houses/field-words:words.grade'
  const url = `/app/words/text?${new URLSearchParams({ key, l: 'ru' })}`
  const send = async (as: string, more: Record<string, string>) =>
    submit(
      w.app,
      '/app/words/text?l=ru',
      { ...formOn((await page(url, as)).body, '/app/words/text').fields, ...more },
      as,
    )
  const rows = () =>
    w.db.selectFrom('word_marks').select('correction').where('key', '=', key).orderBy('marked_at').execute()
  await send(coordinator, { what: 'correct', correction: 'Сыныбы: {grade}' })
  const seen = (await page(url, stranger)).body
  t.match(seen, 'Сыныбы: {grade}')
  t.notMatch(seen, 'value="forget"', 'no button to take it back')
  await send(stranger, { what: 'forget' })
  t.same(await rows(), [{ correction: 'Сыныбы: {grade}' }])
  w.clock.now = w.clock.now.plus({ minutes: 1 })
  await send(stranger, { what: 'correct', correction: 'Сынып: {grade}' })
  t.same(await rows(), [{ correction: 'Сыныбы: {grade}' }, { correction: 'Сынып: {grade}' }])
  for (const as of [coordinator, stranger])
    for (const text of ['Сыныбы: {grade}', 'Сынып: {grade}', 'value="forget"'])
      t.match((await page(url, as)).body, text)
  t.match(JSON.parse((await page('/app/words/texts.json?show=correction')).body), [
    { key, correction: 'Сыныбы: {grade}', others: [{ correction: 'Сынып: {grade}' }] },
  ])
  await send(coordinator, { what: 'good' })
  t.match(
    JSON.parse((await page('/app/words/texts.json?show=correction')).body),
    [{ key, state: 'good', others: [{ correction: 'Сынып: {grade}' }] }],
    'good here, and still to be taken in from there',
  )
  await send(coordinator, { what: 'forget' })
  await send(stranger, { what: 'forget' })
  t.same(await rows(), [])
})

const upload = async (name: string, bytes: Buffer, as = coordinator) => {
  const form = new FormData()
  form.set('_key', `key of ${name}`)
  form.set('file', new Blob([new Uint8Array(bytes)]), name)
  const whole = new Request('http://localhost', { method: 'POST', body: form })
  return w.app.inject({
    method: 'POST',
    url: '/app/words/files?l=ru',
    headers: {
      cookie: as,
      'content-type': whole.headers.get('content-type') ?? '',
      'sec-fetch-site': 'same-origin',
    },
    payload: Buffer.from(await whole.arrayBuffer()),
  })
}

t.test('an editor sends a file back: mistakes are said row by row, the rest is taken once', async t => {
  const csv = (await page('/app/words/texts.csv?q=field-words:words.save&l=ru')).body
  t.match(csv, /^\ufeffКлюч;Раздел;Казахский;/)
  const lines = csv.trim().split('\r\n')
  const filled = [
    lines[0],
    (lines[1] ?? '').replace(';;;', ';;Сақтап қою;қысқа'.concat(';')),
    'nowhere;;;;;kk;;бар;;',
  ].join('\r\n')
  const sent = await upload('corrections.csv', Buffer.from(filled))
  t.equal(sent.statusCode, 303)
  const where = String(sent.headers.location)
  const preview = (await page(`${where}?l=ru`)).body
  t.match(preview, 'Принять верные строки (1)')
  t.match(preview, 'Такого текста нет')
  t.match(preview, 'строка 3')
  t.match(preview, '<ins>Сақтап қою</ins>')
  t.equal((await page(where, await w.signIn(cast.coordinatorOfAnotherHouse))).statusCode, 404)
  t.equal((await page('/app/words', await w.signIn(cast.viewer))).statusCode, 404)
  const form = formOn(preview, `${where}/confirmation`)
  for (const _ of [1, 2])
    t.equal((await submit(w.app, form.action, form.fields, coordinator)).headers.location, where, 'once, however often')
  t.match((await page(`${where}?l=ru`)).body, 'Исправления приняты')
  t.match((await page('/app/words?show=correction&l=ru')).body, 'Сақтап қою')
  const kinds = await w.db
    .selectFrom('changes')
    .select('detail')
    .where('kind', '=', 'words-marked')
    .orderBy('id')
    .execute()
  t.strictSame(kinds.at(-1)?.detail, { rows: 1 })
})

t.test('what is no table is refused in words', async t => {
  t.match((await upload('a.png', Buffer.from([0x89, 0x50, 0, 0, 1]))).body, 'Файл')
  const nothing = await upload('b.csv', Buffer.from('a;b\n1;2'))
  t.equal(nothing.statusCode, 422)
  t.match(nothing.body, 'role="alert"')
  const bomb = Buffer.from(zipSync({ 'x.txt': strToU8('nothing') }))
  t.equal((await upload('c.xlsx', bomb)).statusCode, 422)
})

t.test('a page of thousands of texts asks the database for the marks once', async t => {
  const started = process.hrtime.bigint()
  for (let at = 0; at < 5; at++) await page(`/app/words?page=${at + 1}`)
  const ms = Number(process.hrtime.bigint() - started) / 1e6 / 5
  t.ok(ms < 250, `${ms.toFixed(0)} ms a page`)
})
