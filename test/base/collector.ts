import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { createServer, type TLSSocket } from 'node:tls'
import type { Test } from 'tap'

export const collectorFile = path.join(import.meta.dirname, 'collector-of-the-tests.pem')
export const pem = readFileSync(collectorFile, 'utf8')

export type Message = { priority: string; program: string; line: string }

/** A collector of logs as RFC 5425 has it: messages over TLS, each behind the number of its octets. */
export async function collector(t: Test, options: { port?: number; wantsIdentity?: boolean } = {}) {
  const messages: Message[] = []
  const sockets = new Set<TLSSocket>()
  let wake = () => {}
  const server = createServer(
    { key: pem, cert: pem, ca: pem, requestCert: options.wantsIdentity ?? false, rejectUnauthorized: true },
    socket => {
      sockets.add(socket)
      let bytes = Buffer.alloc(0)
      socket.on('error', () => {}).on('close', () => sockets.delete(socket))
      socket.on('data', (chunk: Buffer) => {
        bytes = Buffer.concat([bytes, chunk])
        for (;;) {
          const [head = '', octets = ''] = /^(\d+) /.exec(bytes.subarray(0, 10).toString('latin1')) ?? []
          const end = head.length + Number(octets)
          if (head === '' || bytes.length < end) break
          messages.push(messageOf(bytes.subarray(head.length, end).toString('utf8')))
          bytes = bytes.subarray(end)
        }
        wake()
      })
    },
  )
  await new Promise<void>(resolve => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = () =>
    new Promise<void>(resolve => {
      for (const socket of sockets) socket.destroy()
      server.close(() => resolve())
    })
  t.teardown(stop)
  return {
    port,
    messages,
    stop,
    /** Waits until a message is there. */
    until: async (isThere: (messages: Message[]) => boolean) => {
      while (!isThere(messages))
        await new Promise<void>(resolve => {
          wake = resolve
        })
    },
  }
}

function messageOf(text: string): Message {
  const form = /^<(\d+)>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [^ ]+ ([^ ]+) \d+ - - (.*)$/su
  const [, priority = '', program = '', line = ''] = form.exec(text) ?? []
  return priority === '' ? { priority: 'none', program: '', line: text } : { priority, program, line }
}
