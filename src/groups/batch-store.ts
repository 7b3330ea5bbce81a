import { insertMany } from '../base/db/many.ts'
import type { Trx } from '../base/db/transact.ts'

/** Puts each speaker into these groups of the House and takes them out of its others. */
export async function joinAllGroups(
  trx: Trx,
  houseId: string,
  all: { speakerId: string; groups: string[] }[],
): Promise<void> {
  if (all.length === 0) return
  await trx
    .deleteFrom('group_members')
    .where('group_id', 'in', trx.selectFrom('groups').select('id').where('house_id', '=', houseId))
    .where(
      'speaker_id',
      'in',
      all.map(({ speakerId }) => speakerId),
    )
    .execute()
  await insertMany(
    trx,
    'group_members',
    all.flatMap(({ speakerId, groups }) => groups.map(group_id => ({ group_id, speaker_id: speakerId }))),
  )
}
