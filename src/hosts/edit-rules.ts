import { isLanguage, type Language } from '../base/i18n/language.ts'
import { emailOf } from '../base/text.ts'
import type { Weekday } from '../base/time.ts'
import { grades, hostKinds, inThree, type Problem, reading, type Said } from '../houses/field-rules.ts'
import { type Channel, channelOf } from '../messages/channel-rules.ts'
import { isWaking, mostWished } from '../speakers/wish-rules.ts'
import { mostHalls } from './hall-rules.ts'
import { hoursIn, intervalOf } from './hours-text-rules.ts'
import type { HostKind, Hours, Interval, Point } from './rules.ts'

export type HostContact = {
  /** Undefined: somebody new. */
  id: string | undefined
  name: string
  position: string
  email: string | null
  phone: string | null
  language: Language
  channel: Channel
  /** What is not wished is as the House does it; 0 means never. */
  reminders: { days: number | null; at: string | null; hours: number | null }
}
/** A hall that has a name; `id` undefined: a new one. */
export type HostHall = { id: string | undefined; names: Said; seats: number | undefined; row: number }
export type HostShift = { name: string; grades: number[]; languages: string[]; lessons: Interval[] }
export type HostValue = {
  kind: HostKind
  names: Said
  addressKk: string
  addressRu: string
  district: string
  point: Point | undefined
  weekType: 5 | 6
  classHour: { weekday: Weekday; lesson: number } | undefined
  lunch: Interval | undefined
  /** Of the first hall, or the only one. */
  seats: number | undefined
  /** In order; empty: one hall, which needs no name. */
  halls: HostHall[]
  online: boolean
  visitorList: boolean
  languages: string[]
  shifts: HostShift[]
  hours: Hours[]
  /** Short times (lunch, change of shift) in which alone a talk may lie. */
  windows: Interval[]
  contacts: HostContact[]
}

export const hostLanguages = ['kk', 'ru', 'en', 'uz', 'ug', 'tg']
export const weekdays: Weekday[] = [1, 2, 3, 4, 5, 6, 7]
/** Rows of a form that can't grow by itself: those that are filled and one more, up to these. */
export const shiftRows = [1, 2, 3]
export const contactRows = Array.from({ length: 11 }, (_, at) => at + 1)
export const shiftParts = ['name', 'grades', 'lessons'] as const
const tellingParts = ['channel', 'days', 'at', 'hours'] as const
export const contactParts = ['name', 'position', 'email', 'phone', 'language', ...tellingParts] as const
export const shiftField = (part: (typeof shiftParts)[number] | 'languages', row: number): string =>
  `shift-${part}-${row}`
export const contactField = (part: (typeof contactParts)[number] | 'id', row: number): string =>
  `contact-${part}-${row}`
export const hallRows = Array.from({ length: mostHalls }, (_, at) => at + 1)
export const hallName = (row: number): string => `hall-name-${row}`
export const hallIdField = (row: number): string => `hall-id-${row}`
/** The seats of the first hall are those that a host without named halls has, too. */
export const hallSeatsField = (row: number): string => (row === 1 ? 'seats' : `hall-seats-${row}`)
export const hoursField = (weekday: Weekday): string => `hours-${weekday}`

export const hostFields: string[] = [
  ...inThree('name'),
  'kind',
  'addressKk',
  'addressRu',
  'district',
  'point',
  'weekType',
  'classDay',
  'classLesson',
  'lunch',
  'seats',
  'online',
  'visitorList',
  'windows',
  ...weekdays.map(hoursField),
  ...hallRows.flatMap(row => [
    ...inThree(hallName(row)),
    hallIdField(row),
    ...(row === 1 ? [] : [hallSeatsField(row)]),
  ]),
  ...shiftRows.flatMap(row => shiftParts.map(part => shiftField(part, row))),
  ...contactRows.flatMap(row => [contactField('id', row), ...contactParts.map(part => contactField(part, row))]),
]
export const hostLists: string[] = ['languages', ...shiftRows.map(row => shiftField('languages', row))]
export type HostSent = { texts: Record<string, string>; lists: Record<string, string[]>; repeated: string[] }
/** `contacts`: those of the host that may come back, whether a request names them, and how they are told until the form says. */
export type HostKnown = {
  districts: string[]
  /** Its halls, and how many talks are still to come in each. */
  halls: { id: string; coming: number }[]
  contacts: { id: string; used: boolean; channel: string }[]
}

const longest = 200
const oneExample = '13:00–14:00'
const hoursExample = '09:00–18:00'

/** A host as a coordinator wrote it down: without shifts its open hours rule, and with neither it waits for a timetable. */
export function readHostForm(sent: HostSent, known: HostKnown): { value: HostValue | undefined; problems: Problem[] } {
  const form = reading(sent)
  const text = (field: string) => sent.texts[field] ?? ''
  const value: HostValue = {
    names: form.said('name_kk', 'name_ru', 'name_en', longest),
    kind: form.one('kind', hostKinds) ?? 'school',
    addressKk: form.long('addressKk', longest),
    addressRu: form.long('addressRu', longest),
    district: form.one('district', known.districts) ?? '',
    point: form.pointOrNone('point'),
    weekType: form.one('weekType', ['5', '6']) === '6' ? 6 : 5,
    classHour: classHour(),
    seats: seatsIn(1),
    halls: halls(),
    online: text('online') === '1',
    visitorList: text('visitorList') === '1',
    languages: form.some('languages', hostLanguages),
    shifts: shifts(),
    hours: weekdays.flatMap(weekday =>
      several(hoursField(weekday), hoursExample).map(({ from, to }) => ({ weekday, from, to })),
    ),
    lunch: text('lunch') === '' ? undefined : form.like('lunch', intervalOf(text('lunch')), oneExample),
    windows: several('windows', oneExample),
    contacts: contacts(),
  }
  return { value: form.problems.length === 0 ? value : undefined, problems: form.problems }

  function several(field: string, example: string): Interval[] {
    return text(field) === '' ? [] : (form.like(field, hoursIn(text(field)), example) ?? [])
  }

  function classHour(): HostValue['classHour'] {
    if (text('classDay') === '' && text('classLesson') === '') return
    const day = form.one('classDay', weekdays.map(String))
    const lesson = form.whole('classLesson', 1, 14)
    return day === undefined ? undefined : { weekday: Number(day) as Weekday, lesson }
  }

  /** A row without lessons is no shift: so a shift is taken away by clearing its row. */
  function shifts(): HostShift[] {
    const found: HostShift[] = []
    for (const row of shiftRows) {
      const [name, own, bells] = [shiftField('name', row), shiftField('grades', row), shiftField('lessons', row)]
      if ([name, own, bells].every(field => text(field) === '')) continue
      const said = form.line(name, 10)
      if (found.some(each => each.name === said)) form.wrong({ field: name, code: 'taken' })
      const read = gradesOf(text(own))
      if (!read) form.wrong({ field: own, code: 'like', example: '1, 4, 5, 9' })
      const lessons = form.like(bells, hoursIn(text(bells)), '08:00–08:45, 08:50–09:35') ?? []
      found.push({
        name: said,
        grades: read ?? [],
        languages: form.some(shiftField('languages', row), hostLanguages),
        lessons,
      })
    }
    return found
  }

  function seatsIn(row: number): number | undefined {
    return text(hallSeatsField(row)) === '' ? undefined : form.whole(hallSeatsField(row), 0, 5000)
  }

  /** A hall is taken away by clearing its row, unless talks are to come in it; one alone needs no name. */
  function halls(): HostHall[] {
    const isNamed = (row: number) => inThree(hallName(row)).some(field => text(field) !== '')
    const filled = hallRows.filter(row => isNamed(row) || text(hallSeatsField(row)) !== '')
    const rows = filled.length === 1 && !filled.some(isNamed) ? [] : filled
    const found = rows.map((row): HostHall => {
      const id = text(hallIdField(row))
      const [kk, ru, en] = inThree(hallName(row))
      if (id !== '' && !known.halls.some(hall => hall.id === id)) form.wrong({ field: kk, code: 'unknown' })
      const names = form.said(kk, ru, en, 80)
      return { id: id === '' ? undefined : id, names, seats: row === 1 ? seatsOf(row) : seatsIn(row), row }
    })
    for (const [at, { names, row }] of found.entries())
      for (const language of ['kk', 'ru', 'en'] as const)
        if (names[language] !== '' && found.slice(0, at).some(each => each.names[language] === names[language]))
          form.wrong({ field: `${hallName(row)}_${language}`, code: 'taken' })
    for (const row of hallRows) {
      const before = known.halls.find(({ id }) => id === text(hallIdField(row)))
      if (before && before.coming > 0 && !rows.includes(row))
        form.wrong({ field: inThree(hallName(row))[0], code: 'talks-to-come', talks: before.coming })
    }
    return found
  }

  /** What is wrong with the seats of the first row is said once. */
  function seatsOf(row: number): number | undefined {
    const seats = Number(text(hallSeatsField(row)) || Number.NaN)
    return Number.isInteger(seats) ? seats : undefined
  }

  /** A contact person is taken away by clearing the row, unless a request names them. */
  function contacts(): HostContact[] {
    return contactRows.flatMap(row => {
      const field = (part: (typeof contactParts)[number]) => contactField(part, row)
      const sentId = text(contactField('id', row))
      const before = known.contacts.find(({ id }) => id === sentId)
      if (sentId !== '' && !before) form.wrong({ field: field('name'), code: 'unknown' })
      if (['name', 'position', 'email', 'phone'].every(part => text(`contact-${part}-${row}`) === '')) {
        if (before?.used) form.wrong({ field: field('name'), code: 'in-use' })
        return []
      }
      const [name, position] = [form.line(field('name'), 120), form.long(field('position'), 120)]
      const email =
        text(field('email')) === ''
          ? null
          : (form.like(field('email'), emailOf(text(field('email'))), 'aigul@mektep.kz') ?? null)
      const phone = form.phoneOrNone(field('phone'))
      const channel = channelOf(text(field('channel'))) ?? channelOf(before?.channel) ?? 'mail'
      if (text(field('phone')) === '' && (text(field('email')) === '' || channel === 'webhook'))
        form.wrong({ field: field('phone'), code: 'empty' })
      const orUsual = (part: 'days' | 'hours') =>
        text(field(part)) === '' ? null : form.whole(field(part), 0, mostWished[part])
      const at = text(field('at'))
      const reminders = {
        days: orUsual('days'),
        at: at === '' ? null : (form.like(field('at'), isWaking(at) ? at : undefined, '18:00') ?? null),
        hours: orUsual('hours'),
      }
      const language = text(field('language'))
      const person = { id: before?.id, name, position, email, phone, language: isLanguage(language) ? language : 'kk' }
      return [{ ...person, channel, reminders }]
    })
  }
}

function gradesOf(text: string): number[] | undefined {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  return parts.every(part => grades.includes(part)) ? [...new Set(parts.map(Number))].sort((a, b) => a - b) : undefined
}
