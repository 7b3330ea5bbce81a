import { dateWithoutWeekday } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock, type DateTime, minuteOf } from '../base/time.ts'
import { words as cancelWords } from './cancel-words.ts'
import type { TalkNews } from './status-news-store.ts'
import { words as newsWords } from './status-news-words.ts'
import type { StatusRow, TalkRow } from './status-store.ts'

/** The truth about the talk in sentences, the newest change first; nothing where nothing differs from the plan. */
export function toldOf(
  language: Language,
  request: StatusRow,
  talk: TalkRow | undefined,
  news: TalkNews | undefined,
  now: DateTime,
): string[] {
  const say = newsWords[language]
  if (!talk) return []
  const when = `${dateWithoutWeekday(language, talk.day)}, ${clock(minuteOf(talk.from) ?? 0)}`
  const waits = request.state === 'waiting'
  if (talk.state === 'not-held') return waits ? [say.notHeld(when), say.anew] : []
  if (talk.state === 'cancelled') {
    const off = say.cancelled(when, cancelWords[language][talk.cancelReason ?? 'other'])
    return waits ? [off, news?.closing === 'postponed' ? say.postponed : say.anew] : [off]
  }
  if (talk.state === 'held') return []
  const former = news?.former
  const moved = former && (former.day !== talk.day || former.minute !== minuteOf(talk.from))
  return [
    ...(talk.during.to <= now ? [say.over] : []),
    ...(news?.closing === 'online' && talk.mode === 'online' ? [say.online] : []),
    ...(moved ? [say.moved(`${dateWithoutWeekday(language, former.day)}, ${clock(former.minute)}`)] : []),
  ]
}

/** That what was sent has arrived, by the name in the address to which its form led. */
export const doneSaid = (language: Language, done: string): string =>
  done === 'written' || done === 'wishes' ? newsWords[language].done[done] : ''
