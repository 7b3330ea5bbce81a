import type { FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { dateWithoutWeekday } from '../base/i18n/dates.ts'
import { hashOf } from '../base/secrets.ts'
import { clock, type DateTime, wallOf } from '../base/time.ts'
import { words } from './install-words.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'parts/as-of': KeptOnPhone
  }
}

/** Under which name a phone keeps the page, and of when the copy says it is. */
export type KeptOnPhone = { of: string; text: string; at: string }

/**
 * Lets the phone keep this page for hours without a network, under a name that tells nobody anything and is this session's
 * alone: whoever signs in next begins with nothing (views/assets/me.js). Says when the copy was made.
 */
export function keptOnPhone(request: FastifyRequest, zone: string, now: DateTime): KeptOnPhone {
  const { day, minute } = wallOf(now, zone)
  const of = hashOf(`copy ${actorOf(request).sessionHash}`).slice(0, 22)
  return {
    of,
    text: words[request.language].asOf,
    at: `${dateWithoutWeekday(request.language, day)}, ${clock(minute)}`,
  }
}
