import type { PlainPage } from './public-words.ts'

export type { HelpLine } from './help-store.ts'
export type { NamedHouse } from './store.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'houses/plain': PlainPage
  }
}
