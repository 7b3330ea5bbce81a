/** The format kezdesu-plan-1: days are indices of working days, minutes are counted from midnight, places by index. */
export const format = 'kezdesu-plan-1'

export type Stretch = [day: number, from: number, to: number]
export type Mode = { kmh: number; fixed: number }
/**
 * How people get about. `table` and `stay` are no part of a file: a House gives minutes between locations by mode, and nothing lies
 * between two talks at one location.
 */
export type Travel = {
  detour: number
  modes: Record<string, Mode>
  table?: Record<string, number[][]> | undefined
  stay?: boolean | undefined
}
export type Place = { lat: number; lon: number }
export type HostOfPlan = { id: string; kind: string; loc: number }
export type SpeakerOfPlan = {
  id: string
  roles: string[]
  topics: string[]
  langs: string[]
  audiences: string[]
  home: number
  mode: string
  maxDay: number
  maxWeek: number
  /** Talks in the whole horizon at most; no part of a file, a House's limit of the month. */
  most?: number | undefined
  /** Talks held already this term. */
  past: number
  avail: Stretch[]
}
export type TeamGroup = { anyOf: string[]; n: number }
export type RequestOfPlan = {
  id: string
  host: string
  loc: number
  audience: string
  topic: string
  langs: string[]
  duration: number
  priority: 1 | 2 | 3
  windows: Stretch[]
  team: TeamGroup[]
}
export type Weights = { unplaced: number; travel: number; fair: number; late: number }

export type Instance = {
  format: typeof format
  name: string
  horizon: { start: string; days: number; daysPerWeek: number }
  slot: number
  buffer: number
  travel: Travel
  priorityWeight: Record<1 | 2 | 3, number>
  weights: Weights
  locations: Place[]
  hosts: HostOfPlan[]
  speakers: SpeakerOfPlan[]
  requests: RequestOfPlan[]
  pinned?: Assignment[] | undefined
}

export type Member = { speaker: string; group: number }
export type Assignment = { request: string; day: number; start: number; team: Member[] }
export type Plan = { instance?: string; assignments: Assignment[] }

export const weeksIn = ({ days, daysPerWeek }: Instance['horizon']): number => Math.ceil(days / daysPerWeek)
