import type { DateTime } from 'luxon'
import type { Role } from '../base/db/tables.ts'

/** How long a letter with a link and a code lets in, and how often the code may be mistyped. */
export const linkMinutes = 10
export const codeTries = 5

const staffIdle = { hours: 8 }
const staffAtMost = { days: 7 }
const speakerAtMost = { days: 30 }
const seenEvery = { minutes: 5 }

export type Session = { role: Role; createdAt: DateTime; seenAt: DateTime; endsAt: DateTime }

/** Staff sit at shared machines: 8 hours without a visit end it, 7 days in any case. A speaker's phone stays signed in for 30 days after the last visit. */
export function lasts({ role, seenAt, endsAt }: Omit<Session, 'createdAt'>, now: DateTime): boolean {
  return endsAt > now && (role === 'speaker' || seenAt.plus(staffIdle) > now)
}

export const endOf = ({ role, createdAt, seenAt }: Omit<Session, 'endsAt'>): DateTime =>
  role === 'speaker' ? seenAt.plus(speakerAtMost) : createdAt.plus(staffAtMost)

/** Whether a visit is worth writing down: not each page, but often enough for the idle rule. */
export const isNews = (seenAt: DateTime, now: DateTime): boolean => seenAt.plus(seenEvery) <= now

/** Where work begins. */
export const landing: Record<Role, string> = {
  administrator: '/app',
  coordinator: '/app',
  viewer: '/app/reports',
  speaker: '/me',
}

// each also names those after it
const programs = {
  Edg: 'Edge',
  OPR: 'Opera',
  YaBrowser: 'Yandex',
  SamsungBrowser: 'Samsung',
  Firefox: 'Firefox',
  CriOS: 'Chrome',
  Chrome: 'Chrome',
  Safari: 'Safari',
}
const systems = {
  Android: 'Android',
  iPhone: 'iPhone',
  iPad: 'iPad',
  Windows: 'Windows',
  'Mac OS X': 'macOS',
  Linux: 'Linux',
}

/** A program and a system, as people know them, out of what a browser says of itself. */
export function deviceOf(agent: string): string {
  const named = (names: Record<string, string>) => Object.entries(names).find(([sign]) => agent.includes(sign))?.[1]
  return [named(programs), named(systems)].filter(Boolean).join(', ')
}

/** Enough of an address to recognise the place, too little to follow a person. */
export function placeOf(ip: string): string {
  const four = /(\d+\.\d+\.\d+)\.\d+$/.exec(ip)
  return four ? `${four[1]}.0` : ip.split(':').slice(0, 3).join(':')
}

export const themes = ['auto', 'light', 'dark'] as const
export const isTheme = (text: unknown): text is (typeof themes)[number] => themes.some(theme => theme === text)
