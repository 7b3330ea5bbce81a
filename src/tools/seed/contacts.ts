import type { Host } from '../../hosts/rules.ts'
import data from './data/contacts.json' with { type: 'json' }
import { type Random, seedId } from './random.ts'

export type Contact = {
  id: string
  language: 'kk' | 'ru'
  row: {
    id: string
    host_id: string
    name: string
    position: string
    email: string
    phone: string
    language: 'kk' | 'ru'
    consent_on: string
    consent_version: string
  }
}

/** One contact person for each host: invented people with addresses that reach nobody. */
export function drawContacts(hosts: Host[], random: Random, house: string): Map<string, Contact> {
  const positions: Partial<Record<string, { kk: string; ru: string }>> = data.positions
  return new Map(
    hosts.map((host, place) => {
      const language = random.chance(0.6) ? 'kk' : 'ru'
      const name = random.pick(data.names)
      const id = seedId('contact', host.id)
      const phone = `+7700${String(1_000_000 + place).slice(-7)}`
      return [
        host.id,
        {
          id,
          language,
          row: {
            id,
            host_id: host.id,
            name: name[language],
            position: positions[host.kind]?.[language] ?? '',
            email: `host-${place + 1}@${house}.example`,
            phone,
            language,
            consent_on: '2026-09-01',
            consent_version: '1',
          },
        },
      ]
    }),
  )
}
