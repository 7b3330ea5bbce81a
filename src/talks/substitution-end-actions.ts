import type { Trx } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { supersede, tell } from '../messages/store.ts'
import type { SearchEnd } from './substitution-rules.ts'
import { endSearch, findHeard, type LiveSearch, lockLiveSearches, supersedeQuestions } from './substitution-store.ts'

/** Later than any version of a letter. */
const anyVersion = 1_000_000

/**
 * Ends the searches of a talk whose place is no longer open, or, when the talk itself has changed, all of them. To be
 * called in the transaction of the change, with the talk locked.
 */
export async function endSearches(
  trx: Trx,
  jobs: Jobs,
  talkId: string,
  as: Exclude<SearchEnd, 'escalated'>,
  now: DateTime,
): Promise<void> {
  const searches = await lockLiveSearches(trx, [talkId])
  const ended = as === 'changed' ? searches : searches.filter(({ placeOpen }) => !placeOpen)
  await end(trx, jobs, ended, as, now)
}

/** The same for talks that have ended together. */
export async function endAllSearches(trx: Trx, jobs: Jobs, talkIds: string[], now: DateTime): Promise<void> {
  await end(trx, jobs, await lockLiveSearches(trx, talkIds), 'changed', now)
}

/** Ends the search for one place, whether it is open or not; false when none was alive. */
export async function endSearchFor(
  trx: Trx,
  jobs: Jobs,
  which: { talkId: string; assignmentId: string },
  as: Exclude<SearchEnd, 'escalated'>,
  now: DateTime,
): Promise<boolean> {
  const searches = await lockLiveSearches(trx, [which.talkId])
  const ended = searches.filter(({ assignmentId }) => assignmentId === which.assignmentId)
  await end(trx, jobs, ended, as, now)
  return ended.length > 0
}

/** Who was asked and has not answered hears that it is over, if the question had reached them; one still unsent is dropped. */
async function end(trx: Trx, jobs: Jobs, searches: LiveSearch[], as: SearchEnd, now: DateTime): Promise<void> {
  if (searches.length === 0) return
  const ids = searches.map(({ id }) => id)
  for (const id of ids) await endSearch(trx, id, as, now)
  for (const { id, assignmentId } of searches) {
    await supersede(trx, `substitution:${id}`, anyVersion, as)
    if (as === 'filled' || as === 'decided') await supersede(trx, `answer:${assignmentId}`, anyVersion, as)
  }
  await supersedeQuestions(trx, ids, as)
  if (as === 'over') return
  const heard = await findHeard(trx, ids)
  await tell(
    trx,
    jobs,
    now,
    heard.flatMap(ask => {
      const search = searches.find(({ id }) => id === ask.substitution_id)
      if (!search) return []
      return [
        {
          houseId: search.houseId,
          kind: 'substitution-filled' as const,
          cause: `ask:${ask.id}`,
          version: 2,
          recipient: `speaker:${ask.speaker_id}`,
          address: ask.email,
          language: ask.language,
          dueAt: now,
          notAfter: search.startsAt,
          talkId: search.talkId,
          ...(search.requestId === null ? {} : { requestId: search.requestId }),
        },
      ]
    }),
  )
}
