import { clock, type Day, dayNumber, instantOf, type Minute, type Moment } from '../base/time.ts'
import { mostClasses, oneClass, readClasses } from './class-rules.ts'
import {
  type AskedWhen,
  countOf,
  dayOf,
  type Problem,
  type Reading,
  reading,
  type TypedWhen,
  type TypedWindow,
  timeOf,
  type Wish,
} from './rules.ts'

export type Setting = {
  topic: { least: number; most: number; languages: string[] }
  /** How long the talk is, where times in one's own words are judged by it. */
  minutes?: number
  /** Whether parallel classes may be asked for at once. */
  classes?: boolean
  /** Whether the host has a way to take part online. */
  online: boolean
  today: Day
  minute: Minute
  zone: string
  /** The times that were found possible for the days in question. */
  possible: Moment[]
}

export const mostWishes = 5
export const longestNote = 500
/** Nobody plans further ahead than this. */
const mostDaysAhead = 366
/** Outside of these hours nobody is asked to come. */
const [morning, evening] = [7 * 60, 21 * 60]

/** The second step: how many people, in which languages, on site or online, and one to five wished times. */
export function readWhen(typed: TypedWhen, setting: Setting): Reading<AskedWhen> {
  const { topic } = setting
  const problems: Problem[] = []
  const heads = countOf(typed.heads)
  if (heads === undefined || heads < topic.least || heads > topic.most)
    problems.push({ field: 'heads', code: 'heads-outside', least: topic.least, most: topic.most })
  const languages = typed.languages.filter(language => topic.languages.includes(language))
  if (languages.length === 0) problems.push({ field: 'languages', code: 'language-missing' })
  const mode = typed.mode === 'online' ? 'online' : 'onsite'
  if (!['onsite', 'online'].includes(typed.mode) || (mode === 'online' && !setting.online))
    problems.push({ field: 'mode', code: 'mode-missing' })
  const classes = setting.classes ? readClasses(typed.classes ?? '') : oneClass
  if ('refused' in classes) {
    if (classes.refused === 'many') problems.push({ field: 'classes', code: 'classes-many', most: mostClasses })
    else problems.push({ field: 'classes', code: 'classes-unclear' })
  }
  const wishes = readWishes(typed, setting)
  const latest = dayOf(typed.latest)
  problems.push(...wishes.problems, ...latestProblems(typed.latest, wishes.value ?? [], setting))
  if (typed.note.length > longestNote) problems.push({ field: 'note', code: 'note-long', most: longestNote })
  return reading(problems, () => ({
    heads: heads ?? 0,
    ...(setting.classes && !('refused' in classes) ? { classes } : {}),
    languages,
    mode,
    wishes: wishes.value ?? [],
    latest,
    note: typed.note,
  }))
}

/** The rows of a form that has room for more: as many as stood there, and none with anything in it is left out. */
export const shownWindows = (typed: TypedWindow[], rows: number): TypedWindow[] =>
  typed.filter((window, at) => at < rows || Object.values(window).some(text => text !== ''))

function readWishes(typed: TypedWhen, setting: Setting): Reading<Wish[]> {
  const slots = typed.slots.map(slot => setting.possible.find(moment => slotOf(moment) === slot))
  const windows = typed.windows
    .map((window, at) => ({ window, at }))
    .filter(({ window }) => Object.values(window).some(text => text !== ''))
  const read = windows.map(({ window, at }) => readWindow(window, `w${at}`, setting))
  const problems: Problem[] = [
    ...(slots.includes(undefined) ? [{ field: 'slot', code: 'slot-gone' as const }] : []),
    ...read.flatMap(each => each.problems),
  ]
  const wishes = [
    ...slots.filter(moment => moment !== undefined).map(wishOf),
    ...read.flatMap(each => each.value ?? []),
  ]
  if (slots.length + windows.length === 0) problems.push({ field: 'slot', code: 'wish-missing' })
  if (slots.length + windows.length > mostWishes)
    problems.push({ field: 'slot', code: 'wishes-too-many', most: mostWishes })
  return reading(problems, () => wishes)
}

/** `2026-12-01T09:00`: how a time that may be chosen is written in the form. */
export const slotOf = ({ day, from }: { day: Day; from: Minute }): string => `${day}T${clock(from)}`
const wishOf = ({ day, from, to }: Moment): Wish => ({ from: day, to: day, fromMinute: from, toMinute: to })

/** A wish in one's own words: a date, or dates from and until, and hours between which the talk may lie. */
export function readWindow(
  typed: TypedWindow,
  field: string,
  { today, minute, zone, minutes }: Pick<Setting, 'today' | 'minute' | 'zone' | 'minutes'>,
): Reading<Wish> {
  const problems: Problem[] = []
  const from = dayOf(typed.date)
  const to = typed.until === '' ? from : dayOf(typed.until)
  const [fromMinute, toMinute] = [timeOf(typed.from), timeOf(typed.to)]
  const dateProblem =
    from === undefined
      ? 'date-impossible'
      : (to ?? from) < today
        ? 'date-past'
        : dayNumber(from) - dayNumber(today) > mostDaysAhead
          ? 'date-far'
          : undefined
  if (dateProblem) problems.push({ field: `${field}-date`, code: dateProblem })
  if (to === undefined && from !== undefined) problems.push({ field: `${field}-until`, code: 'date-impossible' })
  else if (from !== undefined && to !== undefined && to < from)
    problems.push({ field: `${field}-until`, code: 'until-before' })
  else if (from !== undefined && to !== undefined && dayNumber(to) - dayNumber(today) > mostDaysAhead && !dateProblem)
    problems.push({ field: `${field}-until`, code: 'date-far' })
  if (fromMinute === undefined || fromMinute === 1440)
    problems.push({ field: `${field}-from`, code: 'time-impossible' })
  if (toMinute === undefined) problems.push({ field: `${field}-to`, code: 'time-impossible' })
  if (fromMinute !== undefined && toMinute !== undefined && fromMinute < 1440) {
    if (toMinute <= fromMinute) problems.push({ field: `${field}-to`, code: 'window-ends-first' })
    else if (to === today && toMinute <= minute && !dateProblem)
      problems.push({ field: `${field}-to`, code: 'window-over' })
    if (from !== undefined && from === to && !dateProblem)
      problems.push(...clockProblems(from, fromMinute, zone, field))
    if (minutes !== undefined && problems.length === 0) {
      if (fromMinute >= evening || toMinute <= morning) problems.push({ field: `${field}-from`, code: 'window-night' })
      else if (toMinute - fromMinute < minutes)
        problems.push({ field: `${field}-to`, code: 'window-short', least: minutes })
    }
  }
  return reading(problems, () => ({
    from: from ?? today,
    to: to ?? today,
    fromMinute: fromMinute ?? 0,
    toMinute: toMinute ?? 0,
  }))
}

/** An hour that the clocks repeat or leap over names no time: 29 February 2024 in Almaty had its last hour twice. */
function clockProblems(day: Day, minute: Minute, zone: string, field: string): Problem[] {
  const instant = instantOf(day, minute, zone)
  if (typeof instant !== 'string') return []
  return [{ field: `${field}-from`, code: instant === 'twice' ? 'hour-twice' : 'hour-none' }]
}

function latestProblems(typed: string, wishes: Wish[], { today }: Setting): Problem[] {
  if (typed === '') return []
  const latest = dayOf(typed)
  if (latest === undefined) return [{ field: 'latest', code: 'date-impossible' }]
  if (latest < today) return [{ field: 'latest', code: 'date-past' }]
  if (dayNumber(latest) - dayNumber(today) > mostDaysAhead) return [{ field: 'latest', code: 'date-far' }]
  return wishes.some(wish => wish.from > latest) ? [{ field: 'latest', code: 'latest-before-wish' }] : []
}

const manyStarts = 8

/** Times of a day as a person chooses among them: all, or those on the hour where a place is open at any quarter. */
export function fewOf(moments: Moment[]): Moment[] {
  if (moments.length <= manyStarts) return moments
  const onTheHour = moments.filter(({ from }) => from % 60 === 0)
  return onTheHour.length === 0 ? moments.slice(0, manyStarts) : onTheHour
}
