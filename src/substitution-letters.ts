import { tokenOf } from './base/secrets.ts'
import type { Maker } from './messages/actions.ts'
import type { MessageRow } from './messages/delivery-store.ts'
import { accountNames, type TalkFacts, talkFacts } from './talks/letter-store.ts'
import { talkShort } from './talks/short-mail.ts'
import {
  knownOfAsked,
  knownOfEscalated,
  knownOfFilled,
  substitutionAsked,
  substitutionEscalated,
  substitutionFilled,
} from './talks/substitution-mail.ts'
import { findAskedBy, findHelp, findSearchSaid } from './talks/substitution-mail-store.ts'

type Kind = 'substitution-asked' | 'substitution-filled' | 'substitution-escalated'

/** Letters of the search for somebody who stands in: each is only sent while it is still true. */
export const substitutionMakers = {
  'substitution-asked': async (db, row, desk, now) => {
    const facts = row.talk_id ? await talkFacts(db, row.talk_id) : undefined
    const asked = await findAskedBy(db, idOf(row))
    if (!facts || !asked) return { superseded: 'gone' }
    if (facts.state !== 'booked') return { superseded: 'cancelled' }
    if (!asked.placeOpen || (asked.endedAs !== null && asked.endedAs !== 'escalated')) return { superseded: 'filled' }
    if (asked.answer !== null) return { superseded: 'answered' }
    if (facts.startsAt <= now) return { skipped: 'too-late' }
    const page = `${desk.publicUrl}/s/${tokenOf(desk.secret, 'question', asked.nonce)}`
    return {
      letter: substitutionAsked(facts, asked, row.language, { page, profile: `${desk.publicUrl}/me/profile` }),
      toName: asked.names[row.language],
      known: knownOfAsked(facts, asked),
      ...short(facts, row, 'substitution-asked', page),
    }
  },
  'substitution-filled': async (db, row, desk) => {
    const facts = row.talk_id ? await talkFacts(db, row.talk_id) : undefined
    const asked = await findAskedBy(db, idOf(row))
    if (!facts || !asked) return { superseded: 'gone' }
    if (asked.answer !== null) return { superseded: 'answered' }
    const page = `${desk.publicUrl}/s/${tokenOf(desk.secret, 'question', asked.nonce)}`
    return {
      letter: substitutionFilled(facts, asked, row.language, { page, profile: `${desk.publicUrl}/me/profile` }),
      toName: asked.names[row.language],
      known: asked.endedAs === 'changed' || asked.endedAs === 'stopped' ? undefined : knownOfFilled(facts, asked),
      ...short(facts, row, 'substitution-filled', undefined),
    }
  },
  'substitution-escalated': async (db, row, desk, now) => {
    const facts = row.talk_id ? await talkFacts(db, row.talk_id) : undefined
    const mate = facts?.team.find(it => it.assignmentId === row.assignment_id)
    const reader = row.account_id ? await accountNames(db, row.account_id) : undefined
    const search = await findSearchSaid(db, idOf(row))
    if (!facts || !mate || !reader || !search) return { superseded: 'gone' }
    if (facts.state !== 'booked') return { superseded: 'cancelled' }
    if (!search.placeOpen || search.endedAs !== 'escalated') return { superseded: 'filled' }
    const page = `${desk.publicUrl}/app/talks/${facts.id}`
    const help = await findHelp(db, facts.id, search.out, now)
    return {
      letter: substitutionEscalated(facts, mate, search, help, row.language, reader.addresses, page),
      toName: reader.names[row.language],
      known: knownOfEscalated(facts, mate, reader.addresses),
      ...short(facts, row, 'substitution-escalated', page),
    }
  },
} satisfies Record<Kind, Maker>

/** Which question or search: `ask:<id>`, `substitution:<id>`. */
const idOf = (row: MessageRow): string => row.cause.split(':')[1] ?? ''

const short = (facts: TalkFacts, row: MessageRow, kind: Kind, page: string | undefined) =>
  row.channel === 'webhook' ? { short: talkShort(facts, kind, row.language, page) } : {}
