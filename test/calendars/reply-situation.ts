import type { Test } from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { type Intake, intakeOf } from '../../src/calendars/intake.ts'
import { replyToken } from '../../src/talks/ics-mail.ts'
import { cast } from '../cast.ts'
import { stand } from '../talks/booked.ts'
import { ask, bookedTalk, type Names, names } from '../talks/situation.ts'
import { type TestWorld, world } from '../world.ts'
import { type Facts, type Form, recorded, resolver, signed } from './reply-mails.ts'

export type Situation = {
  here: TestWorld
  named: Names
  talkId: string
  intake: Intake
  /** The address of the invitation that the psychologist was sent. */
  to: string
  /** A reply as a program of the invited speaker writes it, unless told otherwise. */
  letter: (form: Form, change?: Partial<Facts>, signer?: string | null) => Promise<Buffer>
  take: (raw: Buffer, envelope?: string) => Promise<string>
  /** Everybody's answer, `email state`. */
  stands: () => Promise<string[]>
  /** Replies as they lie there: `answer state reasons`. */
  kept: () => Promise<string[]>
}

const domain = 'kezdesu.example'
let count = 0

/** A talk on Thursday with a psychologist and a lawyer, invited by letters that have left. */
export async function replySituation(t: Test, on?: string): Promise<Situation> {
  const here = await world(t, on)
  const named = await names(here)
  const { db, clock, app } = here
  const talkId = await bookedTalk(
    here,
    named,
    await ask(here, named, { host: 'school-912', windows: [{ from: '2026-11-24', to: '2026-12-23' }] }),
    '2026-11-27T10:20',
    ['baizhan'],
  )
  clock.now = clock.now.plus({ minutes: 5 })
  await here.deliver()
  const speakerId = named.speaker('baizhan')
  const { email } = await db
    .selectFrom('speakers')
    .select('email')
    .where('id', '=', speakerId)
    .executeTakeFirstOrThrow()
  const to = `bron+${replyToken(app.config.secret, talkId, speakerId)}@${domain}`
  const intake = intakeOf({
    db,
    jobs: sleeping,
    domain,
    proof: { mailServer: 'mx.kezdesu.example', resolver },
    now: async () => clock.now,
  })
  const letter: Situation['letter'] = async (form, change = {}, signer = email.split('@')[1] ?? '') => {
    const facts: Facts = {
      to,
      from: email,
      attendee: email,
      uid: `talk-${talkId}@${domain}`,
      id: `letter-${++count}`,
      stamp: clock.now.toUTC().toFormat("yyyyMMdd'T'HHmmss'Z'"),
      partstat: 'ACCEPTED',
      sequence: 0,
      comment: 'Буду вовремя',
      proposedFrom: '20261127T152000',
      proposedTo: '20261127T160500',
      ...change,
    }
    const raw = recorded(form, facts)
    return signer === null ? raw : signed(raw, signer)
  }
  return {
    here,
    named,
    talkId,
    intake,
    to,
    letter,
    take: (raw, envelope) => intake.take({ raw, octets: raw.length, envelope, arrival: `test:${++count}` }),
    stands: async () => (await stand(db, talkId)).map(row => `${row.email} ${row.state}`),
    kept: async () => {
      const rows = await db
        .selectFrom('replies')
        .select(['answer', 'state', 'reasons', 'copies'])
        .where('talk_id', '=', talkId)
        .orderBy('came_at')
        .orderBy('message_id')
        .execute()
      return rows.map(it => [it.answer, it.state, ...it.reasons, ...(it.copies > 1 ? [`x${it.copies}`] : [])].join(' '))
    },
  }
}

export const coordinator = cast.coordinator
