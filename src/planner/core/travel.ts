import type { Instance, Mode } from './instance.ts'
import { legOf, minutesFor } from './legs.ts'

export type Minutes = Uint16Array | Int32Array

/** Sites are the places of requests, numbered anew; all in minutes, squares by site for each mode. */
export type Ways = {
  siteOf: Map<number, number>
  sites: number
  between: Map<string, Minutes>
  /** From the end of a talk to the start of the next: the way and the pause after it. */
  pauses: Map<string, Minutes>
  /** From each speaker's home to each site. */
  home: Minutes
}

export function waysOf(instance: Instance): Ways {
  const { requests, speakers, travel, buffer } = instance
  const locs = [...new Set(requests.map(({ loc }) => loc))]
  const sites = locs.length
  const modes = [...new Set(speakers.map(({ mode }) => mode))]
  const table = (size: number): Minutes =>
    longestWay(instance, modes) < 60_000 ? new Uint16Array(size) : new Int32Array(size)
  const between = new Map(modes.map(mode => [mode, table(sites * sites)]))
  const pauses = new Map(modes.map(mode => [mode, table(sites * sites)]))
  for (const mode of modes) {
    const [square, pause] = [between.get(mode)!, pauses.get(mode)!]
    for (let a = 0; a < sites; a++)
      for (let b = 0; b < sites; b++) {
        const at = a * sites + b
        // without a table the way back is as long
        square[at] = b < a && !travel.table ? square[b * sites + a]! : legOf(instance, mode, locs[a]!, locs[b]!)
        pause[at] = a === b && travel.stay ? 0 : square[at]! + buffer
      }
  }
  const home = table(speakers.length * sites)
  for (const [s, speaker] of speakers.entries())
    for (let site = 0; site < sites; site++)
      home[s * sites + site] = legOf(instance, speaker.mode, speaker.home, locs[site]!)
  return { siteOf: new Map(locs.map((loc, site) => [loc, site])), sites, between, pauses, home }
}

const halfRound = 20_040

const longestWay = ({ travel, buffer }: Instance, modes: string[]): number =>
  buffer +
  Math.max(
    0,
    ...modes.map(mode => minutesFor(halfRound, travel.modes[mode] as Mode, travel.detour)),
    ...Object.values(travel.table ?? {}).flat(2),
  )
