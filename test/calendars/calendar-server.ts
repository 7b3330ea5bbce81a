import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { Test } from 'tap'
import type { Reach } from '../../src/base/reach.ts'
import { isPublic } from '../../src/calendars/fetch-rules.ts'

const pem = readFileSync(path.join(import.meta.dirname, 'busy/server-of-the-tests.pem'), 'utf8')

/**
 * A real server with TLS on this machine, that plays a stranger's. The guard is the real one but for this: `calendar.test`
 * and `other.test` lie at 127.0.0.1, which is let through as theirs alone; `inside.test` lies at 127.0.0.2 and is not.
 */
export async function calendarServer(
  t: Test,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  milliseconds = 10_000,
): Promise<{ reach: Reach; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = []
  const server = createServer({ key: pem, cert: pem }, (request, response) => {
    asked.push(request)
    answer(request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const places: Record<string, string> = {
    'calendar.test': '127.0.0.1',
    'other.test': '127.0.0.1',
    'inside.test': '127.0.0.2',
  }
  const reach: Reach = {
    resolve: async host => {
      const address = places[host]
      if (!address) throw new Error(`nobody knows ${host}`)
      return [{ address, family: 4 }]
    },
    allowed: ip => ip === '127.0.0.1' || isPublic(ip),
    port: (server.address() as AddressInfo).port,
    milliseconds,
    ca: pem,
  }
  return { reach, asked }
}
