import type { Language } from '../base/i18n/language.ts'
import type { Travel } from '../matching/travel-rules.ts'
import { type FormPage, formPage } from './field-pages.ts'
import type { Problem } from './field-rules.ts'
import { words as common } from './field-words.ts'
import { type Transport, transports, wayField, waySaid } from './travel-rules.ts'
import type { DistrictRow } from './travel-store.ts'
import { type TravelWords, words } from './travel-words.ts'

type Cell = { id: string; to: string; value: string; otherwise: string; error: string | undefined }
type SpeedRow = { name: string; fields: { id: string; label: string; value: string; error: string | undefined }[] }

declare module '../base/http/pages.ts' {
  interface Views {
    'houses/travel': FormPage & {
      say: TravelWords
      transport: Transport
      transports: { href: string; text: string; here: boolean }[]
      districts: { id: string; name: string }[]
      rows: { id: string; name: string; cells: Cell[] }[]
      speeds: SpeedRow[]
    }
  }
}

/** The kept table as the fields of its form. */
export function travelTexts(travel: Travel, transport: Transport): Record<string, string> {
  const ways = travel.table
    .filter(row => row.transport === transport)
    .map(row => [wayField(row.from, row.to), String(row.minutes)])
  const speeds = transports.flatMap(each => {
    const { kmh, fixedMinutes, detour } = travel.speeds[each]
    return [
      [`kmh-${each}`, String(kmh)],
      [`fixed-${each}`, String(fixedMinutes)],
      [`detour-${each}`, String(detour)],
    ]
  })
  return Object.fromEntries([['transport', transport], ...ways, ...speeds])
}

export function travelPage(
  language: Language,
  districts: DistrictRow[],
  travel: Travel,
  transport: Transport,
  texts: Record<string, string>,
  problems: Problem[] = [],
) {
  const say = words[language]
  const its = districts.map(row => ({ id: row.kato, name: row[`name_${language}`] }))
  const speedLabels = { kmh: say.kmh, fixed: say.fixed, detour: say.detour }
  const labels = Object.fromEntries([
    ['transport', say.transport],
    ...its.flatMap(from => its.map(to => [wayField(from.id, to.id), `${from.name} – ${to.name}`])),
    ...transports.flatMap(each =>
      Object.entries(speedLabels).map(([name, label]) => [`${name}-${each}`, `${say.transports[each]}, ${label}`]),
    ),
  ])
  const page = formPage(
    language,
    {
      heading: say.title,
      action: '/app/travel',
      back: { href: '/app/settings', text: common[language].settings },
      here: 'admin',
    },
    problems,
    labels,
  )
  return {
    ...page,
    say,
    transport,
    districts: its,
    transports: transports.map(each => ({
      href: `/app/travel?transport=${each}`,
      text: say.transports[each],
      here: each === transport,
    })),
    rows: its.map(from => ({
      ...from,
      cells: its.map(to => {
        const id = wayField(from.id, to.id)
        const { byDistance, back } = waySaid(travel, from.id, to.id, transport)
        return {
          id,
          to: to.id,
          value: texts[id] ?? '',
          otherwise: back === undefined ? say.byDistance(byDistance) : say.asBack(back),
          error: page.wrong[id],
        }
      }),
    })),
    speeds: transports.map(each => ({
      name: say.transports[each],
      fields: Object.entries(speedLabels).map(([name, label]) => ({
        id: `${name}-${each}`,
        label,
        value: texts[`${name}-${each}`] ?? '',
        error: page.wrong[`${name}-${each}`],
      })),
    })),
  }
}
