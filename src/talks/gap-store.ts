import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import { type DateTime, type Day, plusDays, wallOf } from '../base/time.ts'
import { findRoster, hostOf, topicOf } from '../matching/roster-store.ts'
import type { Request, TeamMember, World } from '../matching/rules.ts'
import { askedColumns } from '../matching/store.ts'
import { withTalks } from '../matching/talk-store.ts'
import type { OpenPlace } from './inbox-store.ts'
import { seatsThatCount } from './seat-store.ts'

type Place = Pick<OpenPlace, 'talkId' | 'requestId' | 'held_on'>
/** One open place with all that judges who could take it. */
export type GapCase<Its extends Place = OpenPlace> = { place: Its; world: World; request: Request; team: TeamMember[] }

/** The House's people with their talks from this month on, as far as these days were read already: it is half the work of the page. */
export type Read = { speakers: World['speakers']; to: Day }

/** What each open place is judged by: a fixed number of queries, however many places are open. */
export async function findGapCases<Its extends Place>(
  db: Db | Trx,
  houseId: string,
  places: Its[],
  now: DateTime,
  read?: Read,
): Promise<GapCase<Its>[]> {
  const [first] = places
  const roster = first && (await findRoster(db, houseId, now))
  if (!roster) return []
  const days = places.map(({ held_on }) => held_on).sort()
  const today = wallOf(now, roster.zone)
  // a month round the days, for the limits of weeks and months
  const around = {
    from: plusDays(`${(days[0] ?? today.day).slice(0, 7)}-01`, -7),
    to: plusDays(days.at(-1) ?? today.day, 31),
  }
  const last = days.at(-1) ?? today.day
  const speakers =
    read && last <= read.to ? read.speakers : await withTalks(db, houseId, roster, around, today.day, now)
  const requests = await findRequests(
    db,
    places.flatMap(({ requestId }) => requestId ?? []),
  )
  const teams = await findTeams(
    db,
    places.map(({ talkId }) => talkId),
  )
  const cases: GapCase<Its>[] = []
  for (const place of places) {
    const row = requests.find(({ id }) => id === place.requestId)
    const host = row && (await hostOf(db, roster, houseId, row.host_id))
    const topic = row && (await topicOf(db, roster, houseId, row.topic_id))
    const audience = row && roster.audiences.get(row.audience)
    if (!row || !host || !topic || !audience) continue
    const { policy, calendar, bans, professions, travel } = roster
    cases.push({
      place,
      world: {
        now: today,
        policy,
        calendar,
        bans,
        // the talk stands already: what is closed was decided for it then
        closures: [],
        host,
        topic,
        audience,
        professions,
        speakers,
        hallTaken: [],
        travel,
      },
      request: {
        id: row.id,
        audience: row.audience,
        grades: row.grades,
        heads: row.heads,
        languages: row.languages,
        mode: row.mode,
        windows: [],
        latest: undefined,
      },
      team: teams
        .filter(({ talkId }) => talkId === place.talkId)
        .map(({ speakerId, profession }) => ({ speakerId, profession })),
    })
  }
  return cases
}

const findRequests = (db: Db | Trx, ids: string[]) =>
  db
    .selectFrom('requests')
    .select([
      ...askedColumns,
      sql<
        string[]
      >`array(select language from request_languages l where l.request_id = requests.id order by language)`.as(
        'languages',
      ),
    ])
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()

/** Who stands in these teams, and who declined and is not replaced. */
const findTeams = (db: Db | Trx, talkIds: string[]) =>
  seatsThatCount(db, talkIds).select(['talk_id as talkId', 'speaker_id as speakerId', 'profession']).execute()
