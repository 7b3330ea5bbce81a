import fc from 'fast-check'
import t from 'tap'
import { dateWithoutWeekday } from '../../src/base/i18n/dates.ts'
import { languages } from '../../src/base/i18n/language.ts'
import { clock } from '../../src/base/time.ts'
import { isPhone, shortKinds, waysOf } from '../../src/messages/channel-rules.ts'
import { messageKinds } from '../../src/messages/rules.ts'
import { shortOf, testText } from '../../src/messages/short-mail.ts'
import { clip, mostCharacters, share } from '../../src/messages/short-rules.ts'

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(fc.constantFrom('Құқық', 'және', 'отбасы', '👩‍👩‍👧‍👦', 'e\u0301', '«', '»', '№', '.'), { maxLength: 80 })
    .map(it => it.join(' ')),
)
const day = fc
  .record({ month: fc.integer({ min: 1, max: 12 }), date: fc.integer({ min: 1, max: 28 }) })
  .map(({ month, date }) => `2026-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`)
const facts = fc.record({
  kind: fc.constantFrom(...shortKinds),
  language: fc.constantFrom(...languages),
  when: fc.option(fc.record({ day, minute: fc.integer({ min: 0, max: 1439 }) }), { nil: undefined }),
  number: fc.option(fc.integer({ min: 1, max: 999_999_999 }), { nil: undefined }),
  topic: fc.option(text, { nil: undefined }),
  place: fc.option(text, { nil: undefined }),
  url: fc.option(
    fc.integer({ min: 8, max: 300 }).map(length => `https://k.kz/${'x'.repeat(length)}`),
    { nil: undefined },
  ),
})

t.test('a short message is never longer than it may be, and says what and when whatever else there is', async t => {
  fc.assert(
    fc.property(facts, ({ kind, language, when, number, topic, place, url }) => {
      const short = shortOf(kind, language, {
        ...(when ? { when } : {}),
        ...(number === undefined ? {} : { number }),
        ...(topic === undefined ? {} : { topic }),
        ...(place === undefined ? {} : { place }),
        url,
      })
      if (short.text.length > mostCharacters || !short.text.isWellFormed() || / {2}|\n/.test(short.text)) return false
      if (when && !short.text.includes(`${dateWithoutWeekday(language, when.day)}, ${clock(when.minute)}`)) return false
      const links =
        short.text.match(/https:\/\/k\.kz\/\S*/g)?.filter(it => url !== undefined && it.startsWith('https://k.kz/x')) ??
        []
      return short.url === url && links.every(link => link === url)
    }),
    { numRuns: 2000 },
  )
  for (const language of languages) t.ok(testText(language).length <= mostCharacters)
})

t.test('texts as people get them', async t => {
  const talk = {
    when: { day: '2026-11-26', minute: 620 },
    topic: 'Отбасы және құқық: жастарға арналған әңгіме, екінші бөлім',
    place: 'Алматы қаласының № 907 жалпы білім беретін мектебі',
    url: `https://kezdesu.kz/i/${'A'.repeat(43)}`,
  }
  t.equal(
    shortOf('invitation', 'kk', talk).text,
    `Кездесуге шақыру: 26 қараша, 10:20. «Отбасы және құқық: жастарғ…», Алматы қаласының № 907 жал… ${talk.url}`,
  )
  t.equal(
    shortOf('reminder-day', 'ru', { ...talk, topic: 'Семья', place: 'школа № 907' }).text,
    `Напоминание: 26 ноября, 10:20. «Семья», школа № 907. ${talk.url}`,
  )
  t.equal(shortOf('talk-cancelled', 'en', { when: talk.when }).text, 'The talk is cancelled: 26 November, 10:20.')
  t.equal(
    shortOf('request-declined', 'kk', { number: 418, topic: 'Құқық' }).text,
    'Өтінім қабылданбады: № 418. «Құқық».',
  )
  const far = { ...talk, url: `https://kezdesu.example/${'x'.repeat(100)}` }
  const short = shortOf('invitation', 'ru', far)
  t.notMatch(short.text, 'https', 'a link that leaves no room for the rest goes beside the text')
  t.equal(short.url, far.url)
})

t.test('what is cut ends in an ellipsis and in no half letter', async t => {
  t.equal(clip('абвгд', 5), 'абвгд')
  t.equal(clip('абвгд', 4), 'абв…')
  t.equal(clip('аб, вгд', 5), 'аб…')
  t.equal(clip('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 12), '👩‍👩‍👧‍👦…')
  t.equal(clip('👩‍👩‍👧‍👦', 5), '')
  t.equal(clip('аб', 0), '')
  t.same(share('абвгдежз', 'аб', 8), ['абвгд…', 'аб'])
  t.same(share('аб', 'абвгдежз', 8), ['аб', 'абвгд…'])
})

t.test('a short message comes beside a letter with a calendar part, or instead of a plain one', async t => {
  const ways = (kind: (typeof messageKinds)[number], phone?: string, address = 'a@b.kz') =>
    waysOf({ kind, address }, phone).map(way => `${way.channel} ${way.address}`)
  const phone = '+77010000001'
  t.same(ways('invitation', phone), ['mail a@b.kz', `webhook ${phone}`])
  t.same(ways('talk-cancelled', phone), ['mail a@b.kz', `webhook ${phone}`])
  t.same(ways('reminder-day', phone), [`webhook ${phone}`])
  t.same(ways('answer-declined', phone), [`webhook ${phone}`])
  t.same(ways('talk-booked', phone, ''), [`webhook ${phone}`])
  for (const kind of messageKinds) {
    t.same(ways(kind), ['mail a@b.kz'])
    t.same(ways(kind, '87010000001'), ['mail a@b.kz'], 'no phone that a gateway understands')
    t.same(ways(kind, undefined, ''), [])
  }
  for (const kind of ['sign-in', 'account-added', 'address-confirmation', 'contact-wrote', 'request-received'] as const)
    t.same(ways(kind, phone), ['mail a@b.kz'])
  t.notOk(isPhone('+7'))
  t.notOk(isPhone('112'))
})
