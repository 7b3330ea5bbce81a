import { kept } from '../base/db/kept.ts'
import type { DateTime } from '../base/time.ts'

/** When each topic of a House was last changed. */
export const findTopicDates = kept(
  async (db, houseId: string): Promise<Map<string, DateTime>> =>
    new Map(
      (await db.selectFrom('topics').select(['slug', 'revised_at']).where('house_id', '=', houseId).execute()).map(
        ({ slug, revised_at }) => [slug, revised_at],
      ),
    ),
)
