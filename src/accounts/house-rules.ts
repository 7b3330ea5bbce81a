import { isLanguage, type Language } from '../base/i18n/language.ts'
import { minuteOf } from '../base/time.ts'
import { inThree, type Problem, reading, type Said } from '../houses/field-rules.ts'
import { slugOf } from '../houses/founding-rules.ts'

export const houseFields = [
  ...inThree('name'),
  'slug',
  'region',
  'zone',
  'phone',
  'opens_at',
  'closes_at',
  ...inThree('person'),
  'email',
  'language',
] as const
export type HouseField = (typeof houseFields)[number]
export type HouseValue = {
  names: Said
  slug: string
  region: string
  /** Undefined: that of the region. */
  zone: string | undefined
  phone: string | undefined
  opens: { from: string; to: string }
  coordinator: { names: Said; email: string; language: Language }
}

/** One more House and its first coordinator as an administrator wrote them down; a short name left empty comes from the English one. */
export function readHouse(
  sent: { texts: Record<HouseField, string>; repeated: string[] },
  known: { regions: string[]; zones: string[] },
): { value: HouseValue | undefined; problems: Problem[] } {
  const form = reading({ ...sent, lists: {} })
  const { texts } = sent
  const time = (field: 'opens_at' | 'closes_at'): string => {
    const minute = minuteOf(texts[field])
    if (minute === undefined || minute === 1440) form.like(field, undefined, '09:00')
    return texts[field]
  }
  const names = form.said('name_kk', 'name_ru', 'name_en', 200)
  const slug = texts.slug === '' ? slugOf(names.en) : texts.slug
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || slug.length > 40)
    form.wrong({ field: 'slug', code: 'like', example: 'almaty-oblysy' })
  const region = form.one('region', known.regions) ?? ''
  const zone = texts.zone === '' ? undefined : form.one('zone', known.zones)
  const phone = form.phoneOrNone('phone') ?? undefined
  const opens = { from: time('opens_at'), to: time('closes_at') }
  if (opens.from >= opens.to && minuteOf(opens.to) !== undefined)
    form.wrong({ field: 'closes_at', code: 'ends-before' })
  const coordinator = {
    names: form.said('person_kk', 'person_ru', 'person_en', 200),
    email: form.email('email'),
    language: isLanguage(texts.language) ? texts.language : ('kk' as const),
  }
  return {
    value: form.problems.length > 0 ? undefined : { names, slug, region, zone, phone, opens, coordinator },
    problems: form.problems,
  }
}
