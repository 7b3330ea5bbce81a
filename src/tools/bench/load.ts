import { once } from 'node:events'
import { connect } from 'node:net'
import { parentPort, Worker, workerData } from 'node:worker_threads'

const [connections, seconds, rounds] = [128, 3, 5]

export type Target = { base: string; path: string; headers?: Record<string, string>; status?: number }

/**
 * Answers a second of each address over HTTP on 128 kept connections, asked from a thread of its own, in each of five rounds.
 * They take turns, so that a slow minute of the machine is everybody's.
 */
export async function perSecond<Targets extends Target[]>(
  ...targets: Targets
): Promise<{ [Each in keyof Targets]: number }[]> {
  const found: { [Each in keyof Targets]: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const rates: number[] = []
    for (const target of targets) rates.push(await rateOf(target))
    found.push(rates as { [Each in keyof Targets]: number })
  }
  return found
}

async function rateOf({ base, path, headers = {}, status = 200 }: Target): Promise<number> {
  const { hostname, port } = new URL(base)
  const workerData: Asked = { hostname, port: Number(port), path, headers, status }
  const worker = new Worker(new URL(import.meta.url), { workerData })
  const [counted] = (await once(worker, 'message')) as [number | string]
  if (typeof counted === 'string') throw new Error(counted)
  return counted
}

type Asked = { hostname: string; port: number; path: string; headers: Record<string, string>; status: number }

/** Bare sockets: a client that parses whole answers would be measured more than the server. */
async function ask({ hostname, port, path, headers, status }: Asked): Promise<number> {
  const lines = Object.entries({ host: hostname, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  const request = `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
  let [answers, counting, over] = [0, false, false]
  const sockets = Array.from({ length: connections }, () => {
    const socket = connect({ host: hostname, port, noDelay: true })
    socket.setEncoding('latin1')
    socket.on('connect', () => socket.write(request))
    socket.on('data', (text: unknown) => {
      if (!String(text).startsWith(`HTTP/1.1 ${status}`))
        throw new Error(`the server said ${String(text).slice(0, 40)}`)
      if (counting) answers++
      if (!over) socket.write(request)
    })
    return socket
  })
  const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))
  await pause(1000)
  counting = true
  const begun = performance.now()
  await pause(seconds * 1000)
  const rate = (answers * 1000) / (performance.now() - begun)
  over = true
  for (const socket of sockets) socket.destroy()
  return rate
}

if (parentPort) parentPort.postMessage(await ask(workerData as Asked).catch(error => String(error)))
