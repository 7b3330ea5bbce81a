import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { framed } from './log-frame.ts'

/** Where lines of the log are kept besides this machine, so that whoever breaks in here cannot take them back (ASVS 16.4.3). */
export type LogPlace = {
  host: string
  port: number
  /** The name that its certificate must say, where it is not the host. */
  name?: string
  /** Who vouches for it, where the authorities that Node knows do not. */
  ca?: string
  /** A key and its certificate in one text: what this machine proves itself with. */
  identity?: string | undefined
}
export type LogPost = {
  /** Never waits and never throws: a line that finds no room pushes out the oldest. */
  take: (line: string) => void
  /** Sends what still waits, if that is soon done. */
  close: () => Promise<void>
}

// some ten minutes of a busy House, 4 MB
const mostWaiting = 10_000
const atOnce = 200
const patience = { first: 1000, longest: 60_000, connect: 10_000, steady: 5000, close: 2000 }

/** A line to a collector that must prove itself. */
export const reached = ({ host, port, name = host, ca, identity }: LogPlace, timeout: number): TLSSocket =>
  connect({
    host,
    port,
    minVersion: 'TLSv1.2',
    timeout,
    ...(isIP(name) ? {} : { servername: name }),
    ...(ca ? { ca } : {}),
    ...(identity ? { key: identity, cert: identity } : {}),
  })

/**
 * Sends lines to a collector of logs over TLS (RFC 5425), oldest first, and each again whose sending was not seen to its end.
 * While the collector is away the newest lines wait; how many found no room is said once it is back.
 */
export function openLogPost(
  place: LogPlace,
  program: string,
  onFault: (error: unknown) => void,
  first = patience.first,
): LogPost {
  const waiting: string[] = []
  let [lost, wait, closing, told] = [0, first, false, false]
  let socket: TLSSocket | undefined
  let timer: NodeJS.Timeout | undefined
  let sending = false
  // by TLS 1.3 a line is open to its client before the collector has looked at the client's certificate: until it has stood
  // for a while, what went over it may have been thrown away with it, and goes again
  let unsure: string[] | undefined
  let emptied = () => {}

  function take(line: string) {
    waiting.push(framed(line.trimEnd(), program))
    if (waiting.length > mostWaiting) lost += waiting.splice(sending ? atOnce : 0, 1).length
    send()
  }

  function send() {
    if (sending || timer) return
    if (waiting.length === 0) return emptied()
    if (!socket) return open()
    if (!socket.authorized) return
    if (lost > 0) {
      waiting.splice(0, 0, framed(JSON.stringify({ level: 'warn', where: 'log', lost }), program))
      lost = 0
    }
    sending = true
    const mine = socket
    const batch = waiting.slice(0, atOnce)
    mine.write(batch.join(''), error => {
      sending = false
      // of a broken line its end tells, and then all of this goes again
      if (error || mine !== socket) return
      const gone = waiting.splice(0, batch.length)
      if (unsure) unsure = [...unsure, ...gone].slice(-mostWaiting)
      send()
    })
  }

  function open() {
    const mine = reached(place, patience.connect)
    let stands: NodeJS.Timeout | undefined
    socket = mine
    unsure = []
    mine.unref()
    mine.once('secureConnect', () => {
      mine.setTimeout(0)
      stands = setTimeout(() => {
        unsure = undefined
        wait = first
        told = false
      }, patience.steady).unref()
      send()
    })
    mine.once('timeout', () => mine.destroy(new Error('the collector of logs does not answer')))
    mine.on('error', error => {
      // once for each time it is away: the line goes into the log that waits
      if (!told) onFault(error)
      told = true
    })
    // what it says is of no interest, but that it hangs up is
    mine.resume()
    mine.once('close', () => {
      clearTimeout(stands)
      socket = undefined
      sending = false
      waiting.unshift(...(unsure ?? []))
      unsure = undefined
      lost += waiting.splice(0, Math.max(0, waiting.length - mostWaiting)).length
      if (closing) return emptied()
      timer = setTimeout(() => {
        timer = undefined
        send()
      }, wait).unref()
      wait = Math.min(2 * wait, patience.longest)
    })
  }

  return {
    take,
    close: async () => {
      closing = true
      clearTimeout(timer)
      timer = undefined
      await new Promise<void>(resolve => {
        const enough = setTimeout(resolve, patience.close)
        emptied = () => {
          clearTimeout(enough)
          resolve()
        }
        send()
      })
      socket?.destroySoon()
    },
  }
}
