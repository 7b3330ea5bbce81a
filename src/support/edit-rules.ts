import { cleanLine, phoneOf } from '../base/text.ts'
import { minuteOf } from '../base/time.ts'
import { inThree, type Problem, reading, type Said } from '../houses/field-rules.ts'

export const lineKinds = ['family', 'crisis', 'trust', 'psychology', 'law', 'health', 'social', 'other'] as const
export const lineLanguages = ['kk', 'ru', 'en', 'uz', 'ug', 'tg'] as const
export const lineAudiences = ['everyone', 'children', 'young', 'women', 'families'] as const
/** From Monday to this day of the week. */
export const lineDays = ['1-5', '1-6', '1-7'] as const

export type LineValue = {
  names: Said
  kind: (typeof lineKinds)[number]
  code: string | null
  phone: string | null
  url: string | null
  hours: string | null
  languages: string[]
  audience: string[]
  free: boolean | null
  anonymous: boolean | null
}

export const lineFields = [
  ...inThree('name'),
  'kind',
  'phone',
  'url',
  'always',
  'days',
  'from',
  'to',
  'free',
  'anonymous',
  'version',
] as const
export const lineLists = ['languages', 'audience'] as const
export type LineSent = {
  texts: Record<(typeof lineFields)[number], string>
  lists: Record<(typeof lineLists)[number], string[]>
  repeated: string[]
}

const longestName = 160
const longestLink = 300

/** A local line as a coordinator typed it: a number or a page, and no word of where it lies. */
export function readLine(sent: LineSent): { value: LineValue | undefined; problems: Problem[] } {
  const form = reading(sent)
  const text = (field: (typeof lineFields)[number]) => sent.texts[field]
  const names = form.said('name_kk', 'name_ru', 'name_en', longestName)
  for (const field of inThree('name')) if (namesAStreet(text(field))) form.wrong({ field, code: 'address' })
  const number = text('phone') === '' ? undefined : form.like('phone', numberOf(text('phone')), '+7 727 123 45 67')
  const url = text('url') === '' ? null : (form.like('url', webAddressOf(text('url')), 'https://example.kz') ?? null)
  if (text('phone') === '' && text('url') === '') form.wrong({ field: 'phone', code: 'empty' })
  const value: LineValue = {
    names,
    kind: form.one('kind', lineKinds) ?? 'other',
    ...{ code: number?.code ?? null, phone: number?.phone ?? null, url },
    hours: hoursOf(),
    languages: form.some('languages', lineLanguages),
    audience: form.some('audience', lineAudiences),
    free: yesNo('free'),
    anonymous: yesNo('anonymous'),
  }
  return { value: form.problems.length === 0 ? value : undefined, problems: form.problems }

  function hoursOf(): string | null {
    if (text('always') === '1') return '24/7'
    if (text('from') === '' && text('to') === '') return null
    const days = form.one('days', lineDays)
    const [from, to] = [timeOf('from'), timeOf('to')]
    if (from && to && from >= to) form.wrong({ field: 'to', code: 'ends-before' })
    return days && from && to ? `${days} ${from}-${to}` : null
  }
  function timeOf(field: 'from' | 'to'): string | undefined {
    const typed = text(field)
      .replace(/^(\d):/, '0$1:')
      .slice(0, 5)
    const minute = minuteOf(typed)
    return form.like(field, minute !== undefined && minute < 1440 ? typed : undefined, '09:00')
  }
  function yesNo(field: 'free' | 'anonymous'): boolean | null {
    return text(field) === '' ? null : form.one(field, ['yes', 'no']) === 'yes'
  }
}

/** Three or four digits, 8 800 as it is dialled here, or a phone of the country: three types of their own. */
export function numberOf(text: string): { code: string | null; phone: string | null } | undefined {
  const digits = text.replace(/[\s()\-–.]/g, '')
  if (/^\d{3,4}$/.test(digits)) return { code: digits, phone: null }
  const free = /^(?:8|\+7)(800\d{7})$/.exec(digits)?.[1]
  if (free !== undefined) return { code: null, phone: `8${free}` }
  const phone = phoneOf(text)
  return phone === undefined ? undefined : { code: null, phone }
}

export function webAddressOf(text: string): string | undefined {
  if (text.length > longestLink || !/^https?:\/\/[^\s/@]+\.[^\s@]+$/i.test(text)) return
  const url = URL.parse(text)
  return url && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' ? url.href : undefined
}

// "ауданы" and "қаласы" are as far as a name may lead; `\b` knows no Cyrillic letters
const street =
  /(?:^|[\s,.(«"])(?:көш(?:есі|(?=\.))|даңғ(?:ылы|(?=\.))|тұйық(?:ғы)?|ы\/а|ықшам\s*аудан(?:ы)?|ул|улица|улице|улицы|просп|проспект|пр-т|пер|переулок|б-р|бульвар|мкр|мкрн|микрорайон|street|st|str|avenue|ave|lane|mkr)(?=[\s,.)»"]|$)|(?:^|[\s,])(?:үй|дом|д|кв|пәтер|офис|кабинет|каб|room|flat)\.?\s*№?\s*\d/iu

/** Whether a text says where a house stands. Who hides from violence is found by such a line (domain.md section 8). */
export const namesAStreet = (text: string): boolean => street.test(cleanLine(text))
