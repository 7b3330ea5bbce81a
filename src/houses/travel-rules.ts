import { minutes, type Speed, type Spot, type Travel } from '../matching/travel-rules.ts'
import { type Problem, reading } from './field-rules.ts'

export const transports = ['walk', 'transit', 'car'] as const
export type Transport = (typeof transports)[number]
export const isTransport = (text: string): text is Transport => transports.some(transport => transport === text)

export type Journey = { from: string; to: string; minutes: number }
export type TravelValue = { transport: Transport; journeys: Journey[]; speeds: Record<Transport, Speed> }

/** A way from district to district by one transport, as a field of the form; a way back has a field of its own. */
export const wayField = (from: string, to: string): string => `way-${from}-${to}`
export const speedFields = transports.flatMap(transport => [
  `kmh-${transport}`,
  `fixed-${transport}`,
  `detour-${transport}`,
])
export const travelFields = (districts: string[]): string[] => [
  'transport',
  ...speedFields,
  ...districts.flatMap(from => districts.map(to => wayField(from, to))),
]

const longest = 600

/** An empty cell keeps no row: the way takes what the way back takes, or what the distance gives. */
export function readTravel(
  sent: { texts: Record<string, string>; lists: Record<never, string[]>; repeated: string[] },
  districts: string[],
): { value: TravelValue | undefined; problems: Problem[] } {
  const form = reading(sent)
  const transport = transports.find(each => each === sent.texts['transport'])
  if (!transport) form.wrong({ field: 'transport', code: 'unknown' })
  const journeys = districts.flatMap(from =>
    districts.flatMap(to =>
      sent.texts[wayField(from, to)] ? [{ from, to, minutes: form.whole(wayField(from, to), 0, longest) }] : [],
    ),
  )
  const speedOf = (each: Transport): Speed => ({
    kmh: form.decimal(`kmh-${each}`, 1, 120),
    fixedMinutes: form.whole(`fixed-${each}`, 0, 120),
    detour: form.decimal(`detour-${each}`, 1, 5),
  })
  const speeds = { walk: speedOf('walk'), transit: speedOf('transit'), car: speedOf('car') }
  return {
    value: transport && form.problems.length === 0 ? { transport, journeys, speeds } : undefined,
    problems: form.problems,
  }
}

/** What the distance between the centres gives, and what holds for an empty cell: the way back's minutes where it has its own. */
export function waySaid(
  travel: Travel,
  from: string,
  to: string,
  transport: Transport,
): { byDistance: number; back: number | undefined } {
  const spot = (district: string): Spot => ({ district, point: undefined })
  const back = travel.table.find(
    row => row.from === to && row.to === from && row.transport === transport && from !== to,
  )
  return { byDistance: minutes({ ...travel, table: [] }, spot(from), spot(to), transport), back: back?.minutes }
}
