/** A hall of a host as the engine knows it; without a number of seats, or with none, nobody counts them. */
export type Hall = { id: string; seats: number | undefined }
/** Where a talk on site is held; without an id in the one hall of a host that names none. */
export type Room = { hallId: string | undefined }

/** As many halls as a host may name. */
export const mostHalls = 6

export const seatsAll = ({ seats }: Pick<Hall, 'seats'>, heads: number): boolean =>
  seats === undefined || seats === 0 || seats >= heads

/** The halls that seat so many, in the host's own order; a host that names none has one hall, whose seats are only a warning. */
export const roomsFor = (halls: Hall[], heads: number): Room[] =>
  halls.length === 0
    ? [{ hallId: undefined }]
    : halls.filter(hall => seatsAll(hall, heads)).map(({ id }) => ({ hallId: id }))

/** A talk on site that stands, by the milliseconds of its time. */
export type InHall = { hallId: string | undefined; from: number; to: number }
export type ToMove = Omit<InHall, 'hallId'> & { id: string; heads: number; before: string | undefined }

/**
 * Which hall each of these talks takes beside those that stand at a host: the one it was in before, else the first free one that
 * seats its listeners, else the first free one. Undefined when one of them finds none.
 */
export function placed(
  halls: Hall[],
  standing: InHall[],
  talks: ToMove[],
): Map<string, string | undefined> | undefined {
  const taken = [...standing]
  const found = new Map<string, string | undefined>()
  for (const talk of talks.toSorted((a, b) => a.from - b.from)) {
    const before = talk.before === undefined ? [] : [{ hallId: talk.before }]
    const rooms = [...before, ...roomsFor(halls, talk.heads), ...halls.map(({ id }) => ({ hallId: id }))]
    const room = rooms.find(
      ({ hallId }) => !taken.some(it => it.hallId === hallId && it.from < talk.to && talk.from < it.to),
    )
    if (!room) return
    found.set(talk.id, room.hallId)
    taken.push({ ...talk, hallId: room.hallId })
  }
  return found
}
