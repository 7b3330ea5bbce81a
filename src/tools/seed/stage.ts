import type { Db } from '../../base/db/open.ts'
import { type DateTime, type Day, type Minute, type Moment, plusDays, wallOf } from '../../base/time.ts'
import type { Host, HostKind } from '../../hosts/rules.ts'
import { findRoster, hostOf, type Roster, topicOf } from '../../matching/roster-store.ts'
import type { Request, TeamMember, World } from '../../matching/rules.ts'
import type { Speaker } from '../../speakers/rules.ts'
import type { Topic } from '../../topics/rules.ts'

/** A House in memory, filled with talks that the engine finds possible, before anything is written. */
export type Stage = {
  houseId: string
  today: Day
  roster: Roster
  hosts: Host[]
  hostsOf: Map<HostKind, Host[]>
  topics: Topic[]
  speakers: Speaker[]
  placeOf: Map<string, number>
  halls: Map<string, World['hallTaken']>
}

export type Talk = { id: string; host: Host; topic: Topic; request: Request; moment: Moment; team: TeamMember[] }

export async function openStage(db: Db, houseId: string, now: DateTime): Promise<Stage> {
  const roster = await findRoster(db, houseId, now)
  if (!roster) throw new Error(`no House ${houseId}`)
  const hosts: Host[] = []
  for (const { id } of await db
    .selectFrom('hosts')
    .select('id')
    .where('house_id', '=', houseId)
    .orderBy('id')
    .execute()) {
    const host = await hostOf(db, roster, houseId, id)
    if (host) hosts.push(host)
  }
  const topics: Topic[] = []
  for (const { id } of await db
    .selectFrom('topics')
    .select('id')
    .where('house_id', '=', houseId)
    .orderBy('position')
    .execute()) {
    const topic = await topicOf(db, roster, houseId, id)
    if (topic) topics.push(topic)
  }
  const speakers = roster.speakers.map(({ leftOn: _, ...known }) => ({ ...known, engagements: [], hoursServed: 0 }))
  return {
    houseId,
    today: wallOf(now, roster.zone).day,
    roster,
    hosts,
    hostsOf: Map.groupBy(hosts, host => host.kind),
    topics,
    speakers,
    placeOf: new Map(speakers.map(({ id }, place) => [id, place])),
    halls: new Map(),
  }
}

export type Subject = { host: Host; topic: Topic; audience: string }

/** The world as it was at a time: what is in it then is what was put on the stage so far. */
export function worldOf(stage: Stage, { host, topic, audience }: Subject, now: { day: Day; minute: Minute }): World {
  const { policy, calendar, bans, closures, professions, travel, audiences } = stage.roster
  const known = audiences.get(audience)
  if (!known) throw new Error(`no audience ${audience}`)
  return {
    now,
    policy,
    calendar,
    bans,
    closures,
    professions,
    travel,
    host,
    topic,
    audience: known,
    speakers: stage.speakers,
    hallTaken: stage.halls.get(host.id) ?? [],
  }
}

// limits go by month at most: who has spoken for a year would have the diary of a year read anew for each talk
const rememberedDays = 45

/** Puts a talk on the stage, where days only go on: its people and its hall are taken from now on. */
export function engage(stage: Stage, { id, host, request, moment, team }: Talk): void {
  const online = request.mode !== 'onsite'
  const oldest = plusDays(moment.day < stage.today ? moment.day : stage.today, -rememberedDays)
  for (const { speakerId } of team) {
    const place = stage.placeOf.get(speakerId) ?? -1
    const speaker = stage.speakers[place]
    if (!speaker) continue
    // a new object: what the engine has worked out for the old one no longer holds
    stage.speakers[place] = {
      ...speaker,
      engagements: [
        ...speaker.engagements.filter(({ day }) => day >= oldest),
        { ...moment, talkId: id, district: host.district, point: host.point, online },
      ],
      hoursServed: speaker.hoursServed + (moment.to - moment.from + 60) / 60 / 4,
    }
  }
  if (!online) {
    const taken = (stage.halls.get(host.id) ?? []).filter(({ day }) => day >= oldest)
    stage.halls.set(host.id, [...taken, { ...moment, talkId: id }])
  }
}

export const wallNow = (stage: Stage, now: DateTime) => wallOf(now, stage.roster.zone)
