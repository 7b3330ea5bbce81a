import { remember } from '../base/db/changes.ts'
import { brokenConstraint } from '../base/db/errors.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { plusDays } from '../base/time.ts'
import { lockPeople } from '../speakers/person-store.ts'
import { settle } from './busy-store.ts'
import { findDaysAhead, findHouses, setLimits, setOwnPerson, setPerson } from './houses-store.ts'

type Me = { accountId: string; houseId: string; speakerId: string }
type Refused = { refused: 'missing' | 'overlap' }
const location = '/me/houses'

/**
 * The person says that another House's speaker is the same human being (`join`), or no longer one calendar with this one.
 * From then on neither House can book an hour that the other has. `overlap`: both have talks at one time already.
 */
export async function joinHouse(db: Db, form: Form, me: Me, otherId: string, join: boolean): Promise<Done | Refused> {
  try {
    return await transactOnce<Refused>(db, form, async trx => {
      const own = [me.speakerId, otherId]
      await lockPeople(trx, own)
      const house = (await findHouses(trx, me.speakerId, 'kk')).find(({ id }) => id === otherId)
      if (!house) return { refused: 'missing' }
      if (house.joined === join) return { location }
      await (join ? setPerson(trx, otherId, me.speakerId) : setOwnPerson(trx, otherId))
      // a day earlier: a zone of its own may be a date behind
      const days = await findDaysAhead(trx, own, plusDays(form.now.toUTC().toISODate() ?? '', -1))
      await settle(trx, { houseId: me.houseId, speakerIds: own, days }, form.now)
      const said = { kind: join ? 'houses-joined' : 'houses-parted', at: form.now, byWhom: 'speaker' as const }
      await remember(trx, { ...me, ...said })
      await remember(trx, { houseId: house.houseId, speakerId: otherId, accountId: me.accountId, ...said })
      return { location }
    })
  } catch (error) {
    if (brokenConstraint(error) === 'a_speaker_is_in_one_place') return { refused: 'overlap' }
    throw error
  }
}

/** How many talks a person takes from another of their Houses; each House has limits of its own. */
export const limitHouse = (
  db: Db,
  form: Form,
  me: Me,
  otherId: string,
  limits: { day: number; week: number; month: number },
): Promise<Done | { refused: 'missing' }> =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    await lockPeople(trx, [me.speakerId, otherId])
    const house = (await findHouses(trx, me.speakerId, 'kk')).find(({ id, joined }) => id === otherId && joined)
    if (!house) return { refused: 'missing' }
    await setLimits(trx, otherId, limits)
    await remember(trx, {
      ...{ houseId: house.houseId, speakerId: otherId, accountId: me.accountId },
      ...{ kind: 'wishes-changed', at: form.now, byWhom: 'speaker', detail: limits },
    })
    return { location }
  })
