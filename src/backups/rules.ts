import { DateTime } from 'luxon'

/** One time in the whole country. */
export const zone = 'Asia/Almaty'
const kept = { days: 7, weeks: 4, months: 6 }

/** The name of a nightly backup says when it was made, so that it is judged without being opened. */
export const nameAt = (at: DateTime): string => `kezdesu-${at.toUTC().toFormat("yyyyMMdd'T'HHmmss'Z'")}.backup`

/** When the backup of this name was made; undefined for a file that is not ours, which nobody throws away. */
export function timeOf(name: string): DateTime | undefined {
  const [, digits = ''] = /^kezdesu-(\d{8}T\d{6}Z)\.backup$/.exec(name) ?? []
  const at = DateTime.fromFormat(digits, "yyyyMMdd'T'HHmmss'Z'", { zone: 'utc' })
  return at.isValid ? at : undefined
}

/** The newest nightly backup among these names. */
export const newestOf = (names: string[]): string | undefined =>
  names.filter(timeOf).reduce<string | undefined>((a, b) => (a !== undefined && a > b ? a : b), undefined)

/**
 * Which backups may go: the newest of each of the last 7 days, 4 weeks and 6 months that have one stay. The newest of all
 * always stays, and so does what is no nightly backup.
 */
export function superfluous(names: string[]): string[] {
  const dated = names
    .flatMap(name => {
      const at = timeOf(name)?.setZone(zone)
      return at ? [{ name, at }] : []
    })
    .sort((a, b) => b.at.toMillis() - a.at.toMillis())
  const newest = (by: (at: DateTime) => string, most: number) =>
    [...Map.groupBy(dated, ({ at }) => by(at)).values()]
      .slice(0, most)
      .flatMap(([first]) => (first ? [first.name] : []))
  const stay = new Set([
    ...newest(at => at.toFormat('yyyy-MM-dd'), kept.days),
    ...newest(at => at.toFormat("kkkk-'W'WW"), kept.weeks),
    ...newest(at => at.toFormat('yyyy-MM'), kept.months),
  ])
  return dated.map(({ name }) => name).filter(name => !stay.has(name))
}

/** A backup, or a restore for a try, and how it ended. */
export type Run = {
  kind: 'backup' | 'trial'
  file: string
  sealed: boolean
  at: DateTime
  endedAt: DateTime
  rows: number
  bytes: number
  fault: string | null
}
type Ended = Pick<Run, 'at' | 'fault'>
const afterFault = { hours: 1 }

/**
 * Whether the nightly backup is due: its hour has come since the last good one, or since this process began where there is
 * none yet. What was slept through is made up for; what failed is tried again an hour later.
 */
export function isDue(
  at: string,
  now: DateTime,
  began: DateTime,
  good: Ended | undefined,
  last: Ended | undefined,
): boolean {
  const [hour = 0, minute = 0] = at.split(':').map(Number)
  const today = now.setZone(zone).set({ hour, minute, second: 0, millisecond: 0 })
  const hourCame = today > now ? today.minus({ days: 1 }) : today
  if ((good?.at ?? began) >= hourCame) return false
  return !last?.fault || last.at.plus(afterFault) <= now
}

/** A backup that nobody has ever restored is a hope: one a week is, for a try. */
export const isTrialDue = (now: DateTime, last: Ended | undefined): boolean =>
  !last || last.at.plus(last.fault ? afterFault : { days: 6, hours: 12 }) <= now

export type Standing = 'off' | 'none' | 'ok' | 'late' | 'failed'

/** How it stands with the backups: a day and a half without a good one is late. */
export function standing(on: boolean, now: DateTime, good: Ended | undefined, last: Ended | undefined): Standing {
  if (!on) return 'off'
  if (last?.fault) return 'failed'
  if (!good) return 'none'
  return good.at.plus({ hours: 36 }) < now ? 'late' : 'ok'
}
