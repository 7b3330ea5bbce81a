import { randomUUID } from 'node:crypto'
import { endLease, takeLease } from './base/db/lease.ts'
import { databaseNow } from './base/db/moment.ts'
import type { Db } from './base/db/open.ts'
import type { Jobs } from './base/jobs.ts'
import { say } from './base/lines.ts'
import { domainOf } from './base/text.ts'
import type { Config } from './config.ts'
import type { Running } from './run.ts'

// whoever dies is missed after so long, and the others look every 20 s: taken over within a minute
const leaseSeconds = 40

/** The ways in for what calendar programs answer: a mailbox, a door, both or none. */
export async function startReplies(
  world: { db: Db; jobs: Jobs; config: Pick<Config, 'mailFrom' | 'replies'> },
  onFault: (error: unknown) => void,
): Promise<Running> {
  const { db, jobs, config } = world
  const { imapUrl, listen, mailServer } = config.replies
  if (!imapUrl && !listen) return { stop: async () => {} }
  // IMAP, SMTP and the proofs of letters take some 20 MB, so only where there is a way in
  const { intakeOf } = await import('./calendars/intake.ts')
  const intake = intakeOf({ db, jobs, domain: domainOf(config.mailFrom), proof: { mailServer }, now: databaseNow })
  // a code alone: whose letter it was stands in the House's pages or nowhere
  const note = (code: string) => say({ level: 'info', where: 'replies', code })
  const holder = randomUUID()
  const lease = {
    take: () => takeLease(db, 'mailbox', holder, leaseSeconds),
    end: () => endLease(db, 'mailbox', holder),
  }
  const door = listen && (await (await import('./calendars/door.ts')).openDoor({ at: listen, intake, note, onFault }))
  const mailbox = imapUrl
    ? (await import('./calendars/mailbox.ts')).watchMailbox({ url: imapUrl, intake, lease, note, onFault })
    : undefined
  return {
    stop: async () => {
      await Promise.all([mailbox?.stop(), door?.stop()])
    },
  }
}
