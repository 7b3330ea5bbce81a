import { weekdayName } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'
import { labelsInThree, textsInThree } from '../houses/field-pages.ts'
import { words as contactWords } from './contact-words.ts'
import {
  contactField,
  contactParts,
  contactRows,
  type HostSent,
  hallIdField,
  hallName,
  hallRows,
  hallSeatsField,
  hoursField,
  shiftField,
  shiftRows,
  weekdays,
} from './edit-rules.ts'
import type { HostWhole } from './edit-store.ts'
import { words } from './edit-words.ts'
import { timesOf } from './hours-text-rules.ts'
import type { HostKind } from './rules.ts'
import type { Timetable } from './typical-rules.ts'

export type HostFilled = Pick<HostSent, 'texts' | 'lists'>

const lines = '\n'

/** The form of a new host of a kind: what was typed so far and a copy of the kind's usual timetable. */
export const hostBegun = (kind: HostKind, name: string, { weekType, shifts, hours, lunch }: Timetable): HostFilled => ({
  texts: {
    ...textsInThree('name', { kk: name, ru: name, en: '' }),
    kind,
    weekType: String(weekType),
    online: '1',
    visitorList: '1',
    lunch: lunch ? timesOf([lunch]) : '',
    ...Object.fromEntries(
      weekdays.map(weekday => [hoursField(weekday), timesOf(hours.filter(each => each.weekday === weekday))]),
    ),
    ...Object.fromEntries(
      shifts.flatMap((shift, at) => [
        [shiftField('name', at + 1), shift.name],
        [shiftField('lessons', at + 1), timesOf(shift.lessons, lines)],
      ]),
    ),
  },
  lists: { languages: ['kk', 'ru'] },
})

const span = ({ from_time, to_time }: { from_time: string; to_time: string }) => `${from_time}–${to_time}`

/** A host as the fields of the form. */
export function hostFilled(host: HostWhole): HostFilled {
  const hours = (weekday: number) => host.hours.filter(each => !each.talk_window && each.weekday === weekday)
  return {
    texts: {
      ...textsInThree('name', { kk: host.name_kk, ru: host.name_ru, en: host.name_en }),
      kind: host.kind,
      addressKk: host.address_kk,
      addressRu: host.address_ru,
      district: host.district,
      point: host.lat === null ? '' : `${host.lat}, ${host.lon}`,
      weekType: String(host.week_type),
      classDay: String(host.class_hour_weekday ?? ''),
      classLesson: String(host.class_hour_lesson ?? ''),
      lunch: host.lunch_from && host.lunch_to ? `${host.lunch_from}–${host.lunch_to}` : '',
      seats: String(host.hall_seats ?? ''),
      online: host.online ? '1' : '',
      visitorList: host.visitor_list ? '1' : '',
      windows: host.hours
        .filter(each => each.talk_window)
        .map(span)
        .join(', '),
      ...Object.fromEntries(weekdays.map(weekday => [hoursField(weekday), hours(weekday).map(span).join(', ')])),
      ...Object.fromEntries(
        host.shifts.flatMap(({ shift, grades, lessons }, at) => [
          [shiftField('name', at + 1), shift],
          [shiftField('grades', at + 1), grades.join(', ')],
          [shiftField('lessons', at + 1), lessons.map(span).join(lines)],
        ]),
      ),
      ...Object.assign(
        {},
        ...host.halls.map(({ id, seats, ...hall }, at) => ({
          [hallIdField(at + 1)]: id,
          [hallSeatsField(at + 1)]: String(seats ?? ''),
          ...textsInThree(hallName(at + 1), { kk: hall.name_kk, ru: hall.name_ru, en: hall.name_en }),
        })),
      ),
      ...Object.fromEntries(
        host.contacts.flatMap((contact, at) => [
          [contactField('id', at + 1), contact.id],
          [contactField('name', at + 1), contact.name],
          [contactField('position', at + 1), contact.position],
          [contactField('email', at + 1), contact.email ?? ''],
          [contactField('phone', at + 1), contact.phone ? phoneSaid(contact.phone).replaceAll('\u00a0', ' ') : ''],
          [contactField('language', at + 1), contact.language],
          [contactField('channel', at + 1), contact.channel],
          [contactField('days', at + 1), String(contact.reminder_days ?? '')],
          [contactField('at', at + 1), contact.reminder_day_before_at ?? ''],
          [contactField('hours', at + 1), String(contact.reminder_hours ?? '')],
        ]),
      ),
    },
    lists: {
      languages: host.languages,
      ...Object.fromEntries(host.shifts.map(({ languages }, at) => [shiftField('languages', at + 1), languages])),
    },
  }
}

/** What each field is called where it is named without its surroundings: in the summary of mistakes. */
export function hostLabels(language: Language): Record<string, string> {
  const { shift, contact, hall, parts: own, days: _, ...say } = words[language]
  const parts = { ...own, ...contactWords[language].parts }
  return {
    ...say,
    ...labelsInThree(language, 'name', say.name),
    ...Object.fromEntries(
      weekdays.map(weekday => [hoursField(weekday), `${say.hours}, ${weekdayName(language, weekday)}`]),
    ),
    ...Object.fromEntries(
      shiftRows.flatMap(row => [
        [shiftField('name', row), `${shift(row)}, ${say.shiftName}`],
        [shiftField('grades', row), `${shift(row)}, ${say.grades}`],
        [shiftField('languages', row), `${shift(row)}, ${say.languages}`],
        [shiftField('lessons', row), `${shift(row)}, ${say.lessons}`],
      ]),
    ),
    ...Object.assign(
      {},
      ...hallRows.map(row => ({
        ...labelsInThree(language, hallName(row), `${hall(row)}, ${say.hallName}`),
        [hallSeatsField(row)]: `${hall(row)}, ${say.hallSeats}`,
      })),
    ),
    ...Object.fromEntries(
      contactRows.flatMap(row =>
        contactParts.map(part => [contactField(part, row), `${contact(row)}, ${parts[part]}`]),
      ),
    ),
  }
}
