import { brokenConstraint } from '../base/db/errors.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Said } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { nameReporters } from '../talks/reporter-actions.ts'
import { lockTalk } from '../talks/store.ts'
import { insertBody, setGone } from './body-store.ts'

const home = '/app/reports/bodies'

/** A body that reports talks of the House as well. */
export async function addBody(db: Db, houseId: string, name: Said, form: Form): Promise<Done | { refused: 'twice' }> {
  try {
    return await transactOnce<{ refused: 'twice' }>(db, form, async trx => {
      await insertBody(trx, houseId, name)
      return { location: `${home}?done=1` }
    })
  } catch (error) {
    if (brokenConstraint(error) === 'a_house_names_a_body_once') return { refused: 'twice' }
    throw error
  }
}

/** Takes a body off the list of those that can be ticked, or back; what it has reported stays. */
export async function turnBody(
  db: Db,
  houseId: string,
  { id, gone }: { id: string; gone: boolean },
  form: Form,
): Promise<Done | { refused: 'missing' | 'twice' }> {
  try {
    return await transactOnce<{ refused: 'missing' | 'twice' }>(db, form, async trx =>
      (await setGone(trx, houseId, id, gone)) ? { location: `${home}?done=1` } : { refused: 'missing' },
    )
  } catch (error) {
    if (brokenConstraint(error) === 'a_house_names_a_body_once') return { refused: 'twice' }
    throw error
  }
}

/** Says who else reports a talk. It stays one talk. */
export const sayReporters = (
  db: Db,
  { houseId, accountId }: { houseId: string; accountId: string },
  { talkId, bodies }: { talkId: string; bodies: string[] },
  form: Form,
  now: DateTime,
): Promise<Done | { refused: 'missing' }> =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    const talk = await lockTalk(trx, houseId, talkId)
    const said = talk && (await nameReporters(trx, { houseId, accountId, talk, bodies }, now))
    return said ? { location: `/app/talks/${talkId}` } : { refused: 'missing' }
  })
