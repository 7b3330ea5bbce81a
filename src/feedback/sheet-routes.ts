import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { sendPdf, showSheet } from '../base/http/sheet.ts'
import { typed } from '../base/http/typed.ts'
import { isLanguage, type Language } from '../base/i18n/language.ts'
import { hashOf, shortCodeOf } from '../base/secrets.ts'
import { isUuid } from '../base/text.ts'
import { findHelpLines } from '../houses/help-store.ts'
import { linkEnds } from '../requests/status-rules.ts'
import { listenersPaper } from './pages.ts'
import { findByLink, findTalkOf, findTalkOfSpeaker, type SpokenOf } from './store.ts'

const One = Type.Object({ id: Type.String({ maxLength: 60 }) })
const Linked = Type.Object({ token: Type.String({ maxLength: 200 }) })

/** The sheet with the listeners' code, to print: for the coordinator, the speaker and the host. */
export const listenersRoutes: FastifyPluginAsyncTypebox = async app => {
  for (const pdf of [false, true]) {
    const ending = pdf ? '.pdf' : ''
    app.get(
      `/app/talks/:id/listeners${ending}`,
      { config: { access: 'coordinator' }, schema: { params: One } },
      async (request, reply) => {
        const { id } = request.params
        const talk = isUuid(id) ? await findTalkOf(app.db, actorOf(request).houseId, id) : undefined
        return answer(request, reply, talk, pdf, `/app/talks/${id}`)
      },
    )
    app.get(
      `/me/talks/:id/listeners${ending}`,
      { config: { access: 'speaker' }, schema: { params: One } },
      async (request, reply) => {
        const { id } = request.params
        const { speakerId } = actorOf(request)
        const talk = speakerId && isUuid(id) ? await findTalkOfSpeaker(app.db, speakerId, id) : undefined
        return answer(request, reply, talk, pdf, `/me/talks/${id}`)
      },
    )
    app.get(
      `/r/:token/listeners${ending}`,
      { config: { access: 'link' }, schema: { params: Linked } },
      async (request, reply) => {
        const { token } = request.params
        const found = await findByLink(app.db, hashOf(token))
        const ends = found && linkEnds({ state: found.requestState, endedAt: found.endedAt }, found)
        const open = ends && ends < app.now() ? undefined : found
        return answer(request, reply, open, pdf, `/r/${token}`, found?.language)
      },
    )
  }

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    talk: SpokenOf | undefined,
    pdf: boolean,
    back: string,
    own: Language = request.language,
  ) {
    if (!talk || talk.state === 'cancelled' || talk.state === 'not-held') return reply.callNotFound()
    const address = `${app.config.publicUrl}/o/${shortCodeOf(app.config.secret, 'listeners', talk.nonce)}`
    const [kk, ru] = await Promise.all([findHelpLines(app.db, 'kk', 4), findHelpLines(app.db, 'ru', 4)])
    const paper = listenersPaper(talk, address, { kk, ru })
    if (pdf) return sendPdf(reply, paper)
    const { l } = typed(request.query, ['l']).texts
    const language = isLanguage(l) ? l : own
    return showSheet(reply, paper, { language, houseId: talk.houseId, pdf: `${back}/listeners.pdf`, back })
  }
}
