import t, { type Test } from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { noteOf } from '../../src/messages/note-rules.ts'
import { move } from '../../src/talks/change-actions.ts'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'
import { ask, at, bookedTalk, names } from './situation.ts'

const here = await world(t)
const named = await names(here)
const { db, app, mails } = here
const coordinator = await here.signIn(cast.coordinator)
const get = async (url: string) => (await app.inject({ url, headers: { cookie: coordinator } })).body
/** A request for any day of the month. */
const openAsk = () => ask(here, named, { windows: [{ from: '2026-11-24', to: '2026-12-24' }] })
const note = 'Вход со двора, «охрана» предупреждена & ждёт'

/** The sentence of a form that says whom it will tell. */
const told = (html: string, action: string) =>
  [...html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)]
    .find(([, to]) => to?.endsWith(action))?.[2]
    ?.match(/<p class="tell">([^<]*)/)?.[1] ?? ''

/** Who got a letter of this version, by the names that pages say; reminders are planned and no news. */
async function heard(talkId: string, version: number): Promise<string[]> {
  const rows = await db
    .selectFrom('messages')
    .select(['recipient', 'note'])
    .where('talk_id', '=', talkId)
    .where('version', '=', version)
    .where('kind', 'not like', 'reminder-%')
    .where('kind', '<>', 'outcome-asked')
    .execute()
  const people = await db.selectFrom('speakers').select(['id', 'name_ru']).execute()
  const short = new Map(people.map(row => [row.id, row.name_ru.split(' ').slice(0, 2).join(' ')]))
  return rows
    .map(row => (row.recipient.startsWith('contact:') ? 'Сәуле Мұхтарқызы' : (short.get(row.recipient.slice(8)) ?? '')))
    .sort()
}

/** Everybody the sentence names: speakers in brackets, then the host's contact. */
const namesIn = (sentence: string) =>
  [
    ...(/лектор\S* \(([^)]*)\)/.exec(sentence)?.[1]?.split(', ') ?? []),
    ...(/: (Сәуле Мұхтарқызы)/.exec(sentence)?.slice(1) ?? []),
  ].sort()

const notes = async (talkId: string, version: number) =>
  db
    .selectFrom('messages')
    .select(['kind', 'note'])
    .where('talk_id', '=', talkId)
    .where('version', '=', version)
    .execute()

async function agrees(t: Test, talkId: string, action: string, fields: Record<string, string>, version: number) {
  const page = await get(`/app/talks/${talkId}${fields['out'] ? `?out=${fields['out']}` : ''}`)
  const form = formOn(page, `/app/talks/${talkId}/${action}`)
  const sentence = told(page, `/${action}`)
  const done = await submit(app, form.action, { ...form.fields, ...fields, note }, coordinator)
  t.equal(done.statusCode, 303, done.body.slice(0, 200))
  const chosen = fields['in']
    ? await db.selectFrom('speakers').select('name_ru').where('id', '=', fields['in']).executeTakeFirstOrThrow()
    : undefined
  const named = [...namesIn(sentence), ...(chosen ? [chosen.name_ru.split(' ').slice(0, 2).join(' ')] : [])].sort()
  t.same(named, await heard(talkId, version), `${action}: ${sentence}`)
  for (const row of await notes(talkId, version))
    t.equal(row.note, /^reminder|^outcome/.test(row.kind) ? null : note, row.kind)
}

t.test('whom a move, a swap and a cancellation name is whom the ledger then has', async t => {
  for (const sentBefore of [true, false]) {
    const day = sentBefore ? '2026-12-01' : '2026-12-08'
    const number = await openAsk()
    const talk = await bookedTalk(here, named, number, `${day}T10:20`, ['zhunisov'])
    if (sentBefore) await here.deliver()
    await agrees(t, talk, 'move', { otherTime: `${day}T11:20` }, 2)
    if (sentBefore) {
      here.clock.now = here.clock.now.plus({ minutes: 5 })
      await here.deliver()
    }
    const page = await get(`/app/talks/${talk}?out=${named.speaker('zhunisov')}`)
    const { fields } = formOn(page, `/app/talks/${talk}/team`)
    const into = /name="in" value="([^"]*)"/.exec(page)?.[1] ?? ''
    await agrees(t, talk, 'team', { out: String(fields['out']), in: into }, 3)
    await agrees(t, talk, 'cancellation', { reason: 'weather' }, 4)
    const history = await get(`/app/talks/${talk}`)
    t.match(history, /в письмах добавлено: Вход со двора/)
  }
})

t.test('the sentence stands below the first lines of each letter, and in no calendar part', async t => {
  const talk = await bookedTalk(here, named, await openAsk(), '2026-12-15T10:20', ['zhunisov'])
  await here.deliver()
  mails.length = 0
  const page = await get(`/app/talks/${talk}`)
  const { action, fields } = formOn(page, `/app/talks/${talk}/move`)
  await submit(app, action, { ...fields, otherTime: '2026-12-15T11:20', note }, coordinator)
  here.clock.now = here.clock.now.plus({ minutes: 5 })
  await here.deliver()
  const letters = mails.filter(({ kind }) => kind === 'invitation-update' || kind === 'talk-changed')
  t.equal(letters.length, 2)
  for (const { text, html, calendar } of letters) {
    t.match(text, `: ${note}\n`)
    t.match(html, 'Вход со двора, «охрана» предупреждена &#38; ждёт')
    t.notMatch(calendar?.content ?? '', 'двора')
  }
  const feed = await db.selectFrom('calendar_texts').selectAll().execute()
  t.notMatch(JSON.stringify(feed), 'двора')
})

t.test('a sentence whose letter never left goes on in the letter that takes its place', async t => {
  const talk = await bookedTalk(here, named, await openAsk(), '2026-12-18T10:20', ['zhunisov'], { note })
  const by = { houseId: named.house, accountId: named.actor.accountId, whom: 'account' as const }
  const revision = { by, talkId: talk, location: '/', startsAt: at('2026-12-18T11:20') }
  await move(db, sleeping, app.config.secret, { ...revision, waived: { windows: true, latest: true } }, here.clock.now)
  for (const row of await notes(talk, 2)) t.equal(row.note, /^reminder|^outcome/.test(row.kind) ? null : note, row.kind)
})

t.test('a sentence that is too long or unclean is refused in words, and everything typed is kept', async t => {
  const long = 'ы'.repeat(301)
  const number = await ask(here, named)
  const talk = await bookedTalk(here, named, await openAsk(), '2026-12-17T10:20', ['zhunisov'])
  const count = async () => (await db.selectFrom('messages').select('id').execute()).length
  const before = await count()
  const forms: [string, Record<string, string>, RegExp][] = [
    [`/app/talks/${talk}/move`, { otherTime: '2026-12-17T11:20' }, /value="2026-12-17T11:20"/],
    [`/app/talks/${talk}/cancellation`, { reason: 'illness' }, /value="illness" checked/],
    [`/app/talks/${talk}/team`, { out: named.speaker('zhunisov') }, /name="in" value="[^"]*" checked/],
    [`/app/requests/${number}/declining`, { reason: 'no-time' }, /value="no-time" checked/],
    [
      `/app/requests/${number}/booking`,
      { startsAt: '2026-12-18T10:20', speakers: named.speaker('zhunisov') },
      /checked/,
    ],
  ]
  for (const [action, typed, kept] of forms) {
    const page = await get(action.replace(/\/\w+$/, action.endsWith('team') ? `?out=${named.speaker('zhunisov')}` : ''))
    const form = formOn(page, action)
    for (const [bad, words] of [
      [long, 'не больше 300 знаков'],
      ['ы'.repeat(2500), 'не больше 300 знаков'],
      ['скрыто\u202eздесь', 'невидимые знаки'],
    ] as const) {
      const answer = await submit(app, action, { ...form.fields, ...typed, note: bad }, coordinator)
      t.equal(answer.statusCode, 422, action)
      t.match(answer.body, words)
      t.match(answer.body, `value="${bad}"`, 'the sentence itself is kept')
      t.match(answer.body, kept)
    }
  }
  t.equal(await count(), before)
  t.same(noteOf('  Две \n строки '), { note: 'Две строки' })
  t.same(noteOf(''), { note: undefined })
  t.same(noteOf('ы'.repeat(300)), { note: 'ы'.repeat(300) })
})

t.test('a declined request tells whom its form names, with the sentence', async t => {
  const number = await ask(here, named)
  const page = await get(`/app/requests/${number}`)
  t.match(told(page, '/declining'), 'Сәуле Мұхтарқызы')
  const { action, fields } = formOn(page, `/app/requests/${number}/declining`)
  t.equal((await submit(app, action, { ...fields, reason: 'no-time', note }, coordinator)).statusCode, 303)
  mails.length = 0
  here.clock.now = here.clock.now.plus({ minutes: 5 })
  await here.deliver()
  t.match(mails.find(({ kind }) => kind === 'request-declined')?.text, `: ${note}\n`)
  const silent = await ask(here, named, { email: null })
  t.match(told(await get(`/app/requests/${silent}`), '/declining'), /Писем не будет.*адрес не записан/)
})
