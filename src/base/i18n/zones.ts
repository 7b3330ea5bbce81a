import type { Language } from './language.ts'
import { words } from './zone-words.ts'

/** `Алматы уақыты` · `время Алматы` · `Almaty time`: said once on each page and letter that names times. */
export const zoneSaid = (language: Language, zone: string): string =>
  words[language].said(words[language].cities[zone] ?? zone)
