import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { supersede, tell } from '../messages/store.ts'
import { decliningNotices } from './decline-rules.ts'
import { turnRequest } from './state-store.ts'
import { keepUndo } from './undo-store.ts'

type Declining = {
  actor: { accountId: string; houseId: string }
  requestNumber: number
  reason: 'no-speakers' | 'no-time' | 'not-our-topic' | 'not-our-district' | 'twice' | 'other'
  form?: Form | undefined
  /** Where it leads, when not to the request. */
  location?: string
  /** A sentence of the coordinator's own for the letter. */
  note?: string | undefined
}
type State = 'unconfirmed' | 'waiting' | 'booked' | 'held' | 'declined' | 'withdrawn' | 'expired'

/** The House can't do it: the request ends and its contact is told why. */
export function decline(
  db: Db,
  jobs: Jobs,
  { actor, requestNumber, reason, form, note, location }: Declining,
  now: DateTime,
) {
  const { houseId, accountId } = actor
  return transactOnce<{ refused: { code: 'missing' } | { code: 'request-ended'; state: State } }>(
    db,
    form ?? { key: undefined, url: '', by: '', body: undefined, now },
    async trx => {
      const request = await lock(trx, houseId, requestNumber)
      if (!request || request.state === 'unconfirmed') return { refused: { code: 'missing' } }
      if (request.state !== 'waiting') return { refused: { code: 'request-ended', state: request.state } }
      const version = await turnRequest(trx, request.id, { state: 'declined', reason }, now)
      await remember(trx, {
        houseId,
        kind: 'request-declined',
        at: now,
        byWhom: 'account',
        accountId,
        requestId: request.id,
        detail: { reason, ...(note === undefined ? {} : { note }) },
      })
      await supersede(trx, `request:${request.id}`, version, 'declined')
      const { id, contactId, email, phone, channel, contactLanguage: language } = request
      const dueAt = now.plus({ seconds: request.undo_seconds })
      const contact = { id: contactId, email, phone, channel, language }
      await keepUndo(trx, {
        houseId,
        of: { requestId: id },
        kind: 'request-declined',
        version,
        at: now,
        lettersAt: dueAt,
        accountId,
        before: {},
      })
      await tell(trx, jobs, now, decliningNotices({ id, houseId, version, contact, dueAt, note }))
      return { location: location ?? `/app/requests/${requestNumber}` } satisfies Done
    },
  )
}

const lock = (trx: Trx, houseId: string, number: number) =>
  trx
    .selectFrom('requests')
    .innerJoin('houses', 'houses.id', 'requests.house_id')
    .leftJoin('contacts', 'contacts.id', 'requests.contact_id')
    .select([
      'requests.id',
      'state',
      'undo_seconds',
      'contacts.id as contactId',
      'contacts.email',
      'contacts.phone',
      'contacts.channel',
      'contacts.language as contactLanguage',
    ])
    .where('requests.house_id', '=', houseId)
    .where('requests.number', '=', number)
    .forNoKeyUpdate('requests')
    .executeTakeFirst()
