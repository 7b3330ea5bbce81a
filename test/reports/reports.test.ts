import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { sql } from 'kysely'
import t from 'tap'
import { tablesInOrder } from '../../src/backups/contents.ts'
import { seedDemonstration } from '../../src/tools/seed/demonstration.ts'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'

const { app, db, clock, signIn, deliver, mails } = await world(t)
for (const table of (await tablesInOrder(db)).toReversed()) await sql`delete from ${sql.table(table)}`.execute(db)
await seedDemonstration(db, {
  size: 'small',
  seed: 1,
  now: clock.now,
  secret: app.config.secret,
  say: () => {},
})
const cookie = await signIn(cast.coordinator)
const viewer = await signIn(cast.viewer)
const other = await signIn(cast.coordinatorOfAnotherHouse)
const { id: house } = await db.selectFrom('houses').select('id').where('slug', '=', 'almaty').executeTakeFirstOrThrow()
const get = (url: string, as = cookie) => app.inject({ url, headers: { cookie: as } })
const period = 'from=2026-10-01&to=2026-12-31'
const whole = { from: '2026-10-01', to: '2026-12-31' }

/** The figures of a table in the CSV file, by the names of its lines. */
function tableIn(body: string, title: string): string[][] {
  const rows: string[][] = parse(body, { delimiter: ';', bom: true, relax_column_count: true, skip_empty_lines: false })
  const at = rows.findIndex(row => row.length === 1 && row[0] === title)
  const rest = rows.slice(at + 2)
  const end = rest.findIndex(row => row.length <= 1)
  return end < 0 ? rest : rest.slice(0, end)
}
const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/&#160;|\u00a0/g, '')
/** Numbers of a table of a page as they are printed. */
function linesOn(html: string, id: string): string[][] {
  const table = new RegExp(`<table[^>]*id="t-${id}"[\\s\\S]*?</table>`).exec(html)?.[0] ?? ''
  return [...table.matchAll(/<tr><th scope="row">([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    row
      .replace(/<span class="no-print">[\s\S]*?<\/span>/g, '')
      .split('</th>')
      .flatMap((part, at) => (at === 0 ? [part] : part.split('</td>').slice(0, -1)))
      .map(cell =>
        plain(cell)
          .replace(/&#60;|&lt;/g, '<')
          .trim(),
      ),
  )
}

t.test('the report of the demonstration says what independent SQL counts', async t => {
  const { rows: own } = await sql<Record<string, number>>`
    select count(*) filter (where state = 'held')::int as held, count(*) filter (where state = 'not-held')::int as "notHeld",
      count(*) filter (where state = 'cancelled')::int as cancelled, count(*) filter (where state = 'booked')::int as open,
      sum(heads_planned) filter (where state = 'held')::int as planned, sum(heads_counted)::int as counted,
      sum(heads_confirmed) filter (where state = 'held')::int as confirmed,
      (select count(*) from feedback f join talks k on k.id = f.talk_id where k.house_id = ${house} and k.held_on between ${whole.from} and ${whole.to})::int as answers
    from talks where house_id = ${house} and held_on between ${whole.from} and ${whole.to}`.execute(db)
  const [golden] = own
  const html = (await get(`/app/reports?${period}&l=en`)).body
  const lines = new Map(
    linesOn(
      html.replaceAll(/<span class="only-print">[\s\S]*?<\/span>/g, '').replaceAll('class="no-print"', ''),
      'summary',
    ).map(([name = '', now]) => [name, now?.replace(/,/g, '')]),
  )
  t.same(
    [
      'Held',
      'Not held',
      'Cancelled',
      'No outcome yet or ahead',
      'People planned',
      'People counted by speakers',
      'People confirmed by hosts',
      'Answers',
    ].map(name => Number(lines.get(name))),
    ['held', 'notHeld', 'cancelled', 'open', 'planned', 'counted', 'confirmed', 'answers'].map(name => golden?.[name]),
  )
  t.ok((golden?.['held'] ?? 0) > 50)
  const { rows: districts } = await sql<{ name: string; held: number; heads: number }>`
    select d.name_en as name, count(*) filter (where k.state = 'held')::int as held, coalesce(sum(k.heads_counted), 0)::int as heads
    from talks k join hosts h on h.id = k.host_id join districts d on d.kato = h.district
    where k.house_id = ${house} and k.held_on between ${whole.from} and ${whole.to} group by 1`.execute(db)
  const page = (await get(`/app/reports/by/district?${period}&l=en`)).body
  const shown = linesOn(
    page.replaceAll(/<span class="only-print">[\s\S]*?<\/span>/g, '').replaceAll('class="no-print"', ''),
    'district',
  ).slice(0, -1)
  t.same(
    new Set(shown.map(row => [row[0], Number(row[1]), Number(row[6]?.replace(/,/g, ''))].join())),
    new Set(districts.map(row => [row.name, row.held, row.heads].join())),
  )
  const { rows: speakers } = await sql<{ name: string; held: number }>`
    select s.name_en as name, count(distinct k.id)::int as held from assignments a join talks k on k.id = a.talk_id join speakers s on s.id = a.speaker_id
    where k.house_id = ${house} and k.state = 'held' and a.state in ('invited', 'accepted') and k.held_on between ${whole.from} and ${whole.to}
    group by s.id, 1`.execute(db)
  const members = (await get(`/app/reports/by/speaker?${period}&l=en`)).body
  const people = linesOn(
    members.replaceAll(/<span class="only-print">[\s\S]*?<\/span>/g, '').replaceAll('class="no-print"', ''),
    'speaker',
  )
  t.same(
    people
      .slice(0, -1)
      .filter(row => row[1] !== '0')
      .map(row => `${row[0]} ${row[1]}`)
      .sort(),
    speakers.map(row => `${row.name} ${row.held}`).sort(),
  )
})

t.test('page, print, CSV and XLSX say the same, with small numbers hidden', async t => {
  const html = (await get(`/app/reports?${period}&l=ru`)).body
  const file = await get(`/app/reports.csv?${period}&l=ru`)
  t.equal(file.body.charCodeAt(0), 0xfeff)
  const numbers = (rows: string[][]) =>
    rows.map(row => row.map(cell => cell.replace(/^\+/, '').replace('−', '-').replace(/ /g, '')))
  t.same(numbers(linesOn(html, 'summary')), numbers(tableIn(file.body, 'Что стало со встречами')))
  const topics = (await get(`/app/reports/by/topic?${period}&l=ru`)).body
  const rounded = (rows: string[][]) =>
    numbers(rows).map(row =>
      row.map(cell =>
        /^\d\.\d{2,}$/.test(cell) ? Number(cell).toFixed(1) : cell.replace(/^(\d),(\d)$/, '$1.$2').replace('–', ''),
      ),
    )
  t.same(
    rounded(linesOn(topics, 'topic')),
    rounded(tableIn(file.body, 'Темы')).map(row =>
      row.map(cell => (/^\d$/.test(cell) && row.at(-1) === cell ? `${cell}.0` : cell)),
    ),
  )
  for (const row of tableIn(file.body, 'Темы'))
    for (const cell of row.slice(1, -1)) t.notOk(/^[1-4]$/.test(cell), row.join())
  const seen = (await get(`/app/reports?${period}&l=ru`, viewer)).body
  t.same(linesOn(seen, 'summary'), linesOn(html, 'summary'))

  const soffice = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find(existsSync)
  if (!soffice) return
  const folder = mkdtempSync(path.join(tmpdir(), 'reports-'))
  const book = await get(`/app/reports.xlsx?${period}&l=ru`)
  writeFileSync(path.join(folder, 'report.xlsx'), book.rawPayload)
  const list = await get(`/app/reports/talks.xlsx?${period}&l=ru`)
  writeFileSync(path.join(folder, 'talks.xlsx'), list.rawPayload)
  execFileSync(
    soffice,
    [
      '--headless',
      `-env:UserInstallation=file://${folder}/profile`,
      '--convert-to',
      'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,false,false,false,-1',
      '--outdir',
      folder,
      path.join(folder, 'report.xlsx'),
      path.join(folder, 'talks.xlsx'),
    ],
    { stdio: 'ignore' },
  )
  const sheet = (part: string) => {
    const name = readdirSync(folder).find(each => each.endsWith('.csv') && each.includes(part)) ?? ''
    return parse(readFileSync(path.join(folder, name), 'utf8'), {
      delimiter: ';',
      relax_column_count: true,
    }) as string[][]
  }
  const cut = (rows: string[][]) =>
    rows.map(row => row.map(cell => (/^-?\d+(\.\d+)?$/.test(cell) ? Math.round(Number(cell) * 1e6) / 1e6 : cell)))
  for (const title of ['Что стало со встречами', 'Темы', 'Районы', 'Организации'])
    t.same(cut(sheet(title).slice(1)), cut(tableIn(file.body, title)), title)
  const csv: string[][] = parse((await get(`/app/reports/talks.csv?${period}&l=ru`)).body, {
    delimiter: ';',
    bom: true,
  })
  t.same(sheet('talks'), csv)
})

t.test('a viewer sees figures and nobody', async t => {
  const names = await db.selectFrom('speakers').select(['name_ru', 'email']).where('house_id', '=', house).execute()
  const contacts = await db.selectFrom('contacts').select(['name', 'email']).execute()
  for (const url of [
    '/app/reports',
    '/app/reports/by/host',
    '/app/reports/by/group',
    '/app/reports.csv',
    '/app/reports/coverage',
  ]) {
    const answer = await get(`${url}?l=ru`, viewer)
    t.equal(answer.statusCode, 200, url)
    const found = [
      ...names.map(it => it.name_ru),
      ...names.map(it => it.email),
      ...contacts.map(it => it.name),
      ...contacts.flatMap(it => it.email ?? []),
    ].filter(text => answer.body.includes(text))
    t.same(found, [], url)
    t.notMatch(answer.body, 'href="/app/talks/')
    t.notMatch(answer.body, '/app/reports/talks?')
  }
  const [speaker] = await db.selectFrom('speakers').select('id').where('house_id', '=', house).limit(1).execute()
  for (const url of [
    '/app/reports/by/speaker',
    `/app/reports?speaker=${speaker?.id}`,
    '/app/reports/talks',
    '/app/reports/talks.csv',
    '/app/reports/talks.xlsx',
    '/app/reports/bodies',
  ])
    t.equal((await get(url, viewer)).statusCode, 404, url)
})

t.test('each figure leads to exactly its talks, whatever is filtered', async t => {
  const { rows: hosts } = await sql<{
    id: string
    district: string
  }>`select id, district from hosts where house_id = ${house} order by id limit 20`.execute(db)
  const topics = await db.selectFrom('topics').select('id').where('house_id', '=', house).execute()
  const groups = await db.selectFrom('groups').select('id').where('house_id', '=', house).execute()
  const speakers = await db.selectFrom('speakers').select('id').where('house_id', '=', house).execute()
  const some = (values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        district: some([...new Set(hosts.map(it => it.district))]),
        topic: some(topics.map(it => it.id)),
        group: some(groups.map(it => it.id)),
        speaker: some(speakers.map(it => it.id)),
        language: some(['kk', 'ru', '-']),
        audience: some(['pupils', 'parents']),
      }),
      fc.constantFrom('month=2026-11', 'quarter=2026-Q4', period),
      async (wish, days) => {
        const query = `${days}&l=en&${new URLSearchParams(Object.entries(wish).flatMap(([key, value]) => (value ? [[key, value]] : [])))}`
        const html = (await get(`/app/reports?${query}`)).body.replaceAll('&#38;', '&')
        const summary = /id="t-summary"[\s\S]*?<\/table>/.exec(html)?.[0] ?? ''
        for (const [, href = '', text = ''] of summary.matchAll(
          /<a href="([^"]*fate=(?:held|not-held|cancelled|open)[^"]*)">([\d,]+)<\/a>/g,
        )) {
          const list = (await get(href.replaceAll('&amp;', '&'))).body
          const count = (key: string) =>
            plain(new RegExp(`data-sum="${key}">([\\s\\S]*?)</b>`).exec(list)?.[1] ?? '')
              .split(/\s+/)
              .filter(Boolean)[0]
              ?.replace(',', '')
          const figures = ['talks', 'planned', 'counted'].map(count)
          if (!figures.includes(text.replace(',', ''))) return false
        }
        return true
      },
    ),
    { numRuns: 8 },
  )
  const csv: string[][] = parse((await get(`/app/reports/talks.csv?${period}&fate=held&l=en`)).body, {
    delimiter: ';',
    bom: true,
  })
  const {
    rows: [held],
  } = await sql<{
    count: number
  }>`select count(*)::int as count from talks where house_id = ${house} and state = 'held' and held_on between ${whole.from} and ${whole.to}`.execute(
    db,
  )
  t.equal(csv.length - 1, held?.count)
})

t.test('a period that is none is said in words, and what is not ours is not there', async t => {
  for (const query of [
    'from=0001-01-01&to=9999-12-31',
    'from=2026-11-02&to=2026-11-01',
    'month=2026-99',
    "from='; drop&to=x",
  ]) {
    const answer = await get(`/app/reports?${query}`)
    t.equal(answer.statusCode, 422, query)
    t.match(answer.body, 'from-e')
  }
  const foreign = await db
    .selectFrom('topics')
    .select('id')
    .where('house_id', '<>', house)
    .limit(1)
    .executeTakeFirstOrThrow()
  for (const query of [`topic=${foreign.id}`, 'topic=x', 'district=1', 'host=00000000-0000-4000-8000-000000000000'])
    t.equal((await get(`/app/reports?${query}`)).statusCode, 404, query)
  t.equal((await get('/app/reports/by/nothing')).statusCode, 404)
  const [talk] = await db.selectFrom('talks').select('id').where('house_id', '=', house).limit(1).execute()
  t.equal((await get(`/app/talks/${talk?.id}/reporters`, other)).statusCode, 404)
})

t.test('a text that looks like a formula stays a text', async t => {
  const [host] = await db
    .selectFrom('talks')
    .select('host_id')
    .where('house_id', '=', house)
    .where('state', '=', 'held')
    .where('held_on', '>=', whole.from)
    .limit(1)
    .execute()
  const { name_ru } = await db
    .selectFrom('hosts')
    .select('name_ru')
    .where('id', '=', host?.host_id ?? '')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('hosts')
    .set({ name_ru: '=cmd|1;"x"' })
    .where('id', '=', host?.host_id ?? '')
    .execute()
  const body = (await get(`/app/reports/talks.csv?${period}&l=ru`)).body
  t.match(body, `"'=cmd|1;""x"""`)
  t.notMatch(body, /;=cmd/)
  await db
    .updateTable('hosts')
    .set({ name_ru })
    .where('id', '=', host?.host_id ?? '')
    .execute()
})

t.test('an event that two bodies report is one event, and a programme is one', async t => {
  const page = await get('/app/reports/bodies')
  const { fields } = formOn(page.body, '/app/reports/bodies')
  t.equal(
    (await submit(app, '/app/reports/bodies', { ...fields, kk: 'Дін істері басқармасы' }, cookie)).statusCode,
    422,
  )
  const named = {
    kk: 'Дін істері басқармасы',
    ru: 'Управление по делам религий',
    en: 'Department for religious affairs',
  }
  t.equal((await submit(app, '/app/reports/bodies', { ...fields, ...named }, cookie)).statusCode, 303)
  const again = formOn((await get('/app/reports/bodies')).body, '/app/reports/bodies').fields
  t.equal((await submit(app, '/app/reports/bodies', { ...again, ...named }, cookie)).statusCode, 422)
  const talks = await db
    .selectFrom('talks')
    .select(['id', 'request_id'])
    .where('house_id', '=', house)
    .where('state', '=', 'held')
    .where('held_on', '>=', whole.from)
    // the demonstration's own programme and its reporters stay as they are
    .where(it =>
      it.not(it.exists(it.selectFrom('talk_reporters').select('body_id').whereRef('talk_id', '=', 'talks.id'))),
    )
    .where('request_id', 'in', it => it.selectFrom('requests').select('id').where('series_id', 'is', null))
    .orderBy('id')
    .limit(3)
    .execute()
  const [first] = talks
  const before = tableIn((await get(`/app/reports.csv?${period}&l=en`)).body, 'What became of the talks')
  const [body] = await db.selectFrom('reporting_bodies').select('id').where('name_ru', '=', named.ru).execute()
  const url = `/app/talks/${first?.id}/reporters`
  const form = formOn((await get(url)).body, url).fields
  t.equal((await submit(app, url, { ...form, body: body?.id ?? '' }, cookie)).statusCode, 303)
  const theirs = formOn((await get('/app/reports/bodies', other)).body, '/app/reports/bodies').fields
  t.equal((await submit(app, url, { ...theirs, body: body?.id ?? '' }, other)).statusCode, 404)
  const file = (await get(`/app/reports.csv?${period}&l=en`)).body
  t.same(tableIn(file, 'What became of the talks'), before)
  const shown = linesOn(
    (await get(`/app/reports/by/body?${period}&l=en`)).body
      .replaceAll(/<span class="only-print">[\s\S]*?<\/span>/g, '')
      .replaceAll('class="no-print"', ''),
    'body',
  )
  t.same(shown.find(([name]) => name === named.en)?.[1], '1')
  const seeded = shown.filter(([name = '']) => name.startsWith('Department') && name !== named.en)
  t.equal(seeded.length, 2, 'and the two of the demonstration')
  for (const [name, many] of seeded) t.ok(Number(many) > 1, `${name} reports ${many}`)

  const { id: series } = await db
    .insertInto('series')
    .values({ house_id: house, created_at: clock.now, kind: 'programme', name: 'x', every_weeks: 1 })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const [at, { request_id }] of talks.entries())
    await db
      .updateTable('requests')
      .set({ series_id: series, series_position: at + 1 })
      .where('id', '=', request_id ?? '')
      .execute()
  const after = tableIn((await get(`/app/reports.csv?${period}&l=en`)).body, 'What became of the talks')
  const apart = (rows: string[][]) => {
    const lines = new Map(rows.map(([name = '', now]) => [name, Number(now)]))
    return (lines.get('Held') ?? 0) - (lines.get('Events') ?? 0)
  }
  t.ok(apart(before) > 0, 'the programme of the demonstration')
  t.equal(apart(after) - apart(before), 2)
})

t.test('a place where nobody was is offered a talk once, after it was shown who is told', async t => {
  const unvisited = await get('/app/reports/coverage?months=3&l=ru')
  const ids = [...unvisited.body.matchAll(/name="host" value="([^"]+)"/g)].flatMap(([, id]) => id ?? [])
  t.ok(ids.length > 1, `${ids.length} can be asked`)
  const [asked = '', left = ''] = ids
  const { id: stranger } = await db
    .insertInto('contacts')
    .values({
      host_id: asked,
      name: 'Бейтаныс',
      email: 'stranger@elsewhere.example',
      created_at: clock.now.plus({ years: 1 }),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`insert into requests (house_id, number, host_id, contact_id, topic_id, audience, heads, state, source, language, nonce, token_hash, asked_at, ended_at)
    select house_id, 99001, ${asked}, ${stranger}, topic_id, audience, heads, 'expired', 'form', language, 'nonce of a stranger', 'hash of a stranger',
      asked_at, asked_at + interval '3 days' from requests where house_id = ${house} limit 1`.execute(db)
  const form = formOn(unvisited.body, '/app/reports/coverage').fields
  t.equal((await submit(app, '/app/reports/coverage', form, cookie)).statusCode, 422)
  const check = await submit(app, '/app/reports/coverage', { ...form, host: [asked, left] }, cookie)
  const sent = formOn(check.body, '/app/reports/coverage/offers').fields
  t.same(new Set([sent['host']].flat()), new Set([asked, left]))
  const contact = await db
    .selectFrom('contacts')
    .select(['id', 'email'])
    .where('host_id', '=', left)
    .where('email', 'is not', null)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('unsubscriptions')
    .values({ recipient: `contact:${contact.id}`, kind: 'talk-offered', at: clock.now })
    .execute()
  const changed = await submit(app, '/app/reports/coverage/offers', sent, cookie)
  t.equal(changed.statusCode, 409)
  t.match(changed.body, 'Мұндай хаттардан бас тартқан')
  t.equal(
    (
      await submit(
        app,
        '/app/reports/coverage/offers',
        { ...formOn(changed.body, '/app/reports/coverage/offers').fields },
        cookie,
      )
    ).statusCode,
    303,
  )
  t.equal((await submit(app, '/app/reports/coverage/offers', sent, viewer)).statusCode, 404)
  const before = mails.length
  await deliver()
  const offers = mails.slice(before).filter(mail => mail.kind === 'talk-offered')
  t.equal(offers.length, 1)
  const known = await db
    .selectFrom('contacts')
    .select('email')
    .where('host_id', '=', asked)
    .where('id', '<>', stranger)
    .execute()
  t.same(
    offers.map(({ to }) => to.address),
    known.map(({ email }) => email),
    'an address that was typed into the form and never confirmed is written to no more',
  )
  t.match(offers[0]?.text, `/request/topic?place=${asked}`)
  t.ok(offers[0]?.unsubscribe)
  t.match((await get('/app/reports/coverage?months=3&l=ru')).body, 'Недавно предлагали')
  const topic = await app.inject({ url: `/kk/request/topic?place=${asked}` })
  t.equal(topic.statusCode, 200)
  t.ok(topic.cookies.some(({ name }) => name === 'draft'))
})

t.test('whatever happens to talks, what is counted is what is there', async t => {
  const talk = await db
    .selectFrom('talks')
    .select(['id', 'request_id'])
    .where('house_id', '=', house)
    .where('state', '=', 'held')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  await db
    .updateTable('talks')
    .set({ heads_counted: 77, heads_confirmed: 70, held_in: null })
    .where('id', '=', talk.id)
    .execute()
  await db
    .insertInto('feedback')
    .values({ talk_id: talk.id, clear: 5, useful: 5, respectful: 5, again: 5, given_on: '2026-11-20' })
    .execute()
  await db.updateTable('requests').set({ audience: 'parents' }).where('id', '=', talk.request_id).execute()
  await db
    .deleteFrom('request_languages')
    .where('request_id', '=', talk.request_id ?? '')
    .execute()
  await db
    .insertInto('request_languages')
    .values([{ request_id: talk.request_id ?? '', language: 'ru' }])
    .execute()
  const kept = await db.selectFrom('report_talks').selectAll().where('talk_id', '=', talk.id).executeTakeFirstOrThrow()
  t.match(kept, { counted: 77, confirmed: 70, audience: 'parents', language: 'ru' })
  const all = await db.selectFrom('report_talks').selectAll().orderBy('talk_id').execute()
  await sql`delete from report_talks`.execute(db)
  await sql`select report_on(array(select id from talks))`.execute(db)
  t.same(await db.selectFrom('report_talks').selectAll().orderBy('talk_id').execute(), all)
})
