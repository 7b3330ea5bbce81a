import { dateSaid, numberSaid, timesSaid } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import { type Moment, minuteOf } from '../base/time.ts'
import { namesOf } from '../matching/page-words.ts'
import { quoted, teamSaid, whenSaid } from '../matching/pages.ts'
import { changeSaid, reasonSaid, refusalSaid, type Say, warningSaid } from '../matching/words.ts'
import { capital } from '../talks/shown-pages.ts'
import type { findBooked } from './booked-store.ts'
import type { LineRow } from './line-store.ts'
import { type Figures, type Said, steps } from './plan-rules.ts'
import { type PlanHead, planHead } from './progress-pages.ts'
import { figureSaid, gapOf, shareSaid } from './said-pages.ts'
import type { PlanRow } from './store.ts'
import { type PlannerWords, words } from './words.ts'

type DraftRow = {
  number: number | undefined
  href: string
  hours: string
  host: string
  topic: string
  who: string
  kind: string
  tone: string
  step: string
  was: string
  people: string
  why: string
  warnings: string[]
  pinned: boolean
}
type Left = {
  number: number
  href: string
  host: string
  topic: string
  excluded: boolean
  note: string
  inTheWay: string[]
  helps: string[]
}

declare module '../base/http/pages.ts' {
  interface Views {
    'planner/draft': PlanHead & {
      say: PlannerWords
      failed: boolean
      refused: string
      figures: { label: string; mine: string; list: string }[]
      bound: string
      stricter: string
      lacks: string[]
      /** Whether the search had anything to do. */
      searched: boolean
      days: { day: string; rows: DraftRow[] }[]
      touched: string
      booked: { href: string; text: string }
      left: Left[]
      people: { id: string; name: string; checked: boolean }[]
      anyPerson: boolean
      releases: string
      awayNoted: string
    }
  }
}

const mostWhy = 3
const mostInTheWay = 3

type Given = {
  lines: LineRow[]
  /** Undefined: only what changes is shown. */
  booked: Awaited<ReturnType<typeof findBooked>> | undefined
  speakers: Map<string, string>
  say: Say
}

/** A draft beside today's plan: what changes and why, what found no place, and how good it is. */
export function draftPage(
  language: Language,
  plan: PlanRow,
  { lines, booked, speakers, say: engine }: Given,
  refused = '',
) {
  const say = words[language]
  const placed = lines.filter(({ kind, excluded }) => kind !== 'unplaced' && !excluded)
  const left = lines.filter(({ kind, excluded }) => kind === 'unplaced' || excluded)
  const changing = new Set(placed.flatMap(({ talk_id }) => talk_id ?? []))
  const rows = [
    ...placed.map(line => ({ ...timeOf(line), row: rowShown(language, line, engine) })),
    ...(booked ?? []).filter(({ id }) => !changing.has(id)).map(talk => bookedShown(language, talk, engine)),
  ].sort((a, b) => a.key.localeCompare(b.key))
  const days = Map.groupBy(rows, ({ day }) => day)
  const out = new Set(plan.leftOut)
  return {
    ...planHead(language, plan),
    ...{ say, refused, failed: plan.phase === 'failed', searched: plan.figures !== null },
    ...honestly(language, plan.figures, engine),
    days: [...days].map(([day, its]) => ({ day: dateSaid(language, day), rows: its.map(({ row }) => row) })),
    touched: placed.length > 0 ? say.touchesAll(touchedOf(placed)) : '',
    booked: booked
      ? { href: `/app/planner/${plan.id}`, text: say.withoutBooked }
      : { href: `/app/planner/${plan.id}?booked=1`, text: say.withBooked },
    left: left
      .toSorted((a, b) => stepOf(b) - stepOf(a) || a.position - b.position)
      .map(line => leftShown(language, line, engine)),
    people: [...speakers]
      .sort(([, a], [, b]) => byName(a, b))
      .map(([id, name]) => ({ id, name, checked: out.has(id) })),
    anyPerson: out.size > 0,
    releases: placed.length > 0 ? say.releaseCount(placed.length) : '',
    awayNoted: plan.away
      .map(
        ({ speakerId, from, to }) =>
          `${say.awayNoted}: ${engine.speaker(speakerId)}, ${engine.day(from)} – ${engine.day(to)}.`,
      )
      .join(' '),
  }
}

const stepOf = ({ step }: LineRow): number => (step === null ? -1 : steps.indexOf(step))

/** Everybody once, however many talks of theirs change, and the host of each talk. */
function touchedOf(lines: LineRow[]): number {
  const people = new Set<string>()
  for (const { team, was, kind } of lines) {
    const own = new Set(team.map(({ speakerId }) => speakerId))
    const old = new Set(was?.team.map(({ speakerId }) => speakerId))
    for (const id of kind === 'swapped' ? own.symmetricDifference(old) : own.union(old)) people.add(id)
  }
  return people.size + lines.length
}

function honestly(language: Language, said: Said | null, engine: Say) {
  const say = words[language]
  if (!said) return { figures: [], bound: '', stricter: '', lacks: [] }
  const row = (label: string, text: (figures: Figures) => string) => ({
    label,
    mine: text(said.mine),
    list: text(said.list),
  })
  const gap = gapOf(said.cost, said.bound)
  return {
    figures: [
      row(say.placed, ({ placed }) => String(placed)),
      row(say.travel, ({ travelMinutes }) => say.minutes(numberSaid(language, travelMinutes))),
      row(say.spread, ({ spread }) => figureSaid(language, spread, 2)),
      row(say.idle, ({ idle }) => String(idle)),
      row(say.late, ({ lateMean }) => figureSaid(language, lateMean, 1)),
      row(say.lateMost, ({ lateMost }) => String(lateMost)),
    ],
    bound:
      gap === undefined
        ? `${say.bound}: ${say.gapUnknown}.`
        : gap === 0
          ? say.boundProven
          : `${say.boundText}: ${shareSaid(language, gap)}.`,
    stricter:
      said.stricter.length > 0
        ? `${say.strict}: ${said.stricter.map(each => say.stricter[each] ?? each).join(', ')}.`
        : '',
    lacks: said.lacks.map(({ anyOf, language: spoken, weekday, talks }) =>
      say.lack(
        anyOf.map(engine.profession).join(' / '),
        namesOf[language].languages[spoken] ?? spoken,
        engine.weekday(weekday as 1),
        say.talks(talks),
      ),
    ),
  }
}

const keyOf = ({ day, from }: Moment) => `${day} ${String(from).padStart(4, '0')}`
function timeOf({ moment }: LineRow) {
  const at = moment ?? { day: '', from: 0, to: 0 }
  return { day: at.day, key: keyOf(at) }
}

function rowShown(language: Language, line: LineRow, engine: Say): DraftRow {
  const say = words[language]
  const { moment, was, team, number, kind, people } = line
  return {
    ...{ number, href: line.talk_id ? `/app/talks/${line.talk_id}` : `/app/requests/${number}` },
    ...{ host: line.host, topic: quoted(line.topic), who: teamSaid(team, engine), pinned: line.pinned },
    hours: moment ? timesSaid(moment.from, moment.to) : '',
    ...{ kind: say.kind[kind], tone: kind === 'new' ? 'sky' : 'wait', step: line.step ? say.step[line.step] : '' },
    was: was ? say.was(whenSaid(language, was), teamSaid(was.team, engine)) : '',
    people: was ? say.touches(people) : '',
    why: capital(
      line.reasons
        .slice(0, mostWhy)
        .map(reason => reasonSaid(language, reason, engine))
        .join(', '),
    ),
    warnings: line.warnings.map(warning => warningSaid(language, warning, engine)),
  }
}

function bookedShown(language: Language, talk: NonNullable<Given['booked']>[number], engine: Say) {
  const say = words[language]
  const from = minuteOf(talk.from_time) ?? 0
  const team = talk.team.map(speakerId => ({ speakerId, profession: '' }))
  const row: DraftRow = {
    ...{ number: undefined, href: `/app/talks/${talk.id}`, hours: timesSaid(from, from + talk.minutes) },
    ...{ host: talk.host, topic: quoted(talk.topic), who: teamSaid(team, engine), kind: say.standing, tone: '' },
    ...{ step: '', was: '', people: '', why: '', warnings: [], pinned: false },
  }
  return { day: talk.held_on, key: keyOf({ day: talk.held_on, from, to: 0 }), row }
}

function leftShown(language: Language, line: LineRow, engine: Say): Left {
  const say = words[language]
  const inTheWay = line.hurdles.flatMap(({ hindrances }) => hindrances.map(each => refusalSaid(language, each, engine)))
  const helps = line.hurdles.flatMap(({ suggestions }) =>
    suggestions.map(({ change, moment, team }) => {
      const first = [whenSaid(language, moment), teamSaid(team, engine)].filter(Boolean).join(', ')
      return `${changeSaid(language, change, engine)} (${first})`
    }),
  )
  return {
    ...{ number: line.number, host: line.host, topic: quoted(line.topic), excluded: line.excluded },
    href: line.talk_id ? `/app/talks/${line.talk_id}` : `/app/requests/${line.number}`,
    note: line.excluded
      ? say.outText
      : line.step === 'lost'
        ? say.lost
        : line.talk_id === null && line.requestState !== 'waiting'
          ? say.notWaiting
          : '',
    inTheWay: [...new Set(inTheWay)].slice(0, mostInTheWay),
    helps: [...new Set(helps)].slice(0, mostInTheWay),
  }
}
