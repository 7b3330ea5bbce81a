import type { Language } from '../base/i18n/language.ts'
import type { Short, ShortKind } from '../messages/channel-rules.ts'
import { shortOf } from '../messages/short-mail.ts'
import type { Became } from '../messages/short-words.ts'
import type { TalkFacts } from './letter-store.ts'
import { words } from './mail-words.ts'

/** A talk in a short message. Of a talk behind closed doors a phone on a table shows neither where nor what. */
export function talkShort(
  facts: TalkFacts,
  kind: ShortKind,
  language: Language,
  url: string | undefined,
  became?: Became,
): Short {
  const when = { day: facts.day, minute: facts.from }
  if (facts.closed) return shortOf(kind, language, { when, url, became })
  const host = facts.host.names[language]
  const place = facts.mode === 'onsite' ? host : `${words[language].place[facts.mode]}, ${host}`
  return shortOf(kind, language, { when, topic: facts.topic[language], place, url, became })
}
