import { setTimeout as pause } from 'node:timers/promises'
import { isAway } from '../base/db/errors.ts'
import type { Db } from '../base/db/open.ts'
import { type Note, settle } from './delivery-store.ts'
import type { Outcome } from './outcome-rules.ts'
import type { Taken } from './take-actions.ts'

const awaySeconds = 5

/** A note that is lost is a letter sent twice: while the database is away it is tried until it is back. */
async function settled(db: Db, notes: Note[]): Promise<Set<string>> {
  for (let seconds = 0.2; ; seconds = Math.min(seconds * 2, awaySeconds)) {
    try {
      return await settle(db, notes)
    } catch (error) {
      if (!isAway(error)) throw error
      await pause(seconds * 1000)
    }
  }
}

export type Notes = (rows: Taken, claim: string, outcomes: Map<string, Outcome>) => Promise<Set<string>>

/** Notes how letters ended, those of one letter together; what comes while a note is being written goes with the next. */
export function notesTo(db: Db): Notes {
  let waiting: { notes: Note[]; done: PromiseWithResolvers<Set<string>> }[] = []
  let writing = false
  const write = async () => {
    writing = true
    while (waiting.length > 0) {
      const some = waiting
      waiting = []
      const together =
        some.length > 1 &&
        (await settled(
          db,
          some.flatMap(it => it.notes),
        ).catch(() => undefined))
      // one that can't be written must not take the others along
      for (const { notes, done } of some)
        if (together) done.resolve(together)
        else await settled(db, notes).then(done.resolve, done.reject)
    }
    writing = false
  }
  return (rows, claim, outcomes) => {
    const notes = rows.flatMap(({ id }) => {
      const outcome = outcomes.get(id)
      return outcome ? [{ id, claim, outcome }] : []
    })
    const done = Promise.withResolvers<Set<string>>()
    waiting.push({ notes, done })
    if (!writing) void write()
    return done.promise
  }
}
