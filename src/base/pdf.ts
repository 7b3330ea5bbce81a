import type { Paper } from './paper.ts'
import { hashOf } from './secrets.ts'
import { askThread } from './thread.ts'
import { turns } from './turns.ts'

const thread = new URL('./pdf-thread.ts', import.meta.url)
const limits = { megabytes: 256, youngMegabytes: 32, milliseconds: 20_000 }
// a sheet takes a third of a second of one core: two at a time leave the other people's pages their turn
const atOnce = 2
const mostWaiting = 8
const mostKept = 20

type Drawn = Buffer | { refused: 'busy' }

/** Draws each sheet once while it is remembered; whoever comes when too many wait is told so instead of waiting, too. */
export function drawing(draw: (paper: Paper) => Promise<Drawn>): (paper: Paper) => Promise<Drawn> {
  const inTurn = turns(atOnce)
  const kept = new Map<string, Promise<Drawn>>()
  let asked = 0

  async function drawn(key: string, paper: Paper): Promise<Drawn> {
    asked++
    try {
      const made = await inTurn(() => draw(paper))
      if ('refused' in made) kept.delete(key)
      return made
    } catch (error) {
      kept.delete(key)
      throw error
    } finally {
      asked--
    }
  }

  return async paper => {
    const key = hashOf(JSON.stringify(paper))
    const known = kept.get(key)
    if (!known && asked >= atOnce + mostWaiting) return { refused: 'busy' }
    const made = known ?? drawn(key, paper)
    // the one that nobody asked for the longest goes first
    kept.delete(key)
    kept.set(key, made)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return made
  }
}

/** A sheet as a PDF, made in a thread of its own: whoever asks for none pays neither its time nor its memory. */
export const pdfOf = drawing(inThread)

async function inThread(paper: Paper): Promise<Drawn> {
  const made = await askThread<Uint8Array | { failed: string }>(thread, paper, limits)
  if (made === undefined) return { refused: 'busy' }
  if ('failed' in made) throw new Error(`the sheet could not be drawn: ${made.failed}`)
  return Buffer.from(made.buffer, made.byteOffset, made.byteLength)
}
