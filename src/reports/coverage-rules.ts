import type { HostKind } from '../base/db/tables.ts'
import type { DateTime } from '../base/time.ts'

/** After this long the same place may be asked again. */
export const restDays = 60
export const monthChoices = [3, 6, 12, 24] as const
export const mostAtOnce = 100

export type Refusal = 'none' | 'no-address' | 'left' | 'under-way' | 'closed' | 'recent'
type Candidate = {
  kind: HostKind
  underWay: boolean
  contact: { email: string | null } | undefined
  left: boolean
  invitedAt: DateTime | null
}

const hostKinds: HostKind[] = [
  'school',
  'college',
  'university',
  'workplace',
  'market',
  'community-centre',
  'house-of-friendship',
  'custody',
]
export const hostKindOf = (text: string): HostKind | undefined => hostKinds.find(kind => kind === text)

/** Why a host gets no letter that offers a talk; undefined when it may. */
export function notInvited(
  { kind, underWay, contact, left, invitedAt }: Candidate,
  now: DateTime,
): Refusal | undefined {
  // the public form never takes such a place
  if (kind === 'custody') return 'closed'
  if (underWay) return 'under-way'
  if (!contact) return 'none'
  if (!contact.email) return 'no-address'
  if (left) return 'left'
  return invitedAt !== null && invitedAt > now.minus({ days: restDays }) ? 'recent' : undefined
}

/** A place may be offered talks again and again: each day is an offer of its own. */
export const offerVersion = (day: string): number => Number(day.replaceAll('-', ''))
