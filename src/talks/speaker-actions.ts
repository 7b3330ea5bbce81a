import { letSpeakerIn, moveSpeakersAccount } from '../accounts/speaker-store.ts'
import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { joinGroups } from '../groups/store.ts'
import type { Problem } from '../houses/field-rules.ts'
import { lockSpeaker } from '../speakers/busy-store.ts'
import { isTaken } from '../speakers/edit-actions.ts'
import type { SpeakerValue } from '../speakers/edit-rules.ts'
import { findSpeaker, updateSpeaker } from '../speakers/edit-store.ts'
import { newlyUnfit } from './unfit-rules.ts'
import { findUnfit, type Unfit } from './unfit-store.ts'
import { dropWishes } from './work-store.ts'

type By = { accountId: string; houseId: string }
type Kept = Done | { refused: 'missing' | Problem[] } | { refused: 'unfit'; talks: Unfit[] }

/**
 * Keeps what a coordinator changed about a speaker. Booked talks that fitted and would not any more refuse it, unless
 * the coordinator has seen them (`anyway`); they stay as they are in either case.
 */
export async function keepSpeaker(
  db: Db,
  form: Form,
  { accountId, houseId }: By,
  id: string,
  value: SpeakerValue,
  anyway: boolean,
): Promise<Kept> {
  try {
    return await transactOnce<Exclude<Kept, Done>>(db, form, async trx => {
      await lockSpeaker(trx, id)
      const before = await findSpeaker(trx, houseId, id)
      if (!before) return { refused: 'missing' }
      const unfitBefore = await findUnfit(trx, houseId, id, form.now)
      await updateSpeaker(trx, id, {
        ...value,
        // the form has no order of its own: the first profession stays the first
        professions: [
          ...before.professions.filter(each => value.professions.includes(each)),
          ...value.professions.filter(each => !before.professions.includes(each)),
        ],
      })
      // a changed list of topics answers what the person wished
      if (
        new Set([...before.topics, ...value.topics]).size !== before.topics.length ||
        before.topics.length !== value.topics.length
      )
        await dropWishes(trx, id)
      await joinGroups(trx, houseId, id, value.groups)
      const unfit = newlyUnfit(unfitBefore, await findUnfit(trx, houseId, id, form.now))
      if (unfit.length > 0 && !anyway) return { refused: 'unfit', talks: unfit }
      if (before.accountId === undefined) {
        if (value.leftOn === undefined) await letSpeakerIn(trx, houseId, value)
      } else if (before.email !== value.email) {
        const moved = await moveSpeakersAccount(trx, houseId, before.accountId, value.email, form.now)
        if (moved === 'taken') return { refused: [{ field: 'email', code: 'taken' }] }
      }
      await remember(trx, {
        ...{ houseId, accountId, speakerId: id },
        kind: 'speaker-kept',
        at: form.now,
        byWhom: 'account',
        detail: { unfit: unfit.length },
      })
      return { location: `/app/speakers/${id}?done=saved` }
    })
  } catch (error) {
    if (isTaken(error)) return { refused: [{ field: 'email', code: 'taken' }] }
    throw error
  }
}
