import type { Html } from '../base/http/html.ts'
import { dayWithMonth } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock, type DateTime, type Moment, wallOf } from '../base/time.ts'
import { acceptable } from '../calendars/reply-rules.ts'
import { whenSaid } from '../matching/pages.ts'
import type { OpenReply, ReplyRow } from './reply-store.ts'
import { type ReplyWords, words } from './reply-words.ts'
import { instantSaid, knownAs } from './shown-pages.ts'

/** A reply as the coordinator reads it: what it says, why it did not count by itself, what can be done. */
export type ReplyShown = {
  id: string
  who: string
  what: string
  tag: string
  tone: '' | 'ok' | 'bad' | 'wait'
  lines: string[]
  why: string[]
  /** The proposed time, to move to or with what is in the way. */
  move: { value: string; text: string; hindrances: string[] } | undefined
  accept: boolean
  dismiss: string | undefined
}
export type ReplyTask = { talkId: string; host: string; about: string; tag: string; says: string }
/** The proposed time of an open reply, and what the engine has against it. */
export type Proposal = { id: string; moment: Moment; hindrances: string[] }

declare module '../base/http/pages.ts' {
  interface Views {
    'parts/replies': { id: string; replies: ReplyShown[]; say: ReplyWords; fields: Html }
  }
}

const tones: Record<ReplyRow['state'], ReplyShown['tone']> = {
  open: 'bad',
  taken: 'ok',
  accepted: 'ok',
  dismissed: '',
  ignored: '',
}

export function repliesShown(
  language: Language,
  rows: ReplyRow[],
  talk: { zone: string; open: boolean },
  proposals: Proposal[],
  now: DateTime,
): ReplyShown[] {
  const say = words[language]
  const shown = rows.map(row => {
    const waits = row.state === 'open' && row.current && talk.open
    const proposal = waits ? proposals.find(({ id }) => id === row.id) : undefined
    const unverified = row.reasons.length > 0
    return {
      id: row.id,
      who: knownAs(row.name),
      what: say.answer[row.answer],
      tag: waits
        ? taskSaid(language, row)
        : row.state === 'open' && !row.current
          ? say.movedSince
          : say.state[row.state],
      tone: row.state === 'open' && !waits ? ('' as const) : tones[row.state],
      lines: [
        instantSaid(language, row.came_at, talk.zone, now),
        ...(unverified && row.sender ? [say.from(row.sender)] : []),
        ...(row.proposed ? [say.proposed(timeSaid(language, row.proposed.from, talk.zone))] : []),
        ...(row.comment ? [say.comment(row.comment)] : []),
        ...(row.copies > 1 ? [say.copies(row.copies)] : []),
        ...(row.account && row.decided_at
          ? [say.decidedBy(row.account, instantSaid(language, row.decided_at, talk.zone, now))]
          : []),
      ],
      why: row.reasons.map(reason => say.why[reason] ?? reason),
      move: proposal && {
        value: `${proposal.moment.day}T${clock(proposal.moment.from)}`,
        text: say.move(whenSaid(language, proposal.moment)),
        hindrances: proposal.hindrances,
      },
      accept: waits && acceptable(row.answer),
      dismiss: waits ? (acceptable(row.answer) ? say.dismiss : say.seenTo) : undefined,
    }
  })
  return [...shown.filter(({ dismiss }) => dismiss), ...shown.filter(({ dismiss }) => !dismiss)]
}

const taskSaid = (language: Language, row: Pick<ReplyRow, 'answer' | 'reasons'>): string => {
  const { task } = words[language]
  return row.reasons.length > 0 || (row.answer !== 'proposal' && row.answer !== 'delegated')
    ? task.unverified
    : task[row.answer]
}

export function timeSaid(language: Language, at: DateTime, zone: string): string {
  const { day, minute } = wallOf(at, zone)
  return whenSaid(language, { day, from: minute })
}

export const replyTask = (language: Language, row: OpenReply): ReplyTask => ({
  talkId: row.talkId,
  host: row.host,
  about: `${dayWithMonth(language, row.held_on)}, ${row.from_time.slice(0, 5)}`,
  tag: taskSaid(language, row),
  says: `${knownAs(row.name)}: ${words[language].answer[row.answer]}`,
})

/** Why a coordinator's yes came too late. */
export const closedSaid = (
  language: Language,
  refused: 'decided' | 'changed' | 'busy' | 'cancelled' | 'filled' | 'begun',
): string => {
  const say = words[language]
  return refused === 'decided' || refused === 'changed' ? say.refused[refused] : (say.why[refused] ?? refused)
}
