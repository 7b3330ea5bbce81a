import type { Html } from '../base/http/html.ts'
import type { FieldPart } from '../base/http/pages.ts'
import { dateWithoutWeekday } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock, type DateTime, wallOf } from '../base/time.ts'
import { type ChannelPart, channelPart } from '../messages/channel-pages.ts'
import { channelOf } from '../messages/channel-rules.ts'
import { words as channelWords } from '../messages/channel-words.ts'
import type { HouseLine, KeysHere } from './factor-pages.ts'
import type { FactorWords } from './factor-words.ts'
import { deviceOf, type themes } from './rules.ts'
import type { sessionsOf } from './store.ts'
import { type Words, words } from './words.ts'

export type SessionLine = { id: string; device: string; seen: string; here: boolean }

declare module '../base/http/pages.ts' {
  interface Views {
    'accounts/sign-in': {
      title: string
      say: Words
      factorSay: FactorWords
      email: string
      error: string | undefined
      elsewhere: KeysHere
      password: { open: boolean; email: string; error: string | undefined; field: FieldPart }
      provider: boolean
      problem: string | undefined
    }
    'accounts/code': { title: string; say: Words; error: string | undefined; development: boolean }
    'accounts/link': { title: string; say: Words; action: string }
    'accounts/ended': { title: string; say: Words }
    'accounts/dev': {
      title: string
      say: Words
      houses: { name: string; people: { id: string; name: string; role: string; houseId: string }[] }[]
    }
    'accounts/account': {
      title: string
      say: Words
      name: string
      role: string
      action: string
      sessions: SessionLine[]
      own: Language
      theme: string
      themes: typeof themes
      keysOn: boolean
      factorSay: FactorWords
      factors: string[]
      demonstration: boolean
      houses: HouseLine[]
      /** Asked of who is told of refusals, where the House has a gateway. */
      reach: { channel: ChannelPart; phone: FieldPart } | undefined
      errors: { href: string; text: string }[]
    }
    'parts/sessions': SessionsPart
  }
}

export type SessionsPart = {
  say: Words
  action: string
  sessions: (SessionLine & { fields: Html })[]
  others: Html | undefined
}

/** A person's sessions as lines: which program, where about, when last. */
export function sessionLines(
  language: Language,
  rows: Awaited<ReturnType<typeof sessionsOf>>,
  current: string,
  zone: string,
): SessionLine[] {
  const say = words[language]
  const when = (instant: DateTime) => {
    const { day, minute } = wallOf(instant, zone)
    return `${say.seen}: ${dateWithoutWeekday(language, day)}, ${clock(minute)}`
  }
  return rows.map(row => ({
    id: row.idHash,
    device: `${deviceOf(row.agent) || say.unknownDevice} · ${row.place}`,
    seen: when(row.seenAt),
    here: row.idHash === current,
  }))
}

/** The choice between letters and short messages with the phone it needs; `wrong`: that phone is missing or is none. */
export function reachPart(
  language: Language,
  { phone, channel }: { phone: string; channel: string },
  wrong: boolean,
): { channel: ChannelPart; phone: FieldPart } {
  const say = channelWords[language]
  return {
    channel: channelPart(language, channelOf(channel) ?? 'mail'),
    phone: {
      id: 'phone',
      name: 'phone',
      type: 'tel',
      inputmode: 'tel',
      autocomplete: 'tel',
      label: say.phone,
      error: wrong ? say.phoneWrong : undefined,
      value: phone,
    },
  }
}
