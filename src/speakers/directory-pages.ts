import type { Language } from '../base/i18n/language.ts'
import type { words } from './directory-words.ts'

export type PersonTalk = { href: string; when: string; host: string; topic: string; state: string }

declare module '../base/http/pages.ts' {
  interface Views {
    'speakers/directory': {
      say: (typeof words)['kk']
      rows: {
        href: string
        name: string
        does: string
        languages: string
        group: string
        month: string
        paused: string | undefined
      }[]
    }
    'speakers/person': {
      say: (typeof words)['kk']
      name: string
      does: string
      email: string
      phone: string | undefined
      phoneSaid: string
      facts: { name: string; text: string }[]
      ahead: PersonTalk[]
      past: PersonTalk[]
    }
  }
}

export const shortLanguages: Record<Language, Record<string, string>> = {
  kk: { kk: 'қаз', ru: 'орыс', en: 'ағыл', uz: 'өзб', ug: 'ұйғ' },
  ru: { kk: 'каз', ru: 'рус', en: 'англ', uz: 'узб', ug: 'уйг' },
  en: { kk: 'kaz', ru: 'rus', en: 'eng', uz: 'uzb', ug: 'uyg' },
}
