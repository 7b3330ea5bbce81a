import type { Day } from '../base/time.ts'
import { at, type DayTalks, heldFate, Sums, width } from './day-rules.ts'
import { type Cut, type Figures, noFigures, type Wish } from './rules.ts'
import { type Names, type Places, saidAs, wished } from './wish-rules.ts'

export type Lines = Map<string, Figures>
const facts = ['topic', 'audience', 'language', 'host'] as const

/** A period's sums by everything that its talks can be told apart by; days are taken in one after the other. */
export function summing(names: Names, places: Places, wish: Wish) {
  const isWished = wished(names, places, wish)
  const by = { topic: new Sums(), audience: new Sums(), language: new Sums(), host: new Sums() }
  const [days, speakers, groups, bodies] = [new Sums(), new Sums(), new Sums(), new Sums()]
  const dates: Day[] = []
  const groupIds = [...new Set([...places.groups.values()].flat())]
  const numberOf = new Map(groupIds.map((id, n) => [id, n]))
  const groupsOf = names.speaker.texts.map(id =>
    (places.groups.get(id) ?? []).flatMap(group => numberOf.get(group) ?? []),
  )
  const programmes = { talks: 0, ids: new Set<number>() }

  /** A talk of two members counts for each of them, and once for each of their groups. */
  function takeTeam(day: DayTalks, talk: number): void {
    const theirs = new Set<number>()
    for (let n = day.speakersFrom[talk] as number; n < (day.speakersFrom[talk + 1] as number); n++) {
      const speaker = day.speakers[n] as number
      speakers.add(speaker, day, talk)
      for (const group of groupsOf[speaker] ?? []) theirs.add(group)
    }
    for (const group of theirs) groups.add(group, day, talk)
  }

  return {
    take(date: Day, day: DayTalks): void {
      const place = dates.push(date) - 1
      for (let talk = 0; talk < day.count; talk++) {
        if (!isWished(day, talk)) continue
        const row = talk * width
        days.add(place, day, talk)
        for (const fact of facts) by[fact].add(day.rows[row + at[fact]] as number, day, talk)
        takeTeam(day, talk)
        for (const body of day.bodies.get(talk) ?? []) bodies.add(body, day, talk)
        const programme = day.rows[row + at.programme] as number
        if (programme === 0 || day.rows[row + at.fate] !== heldFate) continue
        programmes.talks++
        programmes.ids.add(programme)
      }
    },
    total: (): Figures => days.lines(dates, () => '').get('') ?? noFigures(),
    days: (): Lines => days.lines(dates),
    programmes: () => ({ talks: programmes.talks, programmes: programmes.ids.size }),
    hosts: (): Lines => by.host.lines(names.host.texts),
    cuts: (): Record<Exclude<Cut, 'host'>, Lines> => ({
      district: by.host.lines(names.host.texts, host => places.hosts.get(host)?.district),
      topic: by.topic.lines(names.topic.texts),
      format: by.topic.lines(names.topic.texts, topic => places.formats.get(topic)),
      audience: by.audience.lines(names.audience.texts, saidAs),
      language: by.language.lines(names.language.texts, saidAs),
      group: groups.lines(groupIds),
      speaker: speakers.lines(names.speaker.texts),
      body: bodies.lines(names.body.texts),
    }),
    /** Places by id at which at least one talk was held. */
    visited: (): string[] => names.host.texts.filter((_, host) => by.host.talks(host, heldFate) > 0),
  }
}
