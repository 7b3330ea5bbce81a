import type { Language } from '../base/i18n/language.ts'
import type { findSeriesOf } from './series-store.ts'
import { words } from './series-words.ts'

export type SeriesLink = { href: string; text: string }

/** `Топтама: 2 / 6, «Атауы»`: the way from one date to the whole. */
export function seriesLink(
  language: Language,
  series: Awaited<ReturnType<typeof findSeriesOf>>,
): SeriesLink | undefined {
  if (!series) return
  const said = words[language]
  return {
    href: `/app/series/${series.id}`,
    text: `${said.series}: ${series.position} / ${series.count ?? ''}, ${said.quoted(series.name)}`,
  }
}
