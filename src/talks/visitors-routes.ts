import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { sameLanguage } from '../base/http/same-language.ts'
import { Type } from '../base/http/schema.ts'
import { sendPdf, showSheet } from '../base/http/sheet.ts'
import { typed } from '../base/http/typed.ts'
import { dateDigits } from '../base/i18n/dates.ts'
import { isLanguage, type Language } from '../base/i18n/language.ts'
import { hashOf } from '../base/secrets.ts'
import { isUuid } from '../base/text.ts'
import { wallOf } from '../base/time.ts'
import { linkEnds } from '../requests/status-rules.ts'
import { talkFacts } from './letter-store.ts'
import { findByLink } from './school-store.ts'
import { findTalk } from './show-store.ts'
import { visitorsPaper } from './visitors-pages.ts'

const One = Type.Object({ id: Type.String({ maxLength: 60 }) })
const Linked = Type.Object({ token: Type.String({ maxLength: 200 }) })

/** The list for whoever keeps the door of the host, to print: for the House, and for the host by its own link. */
export const visitorsRoutes: FastifyPluginAsyncTypebox = async app => {
  for (const pdf of [false, true]) {
    const ending = pdf ? '.pdf' : ''
    app.get(
      `/app/talks/:id/visitors${ending}`,
      { config: { access: 'coordinator', sight: 'talk' }, schema: { params: One } },
      async (request, reply) => {
        const { id } = request.params
        const { language } = request
        const { houseId } = actorOf(request)
        // the letter's facts know no House: whose talk it is stands here
        const row = isUuid(id) ? await findTalk(app.db, houseId, id, language) : undefined
        return answer(reply, row?.id, { language, houseId, back: `/app/talks/${id}`, pdf })
      },
    )
    app.get(
      `/r/:token/visitors${ending}`,
      { config: { access: 'link' }, schema: { params: Linked } },
      async (request, reply) => {
        const { token } = request.params
        const linked = await findByLink(app.db, hashOf(token))
        const { during, talkState, talkId } = linked ?? {}
        if (!linked || !during || !talkState || !talkId) return reply.callNotFound()
        const ends = linkEnds({ state: linked.state, endedAt: linked.ended_at }, { state: talkState, during })
        if (ends && ends < app.now()) return reply.redirect(sameLanguage(request, `/r/${token}`), 303)
        const { l } = typed(request.query, ['l']).texts
        const language = isLanguage(l) ? l : linked.language
        return answer(reply, talkId, { language, houseId: linked.houseId, back: `/r/${token}`, pdf })
      },
    )
  }

  async function answer(
    reply: FastifyReply,
    talkId: string | undefined,
    { language, houseId, back, pdf }: { language: Language; houseId: string; back: string; pdf: boolean },
  ) {
    const facts = talkId === undefined ? undefined : await talkFacts(app.db, talkId)
    if (!facts) return reply.callNotFound()
    const paper = visitorsPaper(facts, language, dateDigits(wallOf(app.now(), facts.zone).day))
    return pdf
      ? sendPdf(reply, paper)
      : showSheet(reply, paper, { language, houseId, pdf: `${back}/visitors.pdf`, back })
  }
}
