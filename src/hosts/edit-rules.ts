import { isLanguage, type Language } from '../base/i18n/language.ts'
import { emailOf } from '../base/text.ts'
import type { Weekday } from '../base/time.ts'
import { grades, hostKinds, inThree, type Problem, reading, type Said } from '../houses/field-rules.ts'
import { type Channel, channelOf } from '../messages/channel-rules.ts'
import { isWaking, mostWished } from '../speakers/wish-rules.ts'
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
  seats: number | undefined
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
  ...shiftRows.flatMap(row => shiftParts.map(part => shiftField(part, row))),
  ...contactRows.flatMap(row => [contactField('id', row), ...contactParts.map(part => contactField(part, row))]),
]
export const hostLists: string[] = ['languages', ...shiftRows.map(row => shiftField('languages', row))]
export type HostSent = { texts: Record<string, string>; lists: Record<string, string[]>; repeated: string[] }
/** `contacts`: those of the host that may come back, whether a request names them, and how they are told until the form says. */
export type HostKnown = { districts: string[]; contacts: { id: string; used: boolean; channel: string }[] }

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
    seats: text('seats') === '' ? undefined : form.whole('seats', 0, 5000),
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
