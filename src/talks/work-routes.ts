import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { findNames } from '../matching/names-store.ts'
import { sayOf } from '../matching/pages.ts'
import { countInvitations } from '../speakers/store.ts'
import { unfitLines } from './speaker-pages.ts'
import { findUnfit } from './unfit-store.ts'
import { keepWork } from './work-actions.ts'
import { workPage } from './work-pages.ts'
import { type Work, type WorkMistake, workOf } from './work-rules.ts'
import { findWork } from './work-store.ts'

const speaker = { config: { access: 'speaker' } } as const

/** In which languages and districts a speaker speaks, by their own word; topics as a wish. */
export const workRoutes: FastifyPluginAsyncTypebox = async app => {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    speakerId: string,
    { sent, mistakes = [], saved = false }: { sent?: Work; mistakes?: WorkMistake[]; saved?: boolean } = {},
  ) => {
    const { language } = request
    const row = await findWork(app.db, speakerId, language)
    if (!row) return reply.callNotFound()
    return reply.page('speakers/work', {
      ...workPage(language, row, sent, { mistakes, saved, unfit: saved ? await unfitOf(request, speakerId) : [] }),
      invitations: await countInvitations(app.db, speakerId, app.now()),
    })
  }

  const unfitOf = async (request: FastifyRequest, speakerId: string) => {
    const { houseId } = actorOf(request)
    const { language } = request
    const talks = await findUnfit(app.db, houseId, speakerId, app.now())
    if (talks.length === 0) return []
    const say = sayOf(language, await findNames(app.db, houseId, language))
    return unfitLines(language, say, talks).map((line, at) => ({ ...line, href: `/me/talks/${talks[at]?.talkId}` }))
  }

  app.get('/me/profile/talks', speaker, async (request, reply) => {
    const { speakerId } = actorOf(request)
    if (!speakerId) return reply.callNotFound()
    return show(request, reply, speakerId, { saved: typed(request.query, ['done']).texts.done === 'saved' })
  })

  app.post('/me/profile/talks', speaker, async (request, reply) => {
    const { speakerId, accountId, houseId } = actorOf(request)
    const row = speakerId ? await findWork(app.db, speakerId, request.language) : undefined
    if (!speakerId || !row) return reply.callNotFound()
    const { texts, lists } = typed(request.body, ['home'], ['languages', 'districts', 'topics'])
    const sent = { home: texts.home, ...lists }
    const work = workOf(sent, row.known)
    if ('mistakes' in work) return show(request, reply.code(422), speakerId, { sent, mistakes: work.mistakes })
    const done = await keepWork(app.db, sentForm(request, app.now()), { accountId, houseId, speakerId }, work)
    return 'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
  })
}
