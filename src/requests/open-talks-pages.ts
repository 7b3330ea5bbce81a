import { dateSaid, timesSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { type Day, type Minute, minuteOf } from '../base/time.ts'
import type { OpenTalk } from './open-talks-store.ts'
import { words } from './open-talks-words.ts'

export type OpenTalkSaid = { time: string; topic: string; href: string; place: string }
export type OpenDay = { said: string; talks: OpenTalkSaid[] }

declare module '../base/http/pages.ts' {
  interface Views {
    'parts/open-talks': { days: OpenDay[]; none: string }
  }
}

/** The talks that have not begun, by day. */
export function openDays(
  language: Language,
  home: string,
  talks: OpenTalk[],
  clock: { today: Day; now: Minute },
  most: number,
): OpenDay[] {
  const ahead = talks.filter(({ day, from }) => day > clock.today || (minuteOf(from) ?? 0) > clock.now)
  return [...Map.groupBy(ahead.slice(0, most), ({ day }) => day)].map(([day, its]) => ({
    said: dateSaid(language, day),
    talks: its.map(talk => ({
      time: timesOf(talk),
      topic: talk.topic.title[language],
      href: `${home}/topics/${talk.topic.slug}`,
      place: talk.online
        ? `${talk.host[language]} · ${words[language].online}`
        : `${talk.host[language]} · ${talk.district[language]}`,
    })),
  }))
}

function timesOf({ from, minutes }: OpenTalk): string {
  const minute = minuteOf(from) ?? 0
  return timesSaid(minute, minute + minutes)
}

/** The open calendar of a House as programs subscribe to it, in the reader's language. */
export function openCalendar(publicUrl: string, slug: string, language: Language): { https: string; webcal: string } {
  const https = `${publicUrl}/public/${slug}.ics${language === 'kk' ? '' : `?l=${language}`}`
  return { https, webcal: https.replace(/^https?:/, 'webcal:') }
}
