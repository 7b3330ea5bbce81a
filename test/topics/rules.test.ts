import t from 'tap'
import {
  type Asked,
  companions,
  givenIn,
  lawIsStale,
  pairsAt,
  topicRefusals,
  topicWarnings,
} from '../../src/topics/rules.ts'
import { parents, professions, pupils, topic } from '../matching/worlds.ts'

const warn = { legalCheck: 'warn', today: '2026-11-23' } as const
const asked = (said: Partial<Asked> = {}): Asked => ({ grades: [9], heads: 30, languages: ['kk'], ...said })
const refused = (said: Parameters<typeof topic>[0], question: Partial<Asked> = {}) =>
  topicRefusals(topic(said), pupils, 'school', asked(question), warn)

t.test('a topic is refused to the wrong audience, host, grades, number and language', async t => {
  t.strictSame(refused({}), [])
  t.strictSame(refused({ audiences: ['parents'] }), [{ code: 'topic-not-for-audience', audience: 'pupils' }])
  t.strictSame(refused({ grades: undefined }), [{ code: 'topic-not-for-audience', audience: 'pupils' }])
  t.strictSame(refused({ grades: { from: 5, to: 8 } }, { grades: [8, 9] }), [
    { code: 'topic-not-for-grades', grades: [9], from: 5, to: 8 },
  ])
  t.strictSame(refused({}, { heads: 4 }), [{ code: 'too-few-heads', heads: 4, least: 5 }])
  t.strictSame(refused({}, { heads: 121 }), [{ code: 'too-many-heads', heads: 121, most: 120 }])
  t.strictSame(refused({}, { languages: ['uz'] }), [
    { code: 'topic-not-in-language', languages: ['uz'], given: ['kk', 'ru'] },
  ])
  t.strictSame(topicRefusals(topic(), parents, 'market', asked(), warn), [
    { code: 'audience-not-at-host', audience: 'parents', hostKind: 'market' },
  ])
})

t.test('grades say nothing of parents', async t => {
  t.strictSame(topicRefusals(topic({ grades: undefined }), parents, 'school', asked({ grades: [2] }), warn), [])
})

t.test('what is for adults is not for minors', async t => {
  t.strictSame(refused({ rules: ['adults-only'] }), [{ code: 'adults-only' }])
  t.strictSame(topicRefusals(topic({ rules: ['adults-only'] }), parents, 'school', asked(), warn), [])
})

t.test('law that nobody checked for 180 days is a word of warning, or no booking where the city says so', async t => {
  const law = (lawAsOf: string | undefined) => topic({ quotesLaw: true, lawAsOf })
  const ban = { ...warn, legalCheck: 'ban' } as const
  t.notOk(lawIsStale(law('2026-05-27'), warn.today), '180 days')
  t.ok(lawIsStale(law('2026-05-26'), warn.today), '181 days')
  t.notOk(lawIsStale(topic(), warn.today))
  t.ok(lawIsStale(topic({ rules: ['legal-check'] }), warn.today))
  t.strictSame(topicRefusals(law(undefined), pupils, 'school', asked(), ban), [
    { code: 'law-unchecked', asOf: undefined },
  ])
  t.strictSame(topicRefusals(law(undefined), pupils, 'school', asked(), warn), [])
  t.strictSame(topicWarnings(law('2026-01-01'), warn), [{ code: 'law-unchecked-warning', asOf: '2026-01-01' }])
  t.strictSame(topicWarnings(law('2026-01-01'), ban), [])
  t.strictSame(topicWarnings(topic({ rules: ['host-asks-first'] }), warn), [{ code: 'written-request' }])
})

t.test('the languages of a talk are those asked for in which the topic is given, in the order of asking', async t => {
  t.strictSame(givenIn(topic({ languages: ['kk', 'ru', 'uz'] }), ['uz', 'en', 'kk', 'uz']), ['uz', 'kk'])
})

t.test('the pair rule looks at minors in schools and colleges only', async t => {
  t.ok(pairsAt(true, 'school', pupils))
  t.ok(pairsAt(true, 'college', { ...pupils, id: 'college-students' }))
  t.notOk(pairsAt(false, 'school', pupils))
  t.notOk(pairsAt(true, 'school', parents))
  t.notOk(pairsAt(true, 'community-centre', pupils))
})

t.test('a mentor needs a psychologist, lawyer or teacher beside, unless one is there', async t => {
  const beside = [{ anyOf: ['psychologist', 'lawyer', 'teacher'], count: 1 }]
  t.strictSame(companions(['mentor'], professions), beside)
  t.strictSame(companions(['mentor', 'theologian'], professions), beside, 'one is enough for two')
  t.strictSame(companions(['mentor', 'lawyer'], professions), [])
  t.strictSame(companions(['historian'], professions), [])
  const apart = [
    { id: 'a', pairInSchools: true, pairWith: ['x'] },
    { id: 'b', pairInSchools: true, pairWith: ['y'] },
  ]
  t.strictSame(companions(['a', 'b'], apart), [
    { anyOf: ['x'], count: 1 },
    { anyOf: ['y'], count: 1 },
  ])
})
