import { dateDigits } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { wallOf } from '../base/time.ts'
import type { Judged } from './file-rules.ts'
import { type Mark, proposals, standingOf, type Text, type Tongue, type Wrong } from './rules.ts'
import { type WordsWords, words } from './words.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'words/text': {
      title: string
      here: 'admin'
      say: WordsWords
      key: string
      hash: string
      tongue: Tongue
      tongueSaid: string
      kk: string
      ru: string
      en: string
      made: boolean
      state: string
      by: string
      mine: boolean
      before: { correction: string; note: string } | undefined
      others: { correction: string; note: string; by: string }[]
      changed: boolean
      error: { field: 'correction' | 'note'; text: string } | undefined
      correction: string
      note: string
      back: string
    }
    'words/file': {
      title: string
      here: 'admin'
      say: WordsWords
      id: string
      name: string
      taken: boolean
      button: string
      rest: string
      take: { line: string; key: string; text: string; correction: string; note: string; good: boolean }[]
      takeMore: string
      wrong: { line: string; key: string; text: string; correction: string; why: string }[]
      wrongMore: string
    }
  }
}

type Typed = { correction: string; note: string; wrong?: Wrong | undefined; changed?: boolean }

/** One text and the form of its correction, which begins with the text as it is. */
export function textPage(
  language: Language,
  { text, mark, tongue, zone }: { text: Text; mark: Mark | undefined; tongue: Tongue; zone: string },
  back: string,
  typed?: Typed,
) {
  const say = words[language]
  const standing = standingOf(text, tongue, mark)
  const said = text.said[tongue]
  const { wrong } = typed ?? {}
  const byOf = ({ by, at }: Pick<Mark, 'by' | 'at'>) => say.by(by, dateDigits(wallOf(at, zone).day))
  return {
    title: typed?.wrong ? `${say.wrong[typed.wrong]}: ${say.title}` : say.title,
    here: 'admin' as const,
    say,
    ...{ key: text.key, hash: text.hashes[tongue], tongue, tongueSaid: say.tongues[tongue], ...text.said },
    made: text.made && said.includes('{'),
    state: say.standing[standing],
    by: mark ? byOf(mark) : '',
    mine: mark?.mine === true,
    others: (mark ? proposals(text, tongue, mark) : []).map(it => ({
      ...{ correction: it.correction ?? '', note: it.note, by: byOf(it) },
    })),
    before: mark?.correction ? { correction: mark.correction, note: mark.note } : undefined,
    changed: typed?.changed === true,
    error: wrong && {
      field: wrong === 'note-long' ? ('note' as const) : ('correction' as const),
      text: say.wrong[wrong],
    },
    correction: typed?.correction ?? (standing === 'correction' ? (mark?.correction ?? said) : said),
    note: typed?.note ?? (standing === 'correction' ? (mark?.note ?? '') : ''),
    back,
  }
}

const most = 200

/** What a file would do, row by row, before anything is written. */
export function filePage(language: Language, file: { id: string; name: string; taken: boolean }, judged: Judged[]) {
  const say = words[language]
  const take = judged.filter(it => it.verdict === 'take')
  const wrong = judged.filter(it => it.verdict === 'wrong')
  const many = (verdict: Judged['verdict']) => String(judged.filter(it => it.verdict === verdict).length)
  const more = (all: unknown[]) => (all.length > most ? say.more(String(all.length - most)) : '')
  return {
    title: say.preview,
    here: 'admin' as const,
    say,
    ...file,
    button: take.length > 0 && !file.taken ? say.take(String(take.length)) : '',
    rest: say.restRows(many('same'), many('nothing')),
    take: take.slice(0, most).map(it => ({ ...it, line: say.line(it.line), good: it.state === 'good' })),
    takeMore: more(take),
    wrong: wrong.slice(0, most).map(it => ({ ...it, line: say.line(it.line), why: say.wrong[it.why] })),
    wrongMore: more(wrong),
  }
}
