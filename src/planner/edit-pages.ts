import type { Language } from '../base/i18n/language.ts'
import type { Offer } from '../matching/offer-rules.ts'
import { quoted, refusalsShown, teamSaid } from '../matching/pages.ts'
import type { Refusal } from '../matching/rules.ts'
import { reasonSaid, type Say, warningSaid } from '../matching/words.ts'
import { wayValue } from '../series/choice-rules.ts'
import { momentSaid } from '../series/date-pages.ts'
import { capital } from '../talks/shown-pages.ts'
import type { LineRow } from './line-store.ts'
import type { PlanRow } from './store.ts'
import { type PlannerWords, words } from './words.ts'

type Way = { value: string; when: string; who: string; why: string; warnings: string[]; now: boolean; checked: boolean }

declare module '../base/http/pages.ts' {
  interface Views {
    'planner/edit': {
      say: PlannerWords
      title: string
      crumb: string
      back: string
      action: string
      error: string
      lines: string[]
      ways: Way[]
      outChecked: boolean
    }
  }
}

export const out = 'out'

/** The times and teams one request could have beside the rest of the draft. */
export function editPage(
  language: Language,
  plan: PlanRow,
  line: LineRow,
  offers: Offer[],
  say: Say,
  again: { picked?: string; refusals?: Refusal[]; nothing?: boolean } = {},
) {
  const said = words[language]
  const own = line.moment ? wayValue(line.moment, line.team) : ''
  const picked = again.picked ?? (line.excluded ? out : own)
  return {
    say: said,
    title: `${said.editTitle}: №\u00a0${line.number}`,
    crumb: `${line.host} · ${quoted(line.topic)}`,
    back: `/app/planner/${plan.id}`,
    action: `/app/planner/${plan.id}/talks/${line.number}`,
    error: again.nothing ? said.choose : again.refusals ? said.notPossible : '',
    lines: again.refusals ? refusalsShown(language, again.refusals, say) : [],
    ways: offers.map(({ moment, team, reasons, warnings }) => {
      const value = wayValue(moment, team)
      return {
        ...{
          value,
          when: momentSaid(language, moment),
          who: teamSaid(team, say),
          now: value === own,
          checked: value === picked,
        },
        why: capital(
          reasons
            .slice(0, 3)
            .map(reason => reasonSaid(language, reason, say))
            .join(', '),
        ),
        warnings: warnings.map(warning => warningSaid(language, warning, say)),
      }
    }),
    outChecked: picked === out,
  }
}
