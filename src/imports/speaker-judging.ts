import { emailOf, phoneOf, phoneSaid } from '../base/text.ts'
import {
  credentialField,
  credentialRows,
  readSpeaker,
  speakerFields,
  speakerKnown,
  speakerLists,
} from '../speakers/edit-rules.ts'
import type { SpeakerChoices, SpeakerRow } from '../speakers/edit-store.ts'
import { speakerBlank, speakerFilled } from '../speakers/edit-text-pages.ts'
import { namesIn } from './columns.ts'
import {
  changesBetween,
  type Filled,
  filledFrom,
  inAllLanguages,
  indexBy,
  laidOver,
  nameKey,
  without,
} from './filling.ts'
import type { Judged, SpeakerWrite } from './judgement-rules.ts'
import { type Choice, judged, type Match, type Row, type Verdict, type Wrong } from './rules.ts'
import { speakerColumns, speakerOptions } from './speaker-columns.ts'

export type SpeakersKnown = {
  choices: SpeakerChoices
  speakers: SpeakerRow[]
  /** Addresses with which somebody else of the House signs in. */
  taken: string[]
}

/** Each row against the list and the rows above it, by the rules of the form. */
export function judgeSpeakers(rows: (Row & { choice: Choice })[], known: SpeakersKnown): Judged<SpeakerWrite>[] {
  const columns = new Map(speakerColumns.map(column => [column.field, column]))
  const names = namesIn(speakerOptions(known.choices))
  const formKnown = speakerKnown(known.choices)
  const byId = new Map(known.speakers.map(it => [it.id, it]))
  const byEmail = new Map(known.speakers.map(it => [it.email, it]))
  const byPhone = indexBy(known.speakers, it => [it.phone])
  const byName = indexBy(known.speakers, it => Object.values(it.names).map(nameKey))
  const taken = new Set(known.taken)
  const above = new Map<string, { line: number; name: string }>()

  return rows.map(row => {
    const { verdict, write } = one(row)
    return { line: row.line, verdict, write }
  })

  function one(row: Row & { choice: Choice }): { verdict: Verdict; write?: SpeakerWrite } {
    if (row.choice === 'skip') return { verdict: judged('skipped') }
    const said = filledFrom(row.cells, columns, names)
    const named = inAllLanguages(said.texts)
    const name = named['name_kk'] ?? ''
    const email = emailOf(said.texts['email'] ?? '')
    const phone = phoneOf(said.texts['phone'] ?? '')
    const exact = email === undefined ? undefined : byEmail.get(email)
    const chosen = byId.get(row.choice)
    const known = [...(phone ? byPhone(phone) : []), ...Object.values(named).flatMap(each => byName(nameKey(each)))]
    const similar = row.choice === 'new' ? [] : [...new Set(known)]
    // without an address nobody new can be meant
    const match =
      exact ?? chosen ?? (said.texts['email'] === undefined && similar.length === 1 ? similar[0] : undefined)
    const keys = match
      ? [match.id]
      : [email, ...(row.choice === 'new' ? [] : [phone, name && nameKey(name)])].filter(
          key => key !== undefined && key !== '',
        )
    const first = keys.map(key => above.get(key as string)).find(each => each !== undefined)
    const sure = match !== undefined || (email !== undefined && above.has(email))
    if (first && sure) return { verdict: judged('twice', { as: first.line }) }
    for (const key of match ? [match.id, match.email] : [email, phone, name && nameKey(name)])
      if (key && !above.has(key)) above.set(key, { line: row.line, name })
    if (match) return changed(match, said)
    if (similar.length > 0 || first) {
      const maybe: Match[] = [...similar.slice(0, 5).map(matchOf), ...(first ? [first] : [])]
      return { verdict: judged('unsure', { maybe }) }
    }
    return fresh(said, named, email)
  }

  function fresh(said: Filled, named: Record<string, string>, email: string | undefined) {
    const filled = laidOver(speakerBlank, { texts: { ...without(said.texts, 'name'), ...named }, lists: said.lists })
    const { value, problems } = readSpeaker(sentAs(filled), formKnown)
    const wrong: Wrong[] = problems.map(problem => ({ by: 'form', problem }))
    if (email !== undefined && taken.has(email)) wrong.push({ by: 'form', problem: { field: 'email', code: 'taken' } })
    if (!value || wrong.length > 0) return { verdict: judged('wrong', { wrong }) }
    return { verdict: judged('new'), write: { id: undefined, value, emailBefore: undefined } }
  }

  function changed(its: SpeakerRow, said: Filled) {
    const before = speakerFilled(its)
    const same =
      said.texts['name'] !== undefined &&
      Object.values(its.names).some(each => nameKey(each) === nameKey(said.texts['name'] ?? ''))
    const texts = papersOver(before, {
      ...without(said.texts, 'name'),
      ...(said.texts['name'] !== undefined && !same ? inAllLanguages(said.texts) : {}),
    })
    const changes = changesBetween(before, { texts, lists: said.lists })
    const match = { id: its.id, name: its.names.kk }
    if (changes.length === 0) return { verdict: judged('same', { match }) }
    const { value, problems } = readSpeaker(sentAs(laidOver(before, { texts, lists: said.lists })), formKnown)
    const wrong: Wrong[] = problems.map(problem => ({ by: 'form', problem }))
    const owner = value && byEmail.get(value.email)
    if (value && ((owner && owner.id !== its.id) || (value.email !== its.email && taken.has(value.email))))
      wrong.push({ by: 'form', problem: { field: 'email', code: 'taken' } })
    if (!value || wrong.length > 0) return { verdict: judged('wrong', { wrong, match, changes }) }
    const professions = [
      ...its.professions.filter(each => value.professions.includes(each)),
      ...value.professions.filter(each => !its.professions.includes(each)),
    ]
    return {
      verdict: judged('changed', { match, changes }),
      write: { id: its.id, value: { ...value, professions }, emailBefore: its.email },
    }
  }
}

const matchOf = (it: SpeakerRow): Match => ({
  id: it.id,
  name: it.names.kk,
  note: [it.email, it.phone ? phoneSaid(it.phone) : ''].filter(Boolean).join(', '),
})

const sentAs = ({ texts, lists }: Filled) => ({
  repeated: [],
  texts: Object.fromEntries(speakerFields.map(field => [field, texts[field] ?? ''])),
  lists: Object.fromEntries(speakerLists.map(field => [field, lists[field] ?? []])) as Record<
    (typeof speakerLists)[number],
    string[]
  >,
})

/** Papers of the file join those that are there: one of the same kind and date takes its end from the file. */
function papersOver(before: Filled, texts: Record<string, string>): Record<string, string> {
  const rest = Object.fromEntries(Object.entries(texts).filter(([field]) => !field.startsWith('credential-')))
  const said = (part: 'kind' | 'from' | 'until', row: number) => texts[credentialField(part, row)] ?? ''
  const had = (part: 'kind' | 'from' | 'until', row: number) =>
    rest[credentialField(part, row)] ?? before.texts[credentialField(part, row)] ?? ''
  for (const row of credentialRows) {
    const paper = { kind: said('kind', row), from: said('from', row), until: said('until', row) }
    if (Object.values(paper).every(part => part === '')) continue
    const slot =
      credentialRows.find(each => had('kind', each) === paper.kind && had('from', each) === paper.from) ??
      credentialRows.find(each => had('kind', each) === '' && had('from', each) === '')
    if (slot === undefined) continue
    for (const part of ['kind', 'from', 'until'] as const)
      if (paper[part] !== '') rest[credentialField(part, slot)] = paper[part]
  }
  return rest
}
