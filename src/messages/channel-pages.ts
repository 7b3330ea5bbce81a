import type { Language } from '../base/i18n/language.ts'
import { type Channel, channels } from './channel-rules.ts'
import { words } from './channel-words.ts'

export type ChannelPart = {
  id: string
  name: string
  type: 'radio'
  legend: string
  hint: string
  error: undefined
  choices: { value: string; text: string; checked: boolean }[]
}

/** A person's choice between letters and short messages, for the part that shows choices. */
export function channelPart(language: Language, chosen: Channel): ChannelPart {
  const { legend, hint, channels: said } = words[language]
  const choices = channels.map(value => ({ value, text: said[value], checked: value === chosen }))
  return { id: 'channel', name: 'channel', type: 'radio', legend, hint, error: undefined, choices }
}
