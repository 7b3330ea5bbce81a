import { lookup } from 'node:dns/promises'
import type { ClientRequest, RequestOptions } from 'node:http'
import { Agent, request } from 'node:https'

export type Place = { address: string; family: number }
/** How far the House reaches out: tests bring a network of their own, everything else is the same. */
export type Reach = {
  resolve: (host: string) => Promise<Place[]>
  allowed: (ip: string) => boolean
  port: number
  milliseconds: number
  ca?: string
}

/** The network as it is, where these addresses alone may be asked. */
export const reachWhere = (allowed: Reach['allowed']): Reach => ({
  resolve: host => lookup(host, { all: true, verbatim: true }),
  allowed,
  port: 443,
  milliseconds: 10_000,
})

/** Where a host lies (`literal`: the address that stands for its name), all of it checked; 'refused' when any part may not be asked. */
export async function placesOf(host: string, literal: string | undefined, reach: Reach): Promise<Place[] | 'refused'> {
  const places = literal ? [{ address: literal, family: literal.includes(':') ? 6 : 4 }] : await reach.resolve(host)
  // one private address among public ones is a trap, too
  return places.every(place => reach.allowed(place.address)) ? places : 'refused'
}

/** Opens a request to a place that was checked: what the name says a moment later no longer matters. */
export function requestTo(
  url: URL,
  places: Place[],
  reach: Pick<Reach, 'port' | 'ca'>,
  options: Pick<RequestOptions, 'method' | 'headers' | 'signal'>,
): ClientRequest {
  const common: RequestOptions = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: reach.port,
    path: url.pathname + url.search,
    lookup: (_, wanted, done) =>
      wanted.all ? done(null, places) : done(null, places[0]?.address ?? '', places[0]?.family),
    ...options,
  }
  if (url.protocol === 'http:') return plain().request({ ...common, port: url.port || 80, agent: false })
  // a connection kept open would outlive the check of its address
  const agent = new Agent({ keepAlive: false })
  return request({ ...common, agent, ...(reach.ca === undefined ? {} : { ca: reach.ca }) })
}

// an import would ask the module for all it has, among it a client that takes 2 MB
const plain = () => process.getBuiltinModule('node:http')
