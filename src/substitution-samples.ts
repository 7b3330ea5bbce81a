import type { Said } from './base/i18n/language.ts'
import type { Sample } from './messages/text-pages.ts'
import type { Sampler } from './messages/text-routes.ts'
import type { TextKey } from './messages/text-rules.ts'
import { accountNames, type Mate, type TalkFacts, talkFacts } from './talks/letter-store.ts'
import { newestTalk } from './talks/sample-store.ts'
import {
  knownOfAsked,
  knownOfEscalated,
  knownOfFilled,
  substitutionAsked,
  substitutionEscalated,
  substitutionFilled,
} from './talks/substitution-mail.ts'
import type { Asked } from './talks/substitution-mail-store.ts'

/** The letters of a search for a substitute, as samples. */
export const substitutionSamples = {
  'substitution-asked.speaker': about(({ facts, asked, links }) => ({
    letter: it => substitutionAsked(facts, asked, it, links),
    known: knownOfAsked(facts, asked),
  })),
  'substitution-filled.speaker': about(({ facts, asked, links }) => ({
    letter: it => substitutionFilled(facts, asked, it, links),
    known: knownOfFilled(facts, asked),
  })),
  'substitution-escalated.account': about(({ facts, mate, reader, staffPage }) => ({
    letter: it => substitutionEscalated(facts, mate, { asked: [] }, undefined, it, reader, staffPage),
    known: knownOfEscalated(facts, mate, reader),
  })),
} satisfies Partial<Record<TextKey, Sampler>>

type Given = {
  facts: TalkFacts
  mate: Mate
  asked: Asked
  reader: Said
  links: { page: string; profile: string }
  staffPage: string
}

function about(say: (given: Given) => Sample): Sampler {
  return async (db, { houseId, accountId }, publicUrl) => {
    const found = await newestTalk(db, houseId, 'declined')
    const facts = found && (await talkFacts(db, found.id))
    const reader = await accountNames(db, accountId)
    const mate = facts?.team.find(it => it.state === 'declined') ?? facts?.team[0]
    if (!facts || !mate || !reader) return
    const { names, addresses, profession } = mate
    return say({
      facts,
      mate,
      asked: {
        names,
        addresses,
        profession,
        nonce: '',
        until: facts.startsAt.minus({ hours: 4 }),
        answer: null,
        endedAs: null,
        placeOpen: true,
        namedBy: undefined,
      },
      reader: reader.addresses,
      links: { page: `${publicUrl}/s/…`, profile: `${publicUrl}/me/profile` },
      staffPage: `${publicUrl}/app/talks/${facts.id}`,
    })
  }
}
