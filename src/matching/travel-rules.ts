import type { Minute } from '../base/time.ts'
import type { Point } from '../hosts/rules.ts'
import type { Transport } from '../speakers/rules.ts'

/** `hostId`: two talks at one host are one trip, however little is known of its address. */
export type Spot = { district: string; point: Point | undefined; hostId?: string | undefined }
export type Speed = { kmh: number; fixedMinutes: number; detour: number }
/** All that is known of ways through the city, as coordinators edit it; one row serves both directions unless the way back has its own. */
export type Travel = {
  table: { from: string; to: string; transport: Transport; minutes: Minute }[]
  speeds: Record<Transport, Speed>
  centres: { district: string; point: Point }[]
}

/** Two addresses of one district of which no more is known. */
const kmWithinDistrict = 2
/** A district without a centre and without a row of the table: an hour, so that nobody is sent too late. */
const unknownWay = 60
const earthRadiusKm = 6371

/** Minutes from door to door: by distance where both addresses are known, else by the table of districts, else between their centres. */
export function minutes(travel: Travel, from: Spot, to: Spot, transport: Transport): number {
  if (isOneTrip(from, to)) return 0
  const speed = travel.speeds[transport]
  if (from.point && to.point) return byDistance(from.point, to.point, speed)
  const { table, centres } = indexed(travel)
  const told =
    table.get(key(from.district, to.district, transport)) ?? table.get(key(to.district, from.district, transport))
  if (told !== undefined) return told
  if (from.district === to.district) return byKm(kmWithinDistrict, speed)
  const [here, there] = [from.point ?? centres.get(from.district), to.point ?? centres.get(to.district)]
  return here && there ? byDistance(here, there, speed) : unknownWay
}

/** What lies between two talks at least: the way and the House's buffer; nothing for who stays at the host for its next lesson. */
export const pauseBetween = (from: Pick<Spot, 'hostId'>, to: Pick<Spot, 'hostId'>, way: number, buffer: number) =>
  isOneTrip(from, to) ? 0 : way + buffer

const isOneTrip = (from: Pick<Spot, 'hostId'>, to: Pick<Spot, 'hostId'>): boolean =>
  from.hostId !== undefined && from.hostId === to.hostId

export function kmBetween(a: Point, b: Point): number {
  const radians = Math.PI / 180
  const half = (angle: number) => Math.sin((angle * radians) / 2) ** 2
  const across = half(b.lat - a.lat) + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * half(b.lon - a.lon)
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(across)))
}

function byDistance(from: Point, to: Point, speed: Speed): number {
  if (from.lat === to.lat && from.lon === to.lon) return 0
  return byKm(kmBetween(from, to), speed)
}

const byKm = (km: number, { kmh, fixedMinutes, detour }: Speed): number =>
  Math.ceil(fixedMinutes + ((km * detour) / kmh) * 60 - 1e-9)

type Index = { table: Map<string, number>; centres: Map<string, Point> }
const indexes = new WeakMap<Travel, Index>()
const key = (from: string, to: string, transport: Transport) => `${from} ${to} ${transport}`

function indexed(travel: Travel): Index {
  const found = indexes.get(travel) ?? {
    table: new Map(travel.table.map(row => [key(row.from, row.to, row.transport), row.minutes])),
    centres: new Map(travel.centres.map(({ district, point }) => [district, point])),
  }
  indexes.set(travel, found)
  return found
}
