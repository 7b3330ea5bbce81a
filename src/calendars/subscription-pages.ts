import type { Html } from '../base/http/html.ts'
import { qr } from '../base/http/qr.ts'
import { dateWithoutWeekday } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock, wallOf } from '../base/time.ts'
import type { HostWords } from './host-words.ts'
import type { SharedFeed, Subscription } from './owner-store.ts'
import type { Choice } from './rules.ts'
import { type Words, words } from './subscription-words.ts'

export type Ways = { https: string; webcal: string; google: string; outlook: string; qr: Html }
type Wish = { id: keyof Choice; value: string; text: string; checked: boolean }
/** One calendar, every way into a program, and what each program does with it. */
export type Subscribing = {
  say: Words
  ways: Ways | undefined
  read: string
  /** What the reader may choose of its contents, sent to the same page. */
  wishes: Wish[]
  page: string
  /** What the page was asked for in; sent along with what is chosen. */
  spoken: Language
  /** Where a new address is made. */
  renewal: string
  shared: boolean
}
type Row = { name: string; ways: Pick<Ways, 'https' | 'webcal'> | undefined; read: string; renewal: string | undefined }

declare module '../base/http/pages.ts' {
  interface Views {
    'calendars/subscription': Subscribing & { title: string; invitations: number; text: string }
    'calendars/host': Subscribing & { title: string; back: string; text: string }
    'calendars/host-ask': {
      title: string
      say: Words
      ask: HostWords
      text: string
      back: string
      action: string
      mayAsk: boolean
      sent: boolean
    }
    'calendars/shared': { title: string; here: 'admin'; common: { settings: string }; say: Words; rows: Row[] }
    'parts/subscribe': Subscribing & { add: Html; fields: Html }
  }
}

/** The ways into a calendar program; Google and Outlook ask for the address in a link of their own. */
export function waysTo(https: string, label: string): Ways {
  const webcal = https.replace(/^https?:/, 'webcal:')
  return {
    https,
    webcal,
    google: `https://calendar.google.com/calendar/r?cid=${encodeURIComponent(webcal)}`,
    outlook: `https://outlook.live.com/calendar/0/addfromweb?url=${encodeURIComponent(https)}`,
    qr: qr(webcal, label),
  }
}

export function readSaid(language: Language, feed: Subscription | undefined, zone: string): string {
  const say = words[language]
  if (!feed?.fetchedAt) return feed ? say.notRead : ''
  const { day, minute } = wallOf(feed.fetchedAt, zone)
  return `${say.read}: ${dateWithoutWeekday(language, day)}, ${clock(minute)}${feed.client ? ` · ${feed.client}` : ''}`
}

const usual = { cancelled: true, accepted: true, alarms: false, travel: false } satisfies Choice

/** The part of an address that says what differs from the usual; nothing when nothing does. `language`: of a feed that has none of its own. */
export function queryOf(choice: Choice, language?: Language): string {
  const differing = (Object.keys(usual) as (keyof Choice)[]).filter(key => choice[key] !== usual[key])
  const pairs = [
    ...(language === undefined || language === 'kk' ? [] : [`l=${language}`]),
    ...differing.map(key => `${key}=${choice[key] ? 1 : 0}`),
  ]
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

export const wishesOf = (language: Language, choice: Choice, which: (keyof Choice)[]): Wish[] =>
  which.map(id => ({
    id,
    value: usual[id] ? '0' : '1',
    text: words[language].wishes[id],
    checked: choice[id] !== usual[id],
  }))

export const sharedRows = (
  language: Language,
  feeds: SharedFeed[],
  zone: string,
  bareOf: (nonce: string) => string,
  bareOpen: string,
): Row[] => {
  const query = queryOf(usual, language)
  const open = `${bareOpen}${query}`
  return [
    ...feeds.map(({ kind, ownerId, names, feed }) => {
      const ways = feed && waysTo(`${bareOf(feed.nonce)}${query}`, '')
      return {
        name: names[language],
        ways: ways && { https: ways.https, webcal: ways.webcal },
        read: readSaid(language, feed, zone),
        renewal: kind === 'house' ? '/app/calendars/secret' : `/app/calendars/${ownerId}/secret`,
      }
    }),
    {
      name: words[language].open,
      ways: { https: open, webcal: waysTo(open, '').webcal },
      read: words[language].openText,
      renewal: undefined,
    },
  ]
}
