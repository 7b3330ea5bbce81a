import type { Html } from '../base/http/html.ts'
import type { Frame } from '../base/http/pages.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { type ChangeWords, words } from './change-words.ts'
import { instantSaid } from './shown-pages.ts'

/** What was just done, whether its letters have left, and how to take it back. */
export type Flash = {
  text: string
  letters: string
  /** Whom taking it back would tell; empty where it can't be taken back. */
  tell: string
  undo: string | undefined
  now: string | undefined
}
declare module '../base/http/pages.ts' {
  interface Views {
    'parts/flash': { flash: Flash; say: ChangeWords; shown: string; fields: () => Html; icon: Frame['icon'] }
  }
}

export function lettersSaid(
  language: Language,
  letters: { waiting: number; sent: number },
  leaveAt: DateTime,
  zone: string,
  now: DateTime,
): string {
  const said = words[language]
  if (letters.waiting > 0 && leaveAt > now) return said.wait(letters.waiting, instantSaid(language, leaveAt, zone, now))
  const all = letters.waiting + letters.sent
  return all === 0 ? said.silent : letters.waiting > 0 ? said.written(all) : said.left(all)
}
