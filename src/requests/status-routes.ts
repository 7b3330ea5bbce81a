import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { Form } from '../base/db/once.ts'
import { chosenLanguage, sameLanguage } from '../base/http/same-language.ts'
import { Type } from '../base/http/schema.ts'
import { typed } from '../base/http/typed.ts'
import { allowed } from '../base/limits.ts'
import { hashOf } from '../base/secrets.ts'
import { findHelpLines } from '../houses/help-store.ts'
import { findHouse, frontOf } from '../houses/public-store.ts'
import { confirm } from './actions.ts'
import { beginAgain } from './again.ts'
import { findForAgain } from './again-store.ts'
import { goodbyePage } from './goodbye-pages.ts'
import { findLessons } from './lesson-store.ts'
import { findNews } from './status-news-store.ts'
import { statusPage } from './status-pages.ts'
import { linkEnds } from './status-rules.ts'
import { findStatus, findTalk, findTeam } from './status-store.ts'

const params = Type.Object({ token: Type.String({ maxLength: 200 }) })

/** The school's own page, by the secret in its letters. Looking changes nothing: mail scanners open links, too. */
export const statusRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/r/:token', { config: { access: 'link' }, schema: { params } }, async (request, reply) => {
    const { token } = request.params
    const found = await find(token)
    if (!found) return reply.callNotFound()
    // who only asks whether it is there, opens nothing
    if (request.method === 'GET') {
      const may = await allowed(app.db, app.config.secret, 'status-page', token, app.now())
      if (!('ok' in may)) return reply.tooMany(may.retryAfterSeconds)
    }
    const { status, talk, ended } = found
    const language = chosenLanguage(request, status.language)
    const help = await findHelpLines(app.db, language)
    const front = await frontOf(app.db, status.houseId)
    // 410 and not 404: it was here and will not come back, so that programs stop asking; what the page says is the same for all
    if (ended)
      return reply.code(410).page('requests/goodbye', goodbyePage(language, front, status.state === 'held', help), {
        language,
        houseId: status.houseId,
      })
    const team = talk ? await findTeam(app.db, talk.id) : []
    const news = talk && (await findNews(app.db, talk.id))
    const link = { token, publicUrl: app.config.publicUrl, front }
    // once a talk stands, its own time is said and no wishes
    const lessons = status.state === 'booked' || status.state === 'held' ? [] : await findLessons(app.db, status)
    const { done } = typed(request.query, ['done']).texts
    const page = statusPage(language, status, talk, news, team, help, link, app.now(), lessons, done)
    return reply.page('requests/status', page, { language, houseId: status.houseId })
  })

  app.post('/r/:token/confirm', { config: { access: 'link' }, schema: { params } }, async (request, reply) => {
    const { token } = request.params
    const found = await find(token)
    if (!found || found.ended) return reply.callNotFound()
    const done = await confirm(app, formOf(request), token)
    return 'refused' in done ? reply.callNotFound() : reply.redirect(sameLanguage(request, done.location), 303)
  })

  // only a form can ask: whoever was shown the link begins with its place, and sees nobody's name
  app.post('/r/:token/again', { config: { access: 'link' }, schema: { params } }, async (request, reply) => {
    const found = await find(request.params.token)
    const before = found && !found.ended && (await findForAgain(app.db, hashOf(request.params.token)))
    if (!before) return reply.callNotFound()
    const house = await findHouse(app.db, found.status.houseId, app.now())
    if (!house) return reply.callNotFound()
    beginAgain(request, reply, house.slug, before)
    return reply.redirect(`/${chosenLanguage(request, found.status.language)}${house.front}/request/topic?all=1`, 303)
  })

  /** The request behind a link, and whether the link has ended. */
  async function find(token: string) {
    const status = await findStatus(app.db, hashOf(token))
    if (!status) return
    const talk = await findTalk(app.db, status.id)
    const ends = linkEnds(status, talk)
    return { status, talk, ended: ends !== undefined && ends < app.now() }
  }

  function formOf(request: FastifyRequest<{ Params: { token: string } }>): Form {
    const { texts } = typed(request.body, ['_key'])
    return {
      key: texts._key || undefined,
      url: request.routeOptions.url ?? '',
      by: hashOf(request.params.token),
      body: {},
      now: app.now(),
    }
  }
}
