import { setTimeout as pause } from 'node:timers/promises'
import { isAway } from '../base/db/errors.ts'
import type { Intake } from './intake.ts'
import { faultOf, type Line, lineTo, within } from './mailbox-line.ts'
import { mostOctets } from './reply-reading.ts'

export type Mailbox = {
  url: string
  intake: Pick<Intake, 'take'>
  /** Keeps the reading to one process; false while another reads. */
  lease: { take: () => Promise<boolean>; end: () => Promise<void> }
  /** One line of the log: a code, never an address. */
  note: (code: string) => void
  onFault: (error: unknown) => void
  patience?: Partial<typeof usual>
}

const usual = {
  /** Between two looks and two signs of life; the server's own word (IDLE) cuts it short, */
  every: 20_000,
  /** but not below this: a server may say at each look that there is more. */
  least: 1000,
  /** For each step of the dialogue; shorter than the lease. */
  step: 30_000,
  /** For what is being read when it is to stop. */
  stop: 5000,
}
const mark = '$KezdesuRead'
const mostTries = 5
const mostAtOnce = 500
const mostKept = 1000

/**
 * Reads answers from a mailbox as long as it runs. A letter is marked only after what it says is stored: whoever dies in
 * between, or loses the lease, leaves it to be read again, which changes nothing.
 */
export function watchMailbox(box: Mailbox): { stop: () => Promise<void> } {
  const patience = { ...usual, ...box.patience }
  const stopping = new AbortController()
  const { signal } = stopping
  const tries = new Map<string, number>()
  let line: Line | undefined
  // set when the server told of letters, also while others are being read
  let told = false
  let wake = () => {}
  const tell = () => {
    told = true
    wake()
  }
  signal.addEventListener('abort', tell)
  const drop = () => {
    line?.close()
    line = undefined
  }
  const look = async () => {
    if (!(await box.lease.take())) return drop()
    if (!line?.usable) {
      drop()
      const opening = lineTo(box.url)
      line = opening
      // without a listener a broken line would end the process
      opening.on('error', error => box.onFault(faultOf(error)))
      opening.on('exists', tell)
      await within(opening, patience.step, async () => {
        await opening.connect()
        await opening.mailboxOpen(decodeURIComponent(new URL(box.url).pathname.slice(1)) || 'INBOX')
      })
    }
    await readAll(box, line, { tries, signal, step: patience.step })
  }
  const running = (async () => {
    while (!signal.aborted) {
      told = false
      const begun = performance.now()
      await look().catch((error: unknown) => {
        if (!signal.aborted) box.onFault(error)
        drop()
      })
      const waiting = new AbortController()
      const rest = Math.max(0, patience.least - (performance.now() - begun))
      wake = () => signal.aborted && waiting.abort()
      await pause(rest, undefined, { signal: waiting.signal }).catch(() => {})
      if (told) continue
      wake = () => waiting.abort()
      await pause(patience.every - rest, undefined, { signal: waiting.signal }).catch(() => {})
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      const enough = setTimeout(drop, patience.stop)
      await running
      clearTimeout(enough)
      drop()
      await box.lease.end().catch(box.onFault)
    },
  }
}

type Reading = { tries: Map<string, number>; signal: AbortSignal; step: number }

async function readAll(box: Mailbox, line: Line, { tries, signal, step }: Reading): Promise<void> {
  const { mailbox } = line
  // without it nobody knows whether letter 7 is the one that was letter 7 before
  if (!mailbox || mailbox.uidValidity === undefined) throw faultOf({ code: 'no-mailbox' })
  // a server that keeps no keywords of ours has its own mark for what is read
  const keyword = mailbox.permanentFlags?.has('\\*') || mailbox.permanentFlags?.has(mark)
  const found = await within(line, step, () =>
    line.search(keyword ? { unKeyword: mark } : { seen: false }, { uid: true }),
  )
  if (tries.size > mostKept) tries.clear()
  const arrivals = (found || []).map(uid => ({ uid, arrival: `imap:${mailbox.uidValidity}:${uid}` }))
  const tried = ({ arrival }: { arrival: string }) => tries.get(arrival) ?? 0
  // one at which the line breaks each time keeps no other waiting
  for (const one of arrivals.sort((a, b) => tried(a) - tried(b)).slice(0, mostAtOnce)) {
    const { uid, arrival } = one
    if (signal.aborted || !(await box.lease.take())) return
    if (tried(one) < mostTries) {
      tries.set(arrival, tried(one) + 1)
      try {
        const code = await readOne(box, line, uid, arrival, step)
        if (code === 'gone') tries.delete(arrival)
        else await marked(code)
      } catch (error) {
        // the database is away: that is no fault of the letter, and all later ones would fail, too
        if (line.usable && isAway(error)) tries.delete(arrival)
        if (!line.usable || isAway(error)) throw error
        box.onFault(error)
      }
    }
    if (tried(one) >= mostTries) await marked('given-up')

    async function marked(code: string) {
      await within(line, step, () =>
        line.messageFlagsAdd(String(uid), keyword ? [mark, '\\Seen'] : ['\\Seen'], { uid: true }),
      )
      tries.delete(arrival)
      box.note(code)
    }
  }
}

async function readOne(box: Mailbox, line: Line, uid: number, arrival: string, step: number): Promise<string> {
  const at = String(uid)
  const sized = await within(line, step, () => line.fetchOne(at, { size: true }, { uid: true }))
  // somebody has deleted it meanwhile
  if (!sized) return 'gone'
  const octets = sized.size ?? 0
  const fetched = await within(line, step, () =>
    line.fetchOne(at, octets <= mostOctets ? { source: true } : { source: { start: 0, maxLength: 65_536 } }, {
      uid: true,
    }),
  )
  const raw = fetched ? fetched.source : undefined
  if (!raw) return 'gone'
  return box.intake.take({ raw, octets: Math.max(octets, raw.length), envelope: undefined, arrival })
}
