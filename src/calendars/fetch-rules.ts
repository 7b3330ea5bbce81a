import ipaddr from 'ipaddr.js'

export type AddressRefusal = 'no-address' | 'not-https' | 'other-port' | 'holds-a-password' | 'ours' | 'not-public'
const longest = 2000

/**
 * An address of a calendar as a person gives it, or why it is not read: https alone, webcal being the same, on its own
 * port, without a name and a password, and not our own.
 */
export function addressOf(text: string, own: string[]): { url: URL } | { refused: AddressRefusal } {
  const typed = text.trim().replace(/^webcals?:/i, 'https:')
  const url = typed.length <= longest && /^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? URL.parse(typed) : null
  if (!url?.hostname) return { refused: 'no-address' }
  if (url.protocol !== 'https:') return { refused: 'not-https' }
  if (url.username || url.password) return { refused: 'holds-a-password' }
  if (url.port) return { refused: 'other-port' }
  if (own.some(host => bare(host) === bare(url.hostname))) return { refused: 'ours' }
  const literal = literalOf(url)
  if (literal !== undefined && !isPublic(literal)) return { refused: 'not-public' }
  url.hash = ''
  return { url }
}

/** The IP address that stands where a name could; decimal and octal forms are an address by now. */
export function literalOf({ hostname }: URL): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(host) ? host : undefined
}

/**
 * Whether an IP address belongs to the public internet. IPv4 in the clothes of IPv6 (mapped, NAT64, 6to4, Teredo) never
 * does: it may end anywhere.
 */
export function isPublic(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const ip = ipaddr.parse(text)
  if (ip.range() !== 'unicast') return false
  // of IPv6 only 2000::/3 is given out (RFC 4291 section 2.4)
  return ip.kind() === 'ipv4' || ((ip.toByteArray()[0] ?? 0) & 0xe0) === 0x20
}

const bare = (host: string): string => host.toLowerCase().replace(/\.$/, '')

/** What may go wrong on the way to an address that may be asked. */
export type FetchFault =
  | 'address-refused'
  | 'unreachable'
  | 'too-slow'
  | 'too-large'
  | 'too-many-redirects'
  | 'gone'
  | 'denied'
  | 'failed'
