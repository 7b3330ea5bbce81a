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

/** All sums in one pass. `lists`: hosts and members line by line as well. */
export function summed(names: Names, places: Places, wish: Wish, dated: Days, lists: boolean): Summed {
  const isWished = wished(names, places, wish)
  const districts = [...new Set([...places.hosts.values()].map(({ district }) => district))]
  const districtAt = new Map(districts.map((district, n) => [district, n]))
  const districtOf = Int32Array.from(
    names.host.texts,
    host => districtAt.get(places.hosts.get(host)?.district ?? '') ?? -1,
  )
  const groupIds = [...new Set([...places.groups.values()].flat())]
  const groupAt = new Map(groupIds.map((id, n) => [id, n]))
  const groupsOf = names.speaker.texts.map(id =>
    (places.groups.get(id) ?? []).flatMap(group => groupAt.get(group) ?? []),
  )
  const by = { topic: new Sums(), audience: new Sums(), language: new Sums() }
  const [days, district, host] = [new Sums(), new Sums(), new Sums()]
  const [speakers, groups, bodies] = [new Sums(), new Sums(), new Sums()]
  const held = new Int32Array(names.speaker.texts.length)
  const visited = new Uint8Array(names.host.texts.length)
  const programmes = programmesSeen()

  /** A talk of two members counts for each of them, and once for each of their groups. */
  function takeTeam(day: DayTalks, talk: number, isHeld: boolean): void {
    const theirs: number[] = []
    for (let n = day.speakersFrom[talk] as number; n < (day.speakersFrom[talk + 1] as number); n++) {
      const speaker = day.speakers[n] as number
      if (isHeld) held[speaker] = (held[speaker] as number) + 1
      if (lists) speakers.add(speaker, day, talk)
      for (const group of groupsOf[speaker] ?? []) if (!theirs.includes(group)) theirs.push(group)
    }
    for (const group of theirs) groups.add(group, day, talk)
  }

  for (const [place, [, day]] of dated.entries())
    for (let talk = 0; talk < day.count; talk++) {
      if (!isWished(day, talk)) continue
      const row = talk * width
      const itsHost = day.rows[row + at.host] as number
      const isHeld = day.rows[row + at.fate] === heldFate
      days.add(place, day, talk)
      by.topic.add(day.rows[row + at.topic] as number, day, talk)
      by.audience.add(day.rows[row + at.audience] as number, day, talk)
      by.language.add(day.rows[row + at.language] as number, day, talk)
      if ((districtOf[itsHost] as number) >= 0) district.add(districtOf[itsHost] as number, day, talk)
      if (lists) host.add(itsHost, day, talk)
      if (isHeld) visited[itsHost] = 1
      takeTeam(day, talk, isHeld)
      if (day.bodies.size > 0) for (const body of day.bodies.get(talk) ?? []) bodies.add(body, day, talk)
      programmes.take(day, talk)
    }
  const dates = dated.map(([date]) => date)
  return {
    total: days.lines(dates, () => '').get('') ?? noFigures(),
    programmes: programmes.seen(),
    days: days.lines(dates),
    cuts: {
      district: district.lines(districts),
      topic: by.topic.lines(names.topic.texts),
      format: by.topic.lines(names.topic.texts, topic => places.formats.get(topic)),
      audience: by.audience.lines(names.audience.texts, saidAs),
      language: by.language.lines(names.language.texts, saidAs),
      group: groups.lines(groupIds),
      body: bodies.lines(names.body.texts),
      ...(lists ? { host: host.lines(names.host.texts), speaker: speakers.lines(names.speaker.texts) } : {}),
    },
    held: [...held.filter(count => count > 0)],
    visited: names.host.texts.filter((_, host) => visited[host] === 1),
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
