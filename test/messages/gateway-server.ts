import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { Test } from 'tap'

export type Taken = { headers: IncomingHttpHeaders; body: string; url: string }

/** A gateway on this machine, that answers as it is told and keeps what it was handed. */
export async function gatewayServer(
  t: Test,
  answer: (response: ServerResponse, taken: Taken) => void = response => response.end('ok'),
): Promise<{ address: string; taken: Taken[] }> {
  const taken: Taken[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const one = { headers: request.headers, body, url: request.url ?? '' }
    taken.push(one)
    answer(response, one)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms?key=1`, taken }
}

const page = readFileSync(path.join(import.meta.dirname, '../../.docs/gateway.md'), 'utf8')
const example = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
const { genuine: check } = (await import(`data:text/javascript,${encodeURIComponent(example)}`)) as {
  genuine: (key: string, headers: IncomingHttpHeaders, body: string, now: number) => boolean
}

/** The example that gateways are given, run as it stands in `.docs/gateway.md`. */
export const genuine = (key: string, { headers, body }: Pick<Taken, 'headers' | 'body'>, now: number): boolean =>
  check(key, headers, body, now)
