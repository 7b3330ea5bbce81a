import type { FieldPart } from '../base/http/pages.ts'
import { dateDigits } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Handed } from '../base/mail.ts'
import { type DateTime, wallOf } from '../base/time.ts'
import type { GatewayRefusal } from './gateway-rules.ts'
import { type Words, words } from './gateway-words.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'messages/gateway': {
      title: string
      say: Words
      errors: { href: string; text: string }[]
      address: FieldPart
      phone: FieldPart
      /** The secret, when it was made this moment; never again. */
      secret: string | undefined
      since: string | undefined
      result: { text: string; tone: 'ok' | 'bad'; reply: string } | undefined
    }
    'messages/gateway-ask': { title: string; say: Words; action: string; text: string; button: string }
  }
}

export type GatewayShown = {
  /** The address as it stands or was typed. */
  address: string
  secretAt: DateTime | undefined
  zone: string
  refused?: GatewayRefusal
  secret?: string
  phone?: { typed: string; wrong: boolean }
  handed?: Handed
}

export function gatewayShown(language: Language, shown: GatewayShown) {
  const say = words[language]
  const address = shown.refused && say.refusals[shown.refused]
  const phone = shown.phone?.wrong ? say.phoneWrong : undefined
  return {
    title: say.title,
    say,
    errors: [
      ...(address ? [{ href: '#address', text: address }] : []),
      ...(phone ? [{ href: '#phone', text: phone }] : []),
    ],
    address: {
      id: 'address',
      name: 'address',
      label: say.address,
      hint: say.addressHint,
      error: address,
      value: shown.address,
      autocomplete: 'off',
    },
    phone: {
      id: 'phone',
      name: 'phone',
      label: say.phone,
      error: phone,
      value: shown.phone?.typed ?? '',
      type: 'tel' as const,
      inputmode: 'tel' as const,
      autocomplete: 'off',
    },
    secret: shown.secret,
    since: shown.secretAt && `${say.secretSince}: ${dateDigits(wallOf(shown.secretAt, shown.zone).day)}`,
    result: shown.handed && resultOf(say, shown.handed),
  }
}

function resultOf(say: Words, handed: Handed): { text: string; tone: 'ok' | 'bad'; reply: string } {
  const [verdict, reply] = Object.entries(handed)[0] as [keyof Words['verdicts'], string]
  return { text: say.verdicts[verdict], tone: verdict === 'sent' ? 'ok' : 'bad', reply: `${say.answered}: ${reply}` }
}

/** The page that asks once more before what can't be taken back. */
export function gatewayAsk(language: Language, what: 'renew' | 'remove', action: string) {
  const say = words[language]
  return { title: say[what], say, action, text: say[`${what}Text`], button: say[what] }
}
