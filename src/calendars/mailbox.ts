import { setTimeout as pause } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'
import { isAway } from '../base/db/errors.ts'
import type { Intake } from './intake.ts'
import { mostOctets } from './reply-reading.ts'

export type Mailbox = {
  url: string
  intake: Pick<Intake, 'take'>
  /** Keeps the reading to one process; false while another reads. */
  lease: { take: () => Promise<boolean>; end: () => Promise<void> }
  /** One line of the log: a code, never an address. */
  note: (code: string) => void
  onFault: (error: unknown) => void
  /** Between two looks and two signs of life; the server's own word (IDLE) cuts it short. */
  everyMillis?: number
}

const usualMillis = 20_000
const minute = 60_000
const mark = '$KezdesuRead'
const mostTries = 5

/**
 * Reads answers from a mailbox as long as it runs. A letter is marked only after what it says is stored: whoever dies in
 * between, or loses the lease, leaves it to be read again, which changes nothing.
 */
export function watchMailbox(box: Mailbox): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  const tries = new Map<number, number>()
  let client: ImapFlow | undefined
  // set when the server told of letters, also while others are being read
  let told = false
  let wake = () => {}
  const tell = () => {
    told = true
    wake()
  }
  signal.addEventListener('abort', tell)
  const drop = () => {
    client?.close()
    client = undefined
  }
  const look = async () => {
    if (!(await box.lease.take())) return drop()
    if (!client?.usable) {
      drop()
      client = await opened(box, tell)
    }
    await readAll(box, client, tries, signal)
  }
  const running = (async () => {
    while (!signal.aborted) {
      told = false
      await look().catch((error: unknown) => {
        box.onFault(error)
        drop()
      })
      if (told) continue
      const waiting = new AbortController()
      wake = () => waiting.abort()
      await pause(box.everyMillis ?? usualMillis, undefined, { signal: waiting.signal }).catch(() => {})
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      await running
      drop()
      await box.lease.end().catch(box.onFault)
    },
  }
}

async function opened({ url, onFault }: Mailbox, tell: () => void): Promise<ImapFlow> {
  const { protocol, hostname, port, username, password, pathname } = new URL(url)
  const secure = protocol === 'imaps:'
  const client = new ImapFlow({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (secure ? 993 : 143)),
    secure,
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
    emitLogs: false,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 5 * minute,
  })
  // without a listener a broken line would end the process
  client.on('error', onFault)
  client.on('exists', tell)
  await client.connect()
  await client.mailboxOpen(decodeURIComponent(pathname.slice(1)) || 'INBOX')
  return client
}

async function readAll(box: Mailbox, client: ImapFlow, tries: Map<number, number>, signal: AbortSignal): Promise<void> {
  const { mailbox } = client
  if (!mailbox) throw new Error('the mailbox is closed')
  // a server that keeps no keywords of ours has its own mark for what is read
  const keyword = mailbox.permanentFlags?.has('\\*') || mailbox.permanentFlags?.has(mark)
  const found = await client.search(keyword ? { unKeyword: mark } : { seen: false }, { uid: true })
  for (const uid of found || []) {
    if (signal.aborted || !(await box.lease.take())) return
    const code = await readOne(box, client, uid, `imap:${mailbox.uidValidity}:${uid}`).catch((error: unknown) => {
      // the database or the server is away: all later letters would fail, too
      if (isAway(error) || !client.usable) throw error
      box.onFault(error)
      const count = (tries.get(uid) ?? 0) + 1
      tries.set(uid, count)
      return count >= mostTries ? 'given-up' : undefined
    })
    if (code === undefined) continue
    await client.messageFlagsAdd(String(uid), keyword ? [mark, '\\Seen'] : ['\\Seen'], { uid: true })
    tries.delete(uid)
    box.note(code)
  }
}

async function readOne(box: Mailbox, client: ImapFlow, uid: number, arrival: string): Promise<string> {
  const at = String(uid)
  const sized = await client.fetchOne(at, { size: true }, { uid: true })
  // somebody has deleted it meanwhile
  if (!sized) return 'gone'
  const octets = sized.size ?? 0
  const fetched = await client.fetchOne(
    at,
    octets <= mostOctets ? { source: true } : { source: { start: 0, maxLength: 65_536 } },
    { uid: true },
  )
  const raw = fetched ? fetched.source : undefined
  if (!raw) return 'gone'
  return box.intake.take({ raw, octets, envelope: undefined, arrival })
}
