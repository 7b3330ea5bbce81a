import type { Html } from '../base/http/html.ts'
import type { FieldPart } from '../base/http/pages.ts'
import { dateWithoutWeekday } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock, type DateTime, wallOf } from '../base/time.ts'
import { type Factors, hasFactor, type FactorRefusal as Refusal } from './factor-rules.ts'
import { type FactorWords, words } from './factor-words.ts'
import { words as accountWords } from './words.ts'

export type KeyLine = { id: string; name: string; facts: string[] }
/** How a browser makes or shows a key here: by this form, not at all, or under another name of this machine. */
export type KeysHere = { href: string | undefined } | undefined
export type HouseLine = { id: string; name: string; role: string; here: boolean }

declare module '../base/http/pages.ts' {
  interface Views {
    'accounts/factors': {
      title: string
      say: FactorWords
      weak: boolean
      first: boolean
      keys: KeyLine[]
      elsewhere: KeysHere
      factors: Factors
      password: FieldPart
      provider: boolean
      email: string
      problem: string | undefined
      errors: { href: string; text: string }[]
    }
    'accounts/codes': {
      title: string
      say: FactorWords
      qr: Html
      secret: string
      code: FieldPart
      errors: { href: string; text: string }[]
    }
    'accounts/recovery': {
      title: string
      say: FactorWords
      codes: string[]
      facts: { label: string; text: string }[]
    }
    'accounts/again': {
      title: string
      say: FactorWords
      text: string
      to: string
      passkey: boolean
      elsewhere: KeysHere
      code: FieldPart | undefined
      letter: boolean
      sent: string | undefined
      lost: boolean
      problem: string | undefined
      errors: { href: string; text: string }[]
    }
    'accounts/address': {
      title: string
      say: FactorWords
      now: string
      fresh: FieldPart
      code: FieldPart | undefined
      errors: { href: string; text: string }[]
    }
    /** A form that a script fills with the answer of a key. */
    'parts/passkey': {
      action: string
      question: string
      say: FactorWords
      fields: Html
      icon: Html
      text: string
      hint?: string
      to?: string
      name?: FieldPart
      wide?: boolean
    }
    'accounts/unlinked': { title: string; say: FactorWords; text: string }
  }
}

/** A person's keys as lines: their names, since when, and when last. */
export function keyLines(
  language: Language,
  keys: { id: string; name: string; createdAt: DateTime; usedAt: DateTime | null }[],
  zone: string,
): KeyLine[] {
  const say = words[language].passkeys
  const when = (instant: DateTime) => {
    const { day, minute } = wallOf(instant, zone)
    return `${dateWithoutWeekday(language, day)}, ${clock(minute)}`
  }
  return keys.map(({ id, name, createdAt, usedAt }) => ({
    id,
    name,
    facts: [`${say.added}: ${when(createdAt)}`, ...(usedAt ? [`${say.used}: ${when(usedAt)}`] : [])],
  }))
}

/** What stands of somebody's factors on their page, in one line each. */
export function factorSummary(language: Language, factors: Factors): string[] {
  const say = words[language].summary
  if (!hasFactor(factors)) return [say.none]
  const told = (there: boolean) => (there ? say.yes : say.no)
  return [
    `${say.passkeys}: ${factors.passkeys}`,
    `${say.codes}: ${told(factors.codes)}`,
    `${say.password}: ${told(factors.password)}`,
    `${say.recovery}: ${factors.recovery}`,
  ]
}

/** What was refused, beside the password when it is of the password, else above the page. */
export function refusalSaid(language: Language, refused: Refusal | undefined) {
  const text = refused && words[language].refusals[refused]
  const ofPassword = refused === 'short' || refused === 'long' || refused === 'common'
  return { password: ofPassword ? text : undefined, problem: ofPassword ? undefined : text }
}

export function houseLines(
  language: Language,
  houses: { id: string; name: string; role: 'administrator' | 'coordinator' | 'viewer' | 'speaker' }[],
  here: string,
): HouseLine[] {
  return houses.map(({ id, name, role }) => ({ id, name, role: accountWords[language].roles[role], here: id === here }))
}

export const passwordField = (
  language: Language,
  {
    id,
    label,
    error,
    hint,
    now,
  }: { id: string; label: string; error?: string | undefined; hint?: string; now: boolean },
): FieldPart => ({
  id,
  name: 'password',
  type: 'password',
  label,
  hint,
  error,
  value: '',
  autocomplete: now ? 'current-password' : 'new-password',
  reveal: { show: words[language].password.show, hide: words[language].password.hide },
})

export const codeField = (label: string, hint: string | undefined, error: string | undefined): FieldPart => ({
  id: 'code',
  name: 'code',
  label,
  hint,
  error,
  value: '',
  autocomplete: 'one-time-code',
  narrow: true,
})
