import { createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Handed } from '../base/mail.ts'
import { placesOf, type Reach, reachWhere, requestTo } from '../base/reach.ts'
import { tokenOf, unseal } from '../base/secrets.ts'
import { cleanLine } from '../base/text.ts'
import { isPublic, literalOf } from '../calendars/fetch-rules.ts'
import type { ShortMailer, ShortMessage } from './channel-actions.ts'
import { gatewayAddress, isTlsFault, loopbackPlace, verdictOf } from './gateway-rules.ts'

const mostBytes = 4096
const longestReply = 200

/** The secret of a gateway's signatures, from its row's nonce. */
export const gatewaySecret = (key: string, nonce: string): string => tokenOf(key, 'gateway', nonce)

/** Hands short messages to the gateways of Houses, each by the guard that also reads calendars: no redirect, no private network. */
export function shortMailer(
  { publicUrl, secret }: { publicUrl: string; secret: string },
  { reach = reachWhere(isPublic), loopback = false }: { reach?: Reach | undefined; loopback?: boolean } = {},
): ShortMailer {
  const own = [new URL(publicUrl).hostname]
  return {
    send: async (gateway, short) => {
      const address = unseal(secret, gateway.sealedAddress)
      if (address === undefined) return { broken: 'address lost' }
      const judged = gatewayAddress(address, { own, loopback })
      if ('refused' in judged) return { broken: `address refused: ${judged.refused}` }
      const signal = AbortSignal.timeout(reach.milliseconds)
      // a resolver can't be called off: nobody waits for it
      const late = new Promise<Handed>(resolve =>
        signal.addEventListener('abort', () => resolve({ later: 'no answer in time' }), { once: true }),
      )
      const work = post(judged.url, gatewaySecret(secret, gateway.nonce), short, reach, signal).catch(faultOf)
      return Promise.race([work, late])
    },
  }
}

async function post(url: URL, secret: string, short: ShortMessage, reach: Reach, signal: AbortSignal): Promise<Handed> {
  const here = url.protocol === 'http:' ? loopbackPlace(url.hostname) : undefined
  const places = here ? [here] : await placesOf(url.hostname, literalOf(url), reach)
  if (places === 'refused') return { broken: 'address refused: not-public' }
  if (places.length === 0) return { later: 'ENOTFOUND' }
  const body = bodyOf(short)
  const timestamp = String(Math.floor(short.sentAt.toSeconds()))
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Kezdesu',
    'x-kezdesu-timestamp': timestamp,
    'x-kezdesu-signature': `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`,
    'idempotency-key': short.id,
  }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    requestTo(url, places, reach, { method: 'POST', headers, signal })
      .on('response', resolve)
      .on('error', reject)
      .end(body)
  })
  const status = response.statusCode ?? 0
  const reply = `${status} ${await saidIn(response)}`.trim()
  return { [verdictOf(status)]: reply } as Handed
}

const bodyOf = ({ id, kind, language, to, text, url, sentAt }: ShortMessage): string =>
  JSON.stringify({ id, kind, language, to, text, ...(url ? { url } : {}), sentAt: sentAt.toUTC().toISO() })

/** The beginning of what the gateway says, when it is words; its status has decided already, so more is not waited for. */
async function saidIn(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= mostBytes) break
    }
  } catch {
    return ''
  } finally {
    response.destroy()
  }
  const words = /^(text\/plain|application\/([a-z.-]+\+)?json)\b/i.test(response.headers['content-type'] ?? '')
  return words ? cleanLine(Buffer.concat(chunks).toString('utf8')).slice(0, longestReply) : ''
}

/** Codes alone: what a library says beside them holds addresses. */
function faultOf(error: unknown): Handed {
  const { code } = error as { code?: string }
  return isTlsFault(code) ? { broken: `TLS: ${code}` } : { later: code ?? 'no answer' }
}
