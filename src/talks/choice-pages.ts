import type { Language } from '../base/i18n/language.ts'
import { dayNumber, type Moment } from '../base/time.ts'
import type { sayOf } from '../matching/pages.ts'
import { words } from './change-words.ts'
import type { Effect, Move } from './move-rules.ts'
import { choiceOf, type MoveChoice } from './pages.ts'
import { capital } from './shown-pages.ts'

type Say = ReturnType<typeof sayOf>

/** Another time with its reasons in words: how far it is from the old one, who comes, and what it does to them. */
export function moveShown(language: Language, move: Move, around: Moment, say: Say): MoveChoice {
  const said = words[language].will
  const { moment, instead, effects } = move
  const days = Math.abs(dayNumber(moment.day) - dayNumber(around.day))
  const minutes = moment.from - around.from
  const asked = effects.filter(({ way }) => way.after !== undefined).length
  const apart = lengthSaid(language, Math.abs(minutes))
  return {
    ...choiceOf(language, moment),
    speakers: instead ? effects.filter(({ way }) => way.after !== undefined).map(({ speakerId }) => speakerId) : [],
    why: capital(
      [
        days === 0 ? said.sameDay : said.days(days),
        minutes === 0 ? said.sameHour : minutes < 0 ? said.earlier(apart) : said.later(apart),
        instead ? said.instead(say.speaker(instead.out), say.speaker(instead.in.speakerId)) : said.sameTeam,
        said.asked(asked),
      ].join(', '),
    ),
    will: willSaid(language, effects, say),
  }
}

/** `Нурланова, в пути: было 25 мин, станет 10 мин · нагрузка та же`: one quiet line. */
export function willSaid(language: Language, effects: Effect[], say: Say): string {
  const said = words[language].will
  const way = ({ speakerId, way: { before, after } }: Effect): string[] => {
    const who = say.speaker(speakerId)
    // online nobody travels, and whoever leaves the team doesn't either
    if (!after) return []
    if (before === undefined || before === after) return [said.sameWay(who, said.short(after))]
    return [said.way(who, said.short(before), said.short(after))]
  }
  const load = effects.flatMap(({ speakerId, week, month }) => {
    const parts = [
      ...(week.before === week.after ? [] : [said.week(week.before, week.after)]),
      ...(month.before === month.after ? [] : [said.month(month.before, month.after)]),
    ]
    return parts.length > 0 ? [`${say.speaker(speakerId)}, ${parts.join(', ')}`] : []
  })
  return [...effects.flatMap(way), ...(load.length > 0 ? load : [said.sameLoad])].join(' · ')
}

function lengthSaid(language: Language, minutes: number): string {
  const { short } = words[language].will
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return short(rest)
  return words[language].will.hours(hours, rest)
}
