import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, Worker } from 'node:worker_threads'
import { mailServer } from './faults/mail-server.ts'

/** When which letter was at the server, in milliseconds since 1970. */
export type Arrivals = Map<string, number>
export type Sink = {
  url: string
  /** Waits until so many letters have come since the last time it was asked, and says which. */
  arrived: (count: number) => Promise<Arrivals>
  close: () => Promise<unknown>
}

/** A mail server that takes everything, in a thread of its own. */
export async function mailSink(): Promise<Sink> {
  const thread = new Worker(new URL(import.meta.url))
  const [port] = (await once(thread, 'message')) as [number]
  return {
    url: `smtp://127.0.0.1:${port}`,
    arrived: async count => {
      const answer = once(thread, 'message') as Promise<[[string, number][]]>
      thread.postMessage(count)
      return new Map((await answer)[0])
    },
    close: () => thread.terminate(),
  }
}

if (parentPort) {
  const port = parentPort
  const server = await mailServer(() => 'ok')
  let reported = 0
  port.on('message', async (count: number) => {
    while (server.copies.length < reported + count) await pause(5)
    const fresh = server.copies.slice(reported)
    reported = server.copies.length
    port.postMessage(fresh.map(it => [it.messageId.split('@')[0], performance.timeOrigin + it.reached]))
  })
  port.postMessage(server.port)
}
