import type { IconName } from '../base/http/icons.ts'
import type { Language } from '../base/i18n/language.ts'
import { words } from './settings-words.ts'

type Entry = { href: string; icon: IconName; name: string; note: string }

declare module '../base/http/pages.ts' {
  interface Views {
    'houses/settings': { title: string; here: 'admin'; entries: Entry[] }
  }
}

type Key = Exclude<keyof (typeof words)['kk'], 'title'>
const kept: [Key, string, IconName][] = [
  ['topics', '/app/topics', 'book-open'],
  ['groups', '/app/groups', 'users'],
  ['travel', '/app/travel', 'map-pin'],
  ['calendar', '/app/calendar', 'calendar-range'],
  ['closures', '/app/closures', 'calendar-x-2'],
  ['calendars', '/app/calendars', 'calendar-plus'],
  ['messages', '/app/messages', 'mail'],
  ['support', '/app/support', 'phone'],
  ['imports', '/app/imports', 'file-spreadsheet'],
  ['planner', '/app/planner', 'calendar-clock'],
  ['words', '/app/words', 'book-open'],
  ['journal', '/admin/audit', 'book-open'],
  ['privacy', '/admin/privacy', 'user-round'],
  ['account', '/account', 'user-round'],
]
const administered: [Key, string, IconName][] = [
  ['accounts', '/admin/accounts', 'key-round'],
  ['houses', '/admin/houses', 'building-2'],
  ['gateway', '/app/settings/gateway', 'message-square'],
  ['running', '/admin', 'settings-2'],
]

/** What a House keeps, a page each; an administrator sees the installation's own, too. */
export const settings = (language: Language, administrator: boolean): Entry[] =>
  [...kept, ...(administrator ? administered : [])].map(([key, href, icon]) => {
    const [name = '', note = ''] = words[language][key]
    return { href, icon, name, note }
  })
