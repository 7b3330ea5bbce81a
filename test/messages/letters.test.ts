import t, { type Test } from 'tap'
import { languages } from '../../src/base/i18n/language.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { htmlOf, inOneList, type Letter, textOf, together } from '../../src/base/letter.ts'
import { sampleOf } from '../../src/letter-samples.ts'
import { partsOf, textKeys } from '../../src/messages/text-rules.ts'
import { cancel, move } from '../../src/talks/change-actions.ts'
import { ask, at, bookedTalk, names } from '../talks/situation.ts'
import { world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const { db, clock, app } = here
const { accountId, houseId } = named.actor
const wide = [{ from: '2026-11-24', to: '2026-12-23' }]
const booked = async (startsAt: string, speakers: string[], wanted = {}) =>
  bookedTalk(here, named, await ask(here, named, { windows: wide, ...wanted }), startsAt, speakers)

// one of everything a letter may be about, each with long names
const long = {
  kk: 'Отбасындағы сенім мен өзара құрмет: бірін-бірі тыңдай білу, ашуды тежеу, қиын сәтте көмек сұрай білу туралы әңгіме',
  ru: 'Доверие и взаимное уважение в семье: как слушать друг друга, как сдерживать гнев и где просить о помощи',
  en: 'Trust and respect at home: how to listen to each other, how to hold anger back and where to ask for help in time',
}
await db
  .updateTable('topics')
  .set({ title_kk: long.kk, title_ru: long.ru, title_en: long.en })
  .where('slug', '=', 'unity-gives-life')
  .execute()
const off = await booked('2026-11-25T10:20', ['zhunisov'])
const by = { houseId, whom: 'account' as const, accountId }
await cancel(db, sleeping, { by, talkId: off, location: '/x', reason: 'weather' }, clock.now)
const refused = await booked('2026-11-26T10:20', ['zhunisov'])
await db
  .updateTable('assignments')
  .set({ state: 'declined', reason: 'another-time', answered_at: clock.now })
  .where('talk_id', '=', refused)
  .execute()
const moved = await booked('2026-11-27T10:20', ['zhunisov'])
const startsAt = at('2026-12-01T10:20')
const done = await move(db, sleeping, app.config.secret, { by, talkId: moved, location: '/x', startsAt }, clock.now)
t.notOk('refused' in done, 'the talk is moved')
await booked('2026-11-27T12:15', ['zhunisov'])
for (const state of ['declined', 'withdrawn', 'expired'] as const) {
  const number = await ask(here, named)
  const ended = { state, ended_at: clock.now, ...(state === 'declined' ? { decline_reason: 'no-time' as const } : {}) }
  await db.updateTable('requests').set(ended).where('number', '=', number).execute()
}
const asking = await db
  .selectFrom('requests')
  .select('id')
  .where('number', '=', await ask(here, named))
  .executeTakeFirstOrThrow()
const written = { house_id: houseId, request_id: asking.id, kind: 'written', by_whom: 'contact', at: clock.now }
await db
  .insertInto('changes')
  .values({ ...written, detail: JSON.stringify({ text: 'Үшінші қабат, 12-кабинет <b>' }) })
  .execute()

const unescaped = (text: string) =>
  text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')
/** What an HTML letter shows below its head, piece by piece, and where its links lead. */
function piecesOf(html: string): string[] {
  const [, body = ''] = /<tr><td class="pad([\s\S]*)<\/main>/.exec(html) ?? []
  const shown = [...body.matchAll(/>([^<]+)/g)].map(([, text = '']) =>
    unescaped(text)
      .trim()
      .replace(/^, |,$/g, ''),
  )
  const links = [...body.matchAll(/href="(https?:[^"]*)"/g)].map(([, href = '']) => unescaped(href))
  return [...shown, ...links].filter(text => text !== '')
}

function judged(t: Test, letter: Letter, name: string, most = 10_000): void {
  const [html, text] = [htmlOf(letter), textOf(letter)]
  t.ok(Buffer.byteLength(html) < most, `${name} is small: ${Buffer.byteLength(html)}`)
  // of several it says how many more
  const subject = letter.subject.replace(/ \(\+\d+\)$/, '')
  t.ok(subject.length < 120 && !/[\r\n]/.test(letter.subject), `${name}: ${letter.subject}`)
  for (const half of [html, text, letter.subject, letter.preheader])
    t.notMatch(half, /undefined|NaN|\[object|null\b|\{[a-zA-Z]+\}/, `${name} says only what there is`)
  t.notMatch(text, /\n{3}| {2}| \n|\s[,.:;]/, `${name} has no gap`)
  const missing = piecesOf(html).filter(piece => !text.includes(piece) && !text.replaceAll('\n', ' ').includes(piece))
  t.strictSame(missing, [], `${name}: both halves say the same`)
  for (const half of letter.halves) {
    t.ok(
      half.facts.every(fact => fact.label !== '' && fact.text !== ''),
      `${name} has no empty fact`,
    )
    const once = [
      ...half.lines,
      ...(half.stays ?? []),
      ...half.notes,
      ...half.facts.map(fact => `${fact.label}: ${fact.text}`),
    ]
    t.strictSame(
      once.filter((line, at) => once.indexOf(line) !== at),
      [],
      `${name} says nothing twice`,
    )
  }
}
for (const key of textKeys)
  t.test(`the letter ${key} is whole in each language`, async t => {
    const sample = await sampleOf(key, db, { houseId, accountId, now: clock.now }, app.config.publicUrl)
    t.ok(sample, 'there is one to show')
    if (!sample) return
    for (const language of languages) {
      const letter = sample.letter(language)
      judged(t, letter, `${key} ${language}`)
      const toHost = partsOf(key).reader === 'contact'
      t.equal(letter.halves.length, toHost ? 2 : 1)
      const zones = textOf(letter).match(/Алматы уақыты|время Алматы|Almaty time/gi) ?? []
      t.ok(zones.length <= letter.halves.length, `${key} ${language} names the zone once a half`)
      const several = structuredClone(letter)
      judged(t, inOneList([letter, { ...several, subject: 'x' }]), `several dates of ${key} ${language}`, 14_000)
      t.match(together([letter, several]).subject, / \(\+1\)$/)
    }
  })
