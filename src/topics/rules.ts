import { type Day, dayNumber } from '../base/time.ts'
import type { HostKind } from '../hosts/rules.ts'

export type Profession = string
/** `pairInSchools`: goes to a school or college only beside one of `pairWith` (House policy, on by default). */
export type ProfessionRule = { id: Profession; pairInSchools: boolean; pairWith: Profession[] }
/** One group of a topic's team: `count` different people, each with one of the professions. */
export type Place = { anyOf: Profession[]; count: number }
export type Audience = { id: string; hostKinds: HostKind[]; minors: boolean; closed: boolean }

export type Topic = {
  id: string
  slug: string
  minutes: number
  audiences: string[]
  /** For the audience `pupils` only; undefined: not for pupils. */
  grades: { from: number; to: number } | undefined
  languages: string[]
  places: Place[]
  minAudience: number
  maxAudience: number
  quotesLaw: boolean
  lawAsOf: Day | undefined
  /** The last day of the approval that ends first; undefined where none ends. */
  approvedUntil?: Day | undefined
  /** `fits-lesson`, `adults-only`, `lunch-or-shift-change`, `closed-event`, `host-asks-first` … (topics.json). */
  rules: string[]
}

/** What is asked of a topic: for whom, how many, in which languages. */
export type Asked = { grades: number[]; heads: number; languages: string[] }

export type TopicRefusal =
  | { code: 'topic-not-for-audience'; audience: string }
  | { code: 'audience-not-at-host'; audience: string; hostKind: HostKind }
  | { code: 'adults-only' }
  | { code: 'topic-not-for-grades'; grades: number[]; from: number; to: number }
  | { code: 'too-few-heads'; heads: number; least: number }
  | { code: 'too-many-heads'; heads: number; most: number }
  | { code: 'topic-not-in-language'; languages: string[]; given: string[] }
  | { code: 'law-unchecked'; asOf: Day | undefined }

export type TopicWarning =
  | { code: 'law-unchecked-warning'; asOf: Day | undefined }
  | { code: 'approval-ends'; until: Day }
  | { code: 'written-request' }

/** A law that a topic quotes is taken as checked for this many days. */
const lawHolds = 180

/** Why the topic can't be given to these listeners at all, at whatever time and by whomever. */
export function topicRefusals(
  topic: Topic,
  audience: Audience,
  hostKind: HostKind,
  asked: Asked,
  rule: { legalCheck: 'warn' | 'ban'; today: Day },
): TopicRefusal[] {
  const found: TopicRefusal[] = []
  if (!topic.audiences.includes(audience.id) || (audience.id === 'pupils' && !topic.grades))
    found.push({ code: 'topic-not-for-audience', audience: audience.id })
  if (!audience.hostKinds.includes(hostKind))
    found.push({ code: 'audience-not-at-host', audience: audience.id, hostKind })
  if (audience.minors && topic.rules.includes('adults-only')) found.push({ code: 'adults-only' })
  found.push(...gradeRefusals(topic, audience, asked.grades))
  const { heads } = asked
  if (heads < topic.minAudience) found.push({ code: 'too-few-heads', heads, least: topic.minAudience })
  if (heads > topic.maxAudience) found.push({ code: 'too-many-heads', heads, most: topic.maxAudience })
  if (givenIn(topic, asked.languages).length === 0)
    found.push({ code: 'topic-not-in-language', languages: asked.languages, given: topic.languages })
  if (rule.legalCheck === 'ban' && lawIsStale(topic, rule.today))
    found.push({ code: 'law-unchecked', asOf: topic.lawAsOf })
  return found
}

export function topicWarnings(
  topic: Topic,
  rule: { legalCheck: 'warn' | 'ban'; today: Day; day?: Day },
): TopicWarning[] {
  const found: TopicWarning[] = []
  if (rule.legalCheck === 'warn' && lawIsStale(topic, rule.today))
    found.push({ code: 'law-unchecked-warning', asOf: topic.lawAsOf })
  if (topic.approvedUntil !== undefined && topic.approvedUntil < (rule.day ?? rule.today))
    found.push({ code: 'approval-ends', until: topic.approvedUntil })
  if (topic.rules.includes('host-asks-first')) found.push({ code: 'written-request' })
  return found
}

/** The languages that were asked for and in which the topic is given, in the order in which they were asked for. */
export const givenIn = (topic: Topic, languages: string[]): string[] =>
  [...new Set(languages)].filter(language => topic.languages.includes(language))

/** A topic that quotes law which nobody has confirmed for half a year. */
export const lawIsStale = (topic: Pick<Topic, 'quotesLaw' | 'rules' | 'lawAsOf'>, today: Day): boolean =>
  (topic.quotesLaw || topic.rules.includes('legal-check')) &&
  (topic.lawAsOf === undefined || dayNumber(today) - dayNumber(topic.lawAsOf) > lawHolds)

/** How many days before its end an approval is warned of on the pages of topics. */
const approvalWarns = 30

/** Whether an approval has ended (`over`) or ends soon. */
export function approvalState(until: Day | null | undefined, today: Day): 'over' | 'soon' | undefined {
  if (!until) return
  const left = dayNumber(until) - dayNumber(today)
  return left < 0 ? 'over' : left <= approvalWarns ? 'soon' : undefined
}

/** Whether the pair rule of the House looks at this audience: minors at a school or college. */
export const pairsAt = (pairRule: boolean, hostKind: HostKind, audience: Audience): boolean =>
  pairRule && ['school', 'college'].includes(hostKind) && audience.minors

/** The places to add to a team so that nobody bound to a pair stands alone: none where the team has a partner already. */
export function companions(professions: Profession[], rules: ProfessionRule[]): Place[] {
  const added: Place[] = []
  for (const { id, pairInSchools, pairWith } of rules) {
    if (!pairInSchools || !professions.includes(id) || professions.some(other => pairWith.includes(other))) continue
    const shared = added.find(place => place.anyOf.some(profession => pairWith.includes(profession)))
    if (shared) shared.anyOf = shared.anyOf.filter(profession => pairWith.includes(profession))
    else added.push({ anyOf: pairWith, count: 1 })
  }
  return added
}

function gradeRefusals(topic: Topic, audience: Audience, grades: number[]): TopicRefusal[] {
  if (audience.id !== 'pupils' || !topic.grades) return []
  const { from, to } = topic.grades
  const outside = grades.filter(grade => grade < from || grade > to)
  return outside.length > 0 ? [{ code: 'topic-not-for-grades', grades: outside, from, to }] : []
}
