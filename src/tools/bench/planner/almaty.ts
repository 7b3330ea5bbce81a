import type { TeamGroup } from '../../../planner/core/instance.ts'

/** Something drawn by chance, as often as its weight says. */
export type Drawn = { weight: number }
export type TopicOfMonth = Drawn & { name: string; roles: string[]; teams: (Drawn & { team: TeamGroup[] })[] }

/** Rough centres of the eight districts, and how far addresses scatter round them, in degrees. */
export const districts = [
  { name: 'alatau', lat: 43.291, lon: 76.812, spread: 0.022, weight: 15 },
  { name: 'almaly', lat: 43.252, lon: 76.919, spread: 0.01, weight: 13 },
  { name: 'auezov', lat: 43.231, lon: 76.855, spread: 0.014, weight: 16 },
  { name: 'bostandyk', lat: 43.215, lon: 76.915, spread: 0.017, weight: 17 },
  { name: 'zhetysu', lat: 43.3, lon: 76.92, spread: 0.014, weight: 9 },
  { name: 'medeu', lat: 43.245, lon: 76.97, spread: 0.017, weight: 11 },
  { name: 'nauryzbay', lat: 43.198, lon: 76.8, spread: 0.02, weight: 8 },
  { name: 'turksib', lat: 43.345, lon: 76.985, spread: 0.02, weight: 11 },
]

export const audiences = ['school', 'college', 'university', 'workplace', 'centre']
export const roles = ['historian', 'psychologist', 'lawyer', 'mentor', 'scholar']
export const roleWeights = [20, 30, 22, 18, 14]

const of = (n: number, ...anyOf: string[]): TeamGroup => ({ anyOf, n })
const topic = (name: string, weight: number, wanted: string[], ...teams: [number, ...TeamGroup[]][]): TopicOfMonth => ({
  name,
  weight,
  roles: wanted,
  teams: teams.map(([often, ...team]) => ({ weight: often, team })),
})

export const topics: TopicOfMonth[] = [
  topic(
    'family-violence',
    22,
    ['psychologist', 'lawyer', 'mentor'],
    [5, of(1, 'psychologist'), of(1, 'lawyer')],
    [2, of(1, 'psychologist')],
    [1, of(1, 'psychologist'), of(1, 'lawyer'), of(1, 'mentor')],
  ),
  topic(
    'bullying',
    14,
    ['psychologist', 'mentor'],
    [4, of(1, 'psychologist')],
    [2, of(1, 'psychologist'), of(1, 'mentor')],
  ),
  topic('rights-and-help', 8, ['lawyer'], [1, of(1, 'lawyer')]),
  topic(
    'national-values',
    14,
    ['historian', 'mentor', 'scholar'],
    [3, of(1, 'historian')],
    [2, of(2, 'historian', 'scholar', 'mentor')],
  ),
  topic(
    'tolerance-unity',
    12,
    ['historian', 'scholar', 'mentor'],
    [3, of(1, 'historian', 'scholar')],
    [1, of(1, 'historian'), of(1, 'mentor')],
  ),
  topic(
    'extremism-prevention',
    10,
    ['scholar', 'lawyer', 'psychologist'],
    [2, of(1, 'scholar')],
    [2, of(1, 'scholar'), of(1, 'lawyer', 'psychologist')],
  ),
  topic(
    'online-safety',
    12,
    ['psychologist', 'lawyer', 'scholar'],
    [1, of(2, 'psychologist', 'lawyer', 'scholar')],
    [2, of(1, 'psychologist', 'lawyer', 'scholar')],
  ),
  topic(
    'career-family',
    8,
    ['mentor', 'psychologist'],
    [2, of(1, 'mentor')],
    [1, of(1, 'mentor'), of(1, 'psychologist')],
  ),
]
