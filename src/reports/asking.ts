import type { FastifyInstance, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { typed } from '../base/http/typed.ts'
import type { Language } from '../base/i18n/language.ts'
import { isUuid } from '../base/text.ts'
import { type DateTime, type Day, wallOf } from '../base/time.ts'
import { findZone } from '../houses/zone-store.ts'
import { findBodies } from '../talks/reporter-store.ts'
import { type Choices, findChoices, findHostNames, type Named, namedIn } from './choice-store.ts'
import {
  type Period,
  type PeriodMistake,
  type PeriodTexts,
  periodFields,
  periodOf,
  periodWith,
} from './period-rules.ts'
import { type Cut, cuts, personal, unsaid, type Wish } from './rules.ts'

/** Who asks for which talks of which days, read from the address. */
export type Asked = {
  houseId: string
  language: Language
  zone: string
  now: DateTime
  today: Day
  /** Figures leave the House: no people, no small numbers. */
  outside: boolean
  period: Period
  wish: Wish
  texts: PeriodTexts
  mistake: PeriodMistake | undefined
  known: Choices & { body: Named[]; host: Map<string, string> }
}

/** Reads the address; undefined when it names something that is not there, is another House's or is not for this reader. */
export async function asking(app: FastifyInstance, request: FastifyRequest): Promise<Asked | undefined> {
  const { houseId, role } = actorOf(request)
  const outside = role === 'viewer'
  const zone = await findZone(app.db, houseId)
  const now = app.now()
  const today = wallOf(now, zone).day
  const { texts } = typed(request.query, [...periodFields, ...cuts])
  const choices = await findChoices(app.db, houseId)
  const bodies = await findBodies(app.db, houseId)
  const known = { ...choices, body: bodies, host: await findHostNames(app.db, houseId, request.language) }
  const wish: Wish = {}
  for (const cut of cuts) {
    const value = texts[cut]
    if (value === '') continue
    if (!isKnown(known, cut, value) || (outside && personal.includes(cut))) return
    wish[cut] = value
  }
  const read = periodOf(texts, today)
  const mistake = 'mistake' in read ? read.mistake : undefined
  const period = 'mistake' in read ? periodWith('quarter', today) : read
  return { houseId, language: request.language, zone, now, today, outside, period, wish, texts, mistake, known }
}

function isKnown(known: Asked['known'], cut: Cut, value: string): boolean {
  if (cut === 'language') return value === unsaid || /^[a-z]{2}$/.test(value)
  if (cut === 'audience' && value === unsaid) return true
  if (['topic', 'group', 'speaker', 'host', 'body'].includes(cut) && !isUuid(value)) return false
  if (cut === 'host') return known.host.has(value)
  return namedIn(known[cut], value) !== undefined
}
