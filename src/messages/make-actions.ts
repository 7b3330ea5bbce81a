import type { Db } from '../base/db/open.ts'
import { htmlOf, inOneList, type Letter, textOf, together, withLeaving, withNote } from '../base/letter.ts'
import type { Mail } from '../base/mail.ts'
import { cleanLine, domainOf } from '../base/text.ts'
import type { DateTime } from '../base/time.ts'
import type { Made, Post } from './actions.ts'
import { type MessageRow, senderOf } from './delivery-store.ts'
import type { Outcome } from './outcome-rules.ts'
import { isMessageKind } from './rules.ts'
import type { Taken } from './take-actions.ts'
import { ownTextsKept } from './text-store.ts'
import { lastOfEach } from './unsubscribe-rules.ts'
import { leavingToken } from './unsubscribe-store.ts'
import { inOwnWords } from './wording-rules.ts'

type Written = Extract<Made, { letter: Letter }>
/** A letter ready to go, by either channel, or how each of its rows ends without one. */
export type Ready = {
  rows: Taken
  /** When its facts were read. */
  at: DateTime
  /** Rows that nobody needs any more, by id. */
  ends: Map<string, Outcome>
  mail?: Mail
  short?: { row: MessageRow; short: Written['short'] }
}

/** Makes the letter of these rows from what is true now. */
export async function make(post: Post, rows: Taken, now: DateTime): Promise<Ready> {
  const ends = new Map<string, Outcome>()
  const letters: { row: MessageRow; made: Written }[] = []
  for (const row of rows) {
    const made = isMessageKind(row.kind)
      ? await post.makers[row.kind](post.db, { ...row, created_at: row.caused_at ?? row.created_at }, post.desk, now)
      : { skipped: 'unknown' }
    if ('superseded' in made) ends.set(row.id, { state: 'superseded', reason: made.superseded })
    else if ('skipped' in made) ends.set(row.id, { state: 'skipped', reason: made.skipped })
    else letters.push({ row, made: { ...made, letter: noted(await worded(post.db, row, made), row.note) } })
  }
  const [first, ...others] = letters
  if (!first) return { rows, at: now, ends }
  if (first.row.channel === 'webhook')
    return { rows, at: now, ends, short: { row: first.row, short: first.made.short } }
  return { rows, at: now, ends, mail: await mailOf(post, [first, ...others]) }
}

type Each = { row: MessageRow; made: Written }

async function mailOf(post: Post, each: [Each, ...Each[]]): Promise<Mail> {
  const [{ row, made }] = each
  const { language } = row
  const sender = row.house_id ? await senderOf(post.db, row.house_id) : undefined
  const several = row.joins === null ? each : each.toSorted((a, b) => +(a.made.at ?? 0) - +(b.made.at ?? 0))
  const { letters, unsubscribe } = leavable(post, several)
  const letter = row.joins === null ? together(letters) : inOneList(letters)
  const calendars = each.length === 1 ? [] : several.flatMap(it => it.made.calendar ?? [])
  const attachments = numbered(several.flatMap(it => it.made.attachments ?? []))
  return {
    id: row.id,
    kind: row.kind,
    messageId: `${row.bundle ?? row.id}@${domainOf(post.desk.mailFrom)}`,
    date: row.due_at > row.created_at ? row.due_at : row.created_at,
    from: { name: sender?.[language] ?? 'Kezdesu', address: sender?.address ?? post.desk.mailFrom },
    to: { name: cleanLine(made.toName), address: row.address },
    language,
    subject: cleanLine(letter.subject),
    text: textOf(letter),
    html: htmlOf(letter),
    ...(unsubscribe ? { unsubscribe } : {}),
    // a calendar part is one date (RFC 5546): several go as files, since a program answers the first part alone
    ...(calendars.length > 0 ? { calendars } : made.calendar ? { calendar: made.calendar } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
  }
}

/** The letters with a line where each kind that one can do without can be left; programs get the first of these. */
function leavable({ desk }: Post, each: Each[]): { letters: [Letter, ...Letter[]]; unsubscribe: string | undefined } {
  const last = lastOfEach(each.map(({ row }) => row.kind))
  const links = each.map(({ row }, at) =>
    last[at] ? `${desk.publicUrl}/u/${row.id}/${leavingToken(desk.secret, row.id)}` : undefined,
  )
  const letters = each.map(({ made }, at) => (links[at] ? withLeaving(made.letter, links[at]) : made.letter))
  return { letters: letters as [Letter, ...Letter[]], unsubscribe: links.find(link => link !== undefined) }
}

/** Files of one letter under names of their own. */
const numbered = (files: NonNullable<Mail['attachments']>): typeof files =>
  files.map((file, at) => {
    const before = files.slice(0, at).filter(({ filename }) => filename === file.filename).length
    return before === 0 ? file : { ...file, filename: file.filename.replace(/(?=\.[^.]*$|$)/, `-${before + 1}`) }
  })

const noted = (letter: Letter, note: string | null): Letter => (note === null ? letter : withNote(letter, note))

/** The letter in its House's own words, where it has some. */
async function worded(db: Db, row: MessageRow, { letter, known }: Written): Promise<Letter> {
  if (!known || !row.house_id) return letter
  return inOwnWords(letter, row.language, known, await ownTextsKept(db, row.house_id, known.key))
}
