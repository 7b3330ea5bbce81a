import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import t from 'tap'
import { transact } from '../../src/base/db/transact.ts'
import type { Paper } from '../../src/base/paper.ts'
import { drawing, pdfOf } from '../../src/base/pdf.ts'
import { tokenOf } from '../../src/base/secrets.ts'
import { deleteContacts } from '../../src/requests/forget-store.ts'
import { cast } from '../cast.ts'
import { booked, secret } from '../talks/booked.ts'
import { formOn, submit, world } from '../world.ts'

const w = await world(t)
const { app, db } = w
const [coordinator, stranger, viewer] = await Promise.all(
  [cast.coordinator, cast.coordinatorOfAnotherHouse, cast.viewer].map(w.signIn),
)
const talk = await booked(db, w.clock.now)
const other = await booked(db, w.clock.now, { day: '2026-11-25', minute: 600, host: 1, team: [cast.psychologist] })
const get = async (url: string, cookie = coordinator) => app.inject({ url, headers: cookie ? { cookie } : {} })
const reader = '/usr/bin/pdftotext'
const folder = mkdtempSync(path.join(tmpdir(), 'paper-'))

/** What somebody who marks the text and copies it gets; nothing where the program is missing. */
function copied(bytes: Buffer): string | undefined {
  if (!existsSync(reader)) return
  const file = path.join(folder, 'sheet.pdf')
  writeFileSync(file, bytes)
  return execFileSync(reader, ['-layout', file, '-'], { encoding: 'utf8' })
}
const pdf = async (url: string, cookie = coordinator) => {
  const answer = await get(url, cookie)
  t.equal(answer.statusCode, 200, url)
  t.equal(answer.headers['content-type'], 'application/pdf')
  t.equal(answer.rawPayload.subarray(0, 5).toString(), '%PDF-')
  return copied(answer.rawPayload)
}

t.test('Kazakh letters are copied out of a PDF as they were written', async t => {
  const text = 'Ә ә Ғ ғ Қ қ Ң ң Ө ө Ұ ұ Ү ү Һ һ І і Ё ё № «»'
  const paper: Paper = {
    title: 'Сынақ',
    file: 'x',
    size: 'A4',
    halves: [
      {
        language: 'kk',
        blocks: [
          { is: 'line', text },
          { is: 'title', text: 'Әңгімеші қыз, өткір ұғым, үлкен һәм ірі' },
        ],
      },
    ],
    foot: [],
  }
  const bytes = await pdfOf(paper)
  if ('refused' in bytes) throw new Error('busy')
  const said = copied(bytes)
  if (said === undefined) return t.pass('no program to read it with')
  t.match(said, text)
  t.match(said, 'Әңгімеші қыз, өткір ұғым, үлкен һәм ірі')
  return
})

const info = '/usr/bin/pdfinfo'
/** What a screen reader is told of a sheet; nothing where the program is missing. */
function told(bytes: Buffer): { info: string; tree: string } | undefined {
  if (!existsSync(info)) return
  const file = path.join(folder, 'told.pdf')
  writeFileSync(file, bytes)
  const ask = (...words: string[]) => execFileSync(info, [...words, file], { encoding: 'utf8' })
  return { info: ask(), tree: ask('-struct-text') }
}
/** The kinds of a tree of tags, each as often as it stands there. */
const kindsOf = (tree: string) =>
  Object.fromEntries(
    [...Map.groupBy(tree.matchAll(/^ *([A-Z]\w*)(?:[ :]|$)/gm), ([, kind]) => kind)].map(([kind, all]) => [
      kind,
      all.length,
    ]),
  )

t.test('a PDF tells a screen reader its title, its languages, headings, lists and tables in order', async t => {
  const half = (language: 'kk' | 'ru') => ({
    language,
    blocks: [
      { is: 'line' as const, as: 'strong' as const, text: `бірінші ${language}` },
      { is: 'title' as const, text: `тақырып ${language}` },
      { is: 'facts' as const, facts: [{ name: 'Күні', text: '24.11.2026' }] },
      {
        is: 'table' as const,
        columns: ['а', 'ә'],
        rows: [
          ['1', 'бір'],
          ['2', ''],
        ],
        widths: [1, 2],
      },
      { is: 'sign' as const, lines: ['қолы'] },
      { is: 'qr' as const, address: 'https://kezdesu.kz/o/1', label: 'Код' },
      { is: 'help' as const, lines: [{ code: '111', name: 'желі' }] },
    ],
  })
  const sheet: Paper = {
    title: 'Ресми хат',
    file: 'x',
    size: 'A4',
    framed: true,
    halves: [half('kk'), half('ru')],
    foot: ['аяғы'],
  }
  const bytes = await pdfOf(sheet)
  if ('refused' in bytes) throw new Error('busy')
  const said = told(bytes)
  if (said === undefined) return t.pass('no program to read it with')
  t.match(said.info, /^Title: +Ресми хат$/m)
  t.match(said.info, /^Tagged: +yes$/m)
  const raw = bytes.toString('latin1')
  t.match(raw, '/Lang (kk)')
  t.match(raw, '/DisplayDocTitle true')
  t.match(raw, '/Lang (ru)', 'the right half is read in Russian')
  t.match(raw, '/Scope /Column')
  t.strictSame(kindsOf(said.tree), {
    ...{ Document: 1, Sect: 2, P: 5, H1: 2, L: 4, LI: 4, LBody: 4, Lbl: 2, Figure: 2 },
    ...{ Table: 2, THead: 2, TBody: 2, TR: 6, TH: 4, TD: 8 },
  })
  const read = [...said.tree.matchAll(/^ *"(.+)"$/gm)].map(([, text]) => text)
  const expected = (language: string) => [
    ...[`бірінші ${language}`, `тақырып ${language}`, 'Күні: 24.11.2026'],
    ...['а', 'ә', '1', 'бір', '2', 'қолы', '111', 'желі'],
  ]
  t.strictSame(read, [...expected('kk'), ...expected('ru'), 'аяғы'], 'and no ornament')
  const [head, body] = ['THead', 'TBody'].map(kind => said.tree.indexOf(kind))
  t.ok((head ?? 0) < (body ?? 0))
  return
})

t.test('a sheet over several pages stays one table for whoever hears it', async t => {
  const rows = Array.from({ length: 90 }, (_, at) => [`${at}`, `жол ${at}`])
  const blocks = [
    { is: 'title' as const, text: 'Күн' },
    { is: 'table' as const, columns: ['№', 'Кім'], rows, widths: [1, 5] },
  ]
  const bytes = await pdfOf({
    title: 'Күн',
    file: 'x',
    size: 'A4',
    halves: [{ language: 'kk', blocks }],
    foot: ['аяғы'],
  })
  if ('refused' in bytes) throw new Error('busy')
  const said = told(bytes)
  if (said === undefined) return t.pass('no program to read it with')
  t.notMatch(said.info, /^Pages: +1$/m)
  t.match(kindsOf(said.tree), { Table: 1, TR: 91, TD: 180, TH: 2 })
  for (const at of [0, 45, 89]) t.match(said.tree, `"жол ${at}"`)
  return
})

t.test('a sheet is drawn once, the rush is told to come again, and a head draws nothing', async t => {
  const sheet = (title: string): Paper => ({ title, file: 'x', size: 'A4', halves: [], foot: [] })
  const drawn: string[] = []
  const waiting: (() => void)[] = []
  let outcome: Buffer | { refused: 'busy' } | Error = Buffer.from('x')
  const draw = drawing(async ({ title }) => {
    drawn.push(title)
    await new Promise<void>(go => waiting.push(go))
    if (outcome instanceof Error) throw outcome
    return outcome
  })
  const letGo = async () => {
    while (waiting.length > 0) {
      waiting.shift()?.()
      await new Promise(setImmediate)
    }
  }
  const all = Array.from({ length: 12 }, (_, at) => draw(sheet(`sheet ${at}`)))
  const again = draw(sheet('sheet 0'))
  await new Promise(setImmediate)
  t.same(drawn, ['sheet 0', 'sheet 1'], 'two at a time')
  await letGo()
  const busy = (await Promise.all(all)).map(it => 'refused' in it)
  t.same(busy, [...Array(10).fill(false), true, true])
  t.notOk('refused' in (await again))
  t.equal(drawn.filter(title => title === 'sheet 0').length, 1)
  for (const failed of [{ refused: 'busy' as const }, new Error('broken')]) {
    outcome = failed
    const first = draw(sheet('late')).catch((error: Error) => error.message)
    await new Promise(setImmediate)
    await letGo()
    t.ok(await first)
  }
  t.equal(drawn.filter(title => title === 'late').length, 2, 'what failed is not kept')
  for (let at = 0; at < 21; at++) {
    outcome = Buffer.from('y')
    const next = draw(sheet(`more ${at}`))
    await new Promise(setImmediate)
    await letGo()
    await next
  }
  void draw(sheet('sheet 0'))
  await new Promise(setImmediate)
  t.equal(drawn.filter(title => title === 'sheet 0').length, 2, 'the oldest is forgotten')
  await letGo()
  const head = await app.inject({
    method: 'HEAD',
    url: `/app/talks/${talk.talkId}/letter.pdf`,
    headers: { cookie: coordinator },
  })
  t.equal(head.statusCode, 200)
  t.equal(head.headers['content-type'], 'application/pdf')
  t.equal(head.headers['content-length'], undefined)
})

t.test('a letter gets the next number of its House and year, once, and keeps it', async t => {
  const url = `/app/talks/${talk.talkId}/letter`
  const fresh = await get(url)
  t.equal(fresh.statusCode, 200)
  t.match(fresh.body, '<section lang="kk">')
  t.match(fresh.body, '<section lang="ru">')
  t.same(await db.selectFrom('papers').selectAll().execute(), [], 'looking gives no number')
  const form = formOn(fresh.body, url)
  for (const _ of [1, 2]) t.equal((await submit(app, url, form.fields, coordinator)).headers.location, url)
  t.equal((await submit(app, url, {}, coordinator)).headers.location, url, 'another form, the same number')
  const second = `/app/talks/${other.talkId}/letter`
  await submit(app, second, {}, coordinator)
  const rows = await db.selectFrom('papers').select(['kind', 'year', 'number', 'issued_on']).orderBy('number').execute()
  t.same(rows, [
    { kind: 'letter', year: 2026, number: 1, issued_on: '2026-11-23' },
    { kind: 'letter', year: 2026, number: 2, issued_on: '2026-11-23' },
  ])
  const page = (await get(url)).body
  t.match(page, '№\u00a01')
  t.match(page, '23.11.2026')
  t.match(page, /<footer>[^<]* · Басылды: 23.11.2026, \d\d:\d\d, Алматы уақыты · Напечатано: [^<]*, время Алматы</)
  t.notMatch(page, '<form class="issue')
  const spoken = told((await get(`${url}.pdf`)).rawPayload)
  if (spoken) {
    t.match(spoken.info, /Tagged: +yes/)
    t.match(kindsOf(spoken.tree), { Sect: 2, H1: 2, Table: 2, TH: 6 })
  }
  const said = await pdf(`${url}.pdf`)
  if (said)
    for (const word of ['Құрметті әріптестер!', 'Уважаемые коллеги!', '24.11.2026', 'Нұрланова']) t.match(said, word)
})

t.test('a letter keeps its text with its number; what has changed gets a new number', async t => {
  const url = `/app/talks/${talk.talkId}/letter`
  const later = { day: '2026-11-26', minute: 600, team: [cast.lawyer] }
  const third = await booked(db, w.clock.now, later)
  const page = (await get(url)).body
  t.notMatch(page, '26.11.2026', 'a later talk is not slipped into what was signed')
  t.match(page, '№\u00a01')
  const form = formOn(page, url)
  t.match(page, 'Присвоить новый номер')
  await Promise.all([1, 2].map(() => submit(app, url, form.fields, coordinator)))
  const again = (await get(url)).body
  t.match(again, '26.11.2026')
  t.match(again, '№\u00a03')
  t.notMatch(again, '<form class="issue')
  await db
    .updateTable('talks')
    .set({ state: 'cancelled', cancel_reason: 'other' })
    .where('id', '=', third.talkId)
    .execute()
  t.match((await get(url)).body, '26.11.2026')
  const off = (await get(`/app/talks/${third.talkId}/letter`)).body
  t.match(off, 'номер не присваивается')
  t.equal((await submit(app, `/app/talks/${third.talkId}/letter`, {}, coordinator)).statusCode, 404)
  const kept = await db
    .selectFrom('papers')
    .select('number')
    .where('talk_id', '=', talk.talkId)
    .orderBy('number')
    .execute()
  t.same(kept, [{ number: 1 }, { number: 3 }], 'what was issued first stays')
})

t.test('a forgotten contact leaves an issued letter, the rest of its text stays', async t => {
  const { contact_id } = await db
    .selectFrom('requests')
    .select('contact_id')
    .where('id', '=', other.requestId)
    .executeTakeFirstOrThrow()
  const url = `/app/talks/${other.talkId}/letter`
  t.match((await get(url)).body, 'Сәуле Ахметқызы')
  await transact(db, trx => deleteContacts(trx, [contact_id ?? '']))
  const page = (await get(url)).body
  t.notMatch(page, 'Сәуле')
  t.match(page, 'Құрметті әріптестер!')
  t.match(page, '№\u00a02')
  const rows = await db
    .selectFrom('papers')
    .select(['paper', 'attention'])
    .where('talk_id', '=', other.talkId)
    .execute()
  t.notMatch(JSON.stringify(rows), 'Сәуле')
})

t.test('no number for a letter about a talk that has begun', async t => {
  const past = await booked(db, w.clock.now, { day: '2026-11-20', minute: 600, host: 2, team: [cast.psychologist] })
  const url = `/app/talks/${past.talkId}/letter`
  const page = await get(url)
  t.equal(page.statusCode, 200)
  t.notMatch(page.body, '<form class="issue')
  t.equal((await submit(app, url, {}, coordinator)).statusCode, 404)
  await db.deleteFrom('assignments').where('talk_id', '=', past.talkId).execute()
  await db.deleteFrom('talks').where('id', '=', past.talkId).execute()
})

t.test('numbers that are asked for at once follow each other', async t => {
  const people = [cast.psychologist, cast.lawyer]
  const held = await booked(db, w.clock.now, { day: '2026-11-19', minute: 600, team: people })
  const nobody = await db
    .selectFrom('speakers')
    .select('id')
    .where('house_id', '=', talk.houseId)
    .where('email', 'not in', people)
    .limit(1)
    .executeTakeFirstOrThrow()
  const idle = `/app/speakers/${nobody.id}/thanks`
  t.match((await get(idle)).body, 'номер не присваивается')
  t.equal((await submit(app, idle, {}, coordinator)).statusCode, 404, 'nobody is thanked for nothing')
  await db.updateTable('talks').set({ state: 'held', heads_counted: 43 }).where('id', '=', held.talkId).execute()
  const urls = [
    ...held.seats.map(({ speakerId }) => `/app/speakers/${speakerId}/thanks`),
    `/app/hosts/${held.hostId}/thanks`,
  ]
  await Promise.all([...urls, ...urls].map(url => submit(app, url, {}, coordinator)))
  const numbers = async () =>
    (
      await db
        .selectFrom('papers')
        .select(['number', 'year', 'about_year'])
        .where('kind', '=', 'thanks')
        .orderBy('year')
        .orderBy('number')
        .execute()
    ).map(({ number, year, about_year }) => [number, year, about_year])
  t.same(
    await numbers(),
    [1, 2, 3].map(number => [number, 2026, 2026]),
  )
  const [first = '', second = ''] = urls
  const page = (await get(first)).body
  t.match(page, 'Алғыс хат')
  t.match(page, /<footer>[^<]* · Басылды: \d\d\.\d\d\.2026, \d\d:\d\d, Алматы уақыты/)
  const said = await pdf(`${first}.pdf`)
  if (said) t.match(said, 'Алғыс хат')
  await db.updateTable('talks').set({ heads_counted: 57 }).where('id', '=', held.talkId).execute()
  t.match((await get(first)).body, 'Тыңдаушылар: 43', 'as it was signed')
  const { now } = w.clock
  w.clock.now = now.plus({ days: 50 })
  const january = await w.signIn(cast.coordinator)
  const late = (await get(second, january)).body
  t.match(late, 'Жылы: 2026')
  const { fields, action } = formOn(late, `${second}?year=2026`)
  t.equal((await submit(app, action, fields, january)).headers.location, `${second}?year=2026`)
  t.same((await numbers()).at(-1), [1, 2027, 2026], 'a number of the new year for what was done in the last')
  t.match((await get(`${second}?year=2027`, january)).body, 'номер не присваивается')
  w.clock.now = now
})

t.test('the list of visitors is reached by the school’s own link, with names and no numbers', async t => {
  const { nonce } = await db
    .selectFrom('requests')
    .select('nonce')
    .where('id', '=', talk.requestId)
    .executeTakeFirstOrThrow()
  const link = `/r/${tokenOf(secret, 'request', nonce)}`
  const list = await get(`${link}/visitors`, '')
  t.equal(list.statusCode, 200)
  t.match(list.body, 'Нұрланова Айгүл')
  t.match(list.body, 'Нурланова Айгуль')
  t.match(list.body, '<dt>Время:</dt> <dd>вторник, 24 ноября')
  t.match(list.body, '<dt>Уақыты:</dt> <dd>Сейсенбі, 24 қараша')
  t.notMatch(list.body, '+7 70', 'nobody’s own phone')
  const said = await pdf(`${link}/visitors.pdf`, '')
  if (said) t.match(said, 'Келушілер тізімі')
  t.match((await get(link, '')).body, `href="${link}/visitors"`)
  t.equal((await get('/r/nobody/visitors', '')).statusCode, 404)
})

t.test('the sheet of a day is a PDF, too; papers are the coordinators’ of this House', async t => {
  const said = await pdf('/app/day.pdf?date=2026-11-24')
  if (said) t.match(said, '14:00–14:45')
  t.match((await get('/app/day?date=2026-11-24&l=kk')).body, '9-сынып')
  await pdf('/app/day.pdf?date=nonsense')
  for (const url of [
    `/app/talks/${talk.talkId}/letter`,
    `/app/talks/${talk.talkId}/letter.pdf`,
    `/app/talks/${talk.talkId}/visitors.pdf`,
    `/app/speakers/${talk.seats[0]?.speakerId}/thanks`,
    `/app/hosts/${talk.hostId}/thanks.pdf`,
  ])
    for (const cookie of [stranger, viewer]) t.equal((await get(url, cookie)).statusCode, 404, url)
  t.equal((await submit(app, `/app/talks/${talk.talkId}/letter`, {}, stranger)).statusCode, 404)
  t.equal((await get('/app/day.pdf', viewer)).statusCode, 404)
  t.equal((await get('/app/talks/x/letter')).statusCode, 404)
})
