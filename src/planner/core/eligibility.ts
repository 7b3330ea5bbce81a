import type { Assignment, Instance, RequestOfPlan, SpeakerOfPlan } from './instance.ts'
import type { Options } from './options.ts'

/** Who could take part in an option, by their lasting qualities and their free hours: at[option] to at[option + 1]. */
export type Candidates = {
  at: Int32Array
  speaker: Int32Array
  /** A bit for each group of the team, each language of the request, each start of the option. */
  groups: Int32Array
  languages: Int32Array
  starts: Int32Array
}

export type Suited = { s: number; groups: number; languages: number }

export function candidatesOf(instance: Instance, options: Options, pin: (Assignment | undefined)[]): Candidates {
  const rows = {
    at: [0],
    speaker: [] as number[],
    groups: [] as number[],
    languages: [] as number[],
    starts: [] as number[],
  }
  const days = hoursByDay(instance)
  const known = new Map<string, Suited[]>()
  for (const [r, request] of instance.requests.entries()) {
    const key = JSON.stringify([request.topic, request.audience, request.langs, request.team])
    const suited = known.get(key) ?? suitedFor(instance.speakers, request)
    known.set(key, suited)
    for (let o = options.at[r]!; o < options.at[r + 1]!; o++) {
      const day = options.day[o]!
      const present = suited.flatMap(each => {
        const starts = startsWithin(options.starts[o]!, request.duration, days[day]?.get(each.s) ?? [])
        return starts === 0 ? [] : [{ ...each, starts }]
      })
      for (const each of useful(pinnedTo(instance, present, pin[r]), request)) {
        rows.speaker.push(each.s)
        rows.groups.push(each.groups)
        rows.languages.push(each.languages)
        rows.starts.push(each.starts)
      }
      rows.at.push(rows.speaker.length)
    }
  }
  return {
    at: Int32Array.from(rows.at),
    speaker: Int32Array.from(rows.speaker),
    groups: Int32Array.from(rows.groups),
    languages: Int32Array.from(rows.languages),
    starts: Int32Array.from(rows.starts),
  }
}

/** Everybody with the roles, the topic, the audience and a language, whatever the day. */
export function suitedFor(speakers: SpeakerOfPlan[], { topic, audience, langs, team }: RequestOfPlan): Suited[] {
  return speakers.flatMap((speaker, s) => {
    if (!speaker.topics.includes(topic) || !speaker.audiences.includes(audience)) return []
    const groups = bits(team, ({ anyOf }) => anyOf.some(role => speaker.roles.includes(role)))
    const languages = bits(langs, lang => speaker.langs.includes(lang))
    return groups && languages ? [{ s, groups, languages }] : []
  })
}

const bits = <Item>(list: Item[], holds: (item: Item) => boolean): number =>
  list.reduce((mask, item, at) => (holds(item) ? mask | (1 << at) : mask), 0)

type Present = Suited & { starts: number }

/** Without those who can't be in any complete team: no hour and language at which every group has enough people. */
function useful(present: Present[], { team, langs }: RequestOfPlan): Present[] {
  let [kept, before] = [present, -1]
  while (kept.length !== before) {
    before = kept.length
    const open = langs.map((_, l) => {
      let all = -1
      for (const [g, { n }] of team.entries()) all &= atLeast(kept, 1 << g, 1 << l, n)
      return all
    })
    kept = kept.filter(each => open.some((starts, l) => each.languages & (1 << l) && each.starts & starts))
  }
  return kept
}

/** The starts at which at least n of them can be there. */
function atLeast(present: Present[], group: number, language: number, n: number): number {
  if (n === 0) return -1
  const counts = Array<number>(n).fill(0)
  for (const { groups, languages, starts } of present) {
    if (!(groups & group && languages & language)) continue
    for (let k = n - 1; k > 0; k--) counts[k]! |= counts[k - 1]! & starts
    counts[0]! |= starts
  }
  return counts[n - 1]!
}

function pinnedTo({ speakers }: Instance, present: Present[], pin: Assignment | undefined): Present[] {
  if (!pin) return present
  return present.flatMap(each => {
    const member = pin.team.find(({ speaker }) => speaker === speakers[each.s]?.id)
    return member ? [{ ...each, groups: each.groups & (1 << member.group) }] : []
  })
}

function hoursByDay({ horizon, speakers }: Instance): Map<number, [number, number][]>[] {
  const days = Array.from({ length: horizon.days }, () => new Map<number, [number, number][]>())
  for (const [s, { avail }] of speakers.entries())
    for (const [day, from, to] of avail) {
      const known = days[day]?.get(s)
      if (known) known.push([from, to])
      else days[day]?.set(s, [[from, to]])
    }
  return days
}

function startsWithin(starts: number[], duration: number, hours: [number, number][]): number {
  let mask = 0
  for (const [from, to] of hours)
    for (let n = 0; n < starts.length; n++) if (starts[n]! >= from && starts[n]! + duration <= to) mask |= 1 << n
  return mask
}
