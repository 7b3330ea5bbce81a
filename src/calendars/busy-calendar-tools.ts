import type { Reach } from '../base/reach.ts'
import { domainOf } from '../base/text.ts'
import type { Config } from '../config.ts'
import type { Tools } from './busy-calendar-actions.ts'
import { fetchCalendar, publicReach } from './busy-calendar-fetch.ts'
import { readInThread } from './busy-calendar-reading.ts'

/** What imports work with, as the settings of this process have it. */
export function toolsOf(
  { publicUrl, secret, mailFrom }: Pick<Config, 'publicUrl' | 'secret' | 'mailFrom'>,
  reach: Reach = publicReach,
): Tools {
  return {
    secret,
    own: [new URL(publicUrl).hostname],
    domain: domainOf(mailFrom),
    fetch: (address, validators, own) => fetchCalendar(address, validators, own, reach),
    read: readInThread,
  }
}
