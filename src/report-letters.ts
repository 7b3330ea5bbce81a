import { houseSaid } from './houses/letter-store.ts'
import { findPublicHouse } from './houses/public-store.ts'
import type { Maker } from './messages/actions.ts'
import type { Sampler } from './messages/text-routes.ts'
import type { TextKey } from './messages/text-rules.ts'
import { findInvited, newestHost } from './reports/coverage-store.ts'
import { knownOfOffer, talkOffered } from './reports/mail.ts'

const formOf = (publicUrl: string, hostId: string) => `${publicUrl}/kk/request/topic?place=${hostId}`

/** The letter that offers a talk; the form behind its button exists for the House of the public pages alone. */
export const reportMakers = {
  'talk-offered': async (db, row, { publicUrl }, now) => {
    const hostId = row.cause.replace(/^host:/, '')
    const found = await findInvited(db, hostId, row.recipient.replace(/^contact:/, ''))
    if (!found || found.houseId !== row.house_id || found.kind === 'custody') return { superseded: 'gone' }
    const open = (await findPublicHouse(db, now))?.id === found.houseId
    const its = {
      house: await houseSaid(db, found.houseId),
      host: found.names,
      contact: found.contact,
      place: open ? formOf(publicUrl, hostId) : undefined,
    }
    return { letter: talkOffered(its, row.language), toName: found.contact, known: knownOfOffer(its) }
  },
} satisfies Record<string, Maker>

export const reportSamples = {
  'talk-offered.contact': async (db, { houseId }, publicUrl) => {
    const found = await newestHost(db, houseId)
    if (!found) return
    const its = {
      house: await houseSaid(db, houseId),
      host: found.names,
      contact: '',
      place: formOf(publicUrl, found.id),
    }
    return { letter: language => talkOffered(its, language), known: knownOfOffer(its) }
  },
} satisfies Partial<Record<TextKey, Sampler>>
