import t from 'tap'
import { languages } from '../../src/base/i18n/language.ts'
import type { Change } from '../../src/matching/change-rules.ts'
import type { Hindrance } from '../../src/matching/obstacle-rules.ts'
import type { Reason, Warning } from '../../src/matching/rules.ts'
import { changeSaid, reasonSaid, refusalSaid, type Say, warningSaid, words } from '../../src/matching/words.ts'
import { at, wednesday } from './worlds.ts'

const say: Say = {
  speaker: id => `«${id}»`,
  profession: id => `[${id}]`,
  language: id => `{${id}}`,
  audience: id => `(${id})`,
  hostKind: id => `<${id}>`,
  district: id => `|${id}|`,
  credential: kind => `/${kind}/`,
  day: day => day,
  date: day => `${day} AD`,
  weekday: weekday => `#${weekday}`,
}
const names = { kk: 'Наурыз', ru: 'Наурыз мейрамы', en: 'Nauryz' }
const hour = { from: at('09:00'), to: at('10:00') }
const who = { speakerId: 'aigul' }
const days = { from: wednesday, to: '2026-11-26' }

const refusals: Hindrance[] = [
  { code: 'ends-before-it-starts' },
  { code: 'in-the-past' },
  { code: 'short-notice', minutes: 1440 },
  { code: 'short-notice', minutes: 90 },
  { code: 'after-latest', latest: wednesday },
  { code: 'outside-windows' },
  { code: 'host-not-online' },
  { code: 'hall-taken', ...hour },
  { code: 'no-hall-for', heads: 90, seats: 60 },
  { code: 'unknown-speaker', ...who },
  { code: 'twice', ...who },
  { code: 'team-unfilled', anyOf: ['lawyer', 'teacher'] },
  { code: 'no-place-for', ...who, profession: 'lawyer' },
  { code: 'too-many-people', people: 9, most: 2 },
  { code: 'no-shared-language', languages: ['kk'] },
  { code: 'pair-rule', profession: 'mentor', pairWith: ['lawyer'] },
  { code: 'nobody-for', anyOf: ['lawyer'], people: 21 },
  { code: 'nobody-together' },
  { code: 'host-day-off', day: wednesday, off: { kind: 'weekend' } },
  { code: 'host-day-off', day: wednesday, off: { kind: 'transfer', names } },
  { code: 'ban', kind: 'break', names, ...days },
  { code: 'closure', ...days, outcome: 'online' },
  { code: 'closure', ...days, to: wednesday, outcome: 'cancelled' },
  { code: 'no-timetable' },
  { code: 'host-closed', day: wednesday, open: [hour] },
  { code: 'host-closed', day: wednesday, open: [] },
  { code: 'host-lunch', ...hour },
  { code: 'outside-talk-windows', windows: [hour] },
  { code: 'grade-not-taught', grades: [12] },
  { code: 'grades-in-two-shifts', grades: [7, 9] },
  { code: 'other-shift', shift: 'II', ...hour },
  { code: 'not-whole-lessons', nearest: hour },
  { code: 'not-whole-lessons', nearest: undefined },
  { code: 'class-hour-only', weekday: 1, ...hour },
  { code: 'class-hour-unknown' },
  { code: 'during-lessons', ...hour },
  { code: 'topic-not-for-audience', audience: 'pupils' },
  { code: 'audience-not-at-host', audience: 'pupils', hostKind: 'market' },
  { code: 'adults-only' },
  { code: 'topic-not-for-grades', grades: [2], from: 5, to: 11 },
  { code: 'too-few-heads', heads: 3, least: 5 },
  { code: 'too-many-heads', heads: 300, most: 120 },
  { code: 'topic-not-in-language', languages: ['uz'], given: ['kk', 'ru'] },
  { code: 'law-unchecked', asOf: undefined },
  { code: 'law-unchecked', asOf: wednesday },
  { code: 'lacks-profession', ...who, profession: 'lawyer' },
  { code: 'not-for-topic', ...who },
  { code: 'not-for-audience', ...who, audience: 'pupils' },
  { code: 'not-in-district', ...who, district: 'medeu' },
  { code: 'lacks-language', ...who, languages: ['kk'] },
  { code: 'paused', ...who, to: undefined },
  { code: 'paused', ...who, to: wednesday },
  { code: 'left', ...who, on: wednesday },
  { code: 'credential-missing', ...who, kind: 'no-record' },
  { code: 'credential-expired', ...who, kind: 'no-record', until: wednesday },
  { code: 'day-limit', ...who, limit: 1 },
  { code: 'week-limit', ...who, limit: 2 },
  { code: 'month-limit', ...who, limit: 5 },
  { code: 'outside-hours', ...who, weekday: 3, hours: [hour] },
  { code: 'outside-hours', ...who, weekday: 3, hours: [] },
  { code: 'busy', ...who, ...hour },
  { code: 'absent', ...who, ...hour },
  { code: 'elsewhere', ...who, ...hour },
  { code: 'engaged', ...who, talkId: 't', ...hour },
  { code: 'travel-before', ...who, talkId: 't', endsAt: at('09:00'), minutes: 41, buffer: 10, gap: 20 },
  { code: 'travel-after', ...who, talkId: 't', startsAt: at('09:00'), minutes: 42, buffer: 10, gap: 20 },
]
const warnings: Warning[] = [
  { code: 'outside-wishes' },
  { code: 'notice-waived', minutes: 1440 },
  { code: 'latest-waived', latest: wednesday },
  { code: 'more-than-seats', heads: 40, seats: 20 },
  { code: 'calendar-unread', speakerId: 'a', since: wednesday },
  { code: 'short-version', minutes: 30, topicMinutes: 60 },
  { code: 'ban-near', kind: 'tests', names, ...days },
  { code: 'holiday-may-shift', day: wednesday, names },
  { code: 'works-instead', day: wednesday, insteadOf: '2026-11-24' },
  { code: 'law-unchecked-warning', asOf: undefined },
  { code: 'approval-ends', until: wednesday },
  { code: 'law-unchecked-warning', asOf: wednesday },
  { code: 'written-request' },
]
const reasons: Reason[] = [
  ...[1, 2, 3].map(people => ({ code: 'all-free' as const, people })),
  { code: 'speak', people: 1, languages: ['kk'] },
  { code: 'speak', people: 2, languages: ['kk', 'ru'] },
  { code: 'paired', ...who, profession: 'mentor' },
  { code: 'on-the-way', ...who, minutes: 12, fromHome: true },
  { code: 'home-district', ...who },
  { code: 'no-way', people: 1 },
  { code: 'least-served', ...who, talks: 2 },
  { code: 'overridden', ...who, wish: 'fewer', until: '2026-12-31' },
  { code: 'wish', wish: 2, of: 3 },
  { code: 'class-hour' },
]
const changes: Change[] = [
  { code: 'other-time', day: wednesday, ...hour },
  { code: 'other-day', day: wednesday, ...hour },
  { code: 'later-date', latest: wednesday },
  { code: 'waive-notice', minutes: 1440 },
  { code: 'check-law' },
  { code: 'other-language', language: 'ru' },
  { code: 'online' },
  { code: 'split-group', parts: 3, heads: 84 },
  { code: 'larger-group', heads: 5 },
  { code: 'fewer-grades', grades: [9] },
  { code: 'shorter', minutes: 30 },
  { code: 'one-more-speaker', anyOf: ['lawyer'], languages: ['kk'] },
  { code: 'one-more-talk', ...who, per: 'week', limit: 6 },
  { code: 'ask-hours', ...who },
  { code: 'other-district', ...who },
  { code: 'take-topic', ...who },
  { code: 'take-audience', ...who },
  { code: 'renew-credential', ...who, kind: 'no-record' },
]

t.test('every refusal, warning, reason and change is said in each language, with its facts', async t => {
  const codes = (facts: { code: string }[]) => [...new Set(facts.map(({ code }) => code))].sort()
  for (const language of languages) {
    t.strictSame(Object.keys(words[language].refusal).sort(), codes(refusals))
    t.strictSame(Object.keys(words[language].warning).sort(), codes(warnings))
    t.strictSame(Object.keys(words[language].reason).sort(), codes(reasons))
    t.strictSame(Object.keys(words[language].change).sort(), codes(changes))
    const sentences = [
      ...refusals.map(each => refusalSaid(language, each, say)),
      ...warnings.map(each => warningSaid(language, each, say)),
      ...changes.map(each => changeSaid(language, each, say)),
    ]
    t.strictSame(
      sentences.filter(text => !/^\P{Ll}.*\.$/u.test(text) || /undefined|NaN|\[object|\.\.|please|invalid/i.test(text)),
      [],
    )
    const parts = reasons.map(each => reasonSaid(language, each, say))
    t.strictSame(
      parts.filter(text => /undefined|NaN|\.$/.test(text)),
      [],
    )
  }
})

t.test('the words of the three languages, with forms after numbers', async t => {
  const said = (each: Hindrance) => languages.map(language => refusalSaid(language, each, say))
  t.strictSame(
    said({ code: 'travel-before', ...who, talkId: 't', endsAt: at('09:05'), minutes: 21, buffer: 10, gap: 20 }),
    [
      '«aigul»: алдыңғы кездесуден жетіп үлгермейді. Ол аяқталады: 09:05, жол: 21 минут.',
      '«aigul»: не успеть после предыдущей встречи. Её окончание: 09:05, дорога: 21 минута.',
      '«aigul»: cannot get here from the talk before. It ends at 09:05, the way takes 21 minutes.',
    ],
  )
  t.strictSame(said({ code: 'short-notice', minutes: 1440 }), [
    'Уақыт тым аз қалды. Дайындыққа керек ең аз мерзім: 24 сағат.',
    'Слишком мало времени на подготовку. Наименьший срок: 24 часа.',
    'Too little time to prepare. Shortest notice: 24 hours.',
  ])
  t.equal(reasonSaid('ru', { code: 'all-free', people: 2 }, say), 'оба свободны')
})
