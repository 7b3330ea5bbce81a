import { plusDays, wallOf } from './base/time.ts'
import { houseSaid } from './houses/letter-store.ts'
import type { Maker } from './messages/actions.ts'
import { countFreshDrafts } from './planner/store.ts'
import { dayDigest, knownOfDay, knownOfWeek, weekDigest } from './reminders/digest-mail.ts'
import { countDay, countLinesToCheck, findDigestTalks, findSpeakerSaid } from './reminders/digest-store.ts'
import { dayShort, weekShort } from './reminders/short-mail.ts'
import { countPapersToRenew } from './speakers/paper-store.ts'
import { accountNames } from './talks/letter-store.ts'

/** Overviews say what is true when they leave; one with nothing to say stays at home. */
export const digestMakers = {
  'digest-day': async (db, row, { publicUrl }, now) => {
    const reader = row.account_id ? await accountNames(db, row.account_id) : undefined
    if (!reader || !row.house_id) return { superseded: 'gone' }
    const house = await houseSaid(db, row.house_id)
    const { day } = wallOf(now, house.zone)
    const counts = await countDay(db, row.house_id, {
      now,
      since: row.due_at.minus({ days: 1 }),
      soon: row.due_at.plus({ days: 1 }),
    })
    const tomorrow = await findDigestTalks(db, { houseId: row.house_id }, plusDays(day, 1), plusDays(day, 1))
    const drafts = await countFreshDrafts(db, row.house_id, row.due_at.minus({ days: 1 }))
    if (tomorrow.length === 0 && drafts === 0 && Object.values(counts).every(count => count === 0))
      return { skipped: 'nothing' }
    const papers = await countPapersToRenew(db, row.house_id, day, plusDays(day, -7))
    const its = { house, addresses: reader.addresses, language: row.language, publicUrl }
    const lines = await countLinesToCheck(db, row.house_id, now)
    const letter = dayDigest(its, day, counts, tomorrow, papers, lines, drafts)
    const short = dayShort(row.language, day, counts, tomorrow.length, `${publicUrl}/app`)
    return { letter, toName: reader.names[row.language], known: knownOfDay(its, day), short }
  },
  'digest-week': async (db, row, { publicUrl }) => {
    const speakerId = row.recipient.replace(/^speaker:/, '')
    const reader = await findSpeakerSaid(db, speakerId)
    if (!reader || !row.house_id) return { superseded: 'gone' }
    const house = await houseSaid(db, row.house_id)
    // one that is sent again on Monday is about the same week
    const sunday = row.cause.split(':')[2] ?? wallOf(row.due_at, house.zone).day
    const [from, to] = [plusDays(sunday, 1), plusDays(sunday, 7)]
    const talks = await findDigestTalks(db, { speakerId }, from, to)
    if (talks.length === 0) return { skipped: 'nothing' }
    const its = { house, addresses: reader.addresses, language: row.language, publicUrl }
    const letter = weekDigest(its, from, to, talks)
    const short = weekShort(row.language, from, to, talks, `${publicUrl}/me`)
    return { letter, toName: reader.names[row.language], known: knownOfWeek(its, from, to), short }
  },
} satisfies Record<string, Maker>
