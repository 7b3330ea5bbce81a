import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { type DateTime, wallOf } from '../base/time.ts'
import { isReached } from '../messages/channel-rules.ts'
import { tell } from '../messages/store.ts'
import { mostAnswers, type Opinion, standing } from './rules.ts'
import {
  type Asked,
  countOpinions,
  findAsked,
  findUnasked,
  insertOpinion,
  lockTalk,
  type SpokenOf,
  setConfirmed,
} from './store.ts'

export type Giving = { talk: SpokenOf; opinion: Opinion; remark: string; location: string; form: Form }

/**
 * Keeps one answer without anything of whoever gave it. The key of the form, by which a form sent twice is done once, is
 * kept with the beginning of the day instead of its time: so nobody can lay the two lists beside each other.
 */
export const give = (
  db: Db,
  { talk, opinion, remark, location, form }: Giving,
  now: DateTime,
): Promise<Done | { refused: 'closed' | 'full' }> =>
  transactOnce<{ refused: 'closed' | 'full' }>(
    db,
    { ...form, body: {}, now: now.setZone(talk.zone).startOf('day') },
    async trx => {
      if (standing(talk, now) !== 'open') return { refused: 'closed' }
      await lockTalk(trx, talk.id)
      if ((await countOpinions(trx, talk.id)) >= mostAnswers(talk)) return { refused: 'full' }
      await insertOpinion(trx, talk.id, opinion, remark, wallOf(now, talk.zone).day)
      return { location }
    },
  )

/** The host's own count, kept apart from the speaker's; said anew it takes the place of the first. */
export const confirmHeads = (
  db: Db,
  { talk, heads, location, form }: { talk: SpokenOf; heads: number; location: string; form: Form },
  now: DateTime,
): Promise<Done | { refused: 'closed' }> =>
  transactOnce<{ refused: 'closed' }>(db, form, async trx => {
    if (standing(talk, now) !== 'open') return { refused: 'closed' }
    await lockTalk(trx, talk.id)
    if (talk.confirmed === heads) return { location }
    await setConfirmed(trx, talk.id, heads)
    await remember(trx, {
      houseId: talk.houseId,
      kind: 'heads-confirmed',
      at: now,
      byWhom: 'contact',
      requestId: talk.requestId,
      talkId: talk.id,
      detail: { heads, ...(talk.confirmed === null ? {} : { headsBefore: talk.confirmed }) },
    })
    return { location }
  })

const askForDays = 7
const askAfterMinutes = 15

/** Asks the host's contact how the talk was, once and with the outcome; quiet hours are kept when the letter leaves. */
export async function askHow(trx: Trx, jobs: Jobs, talkId: string, now: DateTime): Promise<void> {
  await ask(trx, jobs, await findAsked(trx, talkId), now)
}

/** On the morning after, asks for the talks of which nobody has reported; how many contacts. */
export const askTheRest = (db: Db, jobs: Jobs, now: DateTime): Promise<number> =>
  transact(db, async trx => {
    const found = await findUnasked(trx, now)
    await ask(trx, jobs, found, now)
    return found.length
  })

async function ask(trx: Trx, jobs: Jobs, asked: Asked[], now: DateTime): Promise<void> {
  const messages = asked.filter(isReached).map(it => {
    const after = it.during.to.plus({ minutes: askAfterMinutes })
    const dueAt = after > now ? after : now
    return {
      houseId: it.houseId,
      kind: 'feedback-asked' as const,
      cause: `feedback:${it.id}`,
      version: 1,
      recipient: `contact:${it.contactId}`,
      address: it.email ?? '',
      language: it.language,
      dueAt,
      notAfter: dueAt.plus({ days: askForDays }),
      requestId: it.requestId,
      talkId: it.id,
    }
  })
  await tell(trx, jobs, now, messages)
}
