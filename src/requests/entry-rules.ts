import { readContact } from './contact-rules.ts'
import { readHost } from './host-rules.ts'
import type {
  AskedContact,
  AskedHost,
  AskedTopic,
  AskedWhen,
  Problem,
  Reading,
  TypedContact,
  TypedHost,
  TypedTopic,
  TypedWhen,
} from './rules.ts'
import { type Askable, readTopic } from './topic-rules.ts'
import { readWhen, type Setting } from './when-rules.ts'

export type Entry = {
  source: 'call' | 'letter'
  topic: AskedTopic
  host: AskedHost
  when: AskedWhen
  contact: AskedContact
}
type Typed = { source: string; topic: TypedTopic; host: TypedHost; when: TypedWhen; contact: TypedContact }
type Known = {
  topics: (Askable & { languages: string[] })[]
  found: { id: string; kind: string } | undefined
  kinds: string[]
  districts: string[]
  suitable: (audience: string) => string[]
  /** Whether entries of the list may be the same place as a new one, and nobody has said that they are not. */
  similar: boolean
  clock: Pick<Setting, 'today' | 'minute' | 'zone'>
}

/** What a coordinator wrote down for a caller. Heads may be any number: whether a team takes so many is the engine's to say. */
export function readEntry(typed: Typed, known: Known): Reading<Entry> {
  const topic = readTopic(typed.topic, known.topics)
  const row = known.topics.find(({ slug }) => slug === typed.topic.topic)
  const host = readHost(typed.host, {
    ...known,
    suitable: topic.value ? known.suitable(topic.value.audience) : known.kinds,
  })
  const when = readWhen(
    { ...typed.when, slots: [] },
    {
      ...known.clock,
      topic: { least: 1, most: 2000, languages: row?.languages ?? typed.when.languages },
      online: true,
      possible: [],
    },
  )
  const contact = readContact(typed.contact, 'coordinator')
  const source = typed.source === 'call' || typed.source === 'letter' ? typed.source : undefined
  const problems: Problem[] = [
    ...(source ? [] : [{ field: 'source', code: 'source-missing' as const }]),
    ...host.problems,
    ...(known.similar && host.problems.length === 0 ? [{ field: 'host', code: 'host-similar' as const }] : []),
    ...topic.problems,
    ...when.problems.map(problem => (problem.field === 'slot' ? { ...problem, field: 'w0-date' } : problem)),
    ...contact.problems.map(problem => ({ ...problem, field: `contact-${problem.field}` })),
  ]
  if (problems.length > 0 || !source || !topic.value || !host.value || !when.value || !contact.value)
    return { problems, value: undefined }
  return { problems, value: { source, topic: topic.value, host: host.value, when: when.value, contact: contact.value } }
}
