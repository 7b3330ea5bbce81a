import type { Db } from '../base/db/open.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { planAgain, speakTo } from '../messages/reminder-store.ts'
import { remindersFor } from './notice-rules.ts'
import { findRecipients } from './recipient-store.ts'
import { lockTalk } from './store.ts'
import { findMarks, findToCome, spreadMark, takeMark } from './wish-store.ts'

/**
 * Plans the reminders of talks to come by the wishes of now, for everybody who has changed theirs, or whose House has. A
 * process that is to end begins with nobody more: their marks stay.
 */
export async function followWishes(
  db: Db,
  jobs: Jobs,
  now: DateTime,
  onFault: (error: unknown) => void,
  signal?: AbortSignal,
): Promise<void> {
  const look = async () => {
    for (const recipient of await findMarks(db)) {
      if (signal?.aborted) return
      await transact(db, trx => follow(trx, jobs, recipient, now)).catch(onFault)
    }
  }
  // a House's mark becomes those of its people, whom the second look sees
  await look()
  await look()
}

async function follow(trx: Trx, jobs: Jobs, recipient: string, now: DateTime): Promise<void> {
  if (!(await takeMark(trx, recipient))) return
  const [is, id = ''] = recipient.split(':')
  if (is === 'house') return void (await spreadMark(trx, id, now))
  await speakTo(trx, recipient)
  for (const each of await findToCome(trx, recipient, now)) {
    const talk = await lockTalk(trx, each.houseId, each.id)
    if (talk?.state !== 'booked') continue
    const { speakers, contact } = await findRecipients(trx, {
      houseId: talk.house_id,
      talkId: talk.id,
      contactId: is === 'contact' ? id : null,
      speakerIds: is === 'speaker' ? [id] : [],
    })
    const reader = is === 'contact' ? contact : speakers.get(id)
    if (!reader) continue
    const about = {
      ...{ id: talk.id, houseId: talk.house_id, requestId: talk.request_id ?? undefined, zone: talk.zone },
      ...{ version: talk.version, startsAt: talk.during.from, endsAt: talk.during.to },
    }
    const wished = remindersFor(about, reader, each.since, each.assignmentId ?? undefined)
    await planAgain(
      trx,
      jobs,
      now,
      { cause: `talk:${talk.id}`, version: talk.version, recipient },
      wished.filter(({ dueAt }) => dueAt > now),
    )
  }
}
