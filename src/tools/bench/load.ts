import { once } from 'node:events'
import { connect } from 'node:net'
import { parentPort, Worker, workerData } from 'node:worker_threads'

const [connections, seconds] = [128, 4]

/** Answers a second of one address over HTTP on 128 kept connections, asked from a thread of its own; the best of three rounds. */
export async function perSecond(
  base: string,
  path: string,
  headers: Record<string, string>,
  status = 200,
): Promise<number> {
  const { hostname, port } = new URL(base)
  const rounds: number[] = []
  for (let round = 0; round < 3; round++) {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { hostname, port: Number(port), path, headers, status },
    })
    const [counted] = (await once(worker, 'message')) as [number | string]
    if (typeof counted === 'string') throw new Error(counted)
    rounds.push(counted)
  }
  return Math.round(Math.max(...rounds))
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
