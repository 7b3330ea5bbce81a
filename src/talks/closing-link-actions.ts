import { remember } from '../base/db/changes.ts'
import type { Form } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Jobs } from '../base/jobs.ts'
import { tell } from '../messages/store.ts'
import { once } from './actions.ts'
import { noticed } from './closing-actions.ts'
import { besideClosures } from './closing-lock-store.ts'
import { closureNews } from './closing-rules.ts'
import { findAllSeats, findClosing, keepLink, lockTalks, putOnline } from './closing-store.ts'
import { findAllRecipients } from './recipient-store.ts'
import { isStanding } from './rules.ts'

export type Linking = {
  by: { accountId: string; houseId: string }
  closureId: string
  talkId: string
  link: string
  form: Form
}

/** The link that was promised: calendars get it, and everybody of the talk has it by the closure's letter anew. */
export const giveLink = (db: Db, jobs: Jobs, { by, closureId, talkId, link, form }: Linking) =>
  once(db, form, form.now, async trx => {
    const { now } = form
    const { houseId, accountId } = by
    await besideClosures(trx, houseId)
    const [talk] = await lockTalks(trx, [talkId])
    const closing = await findClosing(trx, closureId, talkId)
    if (!talk || talk.house_id !== houseId || !closing) return { refused: { code: 'missing' } }
    if (talk.state !== 'booked') return { refused: { code: 'talk-ended', state: talk.state } }
    const location = `/app/closures/${closureId}`
    // lifted or given meanwhile
    if (closing.fate !== 'online' || closing.restoredVersion !== null || talk.mode !== 'online' || talk.link === link)
      return { location }
    const version = (await putOnline(trx, [{ id: talkId, link }], now)).get(talkId) ?? talk.version
    await keepLink(trx, closureId, talkId, version)
    await remember(trx, {
      houseId,
      kind: 'linked',
      at: now,
      byWhom: 'account',
      accountId,
      requestId: talk.request_id,
      talkId,
    })
    const seats = (await findAllSeats(trx, [talkId])).filter(isStanding)
    const concerned = { talkId, contactId: talk.contact_id, speakerIds: seats.map(({ speakerId }) => speakerId) }
    const found = (await findAllRecipients(trx, houseId, [concerned])).get(talkId)
    const team = seats.flatMap(({ speakerId, assignmentId, travelMinutes }) => {
      const recipient = found?.speakers.get(speakerId)
      return recipient ? [{ ...recipient, assignmentId, travelMinutes }] : []
    })
    const about = noticed(houseId, { ...talk, version })
    const news = {
      closureId,
      talk: about,
      ends: false,
      team,
      contact: found?.contact,
      concerns: 'everybody' as const,
      now,
    }
    // reminders stand already, and take the link from the talk when they leave
    await tell(
      trx,
      jobs,
      now,
      closureNews([news], now).filter(({ kind }) => kind === 'closure'),
    )
    return { location }
  })
