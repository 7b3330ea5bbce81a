import type { Language } from '../base/i18n/language.ts'
import { refusalsShown, whenSaid } from '../matching/pages.ts'
import type { Say } from '../matching/words.ts'
import type { UnfitLine } from '../speakers/edit-pages.ts'
import type { Unfit } from './unfit-store.ts'

/** Talks that no longer fit their speaker, each with the reasons. */
export const unfitLines = (language: Language, say: Say, talks: Unfit[]): UnfitLine[] =>
  talks.map(({ talkId, moment, refusals }) => ({
    href: `/app/talks/${talkId}`,
    text: whenSaid(language, moment),
    why: refusalsShown(language, refusals, say),
  }))
