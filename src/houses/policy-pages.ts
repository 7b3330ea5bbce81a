import type { FieldPart } from '../base/http/pages.ts'
import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'
import { type Choice, type FormPage, fieldsInThree, formPage, labelsInThree, type ThreeFields } from './field-pages.ts'
import type { Problem } from './field-rules.ts'
import { lessonPolicies, type PolicyField } from './policy-rules.ts'
import type { housesOf, PolicyRow } from './policy-store.ts'
import { type Words, words } from './policy-words.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'houses/list': {
      title: string
      say: Words
      houses: { href: string; name: string; note: string; entry: string | undefined }[]
    }
    'houses/policy': FormPage & {
      say: Words
      names: ThreeFields
      typed: Record<PolicyField, string>
      lessons: Choice[]
      groups: Record<'contact' | 'times' | 'reminders', FieldPart[]>
    }
  }
}

/** The Houses of an administrator; into all but the one of this session leads a button. */
export const houseLines = (rows: Awaited<ReturnType<typeof housesOf>>, here: string) =>
  rows.map(row => ({
    href: `/admin/houses/${row.id}`,
    name: row.name,
    entry: row.id === here ? undefined : `/admin/houses/${row.id}/entry`,
    note: [row.region, row.phone ? phoneSaid(row.phone) : ''].filter(Boolean).join(' · '),
  }))

export const policyTexts = (row: PolicyRow): Record<PolicyField, string> => ({
  name_kk: row.name_kk,
  name_ru: row.name_ru,
  name_en: row.name_en,
  address_kk: row.address_kk,
  address_ru: row.address_ru,
  phone: row.phone ?? '',
  opens_at: row.opens_at,
  closes_at: row.closes_at,
  notice_hours: String(Math.round(row.minimum_notice_minutes / 60)),
  answer_hours: String(row.answer_hours),
  undo_seconds: String(row.undo_seconds),
  buffer_minutes: String(row.travel_buffer_minutes),
  quiet_from: row.quiet_from,
  quiet_until: row.quiet_until,
  reminder_days: String(row.reminder_days),
  reminder_day_before_at: row.reminder_day_before_at,
  reminder_hours: String(row.reminder_hours),
  digest_day_at: row.digest_day_at,
  digest_week_at: row.digest_week_at,
  mentor_only_in_pair: row.mentor_only_in_pair ? '1' : '',
  reads_calendars: row.reads_calendars ? '1' : '',
  lessons: row.lessons,
  substitutes_asked: String(row.substitutes_asked),
})

export function policyPage(
  language: Language,
  id: string,
  texts: Record<PolicyField, string>,
  problems: Problem[] = [],
) {
  const say = words[language]
  const { name, ...labels } = say.labels
  const page = formPage(
    language,
    {
      heading: say.house,
      action: `/admin/houses/${id}`,
      back: { href: '/admin/houses', text: say.title },
      here: 'admin',
    },
    problems,
    { ...labels, ...labelsInThree(language, 'name', name) },
  )
  const field = (id: keyof typeof labels, kind: Partial<FieldPart> = {}): FieldPart => ({
    id,
    name: id,
    label: labels[id],
    error: page.wrong[id],
    value: texts[id],
    ...kind,
  })
  const time = { type: 'time' } as const
  const number = { inputmode: 'numeric' } as const
  return {
    ...page,
    say,
    typed: texts,
    names: fieldsInThree(language, 'name', name, texts, page.wrong),
    lessons: lessonPolicies.map(value => ({ value, text: say.lessons[value], checked: texts.lessons === value })),
    groups: {
      contact: [field('address_kk'), field('address_ru'), field('phone', { type: 'tel', inputmode: 'tel' })],
      times: [
        field('opens_at', time),
        field('closes_at', time),
        field('notice_hours', number),
        field('answer_hours', number),
        field('substitutes_asked', number),
        field('buffer_minutes', number),
        field('undo_seconds', number),
      ],
      reminders: [
        field('reminder_days', number),
        field('reminder_hours', number),
        field('reminder_day_before_at', time),
        field('digest_day_at', time),
        field('digest_week_at', time),
        field('quiet_from', time),
        field('quiet_until', time),
      ],
    },
  }
}
