import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import t from 'tap'
import type { Paper } from '../../src/base/paper.ts'
import { pdfOf } from '../../src/base/pdf.ts'
import { tokenOf } from '../../src/base/secrets.ts'
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
  const said = copied(await pdfOf(paper))
  if (said === undefined) return t.pass('no program to read it with')
  t.match(said, text)
  t.match(said, 'Әңгімеші қыз, өткір ұғым, үлкен һәм ірі')
  return
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
  const said = await pdf(`${url}.pdf`)
  if (said)
    for (const word of ['Құрметті әріптестер!', 'Уважаемые коллеги!', '24.11.2026', 'Нұрланова']) t.match(said, word)
})

t.test('numbers that are asked for at once follow each other', async t => {
  const speakers = await db.selectFrom('speakers').select('id').where('house_id', '=', talk.houseId).limit(5).execute()
  const urls = speakers.map(({ id }) => `/app/speakers/${id}/thanks`)
  await Promise.all([...urls, ...urls].map(url => submit(app, url, {}, coordinator)))
  const numbers = await db
    .selectFrom('papers')
    .select('number')
    .where('kind', '=', 'thanks')
    .orderBy('number')
    .execute()
  t.same(
    numbers.map(({ number }) => number),
    [1, 2, 3, 4, 5],
  )
  const [first = ''] = urls
  const sheet = (await get(first)).body
  t.match(sheet, 'Алғыс хат')
  t.match(sheet, /<footer>[^<]* · Басылды: 23.11.2026, \d\d:\d\d, Алматы уақыты/)
  const said = await pdf(`${first}.pdf`)
  if (said) t.match(said, 'Алғыс хат')
  await submit(app, `/app/hosts/${talk.hostId}/thanks`, {}, coordinator)
  t.match((await get(`/app/hosts/${talk.hostId}/thanks`)).body, '№\u00a06')
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
