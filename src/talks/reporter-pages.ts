import type { Language } from '../base/i18n/language.ts'
import type { findReporters } from './reporter-store.ts'

/** Who else may report a talk, ticked as a refused form had it, else as it was said before. */
export const reportersShown = (
  language: Language,
  bodies: Awaited<ReturnType<typeof findReporters>>,
  typed: string[] | undefined,
) => bodies.map(({ id, name, ticked }) => ({ id, name: name[language], checked: typed ? typed.includes(id) : ticked }))
