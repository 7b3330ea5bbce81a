import type { Db } from './base/db/open.ts'
import { houseSaid } from './houses/letter-store.ts'
import { frontOf } from './houses/public-store.ts'
import type { Maker } from './messages/actions.ts'
import type { Sampler } from './messages/text-routes.ts'
import type { TextKey } from './messages/text-rules.ts'
import { findInvited, newestHost } from './reports/coverage-store.ts'
import { knownOfOffer, talkOffered } from './reports/mail.ts'

/** The form of the host's House with the place filled in; the letter puts its language in. */
const formOf = async (db: Db, publicUrl: string, houseId: string, hostId: string): Promise<string> =>
  `${publicUrl}/kk${await frontOf(db, houseId)}/request/topic?place=${hostId}`

/** The letter that offers a talk. */
export const reportMakers = {
  'talk-offered': async (db, row, { publicUrl }) => {
    const hostId = row.cause.replace(/^host:/, '')
    const found = await findInvited(db, hostId, row.recipient.replace(/^contact:/, ''))
    if (!found || found.houseId !== row.house_id || found.kind === 'custody') return { superseded: 'gone' }
    const its = {
      house: await houseSaid(db, found.houseId),
      host: found.names,
      contact: found.contact,
      place: await formOf(db, publicUrl, found.houseId, hostId),
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
      place: await formOf(db, publicUrl, houseId, found.id),
    }
    return { letter: language => talkOffered(its, language), known: knownOfOffer(its) }
  },
} satisfies Partial<Record<TextKey, Sampler>>
