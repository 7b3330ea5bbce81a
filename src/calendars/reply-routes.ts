import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { isUuid } from '../base/text.ts'
import { closedSaid } from '../talks/reply-pages.ts'
import { words } from '../talks/reply-words.ts'
import { words as talkWords } from '../talks/words.ts'
import { acceptReply, type DecisionRefusal, dismissReply } from './reply-actions.ts'

const OfReply = {
  params: Type.Object({ id: Type.String(), reply: Type.String() }),
  body: Type.Optional(Type.Object({ _key: Type.Optional(Type.String({ maxLength: 200 })) })),
}
type Asked = FastifyRequest<{ Params: { id: string; reply: string }; Body?: { _key?: string } }>

/** What a coordinator does with an answer that did not count by itself; the talk's page shows them. */
export const replyRoutes: FastifyPluginAsyncTypebox = async app => {
  app.post(
    '/app/talks/:id/replies/:reply/acceptance',
    { config: { access: 'coordinator' }, schema: OfReply },
    async (request, reply) => {
      const given = deciding(request)
      if (!given) return reply.callNotFound()
      const done = await acceptReply(app.db, app.jobs, given, app.now())
      return 'refused' in done ? refuse(request, reply, done.refused) : reply.redirect(done.location, 303)
    },
  )

  app.post(
    '/app/talks/:id/replies/:reply/dismissal',
    { config: { access: 'coordinator' }, schema: OfReply },
    async (request, reply) => {
      const given = deciding(request)
      if (!given) return reply.callNotFound()
      const done = await dismissReply(app.db, given, app.now())
      return 'refused' in done ? refuse(request, reply, done.refused) : reply.redirect(done.location, 303)
    },
  )

  function deciding(request: Asked) {
    const { houseId, accountId } = actorOf(request)
    const { id, reply } = request.params
    if (!isUuid(id) || !isUuid(reply)) return
    const form = { key: request.body?._key, url: request.url, by: accountId, body: {}, now: app.now() }
    return { houseId, accountId, talkId: id, replyId: reply, location: `/app/talks/${id}#replies`, form }
  }

  /** 409: the world has moved on since the page was shown. */
  function refuse(request: Asked, reply: FastifyReply, refused: DecisionRefusal) {
    if (refused === 'missing') return reply.callNotFound()
    const { language } = request
    return reply.code(409).page('talks/conflict', {
      say: talkWords[language],
      title: words[language].refusedTitle,
      chosen: '',
      lines: [closedSaid(language, refused)],
      offers: [],
      forms: [],
      talk: request.params.id,
      back: `/app/talks/${request.params.id}`,
    })
  }
}
