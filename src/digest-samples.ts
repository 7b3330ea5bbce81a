import { plusDays, wallOf } from './base/time.ts'
import { houseSaid } from './houses/letter-store.ts'
import type { Sampler } from './messages/text-routes.ts'
import type { TextKey } from './messages/text-rules.ts'
import { dayDigest, knownOfDay, knownOfWeek, weekDigest } from './reminders/digest-mail.ts'
import { countDay, findBusySpeakers, findDigestTalks, findSpeakerSaid } from './reminders/digest-store.ts'
import { accountNames } from './talks/letter-store.ts'

/** The overviews as they would be now, as samples. */
export const digestSamples = {
  'digest-day.account': async (db, { houseId, accountId, now }, publicUrl) => {
    const reader = await accountNames(db, accountId)
    if (!reader) return
    const house = await houseSaid(db, houseId)
    const { day } = wallOf(now, house.zone)
    const times = { now, since: now.minus({ days: 1 }), soon: now.plus({ days: 1 }) }
    const counts = await countDay(db, houseId, times)
    const tomorrow = await findDigestTalks(db, { houseId }, plusDays(day, 1), plusDays(day, 1))
    const its = { house, addresses: reader.addresses, publicUrl }
    return { letter: language => dayDigest({ ...its, language }, day, counts, tomorrow), known: knownOfDay(its, day) }
  },
  'digest-week.speaker': async (db, { houseId, now }, publicUrl) => {
    const house = await houseSaid(db, houseId)
    const { day: from } = wallOf(now, house.zone)
    const to = plusDays(from, 6)
    const [busy] = await findBusySpeakers(db, houseId, from, to)
    const speakerId = busy?.recipient.slice('speaker:'.length)
    const reader = speakerId === undefined ? undefined : await findSpeakerSaid(db, speakerId)
    if (speakerId === undefined || !reader) return
    const talks = await findDigestTalks(db, { speakerId }, from, to)
    const its = { house, addresses: reader.addresses, publicUrl }
    return {
      letter: language => weekDigest({ ...its, language }, from, to, talks),
      known: knownOfWeek(its, from, to),
    }
  },
} satisfies Partial<Record<TextKey, Sampler>>
