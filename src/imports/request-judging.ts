import { fold } from '../base/i18n/fold.ts'
import { isLanguage } from '../base/i18n/language.ts'
import { clock } from '../base/time.ts'
import type { HostNames } from '../hosts/batch-store.ts'
import { intervalOf } from '../hosts/hours-text-rules.ts'
import type { HostKind } from '../hosts/rules.ts'
import { hostKinds } from '../houses/field-rules.ts'
import type { DistrictRow } from '../houses/travel-store.ts'
import type { RequestKey } from '../requests/batch-store.ts'
import { readEntry } from '../requests/entry-rules.ts'
import { dayOf, type Problem, type TypedHost } from '../requests/rules.ts'
import type { Setting } from '../requests/when-rules.ts'
import type { AudienceRow, TopicRow } from '../topics/store.ts'
import { namesIn } from './columns.ts'
import { changesBetween, type Filled, filledFrom, indexBy, tick } from './filling.ts'
import { matchOf } from './host-judging.ts'
import type { Judged, Place, RequestWrite } from './judgement-rules.ts'
import { requestColumns, requestOptions, wishes } from './request-columns.ts'
import { type Choice, judged, type Match, type Row, type Verdict, type Wrong } from './rules.ts'
import { similarTo } from './similar.ts'

export type RequestsKnown = {
  topics: TopicRow[]
  audiences: AudienceRow[]
  districts: DistrictRow[]
  hosts: HostNames[]
  requests: RequestKey[]
  clock: Pick<Setting, 'today' | 'minute' | 'zone'>
}
type Found = { place: Place; kind: HostKind } | { maybe: Match[] } | { unknown: true }
type New = { line: number; name: string; kind: HostKind; district: string; folded: string }

/** As with the numbers of requests themselves: longer is no number. */
const longestNumber = 60

/** Each row against the requests that are there and the rows above it, by the rules of the form for a caller. */
export function judgeRequests(rows: (Row & { choice: Choice })[], known: RequestsKnown): Judged<RequestWrite>[] {
  const columns = new Map(requestColumns.map(column => [column.field, column]))
  const names = namesIn(requestOptions(known))
  const districts = known.districts.map(({ kato }) => kato)
  const byId = new Map(known.hosts.map(it => [it.id, it]))
  const byName = indexBy(known.hosts, it => [it.name_kk, it.name_ru, it.name_en].map(fold))
  const similar = similarTo(known.hosts)
  const there = indexBy(known.requests, it => [keyOf(it.hostId, it.topicId, it.days)])
  const above = new Map<string, { line: number; own: string }[]>()
  const said = rows.map(row => timesOf(filledFrom(row.cells, columns, names)))
  const newOnes = new Map<string, New>()
  const inFile = similarTo(
    rows.flatMap(({ line }, at): New[] => {
      const { host = '', kind, district = '' } = said[at]?.texts ?? {}
      const found = hostKinds.find(each => each === kind)
      return found && fold(host) !== '' ? [{ line, name: host, kind: found, district, folded: fold(host) }] : []
    }),
  )

  return rows.map((row, at) => {
    const { verdict, write } = one(row, said[at] ?? { texts: {}, lists: {} })
    return { line: row.line, verdict, write }
  })

  function one(row: Row & { choice: Choice }, its: Filled): { verdict: Verdict; write?: RequestWrite } {
    if (row.choice === 'skip') return { verdict: judged('skipped') }
    const texts = { ...its.texts }
    const ticks = tick(texts, 'contact-consent', 'yes')
    const topic = known.topics.find(({ slug }) => slug === texts['topic'])
    const found = placeOf(texts, row)
    const place = 'place' in found ? found.place : undefined
    const own = (texts['own'] ?? '').replace(/\s+/g, ' ')
    const days = wishes.flatMap(at => {
      const from = dayOf(texts[`w${at}-date`] ?? '')
      return from === undefined ? [] : [`${from}/${dayOf(texts[`w${at}-until`] ?? '') ?? from}`]
    })
    if (place && topic && days.length > 0 && row.choice !== 'new') {
      const key = keyOf('id' in place ? place.id : place.key, topic.id, days)
      const fits = (other: string) => own === '' || other === '' || own === other
      const match = there(key).find(each => fits(each.ownNumber ?? ''))
      if (match) {
        const changes = changesBetween(shown(match), {
          texts: pick(texts, ['heads', 'mode', 'latest', 'note']),
          lists: {},
        })
        const name = `№ ${match.number}`
        return { verdict: judged('same', { match: { id: String(match.number), name }, changes }) }
      }
      const before = above.get(key) ?? []
      const first = before.find(each => fits(each.own))
      if (first) return { verdict: judged('twice', { as: first.line }) }
      above.set(key, [...before, { line: row.line, own }])
    }
    if ('maybe' in found) return { verdict: judged('unsure', { maybe: found.maybe }) }
    return fresh(texts, its.lists, found, own, ticks)
  }

  /** Where it is: the host of this name, one that was chosen, or a new one that has kind and district. */
  function placeOf(texts: Record<string, string>, { choice, line }: Row & { choice: Choice }): Found {
    const { host: name = '', kind, district } = texts
    const chosen = byId.get(choice.replace(/^host:/, ''))
    if (chosen) return { place: { id: chosen.id }, kind: chosen.kind }
    const folded = fold(name)
    const same = byName(folded).filter(
      host => (district === undefined || host.district === district) && (kind === undefined || host.kind === kind),
    )
    const [only] = same
    if (choice !== 'host:new' && only && same.length === 1) return { place: { id: only.id }, kind: only.kind }
    const newKind = hostKinds.find(each => each === kind)
    if (folded === '') return { unknown: true }
    const key = `new ${folded} ${kind} ${district}`
    if (choice !== 'host:new' && !newOnes.has(key)) {
      const like = { kind: newKind ?? 'school', district: district ?? '', folded }
      const listed = same.length > 1 ? same : similar.of(like)
      const before = inFile
        .of(like)
        .filter(each => newOnes.get(`new ${each.folded} ${each.kind} ${each.district}`)?.line === each.line)
      const maybe = [
        ...listed.slice(0, 5).map(each => hostMatch(each, known.districts)),
        ...before.slice(0, 2).map(each => ({ line: each.line, name: each.name })),
      ]
      if (maybe.length > 0) return { maybe }
    }
    if (!newKind || district === undefined || !districts.includes(district)) return { unknown: true }
    if (!newOnes.has(key)) newOnes.set(key, { line, name, kind: newKind, district, folded })
    return { place: { key, kind: newKind, name, district }, kind: newKind }
  }

  function fresh(
    texts: Record<string, string>,
    lists: Record<string, string[]>,
    found: Exclude<Found, { maybe: Match[] }>,
    own: string,
    ticks: Wrong[],
  ): { verdict: Verdict; write?: RequestWrite } {
    const place = 'place' in found ? found.place : undefined
    const isListed = place !== undefined && 'id' in place
    const host: TypedHost = {
      q: '',
      host: isListed ? place.id : place ? 'new' : '',
      kind: texts['kind'] ?? '',
      name: texts['host'] ?? '',
      district: texts['district'] ?? '',
    }
    const topic = known.topics.find(({ slug }) => slug === texts['topic'])
    const grades = gradesIn(texts['grades'] ?? '')
    const { value, problems } = readEntry(
      {
        source: 'letter',
        topic: {
          topic: texts['topic'] ?? '',
          audience: texts['audience'] ?? (grades.length > 0 && topic?.audiences.includes('pupils') ? 'pupils' : ''),
          grades,
        },
        host,
        when: {
          heads: texts['heads'] ?? '',
          languages: lists['languages'] ?? [],
          mode: texts['mode'] ?? 'onsite',
          slots: [],
          windows: wishes.map(at => ({
            date: texts[`w${at}-date`] ?? '',
            until: texts[`w${at}-until`] ?? '',
            from: texts[`w${at}-from`] ?? '',
            to: texts[`w${at}-to`] ?? '',
          })),
          latest: texts['latest'] ?? '',
          note: texts['note'] ?? '',
        },
        contact: {
          name: (texts['contact-name'] ?? '').replace(/\s+/g, ' '),
          position: (texts['contact-position'] ?? '').replace(/\s+/g, ' '),
          email: texts['contact-email'] ?? '',
          phone: texts['contact-phone'] ?? '',
          consent: texts['contact-consent'] ?? '',
        },
      },
      {
        topics: known.topics,
        kinds: [...hostKinds],
        districts,
        found: isListed && 'kind' in found ? { id: place.id, kind: found.kind } : undefined,
        similar: false,
        suitable: audience => known.audiences.find(({ slug }) => slug === audience)?.hostKinds ?? [],
        clock: known.clock,
      },
    )
    const spoken = lists['languages'] ?? []
    const wrong: Wrong[] = [
      ...ticks,
      ...problems.map(
        (problem): Wrong =>
          problem.code === 'host-missing' && texts['host']
            ? { by: 'import', field: 'host', code: 'host-unknown' }
            : { by: 'request', problem, field: columnFor(problem) },
      ),
      ...(texts['language'] === undefined || isLanguage(texts['language']) ? [] : [unlisted('language')]),
      ...(value && spoken.some(each => !value.when.languages.includes(each)) ? [unlisted('languages')] : []),
      ...(own.length > longestNumber
        ? [{ by: 'form', problem: { field: 'own', code: 'long', most: longestNumber } } as const]
        : []),
    ]
    if (!value || !place || wrong.length > 0) return { verdict: judged('wrong', { wrong }) }
    const { topic: asked, when, contact } = value
    return {
      verdict: judged('new'),
      write: {
        ...{ topic: asked, when, contact, place },
        language: isLanguage(texts['language']) ? texts['language'] : 'kk',
        ownNumber: own === '' ? undefined : own,
      },
    }
  }
}

const unlisted = (field: string): Wrong => ({ by: 'form', problem: { field, code: 'unknown' } })

/** The column a problem of the form stands beside. */
const columnFor = ({ field }: Problem): string => (field === 'name' ? 'host' : field)

function hostMatch(host: HostNames, districts: DistrictRow[]): Match {
  const match = matchOf(host, districts)
  return 'id' in match ? { ...match, id: `host:${match.id}` } : match
}

const keyOf = (host: string, topic: string, days: string[]): string => [host, topic, ...[...days].sort()].join(' ')

/** `9, 10` and `9–11`. */
const gradesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;]+/)
      .filter(Boolean)
      .flatMap(part => {
        const [, from, to] = /^(\d{1,2})[-–—](\d{1,2})$/.exec(part) ?? []
        const [first, last] = [Number(from), Number(to)]
        return from && last > first ? Array.from({ length: last - first + 1 }, (_, at) => String(first + at)) : [part]
      }),
  ),
]

const pick = (texts: Record<string, string>, fields: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter(([field]) => fields.includes(field)))

const shown = (it: RequestKey): Filled => ({
  texts: { heads: String(it.heads), mode: it.mode, latest: it.latest ?? '', note: it.note },
  lists: {},
})

/** A cell that holds a whole interval, and a date that brings its time along. */
function timesOf({ texts, lists }: Filled): Filled {
  const found = { ...texts }
  for (const at of wishes) {
    const [date, from, to] = [`w${at}-date`, `w${at}-from`, `w${at}-to`]
    const [, day, time] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/.exec(found[date] ?? '') ?? []
    if (day && time) {
      found[date] = day
      if (time !== '00:00') found[from] ??= time
    }
    for (const field of [from, to]) {
      const text = found[field]
      if (text !== undefined) found[field] = text.replace(/^\d{4}-\d{2}-\d{2}[ T](?=\d{2}:\d{2}$)/, '')
    }
    const interval = found[to] === undefined ? intervalOf(found[from] ?? '') : undefined
    if (interval) {
      found[from] = clock(interval.from)
      found[to] = clock(interval.to)
    }
  }
  return { texts: found, lists }
}
