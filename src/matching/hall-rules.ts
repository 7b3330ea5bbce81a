import { type Moment, overlaps } from '../base/time.ts'
import { type Room, roomsFor } from '../hosts/hall-rules.ts'
import type { Refusal, Request, World } from './rules.ts'

type Place = { host: Pick<World['host'], 'halls'>; hallTaken: World['hallTaken'] }
type Asked = Pick<Request, 'mode' | 'heads'>

/**
 * The first hall of the host that seats the listeners and is free at this time, or why there is none; undefined for a talk
 * that needs no hall. Whatever is booked takes this one, so that the judge and the constraint on halls speak of the same.
 */
export function hallFor(
  { host, hallTaken }: Place,
  { mode, heads }: Asked,
  moment: Moment,
): Room | { refusal: Refusal } | undefined {
  if (mode !== 'onsite') return
  const rooms = roomsFor(host.halls, heads)
  const [largest] = host.halls.map(({ seats }) => seats ?? 0).sort((a, b) => b - a)
  if (rooms.length === 0) return { refusal: { code: 'no-hall-for', heads, seats: largest ?? 0 } }
  const inTheWay = rooms.map(({ hallId }) => hallTaken.find(talk => talk.hallId === hallId && overlaps(talk, moment)))
  const free = rooms[inTheWay.indexOf(undefined)]
  if (free) return free
  const [first] = inTheWay
  return { refusal: { code: 'hall-taken', from: first?.from ?? moment.from, to: first?.to ?? moment.to } }
}

/** Which hall a talk takes that was found possible. */
export function hallOf(place: Place, asked: Asked, moment: Moment): string | undefined {
  const room = hallFor(place, asked, moment)
  return room && 'hallId' in room ? room.hallId : undefined
}
