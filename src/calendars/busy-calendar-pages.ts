import type { FieldPart } from '../base/http/pages.ts'
import type { Language } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { faultSaid, readAtSaid } from '../speakers/own-calendar-pages.ts'
import { words as reading } from '../speakers/own-calendar-words.ts'
import type { Fault } from './busy-calendar-rules.ts'
import type { BusyCalendar } from './busy-calendar-store.ts'
import { type Words, words } from './busy-calendar-words.ts'

type Shown = {
  lines: string[]
  fault: string | undefined
  notes: string[]
  again: boolean
}

declare module '../base/http/pages.ts' {
  interface Views {
    'calendars/busy-calendar': {
      title: string
      say: Words
      invitations: number
      calendar: Shown | undefined
      address: FieldPart | undefined
      fileError: string | undefined
      errors: { href: string; text: string }[]
    }
  }
}

/** The calendar as the page shows it: where from, when, how many, what went wrong. Of an address only its host is said. */
export function calendarShown(
  language: Language,
  found: BusyCalendar,
  facts: { host: string | undefined; ahead: number; zone: string; readsCalendars: boolean; now: DateTime },
): Shown {
  const say = words[language]
  const byAddress = found.kind === 'address'
  return {
    lines: [
      say.from(byAddress ? (facts.host ?? reading[language].address) : reading[language].upload),
      readAtSaid(language, found, facts.zone, facts.now),
      say.ahead(facts.ahead),
    ],
    fault: found.fault ? `${faultSaid(language, found.fault)} ${say.keeps}` : undefined,
    notes: [
      ...(found.doubtful ? [say.doubtful] : []),
      ...(found.unreadable > 0 ? [say.unreadable(found.unreadable)] : []),
      ...(byAddress && !facts.readsCalendars ? [say.off] : []),
    ],
    again: byAddress && facts.readsCalendars,
  }
}

/** The two ways in, with what was wrong beside the one that was tried. The address is shown again only to mend it. */
export function waysIn(
  language: Language,
  readsCalendars: boolean,
  wrong?: { field: 'address' | 'file'; fault: Fault; typed?: string },
) {
  const say = words[language]
  const said = wrong && faultSaid(language, wrong.fault)
  return {
    address: readsCalendars
      ? {
          id: 'address',
          name: 'address',
          label: say.address,
          hint: say.addressHint,
          error: wrong?.field === 'address' ? said : undefined,
          value: wrong?.typed ?? '',
          autocomplete: 'off',
        }
      : undefined,
    fileError: wrong?.field === 'file' ? said : undefined,
    errors: wrong && said ? [{ href: `#${wrong.field}`, text: said }] : [],
  }
}
