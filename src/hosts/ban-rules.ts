import type { Day } from '../base/time.ts'
import { type Ban, type Closure, type Host, taught } from './rules.ts'

/** Who would sit in the room: a shift and grades where the listeners are taught, neither for parents and staff. */
export type Sitting = { audience: string; grades: number[]; shift: string | undefined }

/** Whether a break, exam or test concerns these listeners on this day. Grades that nobody named are counted as concerned. */
export function concerns(
  ban: Ban,
  host: Host,
  { audience, grades }: Pick<Sitting, 'audience' | 'grades'>,
  day: Day,
): boolean {
  return (
    ban.from <= day &&
    day <= ban.to &&
    (ban.hostKinds.length === 0 || ban.hostKinds.includes(host.kind)) &&
    (ban.hostId === undefined || ban.hostId === host.id) &&
    !ban.exceptAudiences.includes(audience) &&
    touches(ban.grades, grades, taught(host, audience))
  )
}

/** Whether frost or illness closes the host for these listeners. A closure of one shift or of some grades leaves adults alone. */
export function closes(
  closure: Closure,
  host: Pick<Host, 'kind' | 'district' | 'shifts'>,
  { audience, grades, shift }: Sitting,
  day: Day,
): boolean {
  const inLessons = taught(host, audience)
  return (
    closure.from <= day &&
    day <= closure.to &&
    (closure.districts.length === 0 || closure.districts.includes(host.district)) &&
    (closure.hostKinds.length === 0 || closure.hostKinds.includes(host.kind)) &&
    (closure.shifts.length === 0 || (inLessons && (shift === undefined || closure.shifts.includes(shift)))) &&
    touches(closure.grades, grades, inLessons)
  )
}

/** Whether a closure stands against the talk: one that turns lessons online leaves a talk that is online already. */
export const stops = (closure: Closure, online: boolean): boolean => !(online && closure.outcome === 'online')

const touches = (some: number[], grades: number[], inLessons: boolean): boolean =>
  some.length === 0 || (inLessons && (grades.length === 0 || grades.some(grade => some.includes(grade))))
