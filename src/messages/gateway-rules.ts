import { type AddressRefusal, addressOf } from '../calendars/fetch-rules.ts'

export type GatewayRefusal = AddressRefusal | 'empty'

/**
 * An address of a gateway as it is typed, or why it is not used: what holds for an address of a calendar holds here, and
 * where `loopback` says so, a plain one of this machine is good too.
 */
export function gatewayAddress(
  text: string,
  { own, loopback }: { own: string[]; loopback: boolean },
): { url: URL } | { refused: GatewayRefusal } {
  const typed = text.trim()
  if (typed === '') return { refused: 'empty' }
  const url = /^http:\/\//i.test(typed) ? URL.parse(typed) : undefined
  if (loopback && url && isLoopback(url.hostname) && !url.username && !url.password) return { url }
  return /^webcals?:/i.test(typed) ? { refused: 'not-https' } : addressOf(typed, own)
}

/** The place of a name that never leaves this machine; undefined for any other name. */
export function loopbackPlace(hostname: string): { address: string; family: number } | undefined {
  if (!isLoopback(hostname)) return
  if (hostname === '[::1]') return { address: '::1', family: 6 }
  return { address: hostname === 'localhost' ? '127.0.0.1' : hostname, family: 4 }
}

const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)

/** What the gateway's answer means for the message: taken, later, never, or an address that is wrong. */
export function verdictOf(status: number): 'sent' | 'later' | 'never' | 'broken' {
  if (status >= 200 && status < 300) return 'sent'
  // a redirect would carry a phone and its message to a place that nobody judged
  if (status >= 300 && status < 400) return 'broken'
  return status >= 400 && status < 500 && status !== 429 && status !== 408 ? 'never' : 'later'
}

/** Whether a connection failed for its certificate or its encryption: for us to mend, not for the reader. */
export const isTlsFault = (code: string | undefined): boolean =>
  code !== undefined &&
  /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|EPROTO$)/.test(
    code,
  )
