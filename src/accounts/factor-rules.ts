/** Where a password begins to be worth something, and where it ends. */
export const shortest = 12
export const longest = 200

/** How many recovery codes there are at once. */
export const codesAtOnce = 10

export type Factors = { passkeys: number; codes: boolean; password: boolean; recovery: number; provider: boolean }

/** What lets in by itself or beside the letter: a passkey or the codes of an application. */
export const hasFactor = ({ passkeys, codes }: Pick<Factors, 'passkeys' | 'codes'>): boolean => passkeys > 0 || codes

/** Whether something else is left when one passkey or the codes go. */
export const mayDrop = (
  { passkeys, codes }: Pick<Factors, 'passkeys' | 'codes'>,
  what: 'passkey' | 'codes',
): boolean => (what === 'passkey' ? passkeys > 1 || codes : passkeys > 0)

/** Six digits of an application or a letter, however they were grouped. */
export function digitsIn(text: string): string | undefined {
  const digits = text.replace(/[\s-]/g, '')
  return /^\d{6}$/.test(digits) ? digits : undefined
}

/** 120 bits: from 112 on a keyed hash is enough to keep it by (ASVS 6.5.2). */
export const recoveryLength = 24

/** A recovery code as it is kept: without hyphens, with letters that look like digits read as those; older ones have 16. */
export function recoveryIn(text: string): string | undefined {
  const code = text.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1')
  return /^(?:[0-9a-hjkmnp-tv-z]{8}){2,3}$/.test(code) ? code : undefined
}

export const inGroups = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')

export type PasswordMistake = 'short' | 'long' | 'common'

export type FactorRefusal = 'not-first' | 'last' | 'missing' | 'code' | 'key' | PasswordMistake

/** What is wrong with a password by its length alone; no rule says what it is made of. */
export function lengthMistake(password: string): PasswordMistake | undefined {
  const length = [...password.normalize('NFC')].length
  return length < shortest ? 'short' : length > longest ? 'long' : undefined
}

/** What happened to an account, told to its owner. */
export const accountChanges = [
  'passkey-added',
  'passkey-removed',
  'codes-set',
  'codes-removed',
  'password-set',
  'recovery-renewed',
  'provider-linked',
  'provider-unlinked',
  'factors-reset',
  'address-changed',
] as const
export type AccountChange = (typeof accountChanges)[number]

/** The change that a letter of the ledger tells of. */
export const changeIn = (cause: string): AccountChange | undefined =>
  accountChanges.find(change => cause.split(':').includes(change))
