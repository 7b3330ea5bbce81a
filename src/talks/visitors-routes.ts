import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf } from '../base/auth.ts'
import { dateDigits } from '../base/i18n/dates.ts'
import { isUuid, phoneSaid } from '../base/text.ts'
import { wallOf } from '../base/time.ts'
import { words } from './change-words.ts'
import { talkFacts } from './letter-store.ts'
import { findTalk } from './show-store.ts'
import { visitorsShown } from './visitors-pages.ts'
import { words as talkWords } from './words.ts'

/** The list for whoever keeps the door of the host, to print: Kazakh on the left, Russian on the right. */
export const visitorsRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/app/talks/:id/visitors',
    { config: { access: 'coordinator' }, schema: { params: Type.Object({ id: Type.String() }) } },
    async (request, reply) => {
      const { id } = request.params
      const { language } = request
      // the letter's facts know no House: whose talk it is stands here
      const row = isUuid(id) ? await findTalk(app.db, actorOf(request).houseId, id, language) : undefined
      const facts = row && (await talkFacts(app.db, row.id))
      if (!facts) return reply.callNotFound()
      const { day } = wallOf(app.now(), facts.zone)
      return reply.page('talks/visitors', {
        say: words[language].visitors,
        title: words[language].visitors.title,
        halves: [visitorsShown(facts, 'kk', dateDigits(day)), visitorsShown(facts, 'ru', dateDigits(day))],
        house: {
          name: [facts.house.names.kk, facts.house.names.ru].join(' · '),
          lines: [facts.house.city.ru, facts.house.phone ? phoneSaid(facts.house.phone) : ''].filter(Boolean),
        },
        back: `/app/talks/${id}`,
        sayBack: talkWords[language].conflict.openTalk,
        print: talkWords[language].print,
      })
    },
  )
}
