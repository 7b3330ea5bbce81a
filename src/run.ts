import { isAway, isUnknownThere } from './base/db/errors.ts'
import { Unusable } from './base/db/place.ts'
import { sayFault, sendLinesTo } from './base/lines.ts'
import { openLogPost } from './base/log-post.ts'
import { masked } from './base/mask.ts'
import { makeRoom } from './base/room.ts'
import { type Config, Mistake } from './config.ts'

export type Running = { stop: () => Promise<void> }

const patience = 40_000
const restAfter = 1_000

/**
 * A command from its start to its end: a mistake of whoever started it is one line and exit code 2, a signal ends it
 * in order, and what does not end in time is left behind.
 */
export async function run(begin: () => Promise<Running>): Promise<void> {
  try {
    const running = await begin()
    const end = async () => {
      setTimeout(() => process.exit(1), patience).unref()
      try {
        await running.stop()
        process.exit(0)
      } catch (error) {
        console.error(error)
        process.exit(1)
      }
    }
    process.once('SIGTERM', end)
    process.once('SIGINT', end)
    // what a start leaves behind, 20 MB of 160; the first pages come before
    setTimeout(makeRoom, restAfter).unref()
  } catch (error) {
    blame(error)
  }
}

/** A command that does one thing and ends; mistakes are told as by `run`. */
export async function complete(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    blame(error)
  }
}

function blame(error: unknown): never {
  if (error instanceof Mistake || error instanceof Unusable) console.error(error.message)
  else if (isAway(error)) console.error('the database does not answer: check DATABASE_URL')
  else if (isUnknownThere(error)) console.error(`${masked(error.message)}: check DATABASE_URL`)
  else throw error
  process.exit(2)
}

/** A fault outside any request: one line, without values of people. */
export function complain(where: string): (error: unknown) => void {
  return error =>
    sayFault({
      level: 'error',
      where,
      error: masked(error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
    })
}

/** Where this process has its lines of the log sent as well: to the standard output they go as ever. */
export function keepLogElsewhere(
  { logTo }: Pick<Config, 'logTo'>,
  where: string,
): { logTo?: { write: (line: string) => void }; stop: () => Promise<void> } {
  if (!logTo) return { stop: async () => {} }
  const post = openLogPost(logTo, `kezdesu-${where}`, complain('log'))
  sendLinesTo(post.take)
  return {
    logTo: {
      write: line => {
        process.stdout.write(line)
        post.take(line)
      },
    },
    stop: post.close,
  }
}
