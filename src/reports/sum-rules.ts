import type { Day } from '../base/time.ts'
import { at, type DayTalks, heldFate, Sums, stateOf, width } from './day-rules.ts'
import { type Cut, type Figures, noFigures, type Wish } from './rules.ts'
import { type Names, type Places, saidAs, wished } from './wish-rules.ts'

export type Lines = Map<string, Figures>
export type Programmes = { talks: number; programmes: number }
/** A period's sums by everything that its talks can be told apart by. Hosts and members, of whom there are thousands, only where they are listed. */
export type Summed = {
  total: Figures
  programmes: Programmes
  cuts: Record<Exclude<Cut, 'host' | 'speaker'>, Lines> & { host?: Lines; speaker?: Lines }
  days: Lines
  /** How many talks each member held who held any. */
  held: number[]
  /** Places by id at which at least one talk was held. */
  visited: string[]
}
type Days = [Day, DayTalks][]

/** Sums of the whole alone. */
export function totalOf(
  names: Names,
  places: Places,
  wish: Wish,
  days: Days,
): { total: Figures; programmes: Programmes } {
  const isWished = wished(names, places, wish)
  const sums = new Sums()
  const programmes = programmesSeen()
  for (const [, day] of days)
    for (let talk = 0; talk < day.count; talk++) {
      if (!isWished(day, talk)) continue
      sums.add(0, day, talk)
      programmes.take(day, talk)
    }
  return { total: sums.lines(['']).get('') ?? noFigures(), programmes: programmes.seen() }
}

export function visitedIn(names: Names, days: Days): string[] {
  const seen = new Uint8Array(names.host.texts.length)
  for (const [, day] of days)
    for (let talk = 0; talk < day.count; talk++)
      if (stateOf(day, talk) === 'held') seen[day.rows[talk * width + at.host] as number] = 1
  return names.host.texts.filter((_, host) => seen[host] === 1)
}

/** What one day comes to by each of what its talks are told apart by. */
export type Parts = Record<'whole' | 'topic' | 'audience' | 'language' | 'district' | 'group' | 'body', Sums>

const districtsOf = ({ hosts }: Places) => [...new Set([...hosts.values()].map(({ district }) => district))]
const groupsIn = ({ groups }: Places) => [...new Set([...groups.values()].flat())]

/** Sums the talks of a day that are wished. A talk of two members counts once for each of their groups. */
export function partsOf(names: Names, places: Places, wish: Wish): (day: DayTalks) => Parts {
  const isWished = wished(names, places, wish)
  const districtAt = new Map(districtsOf(places).map((district, n) => [district, n]))
  const districtOf = Int32Array.from(
    names.host.texts,
    host => districtAt.get(places.hosts.get(host)?.district ?? '') ?? -1,
  )
  const groupAt = new Map(groupsIn(places).map((id, n) => [id, n]))
  const groupsOf = names.speaker.texts.map(id =>
    (places.groups.get(id) ?? []).flatMap(group => groupAt.get(group) ?? []),
  )
  const theirs: number[] = []

  return day => {
    const [whole, topic, audience, language] = [new Sums(), new Sums(), new Sums(), new Sums()]
    const [district, group, body] = [new Sums(), new Sums(), new Sums()]
    for (let talk = 0; talk < day.count; talk++) {
      if (!isWished(day, talk)) continue
      const row = talk * width
      whole.add(0, day, talk)
      topic.add(day.rows[row + at.topic] as number, day, talk)
      audience.add(day.rows[row + at.audience] as number, day, talk)
      language.add(day.rows[row + at.language] as number, day, talk)
      const its = districtOf[day.rows[row + at.host] as number] as number
      if (its >= 0) district.add(its, day, talk)
      theirs.length = 0
      for (let n = day.speakersFrom[talk] as number; n < (day.speakersFrom[talk + 1] as number); n++)
        for (const one of groupsOf[day.speakers[n] as number] ?? []) if (!theirs.includes(one)) theirs.push(one)
      for (const one of theirs) group.add(one, day, talk)
      if (day.bodies.size > 0) for (const one of day.bodies.get(talk) ?? []) body.add(one, day, talk)
    }
    return { whole, topic, audience, language, district, group, body }
  }
}

/** All sums of a period, out of those of its days. `lists`: hosts and members line by line as well. */
export function summed(
  names: Names,
  places: Places,
  wish: Wish,
  dated: Days,
  lists: boolean,
  partsOfDay: (day: DayTalks) => Parts = partsOf(names, places, wish),
): Summed {
  const isWished = wished(names, places, wish)
  const [days, topic, audience, language] = [new Sums(), new Sums(), new Sums(), new Sums()]
  const [district, group, body, host, speaker] = [new Sums(), new Sums(), new Sums(), new Sums(), new Sums()]
  const held = new Int32Array(names.speaker.texts.length)
  const visited = new Uint8Array(names.host.texts.length)
  const programmes = programmesSeen()
  for (const [place, [, day]] of dated.entries()) {
    const parts = partsOfDay(day)
    days.join(parts.whole, place)
    for (const [sums, part] of [
      [topic, parts.topic],
      [audience, parts.audience],
      [language, parts.language],
      [district, parts.district],
      [group, parts.group],
      [body, parts.body],
    ] as const)
      sums.join(part)
    for (let talk = 0; talk < day.count; talk++) {
      if (!isWished(day, talk)) continue
      const row = talk * width
      const itsHost = day.rows[row + at.host] as number
      const isHeld = day.rows[row + at.fate] === heldFate
      if (lists) host.add(itsHost, day, talk)
      if (isHeld) visited[itsHost] = 1
      for (let n = day.speakersFrom[talk] as number; n < (day.speakersFrom[talk + 1] as number); n++) {
        const one = day.speakers[n] as number
        if (isHeld) held[one] = (held[one] as number) + 1
        if (lists) speaker.add(one, day, talk)
      }
      programmes.take(day, talk)
    }
  }
  const dates = dated.map(([date]) => date)
  return {
    total: days.lines(dates, () => '').get('') ?? noFigures(),
    programmes: programmes.seen(),
    days: days.lines(dates),
    cuts: {
      district: district.lines(districtsOf(places)),
      topic: topic.lines(names.topic.texts),
      format: topic.lines(names.topic.texts, id => places.formats.get(id)),
      audience: audience.lines(names.audience.texts, saidAs),
      language: language.lines(names.language.texts, saidAs),
      group: group.lines(groupsIn(places)),
      body: body.lines(names.body.texts),
      ...(lists ? { host: host.lines(names.host.texts), speaker: speaker.lines(names.speaker.texts) } : {}),
    },
    held: [...held.filter(count => count > 0)],
    visited: names.host.texts.filter((_, n) => visited[n] === 1),
  }
}

function programmesSeen() {
  const seen = { talks: 0, ids: new Set<number>() }
  return {
    take({ rows }: DayTalks, talk: number): void {
      const programme = rows[talk * width + at.programme] as number
      if (programme === 0 || rows[talk * width + at.fate] !== heldFate) return
      seen.talks++
      seen.ids.add(programme)
    },
    seen: (): Programmes => ({ talks: seen.talks, programmes: seen.ids.size }),
  }
}
