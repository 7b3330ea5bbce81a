import { fold } from '../base/i18n/fold.ts'
import { emailOf, phoneOf } from '../base/text.ts'
import { foldedNames } from '../hosts/duplicate-rules.ts'
import {
  contactField,
  contactParts,
  contactRows,
  hostFields,
  hostLists,
  hoursField,
  readHostForm,
  shiftField,
  shiftRows,
  weekdays,
} from '../hosts/edit-rules.ts'
import type { HostWhole } from '../hosts/edit-store.ts'
import { hostBegun, hostFilled } from '../hosts/edit-text-pages.ts'
import type { HostKind } from '../hosts/rules.ts'
import { typicalTimetable } from '../hosts/typical-rules.ts'
import { hostKinds } from '../houses/field-rules.ts'
import type { DistrictRow } from '../houses/travel-store.ts'
import { namesIn } from './columns.ts'
import { changesBetween, type Filled, filledFrom, inAllLanguages, indexBy, laidOver, tick, without } from './filling.ts'
import { hostColumns, hostOptions } from './host-columns.ts'
import type { HostWrite, Judged } from './judgement-rules.ts'
import { type Choice, judged, type Match, type Row, type Verdict, type Wrong } from './rules.ts'
import { similarTo } from './similar.ts'

export type HostsKnown = { districts: DistrictRow[]; hosts: HostWhole[] }
type Above = { line: number; name: string; kind: HostKind; district: string; folded: string }

/** Each row against the list and the rows above it, by the rules of the form. */
export function judgeHosts(rows: (Row & { choice: Choice })[], known: HostsKnown): Judged<HostWrite>[] {
  const columns = new Map(hostColumns.map(column => [column.field, column]))
  const names = namesIn(hostOptions(known.districts))
  const districts = known.districts.map(({ kato }) => kato)
  const byId = new Map(known.hosts.map(it => [it.id, it]))
  const byName = indexBy(known.hosts, it => [it.name_kk, it.name_ru, it.name_en].map(fold))
  const similar = similarTo(known.hosts)
  const said = rows.map(row => filledFrom(row.cells, columns, names))
  // rows of one file are alike among themselves, too
  const inFile = similarTo(
    rows.flatMap(({ line }, at): Above[] => {
      const [texts, named] = [said[at]?.texts ?? {}, inAllLanguages(said[at]?.texts ?? {})]
      const kind = hostKinds.find(each => each === texts['kind'])
      const folded = foldedOf(named)
      return kind && folded
        ? [{ line, name: named['name_kk'] ?? '', kind, district: texts['district'] ?? '', folded }]
        : []
    }),
  )
  const matched = new Map<string, number>()
  const fresh = new Map<number, Above>()
  const exactly = new Map<string, number>()

  return rows.map((row, at) => {
    const { verdict, write } = one(row, said[at] ?? { texts: {}, lists: {} })
    return { line: row.line, verdict, write }
  })

  function one(row: Row & { choice: Choice }, its: Filled): { verdict: Verdict; write?: HostWrite } {
    if (row.choice === 'skip') return { verdict: judged('skipped') }
    const named = inAllLanguages(its.texts)
    const { kind, district } = its.texts
    const same = [...new Set(Object.values(named).flatMap(each => byName(fold(each))))].filter(
      host => (district === undefined || host.district === district) && (kind === undefined || host.kind === kind),
    )
    const match = byId.get(row.choice) ?? (row.choice === 'new' || same.length > 1 ? undefined : same[0])
    if (match) {
      const first = matched.get(match.id)
      if (first !== undefined) return { verdict: judged('twice', { as: first }) }
      matched.set(match.id, row.line)
      return changed(match, its, named)
    }
    const folded = foldedOf(named)
    const key = `${folded} ${district}`
    const first = row.choice === 'new' ? undefined : exactly.get(key)
    if (first !== undefined) return { verdict: judged('twice', { as: first }) }
    exactly.set(key, row.line)
    const host = hostKinds.find(each => each === kind)
    if (row.choice !== 'new' && folded !== '') {
      const like = { kind: host ?? 'school', district: district ?? '', folded }
      const listed = same.length > 1 ? same : similar.of(like)
      const before = inFile.of(like).filter(each => fresh.has(each.line))
      const maybe: Match[] = [
        ...listed.slice(0, 5).map(each => matchOf(each, known.districts)),
        ...before.slice(0, 2).map(({ line, name }) => ({ line, name })),
      ]
      if (maybe.length > 0) return { verdict: judged('unsure', { maybe }) }
    }
    const done = added(its, named)
    if (host && folded !== '')
      fresh.set(row.line, {
        line: row.line,
        name: named['name_kk'] ?? '',
        kind: host,
        district: district ?? '',
        folded,
      })
    return done
  }

  function added(its: Filled, named: Record<string, string>) {
    const kind = hostKinds.find(each => each === its.texts['kind'])
    const texts = { ...without(its.texts, 'name'), ...named }
    const wrong = [...tick(texts, 'online', '1'), ...tick(texts, 'visitorList', '1')]
    const usual = kind ? hostBegun(kind, '', typicalTimetable(kind)) : { texts: { weekType: '5' }, lists: {} }
    const filled = laidOver(timetableGiven(usual, texts), { texts, lists: its.lists })
    const { value, problems } = readHostForm(sentAs(filled), { districts, halls: [], contacts: [] })
    wrong.push(...problems.map((problem): Wrong => ({ by: 'form', problem })))
    if (!value || wrong.length > 0) return { verdict: judged('wrong', { wrong }) }
    return { verdict: judged('new'), write: { id: undefined, value, shown: [] } }
  }

  function changed(host: HostWhole, its: Filled, named: Record<string, string>) {
    const before = hostFilled(host)
    const any = its.texts['name']
    const has = any !== undefined && [host.name_kk, host.name_ru, host.name_en].some(each => fold(each) === fold(any))
    const texts = {
      ...rowsOver(before, without(its.texts, 'name')),
      ...(any !== undefined && !has ? named : {}),
    }
    const wrong = [...tick(texts, 'online', '1'), ...tick(texts, 'visitorList', '1')]
    const changes = changesBetween(before, { texts, lists: its.lists })
    const match = { id: host.id, name: host.name_kk }
    if (changes.length === 0 && wrong.length === 0) return { verdict: judged('same', { match }) }
    const sent = sentAs(laidOver(before, { texts, lists: its.lists }))
    const { value, problems } = readHostForm(sent, {
      districts,
      halls: host.halls.map(({ id }) => ({ id, coming: 0 })),
      contacts: host.contacts,
    })
    wrong.push(...problems.map((problem): Wrong => ({ by: 'form', problem })))
    if (!value || wrong.length > 0) return { verdict: judged('wrong', { wrong, match, changes }) }
    return {
      verdict: judged('changed', { match, changes }),
      write: { id: host.id, value, shown: host.contacts.map(({ id }) => id) },
    }
  }
}

const foldedOf = (named: Record<string, string>): string =>
  foldedNames({ kk: named['name_kk'] ?? '', ru: named['name_ru'] ?? '', en: named['name_en'] ?? '' }).trim()

export function matchOf(host: Pick<HostWhole, 'id' | 'name_kk' | 'district'>, districts: DistrictRow[]): Match {
  return {
    id: host.id,
    name: host.name_kk,
    note: districts.find(({ kato }) => kato === host.district)?.name_kk ?? '',
  }
}

const sentAs = ({ texts, lists }: Filled) => ({
  repeated: [],
  texts: Object.fromEntries(hostFields.map(field => [field, texts[field] ?? ''])),
  lists: Object.fromEntries(hostLists.map(field => [field, lists[field] ?? []])),
})

/** The usual timetable of a kind gives way to one that the file gives. */
function timetableGiven(usual: Filled, texts: Record<string, string>): Filled {
  const given = [...weekdays.map(hoursField), ...shiftRows.map(row => shiftField('lessons', row)), 'windows'].some(
    field => texts[field] !== undefined,
  )
  if (!given) return usual
  const timetable = /^(hours|shift-\w+)-|^lunch$/
  return {
    texts: Object.fromEntries(Object.entries(usual.texts).filter(([field]) => !timetable.test(field))),
    lists: usual.lists,
  }
}

/** A contact person of the file is the one of the list with the same address, phone or name, else somebody new after them. */
function rowsOver(before: Filled, texts: Record<string, string>): Record<string, string> {
  const rest = Object.fromEntries(Object.entries(texts).filter(([field]) => !field.startsWith('contact-')))
  const had = (part: (typeof contactParts)[number], row: number) =>
    rest[contactField(part, row)] ?? before.texts[contactField(part, row)] ?? ''
  for (const row of contactRows) {
    const person = Object.fromEntries(contactParts.map(part => [part, texts[contactField(part, row)] ?? '']))
    const { name = '', email = '', phone = '' } = person
    if ([name, email, phone, person['position']].every(part => part === '')) continue
    const is = (each: number) =>
      (email !== '' && emailOf(email) === (emailOf(had('email', each)) ?? '')) ||
      (phone !== '' && phoneOf(phone) !== undefined && phoneOf(phone) === phoneOf(had('phone', each))) ||
      (name !== '' && fold(name) === fold(had('name', each)))
    const slot = contactRows.find(is) ?? contactRows.find(each => had('name', each) === '')
    if (slot === undefined) continue
    for (const part of contactParts) {
      const value = person[part] ?? ''
      if (value !== '') rest[contactField(part, slot)] = value
    }
  }
  return rest
}
