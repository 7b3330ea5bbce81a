import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
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

/** What a gateway does with a request, as the README tells it: by the secret it was given, and no older than five minutes. */
export function genuine(secret: string, { headers, body }: Taken, nowSeconds: number): boolean {
  const timestamp = String(headers['x-kezdesu-timestamp'])
  if (Math.abs(nowSeconds - Number(timestamp)) > 300) return false
  const right = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  const given = String(headers['x-kezdesu-signature']).replace(/^sha256=/, '')
  return given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right))
}
