import { kept } from '../base/db/kept.ts'
import type { Places } from './wish-rules.ts'

/** Where the House's hosts lie, what its topics are and who is in which group, as it is now: a change counts for the past, too. */
export const findPlaces = kept(async (db, houseId: string): Promise<Places> => {
  const [hosts, topics, members] = await Promise.all([
    db.selectFrom('hosts').select(['id', 'district', 'merged_into']).where('house_id', '=', houseId).execute(),
    db.selectFrom('topics').select(['id', 'format']).where('house_id', '=', houseId).execute(),
    db
      .selectFrom('group_members')
      .innerJoin('groups', 'groups.id', 'group_members.group_id')
      .select(['group_id', 'speaker_id'])
      .where('groups.house_id', '=', houseId)
      .execute(),
  ])
  const groups = new Map<string, string[]>()
  for (const { speaker_id, group_id } of members) groups.set(speaker_id, [...(groups.get(speaker_id) ?? []), group_id])
  // thousands of hosts lie in a few districts
  const places = new Map<string, { district: string; merged: boolean }>()
  const placeOf = (district: string, merged: boolean) => {
    const place = places.get(`${district} ${merged}`) ?? { district, merged }
    places.set(`${district} ${merged}`, place)
    return place
  }
  return {
    hosts: new Map(hosts.map(({ id, district, merged_into }) => [id, placeOf(district, merged_into !== null)])),
    formats: new Map(topics.map(({ id, format }) => [id, format])),
    groups,
  }
})
