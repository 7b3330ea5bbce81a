import { dateWithoutWeekday, timesSaid, weekdayShort } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import { type Day, dayNumber, isDay, mondayOf, plusDays, weekdayOf } from '../base/time.ts'
import { namesOf } from '../matching/page-words.ts'
import type { OfferCard } from '../matching/pages.ts'
import type { Refusal } from '../matching/rules.ts'
import { refusalSaid, type Say } from '../matching/words.ts'
import { asValue, sharedForm } from './offer-field-rules.ts'
import { capital, hueOf, initials, knownAs } from './shown-pages.ts'
import type { Busy, GroupRow, PersonRow, SeatOfDay } from './week-store.ts'
import { words } from './words.ts'

/** A button for one offer: it sends the form `form`, with the offer itself as its value where the form is shared. */
export type Slot = { form: string; value: string | undefined; time: string; place: string; best: boolean; why: string }
export type Cell = {
  talks: { href: string | undefined; time: string; host: string; waits: boolean }[]
  off: string[]
  slots: Slot[]
}
export type Row = {
  href: string | undefined
  hue: string
  name: string
  initials: string
  does: string
  load: number
  loadSaid: string
  /** Why this person can't come to the chosen request on any of these days. */
  away: string | undefined
  cells: Cell[]
}
export type Board = {
  caption: string
  days: { day: Day; weekday: string; date: string; today: boolean; count: number }[]
  groups: { name: string; rows: Row[] }[]
  number: number | undefined
}

/** The week that an address names (`2026-W48`), by its Monday; nothing for anything else. */
export function mondayNamed(text: string | undefined): Day | undefined {
  const [, year, week] = /^(\d{4})-W(\d{2})$/.exec(text ?? '') ?? []
  if (!isDay(`${year}-01-04`) || Number(week) < 1 || Number(week) > 53) return
  return plusDays(mondayOf(`${year}-01-04`), (Number(week) - 1) * 7)
}

/** `2026-W48`: ISO 8601, the week of its Thursday. */
export function weekNamed(day: Day): string {
  const thursday = plusDays(mondayOf(day), 3)
  const year = thursday.slice(0, 4)
  const first = mondayOf(`${year}-01-04`)
  const week = Math.round((dayNumber(mondayOf(day)) - dayNumber(first)) / 7) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}

/** Why each of these people can't come, as it reads beside their own name. */
export const awaySaid = (language: Language, away: Map<string, Refusal>, say: Say): Map<string, string> =>
  new Map(
    [...away].map(([id, refusal]) => [
      id,
      capital(refusalSaid(language, refusal, say).replace(`${say.speaker(id)}: `, '')),
    ]),
  )

export type BoardRows = {
  people: PersonRow[]
  groups: GroupRow[]
  seats: SeatOfDay[]
  busy: Busy
  names: { professions: Map<string, string> }
}

/** The week as a table: people under their groups, days across, talks, busy times and what could be offered in the cells. */
export function boardOf(
  language: Language,
  monday: Day,
  today: Day,
  rows: BoardRows,
  offered: { number: number; cards: OfferCard[]; away?: Map<string, string> | undefined } | undefined,
): Board {
  const said = words[language]
  const sunday = plusDays(monday, 6)
  const last =
    rows.seats.some(({ day }) => day === sunday) || offered?.cards.some(card => card.startsAt.startsWith(sunday))
      ? 7
      : 6
  const days = Array.from({ length: last }, (_, at) => plusDays(monday, at))
  const bySpeaker = Map.groupBy(rows.seats, ({ speakerId }) => speakerId)
  const rowOf = (person: PersonRow): Row => {
    const load = Math.min(5, Math.ceil((person.inMonth / Math.max(1, person.limit_month)) * 5))
    const seats = bySpeaker.get(person.id) ?? []
    const does = rows.names.professions.get(person.professions[0] ?? '') ?? ''
    const languages = person.languages.map(each => namesOf[language].shortLanguages[each] ?? each).join(', ')
    return {
      hue: hueOf(person.professions[0]),
      href: `/app/speakers/${person.id}`,
      name: knownAs(person.name),
      initials: initials(person.name),
      does: `${does.toLocaleLowerCase('kk')} · ${languages}`,
      load,
      loadSaid: said.load(person.inMonth, person.limit_month),
      away: offered?.away?.get(person.id),
      cells: days.map(day => ({
        talks: seats
          .filter(seat => seat.day === day)
          .map(seat => ({
            href: `/app/talks/${seat.talkId}`,
            time: seat.from_time,
            host: seat.host,
            waits: seat.seat === 'invited',
          })),
        off: offOf(language, rows.busy.get(person.id), day),
        slots: (offered?.cards ?? [])
          .filter(card => card.startsAt.startsWith(day) && card.speakers.includes(person.id))
          .map(card => slotOf(language, card)),
      })),
    }
  }
  const here = rows.people
    .filter(person => person.left_on === null || person.left_on > monday)
    .sort((a, b) => byName(a.name, b.name))
  const byGroup = Map.groupBy(here, ({ group }) => group)
  const groups = rows.groups.flatMap(group => {
    const its = byGroup.get(group.slug)
    const name =
      group.districts.length > 0 && group.districts.length < 6
        ? said.group(group.name, group.districts.join(', '))
        : group.name
    return its ? [{ name, rows: its.map(rowOf) }] : []
  })
  const alone = byGroup.get(null)
  if (alone) groups.push({ name: said.noGroup, rows: alone.map(rowOf) })
  return {
    caption:
      said.weekCaption(dateWithoutWeekday(language, monday), dateWithoutWeekday(language, days.at(-1) ?? monday)) +
      (offered ? ` ${said.plus(offered.number)}` : ''),
    days: days.map(day => ({
      day,
      weekday: weekdayShort(language, day),
      date: String(Number(day.slice(8))),
      today: day === today,
      count: new Set(rows.seats.filter(seat => seat.day === day).map(({ talkId }) => talkId)).size,
    })),
    groups,
    number: offered?.number,
  }
}

function slotOf(language: Language, card: OfferCard): Slot {
  const own = card.id !== sharedForm
  return {
    form: card.id,
    value: own ? undefined : asValue(card),
    time: card.startsAt.slice(11),
    place: own ? words[language].place(Number(card.id.split('-')[1])) : '',
    best: card.best,
    why: [`${card.when}, ${card.who}: ${card.why}`, card.tells].filter(Boolean).join('. '),
  }
}

function offOf(
  language: Language,
  times:
    | { busy: { weekday: number; from: number; to: number }[]; absences: { day: Day; from: number; to: number }[] }
    | undefined,
  day: Day,
): string[] {
  if (!times) return []
  const taken = [
    ...times.busy.filter(({ weekday }) => weekday === weekdayOf(day)),
    ...times.absences.filter(absence => absence.day === day),
  ]
  const said = words[language]
  if (taken.some(({ from, to }) => from <= 480 && to >= 1140)) return [said.wholeDay]
  return taken.sort((a, b) => a.from - b.from).map(({ from, to }) => said.off(timesSaid(from, to)))
}
