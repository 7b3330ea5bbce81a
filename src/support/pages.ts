import { dateDigits } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'
import { type DateTime, wallOf } from '../base/time.ts'
import { inOrder, overdue } from './rules.ts'
import type { Line } from './store.ts'
import { type SupportWords, words } from './words.ts'

export type LineSaid = {
  id: string
  dial: string
  said: string
  url: string
  name: string
  note: string
  facts: string
  checked: string
  stale: boolean
}

declare module '../base/http/pages.ts' {
  interface Views {
    'support/help': { title: string; say: SupportWords; lines: LineSaid[] }
    'support/staff': { title: string; here: 'support'; say: SupportWords; lines: LineSaid[]; mayCheck: boolean }
  }
}

export function linesSaid(language: Language, lines: Line[], zone: string, now: DateTime): LineSaid[] {
  const say = words[language]
  return inOrder(lines, now).map(line => ({
    id: line.id,
    dial: line.code ?? line.phone ?? '',
    said: line.code ?? (line.phone ? phoneSaid(line.phone) : ''),
    url: line.url ?? '',
    name: line.name,
    note: line.note,
    facts: [line.hours === '24/7' ? say.always : (line.hours ?? ''), line.free ? say.free : '']
      .filter(text => text !== '')
      .join(' · '),
    checked: line.checkedAt ? say.checked(dateDigits(wallOf(line.checkedAt, zone).day)) : say.unchecked,
    stale: overdue(line, now),
  }))
}
