import type { Db } from '../base/db/open.ts'
import type { DateTime } from '../base/time.ts'
import type { SpeakerValue } from '../speakers/edit-rules.ts'
import type { Speaker } from '../speakers/rules.ts'
import { findUnfitAfter } from '../talks/unfit-store.ts'
import type { Judgement } from './judgement-rules.ts'

/**
 * The same judgement, with the coming talks named that would no longer fit a speaker whom the file changes; a fixed number
 * of queries, however many rows. All rows are laid over the list at once, as they would be written.
 */
export async function withUnfit(db: Db, houseId: string, judgement: Judgement, now: DateTime): Promise<Judgement> {
  if (judgement.kind !== 'speakers') return judgement
  const values = new Map(
    judgement.judged.flatMap(({ write }) => (write?.id === undefined ? [] : [[write.id, write.value] as const])),
  )
  if (values.size === 0) return judgement
  const districts = await findGroupDistricts(db, houseId)
  const unfit = await findUnfitAfter(db, houseId, [...values.keys()], now, speaker => {
    const value = values.get(speaker.id)
    return value ? changed(speaker, value, districts) : speaker
  })
  const judged = judgement.judged.map(row => {
    const talks = row.write?.id === undefined ? undefined : unfit.get(row.write.id)
    return talks ? { ...row, verdict: { ...row.verdict, unfit: talks } } : row
  })
  return { kind: 'speakers', judged }
}

async function findGroupDistricts(db: Db, houseId: string): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('groups')
    .innerJoin('group_districts', 'group_districts.group_id', 'groups.id')
    .select(['groups.id', 'district'])
    .where('house_id', '=', houseId)
    .execute()
  return new Map([...Map.groupBy(rows, row => row.id)].map(([id, its]) => [id, its.map(({ district }) => district)]))
}

/** A speaker as the engine would know them once the row is written. What makes them busy now stays: it can't be new. */
const changed = (speaker: Speaker, value: SpeakerValue, districts: Map<string, string[]>): Speaker => ({
  ...speaker,
  professions: value.professions,
  languages: value.languages,
  topics: value.topics,
  audiences: value.audiences,
  districts: [...new Set(value.groups.flatMap(group => districts.get(group) ?? []))],
  homeDistrict: value.homeDistrict,
  home: value.home,
  transport: value.transport,
  hours: value.weekly.filter(({ given }) => given),
  busy: [...speaker.busy, ...value.weekly.filter(({ given }) => !given)],
  limits: value.limits,
  credentials: value.credentials,
  pausedFrom: value.pause?.from,
  pausedTo: value.pause?.to,
  leftOn: value.leftOn,
})
