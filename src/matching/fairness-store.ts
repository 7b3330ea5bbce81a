import { kept } from '../base/db/kept.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime, Day } from '../base/time.ts'
import { plusDays, utcOrThrow, wallOf } from '../base/time.ts'
import { fairAhead, reckonedShare, shareOf } from '../speakers/burden-rules.ts'
import { daysAway, type OverrideReason, offeredOf } from '../speakers/fairness-rules.ts'
import type { Speaker } from '../speakers/rules.ts'
import { findTwins } from './elsewhere-store.ts'
import { findRoster } from './roster-store.ts'
import { findServed } from './served-store.ts'
import { findSpeakers } from './speaker-store.ts'
import { hoursAhead, hoursServed, withTalks } from './talk-store.ts'

/** What fairness reckons with for one person, in hours; `share` is the figure by which offers are ranked. */
export type Fairness = {
  speaker: Speaker
  talks: number
  travel: number
  ahead: number
  served: number
  offered: number
  reckoned: number
  share: number
  daysAway: number
}

/** Everybody's hours as the engine sees them today: read anew, where the engine may be ten minutes behind. */
export async function findFairness(
  db: Db,
  houseId: string,
  now: DateTime,
): Promise<{ today: Day; people: Fairness[] } | undefined> {
  const roster = await findRoster(db, houseId, now)
  if (!roster) return
  const { day: today } = wallOf(now, roster.zone)
  const days = { from: today, to: plusDays(today, fairAhead) }
  const served = await findServed(db, houseId, today)
  const speakers = await withTalks(db, houseId, roster, days, today, now)
  return {
    today,
    people: speakers.map(known => {
      const its = served.get(known.id)
      const speaker = { ...known, hoursServed: hoursServed(its, known.engagements, today) }
      return {
        speaker,
        talks: (its?.talkMinutes ?? 0) / 60,
        travel: (its?.travelMinutes ?? 0) / 60,
        ahead: hoursAhead(known.engagements, today),
        served: speaker.hoursServed,
        offered: speaker.hoursOffered,
        reckoned: reckonedShare(speaker),
        share: shareOf(speaker),
        daysAway: daysAway(speaker, today),
      }
    }),
  }
}

/** What each person who is there that day offered until then; the whole roster behind it is not kept for this alone. */
const findOffered = kept(async (db, houseId: string, today: Day, zone: string) => {
  const twins = await findTwins(db, houseId)
  const people = await findSpeakers(db, { houseId, zone, now: utcOrThrow(today, 720, zone), twins })
  return people
    .filter(({ leftOn }) => leftOn === undefined || leftOn > today)
    .map(person => ({ id: person.id, hoursOffered: offeredOf(person, today) }))
})

/** Everybody's reckoned share of a day, from hours served that are known already. */
export const findShares = async (
  db: Db,
  houseId: string,
  today: Day,
  zone: string,
  hours: Map<string, number>,
): Promise<number[]> =>
  (await findOffered(db, houseId, today, zone)).map(({ id, hoursOffered }) =>
    reckonedShare({ hoursServed: hours.get(id) ?? 0, hoursOffered, override: undefined }),
  )

/** What coordinators said against the reckoned share of a speaker, newest first. */
export async function findOverrides(db: Db, houseId: string, speakerId: string) {
  const rows = await db
    .selectFrom('fairness_overrides')
    .leftJoin('accounts as setter', 'setter.id', 'fairness_overrides.set_by')
    .leftJoin('accounts as ender', 'ender.id', 'fairness_overrides.ended_by')
    .select([
      'weight',
      'reason',
      'until_on',
      'set_at',
      'ended_at',
      'setter.name_kk as set_kk',
      'setter.name_ru as set_ru',
      'setter.name_en as set_en',
      'ender.name_kk as end_kk',
      'ender.name_ru as end_ru',
      'ender.name_en as end_en',
    ])
    .where('house_id', '=', houseId)
    .where('speaker_id', '=', speakerId)
    .orderBy('set_at', 'desc')
    .limit(30)
    .execute()
  return rows.map(row => ({
    weight: Number(row.weight),
    reason: row.reason,
    until: row.until_on,
    setAt: row.set_at,
    endedAt: row.ended_at ?? undefined,
    setBy: { kk: row.set_kk ?? '', ru: row.set_ru ?? '', en: row.set_en ?? '' },
    endedBy: { kk: row.end_kk ?? '', ru: row.end_ru ?? '', en: row.end_en ?? '' },
  }))
}
export type OverrideRow = Awaited<ReturnType<typeof findOverrides>>[number]

/** Ends what stands; false when nothing did. The caller has locked the speaker. */
export async function endOverride(
  trx: Trx,
  speakerId: string,
  { accountId, now }: { accountId: string; now: DateTime },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('fairness_overrides')
    .set({ ended_at: now, ended_by: accountId })
    .where('speaker_id', '=', speakerId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function insertOverride(
  trx: Trx,
  its: {
    houseId: string
    speakerId: string
    weight: number
    reason: OverrideReason
    until: Day
    accountId: string
    now: DateTime
  },
): Promise<void> {
  await trx
    .insertInto('fairness_overrides')
    .values({
      house_id: its.houseId,
      speaker_id: its.speakerId,
      weight: String(its.weight),
      reason: its.reason,
      until_on: its.until,
      set_by: its.accountId,
      set_at: its.now,
    })
    .execute()
}
