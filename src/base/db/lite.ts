import { existsSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'

/** The embedded PostgreSQL: what one query of the protocol says goes in, all that is answered comes out. */
export type Lite = {
  ask: (message: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>
  close: () => Promise<void>
}

/** PostgreSQL's own 128 MB are taken at once by the embedded one: 131 MB more for the process, and no page faster. */
const sharedBuffers = '16MB'

// our joins are written from the few rows to the many: trying all orders of ten tables took 6.6 ms, of four at a time 1
export const joinsTried = 4

const settings = {
  shared_buffers: sharedBuffers,
  timezone: 'UTC',
  datestyle: 'ISO',
  join_collapse_limit: joinsTried,
  random_page_cost: 1.1,
}

/** In this thread: in memory, or in a folder that nobody else has open. */
export async function openLite(folder: string | undefined): Promise<Lite> {
  const data = folder === undefined ? undefined : path.join(folder, 'postgres')
  // a fresh initdb takes 5 s in WASM, the prepopulated folder 2 s
  const fresh = data === undefined || !existsSync(path.join(data, 'PG_VERSION'))
  // not read where a server is used: 10 MB of a process
  const { PGlite } = await import('@electric-sql/pglite')
  const { btree_gist } = await import('@electric-sql/pglite/contrib/btree_gist')
  const prepopulated = fresh ? (await import('@electric-sql/pglite-prepopulatedfs')).dataDir() : undefined
  const pglite = await PGlite.create({
    ...(data === undefined ? {} : { dataDir: data }),
    ...(prepopulated ? { loadDataDir: await prepopulated } : {}),
    extensions: { btree_gist },
    startParams: [
      ...PGlite.defaultStartParams,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
  })
  return {
    // the stream and not the plain call: that one also parses each answer and keeps it for ever
    ask: async message => {
      const answer: Uint8Array[] = []
      await pglite.execProtocolRawStream(message, { onRawData: bytes => answer.push(bytes.slice()) })
      return joined(answer)
    },
    close: async () => {
      if (!pglite.closed) await pglite.close()
    },
  }
}

/** In memory of its own, so that it can go over to another thread as it is. */
function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export type Asked = { message: Uint8Array<ArrayBuffer> } | 'close'
export type Answered = { answer: Uint8Array<ArrayBuffer> } | { failure: string }

/**
 * In a thread of its own: a query of the queue or a digest keeps no page waiting, and the start reads the application beside it.
 * Answers come in the order of the questions. A thread that ended answers nothing any more: each question fails.
 */
export async function openLiteApart(folder: string): Promise<Lite> {
  const thread = new Worker(new URL('./lite-thread.ts', import.meta.url), { workerData: folder })
  const waiting: { resolve: (answer: Uint8Array<ArrayBuffer>) => void; reject: (error: Error) => void }[] = []
  let ended: Error | undefined
  thread.on('message', (told: Answered) => {
    const first = waiting.shift()
    if ('answer' in told) first?.resolve(told.answer)
    else first?.reject(new Error(told.failure))
  })
  const end = (error: Error) => {
    ended ??= error
    for (const each of waiting.splice(0)) each.reject(ended)
  }
  thread.on('error', end)
  thread.on('exit', code => end(new Error(`the embedded database ended with ${code}`)))
  const put = (asked: Asked, transfer: ArrayBuffer[] = []) =>
    new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
      if (ended) return reject(ended)
      waiting.push({ resolve, reject })
      thread.postMessage(asked, transfer)
    })
  // the first answer says that it stands
  await new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => waiting.push({ resolve, reject }))
  return {
    ask: message => {
      const copy = joined([message])
      return put({ message: copy }, [copy.buffer])
    },
    close: async () => {
      if (ended) return
      await put('close')
      await thread.terminate()
    },
  }
}
