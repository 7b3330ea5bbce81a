import type { DateTime, Span } from '../base/time.ts'

/** The four questions, in the order in which they are asked. */
export const questions = ['clear', 'useful', 'respectful', 'again'] as const
export type Question = (typeof questions)[number]
export type Opinion = Record<Question, number>

/** What may be answered: yes, partly, no, on the scale from one to five on which averages are reckoned. */
export const scale = [5, 3, 1] as const

/** Under so many answers nobody sees an average or a remark: a few would be recognised. */
export const fewest = 5
const daysOpen = 30
const longest = 500
export const mostHeads = 20_000

type Talk = { state: string; during: Span }

/** Whether a talk can be spoken of now: from its beginning to thirty days after its end, unless it did not take place. */
export function standing(talk: Talk, now: DateTime): 'open' | 'early' | 'over' {
  if (talk.state !== 'booked' && talk.state !== 'held') return 'over'
  if (talk.during.from > now) return 'early'
  return talk.during.to.plus({ days: daysOpen }) < now ? 'over' : 'open'
}

/** As many answers as twice the listeners: a class shares one code, and nobody is told apart. */
export const mostAnswers = (heads: { planned: number; counted: number | null; confirmed: number | null }): number =>
  2 * Math.max(heads.planned, heads.counted ?? 0, heads.confirmed ?? 0)

export type OpinionMistake = Question | 'remark'

/** The answers that a form says, or what is missing in it. */
export function opinionOf(
  texts: Record<Question | 'remark', string>,
): { opinion: Opinion; remark: string } | { mistakes: OpinionMistake[] } {
  const mistakes: OpinionMistake[] = questions.filter(each => !/^[1-5]$/.test(texts[each]))
  if (texts.remark.length > longest) mistakes.push('remark')
  if (mistakes.length > 0) return { mistakes }
  const opinion = Object.fromEntries(questions.map(each => [each, Number(texts[each])])) as Opinion
  return { opinion, remark: masked(texts.remark).slice(0, longest) }
}

/** As it is read, not as it is written: wide digits, letters in circles and what cannot be seen hide no number. */
const plain = (text: string): string =>
  // the sign of a number would fall apart into two letters
  text
    .split('№')
    .map(part => part.normalize('NFKC'))
    .join('№')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')

const at = '(?:@|[([{]\\s*(?:at|@|ат|эт|собака)\\s*[)\\]}])'
const mail = new RegExp(`[^\\s@<>,;]+\\s*${at}\\s*[^\\s<>,;]+\\.\\p{L}{2,}`, 'giu')
const mailInWords = /[^\s@<>,;]+\s+(?:at|собака)\s+[^\s<>,;]+\.\p{L}{2,}/giu
const nick = /[^\s<>,;]*@[^\s<>,;]+/gu
// whatever is no letter may stand between two digits of one number
const number = /[+(]*\p{Nd}(?:[^\p{L}\p{Nd}]*\p{Nd}){6,}/gu

/** A remark without what leads to a person: mail addresses, nicknames, phones and numbers of papers become stars. */
export const masked = (text: string): string =>
  [number, mail, mailInWords, nick].reduce((said, each) => said.replace(each, '***'), plain(text))

/** How many people came, as a form says it; undefined for anything else. */
export function headsOf(text: string): number | undefined {
  const digits = text.replace(/[\s\u00a0]/g, '')
  return /^\d{1,6}$/.test(digits) && Number(digits) <= mostHeads ? Number(digits) : undefined
}
