import type { Reading } from './rules.ts'

/** The Kazakh code page KZ-1048 has its letters where windows-1251 has Ukrainian and Serbian ones, which no list here needs. */
const kazakh: Record<string, string> = {
  Ў: 'Ұ',
  ў: 'ұ',
  Ј: 'Ә',
  ј: 'ә',
  Ґ: 'Ө',
  ґ: 'ө',
  Є: 'Ғ',
  є: 'ғ',
  Ї: 'Ү',
  ї: 'ү',
  Ѕ: 'Ң',
  ѕ: 'ң',
  Ќ: 'Қ',
  ќ: 'қ',
  Ћ: 'Һ',
  ћ: 'һ',
}

/** The text of a file by its byte order mark, else as UTF-8 when it is nothing but that, else in the old Windows page. */
export function textOf(bytes: Uint8Array): Pick<Reading, 'encoding' | 'lettersLost'> & { text: string } {
  const [first, second] = bytes
  const marked =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined
  const found = marked
    ? { encoding: 'utf-16' as const, text: new TextDecoder(marked).decode(bytes) }
    : (utf8(bytes) ?? { encoding: 'windows-1251' as const, text: windows(bytes) })
  return { ...found, lettersLost: /\p{L}\?\p{L}/u.test(found.text) }
}

function utf8(bytes: Uint8Array) {
  try {
    return { encoding: 'utf-8' as const, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return undefined
  }
}

const windows = (bytes: Uint8Array): string =>
  new TextDecoder('windows-1251').decode(bytes).replace(/[ЎўЈјҐґЄєЇїЅѕЌќЋћ]/g, letter => kazakh[letter] ?? letter)
