import { dateDigits } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { type DateTime, wallOf } from '../base/time.ts'
import type { KeptLine, Removed } from './keep-store.ts'
import { type KeepWords, words } from './keep-words.ts'
import { dueAt, dueWithin, heldBack, inOrder, standingOf } from './rules.ts'
import { hoursSaid, numberSaid } from './said-pages.ts'

export type KeptSaid = {
  id: string
  number: string
  name: string
  facts: string
  tone: string
  standing: string
  checked: string
  due: string
  /** The country's line: it can be called, nothing else. */
  national: boolean
  silence: string
}

declare module '../base/http/pages.ts' {
  interface Views {
    'support/staff': {
      title: string
      here: 'support'
      say: KeepWords
      due: KeptSaid[]
      all: KeptSaid[]
      noOwn: boolean
      mayKeep: boolean
      removed: string[]
    }
  }
}

const tones = { off: 'bad', doubted: 'wait', overdue: 'bad', unchecked: 'wait', checked: 'ok' } as const

export function keptSaid(language: Language, line: KeptLine, zone: string, now: DateTime): KeptSaid {
  const say = words[language]
  const standing = standingOf(line, now)
  const dayOf = (at: DateTime) => dateDigits(wallOf(at, zone).day)
  const due = dueAt(line)
  return {
    id: line.id,
    number: numberSaid(line),
    name: line.names[language],
    facts: [say.kinds[line.kind as keyof KeepWords['kinds']] ?? '', hoursSaid(language, line.hours), line.url ?? '']
      .filter(text => text !== '')
      .join(' · '),
    tone: tones[standing],
    standing: standing === 'unchecked' && heldBack(line) ? say.held : say.standing[standing],
    checked: !line.checkedAt
      ? ''
      : line.checkedBy === null
        ? say.checkedElsewhere(dayOf(line.checkedAt))
        : say.checkedBy(dayOf(line.checkedAt), line.checkedBy),
    due: !due ? say.dueNow : due < now ? say.dueSince(dayOf(due)) : say.dueOn(dayOf(due)),
    national: line.house_id === null,
    silence: line.doubtedAt ? say.silenceAgain : say.silence,
  }
}

/** The directory as its keepers see it: what to check this week on top. */
export function directoryPage(
  language: Language,
  lines: KeptLine[],
  removed: Removed[],
  { zone, now, mayKeep }: { zone: string; now: DateTime; mayKeep: boolean },
) {
  const say = words[language]
  const said = (line: KeptLine) => keptSaid(language, line, zone, now)
  return {
    title: say.directory,
    here: 'support' as const,
    say,
    due: dueWithin(lines.filter(mayBeCalled), now).map(said),
    all: inOrder(lines, now).map(said),
    noOwn: lines.every(line => line.house_id === null),
    mayKeep,
    removed: removed.map(({ name, at }) => `${name}, ${dateDigits(wallOf(at, zone).day)}`),
  }
}

// "ask the akimat" is a sentence, not a number
const mayBeCalled = (line: KeptLine): boolean => line.code !== null || line.phone !== null || line.url !== null
