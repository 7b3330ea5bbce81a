import type { icon } from '../base/http/icons.ts'
import { dateSaid, dateWithoutWeekday, monthShort, timesSaid, weekdayShort } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { zoneSaid } from '../base/i18n/zones.ts'
import { formulas } from '../base/letter-words.ts'
import { phoneSaid } from '../base/text.ts'
import { clock, type DateTime, type Day, minuteOf, plusDays, type Span, wallOf } from '../base/time.ts'
import type { OpinionsShown } from '../feedback/pages.ts'
import type { KeptOnPhone } from '../speakers/copy-pages.ts'
import type { Taps } from '../speakers/tap-pages.ts'
import { answerReasons, closedBy, seenOf } from './answer-rules.ts'
import { words as letterWords } from './mail-words.ts'
import type { findMaterials, Mine } from './me-store.ts'
import { type Words, words } from './me-words.ts'
import type { PhoneWords } from './phone-words.ts'
import { proposedSaid, type WhyForm } from './proposal-pages.ts'
import type { QuestionCard } from './substitution-pages.ts'
import type { Words as QuestionWords } from './substitution-words.ts'

/** A talk as its speaker sees it: finished words. */
export type TalkCard = {
  id: string
  iso: string
  time: string
  times: string
  date: string
  /** `бүгін, 24 қараша`: relative words only for today and tomorrow, always with the date. */
  near: string
  tile: { date: string; rest: string }
  minutes: string
  zone: string
  topic: string
  summary: string
  host: string
  place: string
  district: string
  road: string
  /** For the phone's own map; `gis`: the map that people here use. */
  map: string | undefined
  gis: string | undefined
  link: string | undefined
  audience: string
  languages: string
  mates: string[]
  contact: { name: string; phone: string | undefined; phoneSaid: string } | undefined
  note: string
  /** What is needed at the place for this topic. */
  bring: string
  /** When the speaker said they could. */
  proposed: string
  state: Mine['state']
  stateSaid: string
  talkState: Mine['talkState']
  talkStateSaid: string
  /** Until when an answer is asked for; `late` when that has passed. */
  deadline: string | undefined
  late: boolean
  seen: string
  closed: 'cancelled' | 'filled' | 'begun' | undefined
  outcome: string | undefined
}

export type OutcomeForm = {
  heads: string
  leaflets: string
  heldIn: string
  errors: Partial<Record<'held' | 'heads' | 'leaflets', string>>
}

declare module '../base/http/pages.ts' {
  interface Views {
    'speakers/me': {
      title: string
      say: Words
      greeting: string
      next: TalkCard | undefined
      invitations: TalkCard[]
      questions: QuestionCard[]
      sayQuestion: QuestionWords
      unreported: TalkCard[]
      ahead: TalkCard[]
      feed: string | undefined
      phone: PhoneWords
      copy: KeptOnPhone
      taps: Taps
      clashes: { href: string; text: string }[]
    }
    'speakers/talk': {
      title: string
      say: Words
      talk: TalkCard
      invitations: number
      copy: KeptOnPhone
      why: WhyForm
      problem: string | undefined
      reasons: { value: string; text: string }[]
      materials: { title: string; link: string; approved: string }[]
      outcome: OutcomeForm | undefined
      opinions: OpinionsShown | undefined
      tongues: { code: string; text: string }[]
    }
    'invitations/show': {
      title: string
      say: Words
      talk: TalkCard
      problem: string | undefined
      movedFrom: string | undefined
      chosen: 'accept' | 'decline'
      /** The letter's button was pressed: its answer is asked for once more, large. */
      asked: boolean
      /** It is answered: the answer is said, and may be changed. */
      settled: boolean
      why: WhyForm
      reasons: { value: string; text: string }[]
      action: string
    }
    'parts/why': { why: WhyForm; reasons: { value: string; text: string }[] }
    'parts/talk-facts': { say: Words; talk: TalkCard; icon: typeof icon }
  }
}

export function talkCard(mine: Mine, language: Language, now: DateTime): TalkCard {
  const say = words[language]
  const from = minuteOf(mine.fromTime) ?? 0
  const invitation = {
    state: mine.state,
    endedAt: mine.endedAt,
    version: mine.version,
    talkState: mine.talkState,
    startsAt: mine.during.from,
  }
  const accepted = mine.state === 'accepted' && mine.endedAt === null && mine.talkState !== 'cancelled'
  const onsite = mine.mode === 'onsite'
  return {
    id: mine.talkId,
    iso: mine.during.from.setZone(mine.zone).toISO({ suppressMilliseconds: true }) ?? '',
    time: clock(from),
    times: timesSaid(from, from + mine.minutes),
    date: dateSaid(language, mine.day),
    near: near(language, mine.day, wallOf(now, mine.zone).day),
    tile: {
      date: String(Number(mine.day.slice(8))),
      rest: `${monthShort(language, mine.day)}, ${weekdayShort(language, mine.day)}`,
    },
    minutes: say.minutes(mine.minutes),
    zone: zoneSaid(language, mine.zone),
    topic: formulas[language].quoted(mine.topic),
    summary: mine.summary,
    host: mine.host,
    place: onsite
      ? [mine.host, mine.hall, mine.address].filter(Boolean).join(', ')
      : `${letterWords[language].place[mine.mode === 'online' ? 'online' : 'broadcast']}, ${mine.host}`,
    district: onsite ? mine.district : letterWords[language].place[mine.mode === 'online' ? 'online' : 'broadcast'],
    road: onsite && mine.travelMinutes > 0 ? say.road(mine.travelMinutes) : '',
    ...(onsite ? waysOf(mine) : { map: undefined, gis: undefined }),
    link: accepted && !onsite ? (mine.link ?? undefined) : undefined,
    audience: audienceSaid(mine, language),
    languages: mine.languages.map(code => letterWords[language].inLanguages[code] ?? code).join(', '),
    mates: mine.mates.map(mate => `${mate.name}, ${mate.profession.toLocaleLowerCase('kk')}`),
    contact: accepted && mine.contactName ? contactOf(mine) : undefined,
    note: accepted || mine.state === 'invited' ? (mine.note ?? '') : '',
    bring: mine.equipment,
    proposed: mine.state === 'declined' ? proposedSaid(language, mine) : '',
    state: mine.state,
    stateSaid: say.states[mine.state],
    talkState: mine.talkState,
    talkStateSaid: say.talkStates[mine.talkState],
    deadline:
      mine.answerBy && mine.state === 'invited' ? momentNear(language, mine.answerBy, mine.zone, now) : undefined,
    late: mine.state === 'invited' && mine.answerBy !== null && mine.answerBy <= now,
    seen: seenOf(invitation),
    closed: closedBy(invitation, now),
    outcome:
      mine.talkState === 'held'
        ? say.counted(mine.headsCounted ?? 0)
        : mine.talkState === 'not-held'
          ? say.notHeld
          : undefined,
  }
}

/** By the point where it is known, else by what stands on the gate. */
function waysOf({ lat, lon, host, address }: Mine) {
  if (lat !== null && lon !== null)
    return { map: `geo:${lat},${lon}?q=${lat},${lon}`, gis: `https://2gis.kz/geo/${lon},${lat}` }
  const place = encodeURIComponent(address || host)
  return { map: `geo:0,0?q=${place}`, gis: `https://2gis.kz/search/${place}` }
}

function contactOf(mine: Mine) {
  const name = [mine.contactName, mine.contactPosition].filter(Boolean).join(', ')
  return {
    name,
    phone: mine.contactPhone ?? undefined,
    phoneSaid: mine.contactPhone ? phoneSaid(mine.contactPhone) : '',
  }
}

function audienceSaid(mine: Mine, language: Language): string {
  const say = letterWords[language]
  const grades = (mine.grades ?? []).toSorted((a, b) => a - b)
  const [first, last] = [grades[0], grades.at(-1)]
  const who = first !== undefined && last !== undefined ? say.grades(first, last) : (mine.audience ?? '')
  return [who, say.heads(mine.heads)].filter(Boolean).join(', ')
}

function near(language: Language, day: Day, today: Day): string {
  const say = words[language]
  if (day === today) return `${say.today}, ${dateWithoutWeekday(language, day)}`
  if (day === plusDays(today, 1)) return `${say.tomorrow}, ${dateWithoutWeekday(language, day)}`
  return dateSaid(language, day)
}

function momentNear(language: Language, instant: DateTime, zone: string, now: DateTime): string {
  const { day, minute } = wallOf(instant, zone)
  const today = wallOf(now, zone).day
  return day === today
    ? `${words[language].today}, ${clock(minute)}`
    : `${dateWithoutWeekday(language, day)}, ${clock(minute)}`
}

/** What a speaker's first page shows of their talks, each once. */
export function sorted(rows: Mine[], language: Language, now: DateTime) {
  const standing = rows.filter(row => row.endedAt === null && row.talkState === 'booked')
  const coming = standing.filter(row => row.during.to > now)
  const accepted = coming.filter(row => row.state === 'accepted')
  const card = (row: Mine) => talkCard(row, language, now)
  const next = accepted[0]
  return {
    next: next && card(next),
    invitations: coming.filter(row => row.state === 'invited' && row.during.from > now).map(card),
    unreported: standing
      .filter(row => row.during.to <= now && (row.state === 'accepted' || row.state === 'invited'))
      .toReversed()
      .map(card),
    ahead: coming.filter(row => row !== next && (row.state === 'accepted' || row.state === 'declined')).map(card),
  }
}

/** Talks that stand in a busy time just written: nothing moves by itself. */
export const within = (rows: Mine[], busy: Span | undefined, language: Language) =>
  rows
    .filter(
      ({ state, talkState, during }) =>
        busy !== undefined &&
        talkState === 'booked' &&
        (state === 'accepted' || state === 'invited') &&
        during.from < busy.to &&
        busy.from < during.to,
    )
    .map(row => ({
      href: `/me/talks/${row.talkId}`,
      text: `${dateSaid(language, row.day)}, ${row.fromTime.slice(0, 5)}, ${row.host}`,
    }))

export function greeting(language: Language, name: string, hour: number): string {
  const { morning, day, evening } = words[language].greetings
  return `${hour >= 4 && hour < 12 ? morning : hour < 18 && hour >= 4 ? day : evening}, ${name}`
}

export const reasonChoices = (language: Language) =>
  answerReasons.map(value => ({ value, text: words[language].reasons[value] }))

export const materialLines = (language: Language, rows: Awaited<ReturnType<typeof findMaterials>>) =>
  rows.map(({ title, by, number, on, link, version }) => ({
    title: version ? `${title}, ${version}` : title,
    link: link ?? '',
    approved: words[language].approved(by, number, dateWithoutWeekday(language, on)),
  }))
