// control characters, NEL, line and paragraph separators, bidi overrides: never part of what people mean to write
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is the place that removes them
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g

/** One line of somebody's typing: NFC, well-formed, without control characters, single spaces. */
export const cleanLine = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(unwanted, '')
    .replace(/ {2,}/g, ' ')
    .trim()

/** Several lines: as above, line feeds kept. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(unwanted, '')
    .trim()

/** A strict address: one @, no quotes, no list, no control characters (reliability.md section 4). Lower case, or undefined. */
export function emailOf(text: string): string | undefined {
  const address = cleanLine(text).toLowerCase()
  if (address.length > 254) return
  return /^[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9_%+-])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/.test(
    address,
  ) && !address.includes('..')
    ? address
    : undefined
}

/** E.164 of a phone of Kazakhstan, also typed with a leading 8; undefined for anything else. */
export function phoneOf(text: string): string | undefined {
  const digits = text.replace(/[\s()\-–.]/g, '')
  const [, rest] = /^(?:\+?7|8)(\d{10})$/.exec(digits) ?? []
  return rest === undefined ? undefined : `+7${rest}`
}

/** `+7 701 123 45 67` with no-break spaces. */
export const phoneSaid = (phone: string): string =>
  phone.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, '+7\u00a0$1\u00a0$2\u00a0$3\u00a0$4')

/** Whether a piece of an address can be the key of a row; anything else is simply not there. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** A request's number as it stands in an address; nothing for anything else. */
export const numberOf = (text: string): number | undefined => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined)

/** What stands behind the last `@` of a mail address. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

/** The values that a text says as JSON, by their names; undefined when it is damaged, or says something else. */
export function valuesIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return
  }
}
