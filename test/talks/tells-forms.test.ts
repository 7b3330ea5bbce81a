import t from 'tap'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'
import { ask, bookedTalk, names } from './situation.ts'

const here = await world(t)
const named = await names(here)
const { db, app } = here
const coordinator = await here.signIn(cast.coordinator)
const get = async (url: string) => (await app.inject({ url, headers: { cookie: coordinator } })).body
const note = 'Вход со двора, пропуск не нужен'
const contact = 'Сәуле Мұхтарқызы'

const people = await db.selectFrom('speakers').select(['id', 'name_ru']).execute()
const short = (id: string) =>
  people
    .find(row => row.id === id)
    ?.name_ru.split(' ')
    .slice(0, 2)
    .join(' ') ?? ''

/** The sentences of the forms with this action that say whom each will tell. */
const told = (html: string, action: string) =>
  [...html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)]
    // the form that buttons of the board share says whom it tells beside each of them
    .filter(([whole, to]) => to === action && !whole.includes('id="offer-any"'))
    .map(([, , inner]) => inner?.match(/<p class="tell">([^<]*)/)?.[1] ?? '')

const topmost = (sentences: string[]) => sentences[0] ?? ''
/** Everybody a sentence names: speakers in brackets, then the host's contact. */
const namesIn = (sentence: string) =>
  [
    ...(/лектор\S* \(([^)]*)\)/.exec(sentence)?.[1]?.split(', ') ?? []),
    ...(sentence.includes(contact) ? [contact] : []),
  ].sort()

/** Who got a letter of this version, by the names that pages say, and the sentences in them. */
async function heard(talkId: string, version: number) {
  const rows = await db
    .selectFrom('messages')
    .select(['recipient', 'note'])
    .where('talk_id', '=', talkId)
    .where('version', '=', version)
    .where('kind', 'not like', 'reminder-%')
    .where('kind', '<>', 'outcome-asked')
    .execute()
  return {
    names: rows.map(row => (row.recipient.startsWith('contact:') ? contact : short(row.recipient.slice(8)))).sort(),
    notes: [...new Set(rows.map(row => row.note))],
  }
}

/** A talk that somebody of the team then declined. */
async function gap(startsAt: string, team: string[], hears = true): Promise<string> {
  const number = await ask(here, named, { windows: [{ from: '2026-11-24', to: '2026-12-24' }] })
  const talkId = await bookedTalk(here, named, number, startsAt, team)
  if (hears) await here.deliver()
  await db
    .updateTable('assignments')
    .set({ state: 'declined', answered_at: here.clock.now, reason: 'other' })
    .where('talk_id', '=', talkId)
    .where('speaker_id', '=', named.speaker(team[0] ?? ''))
    .execute()
  return talkId
}

t.test('each offer names whom its booking tells, on its page and in the inbox, and takes a sentence along', async t => {
  for (const page of ['/app?request=', '/app/requests/']) {
    const number = await ask(here, named)
    const html = await get(page === '/app?request=' ? `/app?request=${number}` : `/app/requests/${number}/offers`)
    const action = `/app/requests/${number}/booking`
    const form = formOn(html, action)
    const sentences = told(html, action)
    t.ok(sentences.length > 1)
    t.ok(sentences.every(sentence => namesIn(sentence).length > 1))
    for (const [, tip = ''] of html.matchAll(/<p class="tip">([^<]*:[^<]*дорога[^<]*)/g))
      t.match(tip, /Сообщим: /, 'a button of the board says it, too')
    const done = await submit(app, form.action, { ...form.fields, note }, coordinator)
    t.equal(done.statusCode, 303)
    const id = String(done.headers.location).split('/').at(-1) ?? ''
    t.same(await heard(id, 1), { names: namesIn(topmost(sentences)), notes: [note] }, topmost(sentences))
  }
})

t.test('who left no address is named with a phone instead, unless short messages reach them', async t => {
  const number = await ask(here, named, { email: null })
  const url = `/app/requests/${number}/offers`
  t.match(
    topmost(told(await get(url), `/app/requests/${number}/booking`)),
    /адрес не записан: .*Сәуле.*\+7\s701\s000\s00\s31/,
  )
  await db.updateTable('contacts').set({ channel: 'webhook' }).where('email', 'is', null).execute()
  t.notMatch(topmost(told(await get(url), `/app/requests/${number}/booking`)), 'адрес не записан')
})

t.test(
  'a sentence goes on to the offers that a conflict shows, and into the letters of the one that is chosen',
  async t => {
    const wanted = { windows: [{ from: '2026-12-14', to: '2026-12-15' }] }
    const [first, second] = [await ask(here, named, wanted), await ask(here, named, wanted)]
    await bookedTalk(here, named, first, '2026-12-14T10:20', ['zhunisov'])
    const page = await get(`/app/requests/${second}`)
    const action = `/app/requests/${second}/booking`
    const byHand = { startsAt: '2026-12-14T10:20', speakers: named.speaker('zhunisov'), note }
    const conflict = await submit(app, action, { ...formOn(page, action).fields, ...byHand }, coordinator)
    t.equal(conflict.statusCode, 409)
    const form = formOn(conflict.body, action)
    t.equal(form.fields['note'], note)
    t.match(conflict.body, /<details class="add" open>/)
    const sentence = topmost(told(conflict.body, action))
    const done = await submit(app, action, form.fields, coordinator)
    t.equal(done.statusCode, 303)
    const id = String(done.headers.location).split('/').at(-1) ?? ''
    t.same(await heard(id, 1), { names: namesIn(sentence), notes: [note] })
  },
)

t.test('the inbox names whom a ready substitute would tell', async t => {
  const talks = [
    await gap('2026-12-01T10:20', ['zhunisov']),
    await gap('2026-12-02T10:20', ['zhunisov']),
    await gap('2026-12-03T10:20', ['zhunisov'], false),
  ]
  const inbox = await get('/app')
  for (const talk of talks) {
    const action = `/app/talks/${talk}/team`
    const form = formOn(inbox, action)
    const sentence = topmost(told(inbox, action))
    t.ok(namesIn(sentence).includes(short(String(form.fields['in']))), sentence)
    const { version } = await db.selectFrom('talks').select('version').where('id', '=', talk).executeTakeFirstOrThrow()
    const done = await submit(app, action, { ...form.fields, note }, coordinator)
    t.equal(done.statusCode, 303, done.body.slice(0, 300))
    t.same(await heard(talk, version + 1), { names: namesIn(sentence), notes: [note] }, sentence)
  }
})

t.test(
  'where several could step in, each says whom they would bring news to; a conflict keeps the sentence',
  async t => {
    const talk = await gap('2026-12-09T10:20', ['zhunisov'])
    const page = await get(`/app/talks/${talk}`)
    const action = `/app/talks/${talk}/team`
    const quick = [
      ...page.matchAll(/<button class="btn small(?: sec)?">[^<]*<\/button><\/form><p class="tell">([^<]*)/g),
    ]
    t.ok(quick.length > 1)
    const { fields } = formOn(page, action)
    const first = namesIn(quick[0]?.[1] ?? '')
    t.same(first, [contact, short(String(fields['in']))].sort())
    const conflict = await submit(app, action, { ...fields, in: named.speaker('zhunisov'), note }, coordinator)
    t.equal(conflict.statusCode, 409)
    const next = formOn(conflict.body, action)
    t.equal(next.fields['note'], note)
    t.same(namesIn(topmost(told(conflict.body, action))), [contact, short(String(next.fields['in']))].sort())
  },
)
