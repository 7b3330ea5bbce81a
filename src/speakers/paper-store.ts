import type { Db } from '../base/db/open.ts'
import type { Day } from '../base/time.ts'
import { type PaperWarning, paperWarnings } from './paper-rules.ts'

/** Which papers of a House's people ask for a renewal, by speaker; whoever has left is not asked. */
export async function findPaperWarnings(db: Db, houseId: string, today: Day): Promise<Map<string, PaperWarning[]>> {
  const rows = await db
    .selectFrom('credentials')
    .innerJoin('speakers', 'speakers.id', 'credentials.speaker_id')
    .select(['speaker_id', 'kind', 'valid_until'])
    .where('house_id', '=', houseId)
    .where(eb => eb.or([eb('left_on', 'is', null), eb('left_on', '>', today)]))
    .execute()
  return new Map(
    [...Map.groupBy(rows, row => row.speaker_id)].map(([id, its]) => [
      id,
      paperWarnings(
        its.map(row => ({ kind: row.kind, until: row.valid_until ?? undefined })),
        today,
      ),
    ]),
  )
}

/** What one speaker is warned of on their own page. */
export async function findOwnPapers(db: Db, speakerId: string, today: Day): Promise<PaperWarning[]> {
  const rows = await db
    .selectFrom('credentials')
    .select(['kind', 'valid_until'])
    .where('speaker_id', '=', speakerId)
    .execute()
  return paperWarnings(
    rows.map(row => ({ kind: row.kind, until: row.valid_until ?? undefined })),
    today,
  )
}

/** How many people have a paper that ends within a week or ended in the week before: the morning's line for coordinators. */
export async function countPapersToRenew(db: Db, houseId: string, today: Day, since: Day): Promise<number> {
  const warnings = await findPaperWarnings(db, houseId, today)
  return [...warnings.values()].filter(its => its.some(({ state, until }) => state !== 'month' && until >= since))
    .length
}
