import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime, Moment } from '../base/time.ts'
import type { PublicHouse } from '../houses/public-store.ts'
import type { AudienceRow, TopicRow } from '../topics/store.ts'
import { findTimes } from './times-store.ts'

export type Soon = { topic: TopicRow; moment: Moment }

const shown = 3
// the engine looks at three topics: 15 ms, which a home page need not spend on each visitor; room for 33 Houses in three languages
const kept = new Map<string, { until: number; soon: Soon[] }>()

/** The next times at which the first topics of the catalogue could be held at a usual school, each on a day of its own. */
export async function findSoon(
  db: Db,
  house: PublicHouse,
  language: Language,
  topics: TopicRow[],
  audiences: AudienceRow[],
  now: DateTime,
): Promise<Soon[]> {
  const key = `${house.id} ${language}`
  const known = kept.get(key)
  if (known && known.until > now.toMillis() && known.until - now.toMillis() <= 60_000) return known.soon
  const soon: Soon[] = []
  const pupils = audiences.find(({ slug }) => slug === 'pupils')
  for (const topic of topics
    .filter(each => pupils && each.audiences.includes('pupils') && each.grades)
    .slice(0, shown)) {
    if (!pupils || !house.district) break
    const languages = topic.languages.includes(language) ? [language] : topic.languages.slice(0, 1)
    const chosen = {
      row: topic,
      asked: { topicId: topic.id, audience: 'pupils', grades: [topic.grades?.to ?? 9] },
      audience: pupils,
    }
    const name = { kk: '', ru: '', en: '' }
    const place = {
      asked: { kind: 'school', name: '', district: house.district },
      kind: 'school' as const,
      district: house.district,
      name,
      folded: '',
      isNew: true,
    }
    const { moments } = await findTimes(
      db,
      house,
      { chosen, place, heads: topic.least, languages, mode: 'onsite' },
      { from: house.today, slots: [] },
      now,
    )
    const moment = moments.find(({ day }) => !soon.some(other => other.moment.day === day))
    if (moment) soon.push({ topic, moment })
  }
  if (kept.size > 200) kept.clear()
  kept.set(key, { until: now.toMillis() + 60_000, soon })
  return soon.sort((a, b) => (a.moment.day < b.moment.day ? -1 : 1))
}
