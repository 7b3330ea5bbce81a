import { cleanLine } from '../base/text.ts'

/** A sentence of the coordinator's own, for the letters of one change. */
export const longestNote = 300
export type Note = { note: string | undefined } | { mistake: 'long' | 'unclean' }

/** The sentence as it may stand in letters, or what is wrong with it; nothing typed is no note. */
export function noteOf(typed: string): Note {
  const note = cleanLine(typed)
  // line breaks and double spaces are how people type; whatever else cleaning takes away, nobody typed
  const seen = typed
    .normalize('NFC')
    .replace(/[\t\r\n]+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
  if (note !== seen) return { mistake: 'unclean' }
  if ([...note].length > longestNote) return { mistake: 'long' }
  return { note: note === '' ? undefined : note }
}
