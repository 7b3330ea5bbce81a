import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Post } from './actions.ts'
import { keepClaims } from './delivery-store.ts'
import { notesTo } from './note-actions.ts'
import { makeAll, type Prepared, send } from './send-actions.ts'
import { claimSeconds, type Taken, take } from './take-actions.ts'

/** So many letters are with the mail server at a time. */
const lanes = 4
/** So many are taken at once, and taken again when no more than as many are in hand. */
const most = 32
/** So many may be with the mail server or wait for their note: beyond that a lane waits, too. */
const mostUnnoted = 12
// a letter that has waited longer for its turn is judged and made anew
const freshSeconds = 3
const stopSeconds = 20
// somebody else is judging what we would take: soon they have it, or we
const othersMs = 25

export type Postman = {
  /** Looks at the ledger; resolves when it has been looked at since, in vain too, or when the postman stops. */
  wake: () => Promise<void>
  /** Resolves when no letter is in hand. */
  idle: () => Promise<void>
  stop: () => Promise<void>
}
/** What is noted of these letters is no longer ours to note: our claim ran out, and another worker has sent them, too. */
export class TakenOver extends Error {
  readonly letters: string[]
  constructor(letters: string[]) {
    super(`letters were taken over before their note: ${letters.join(', ')}`)
    this.letters = letters
  }
}
const letterOf = ([{ id, bundle }]: Taken): string => bundle ?? id

type InHand = { letter: Prepared; claim: string; fresh: AbortSignal }

/**
 * Takes letters up in small batches and hands them over, a few at a time, until nothing is due; then sleeps until woken. What
 * it has in hand is its own for as long as it says so: a postman that dies loses it within half a minute.
 */
export function startPostman(post: Post): Postman {
  const [worker, note] = [randomUUID(), notesTo(post.db)]
  const queue: InHand[] = []
  const held = new Map<string, string>()
  let [serial, inHand, running, unnoted] = [0, 0, 0, 0]
  let [asked, stopped] = [false, false]
  let looking: Promise<void> | undefined
  let [waiting, calm]: [(() => void)[], (() => void)[]] = [[], []]
  let room = Promise.withResolvers<void>()

  const put = (count: number) => {
    inHand += count
    if (inHand <= most) {
      room.resolve()
      room = Promise.withResolvers<void>()
    }
    if (inHand > 0 || looking) return
    for (const tell of calm.splice(0)) tell()
  }
  const finish = async ({ letter, claim, fresh }: InHand, left: () => void) => {
    const { rows } = letter
    try {
      const outcomes =
        fresh.aborted || stopped
          ? new Map(rows.map(row => [row.id, { state: 'waiting' as const, uncounted: true }]))
          : await send(post, letter).finally(left)
      const noted = await note(rows, claim, outcomes)
      if (!rows.some(({ id }) => noted.has(id))) post.onFault?.(new TakenOver([letterOf(rows)]))
    } catch (error) {
      post.onFault?.(error)
    }
    for (const { id } of rows) held.delete(id)
    put(-1)
    if (fresh.aborted) void wake()
    left()
  }
  const lane = async () => {
    running++
    for (let next = queue.shift(); next; next = queue.shift()) {
      const left = Promise.withResolvers<void>()
      unnoted++
      const noted = finish(next, left.resolve).finally(() => {
        unnoted--
        openLanes()
      })
      await left.promise
      // of what nobody has noted a worker that dies now sends each once more: while the database is away that must not be many
      if (unnoted >= mostUnnoted) await noted
    }
    running--
  }
  const openLanes = () => {
    while (running < lanes && queue.length > 0 && unnoted < mostUnnoted) void lane()
  }
  const round = async (): Promise<'more' | 'others' | 'nothing'> => {
    const claim = `${worker}#${++serial}`
    const { at, letters, ended, others } = await take(post, claim, { most })
    if (letters.length === 0) return ended.size > 0 ? 'more' : others ? 'others' : 'nothing'
    for (const row of letters.flat()) held.set(row.id, claim)
    put(letters.length)
    try {
      const made = await makeAll(post, letters, at)
      const fresh = AbortSignal.timeout(freshSeconds * 1000)
      queue.push(...made.map(letter => ({ letter, claim, fresh })))
    } catch (error) {
      // nobody says any more that they are ours: when the claim ends they are taken again
      for (const row of letters.flat()) held.delete(row.id)
      put(-letters.length)
      throw error
    }
    openLanes()
    return 'more'
  }
  const look = async () => {
    while (asked && !stopped) {
      asked = false
      for (let found = 'more'; found !== 'nothing' && !stopped; ) {
        while (inHand > most && !stopped) await room.promise
        const since = waiting
        waiting = []
        // a look that fails is over, too: whoever waited for it for ever would never look again
        found = await round().finally(() => {
          for (const tell of since) tell()
        })
        if (found === 'others') await pause(othersMs)
      }
    }
  }
  const begin = () => {
    looking = look()
      .catch(error => post.onFault?.(error))
      .finally(() => {
        looking = undefined
        if (asked && !stopped) return begin()
        for (const tell of waiting.splice(0)) tell()
        put(0)
      })
  }
  const wake = () =>
    new Promise<void>(resolve => {
      if (stopped) return resolve()
      waiting.push(resolve)
      asked = true
      if (!looking) begin()
    })
  const keeping = setInterval(
    () => {
      if (held.size === 0) return
      post
        .now(post.db)
        .then(now =>
          keepClaims(
            post.db,
            [...held].map(([id, claim]) => ({ id, claim })),
            now.plus({ seconds: claimSeconds }),
          ),
        )
        .catch(error => post.onFault?.(error))
    },
    (claimSeconds * 1000) / 3,
  )
  const idle = () =>
    new Promise<void>(resolve => {
      calm.push(resolve)
      put(0)
    })
  return {
    wake,
    idle,
    stop: async () => {
      stopped = true
      room.resolve()
      await Promise.race([idle(), pause(stopSeconds * 1000, undefined, { ref: false })])
      clearInterval(keeping)
    },
  }
}
