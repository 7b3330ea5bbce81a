import { letSpeakerIn } from '../accounts/speaker-store.ts'
import { remember } from '../base/db/changes.ts'
import { brokenConstraint } from '../base/db/errors.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { joinGroups } from '../groups/store.ts'
import type { Problem } from '../houses/field-rules.ts'
import type { SpeakerValue } from './edit-rules.ts'
import { insertSpeaker } from './edit-store.ts'

type By = { accountId: string; houseId: string }

/** Adds a speaker, who may sign in by the same address from now on. */
export async function addSpeaker(
  db: Db,
  form: Form,
  { accountId, houseId }: By,
  value: SpeakerValue,
): Promise<Done | { refused: Problem[] }> {
  try {
    return await transactOnce<{ refused: Problem[] }>(db, form, async trx => {
      const speakerId = await insertSpeaker(trx, houseId, value)
      await joinGroups(trx, houseId, speakerId, value.groups)
      const signsIn = await letSpeakerIn(trx, houseId, value)
      await remember(trx, {
        ...{ houseId, accountId, speakerId },
        kind: 'speaker-added',
        at: form.now,
        byWhom: 'account',
        detail: { signsIn },
      })
      return { location: `/app/speakers/${speakerId}?done=saved` }
    })
  } catch (error) {
    if (isTaken(error)) return { refused: [{ field: 'email', code: 'taken' }] }
    throw error
  }
}

/** Whether the address is another speaker's of the House, or an account was made for it this very moment. */
export function isTaken(error: unknown): boolean {
  const broken = brokenConstraint(error)
  return (
    broken === 'a_speaker_has_an_address_of_their_own_in_a_house' ||
    broken === 'an_address_belongs_to_one_account' ||
    broken === 'an_account_is_one_speaker'
  )
}
