import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { findNames } from '../matching/names-store.ts'
import { sayOf } from '../matching/pages.ts'
import { findSpeaker, type SpeakerRow } from '../speakers/edit-store.ts'
import { words as editWords } from '../speakers/edit-words.ts'
import { gridPart } from '../speakers/grid-pages.ts'
import { type Grid, gridAsked, gridOf, gridSent, mostCells } from '../speakers/grid-rules.ts'
import { words } from '../speakers/grid-words.ts'
import { unfitLines } from './speaker-pages.ts'
import { paintWeek } from './speaker-week-actions.ts'
import type { Unfit } from './unfit-store.ts'

const one = { config: { access: 'coordinator' }, schema: { params: Type.Object({ id: Type.String() }) } } as const

/** The week of a speaker, painted by a coordinator. */
export const speakerWeekRoutes: FastifyPluginAsyncTypebox = async app => {
  const find = async (request: FastifyRequest<{ Params: { id: string } }>) =>
    isUuid(request.params.id) ? findSpeaker(app.db, actorOf(request).houseId, request.params.id) : undefined

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    speaker: SpeakerRow,
    grid: Grid,
    { wrong = false, talks = [] as Unfit[] } = {},
  ) => {
    const { language } = request
    const say = words[language]
    const its = editWords[language]
    const lines =
      talks.length === 0
        ? []
        : unfitLines(language, sayOf(language, await findNames(app.db, actorOf(request).houseId, language)), talks)
    return reply.page('speakers/grid', {
      title: `${say.title}: ${speaker.names[language]}`,
      say,
      back: { href: `/app/speakers/${speaker.id}`, text: speaker.names[language] },
      grid: gridPart(language, `/app/speakers/${speaker.id}/week`, grid, wrong),
      errors: wrong ? [{ href: '#week', text: say.none }] : [],
      unfit: { title: its.wouldNotFit, text: its.wouldNotFitText, lines, anyway: its.anyway },
    })
  }

  app.get('/app/speakers/:id/week', one, async (request, reply) => {
    const speaker = await find(request)
    if (!speaker) return reply.callNotFound()
    return show(request, reply, speaker, gridAsked(typed(request.query, ['paint']).texts.paint, gridOf(speaker.weekly)))
  })

  app.post('/app/speakers/:id/week', one, async (request, reply) => {
    const speaker = await find(request)
    if (!speaker) return reply.callNotFound()
    const { texts, lists } = typed(request.body, ['outside', 'anyway'], ['cell'], mostCells)
    const grid = gridSent({ outside: texts.outside, cells: lists.cell })
    const form = sentForm(request, app.now())
    const done = await paintWeek(app.db, form, actorOf(request), speaker.id, grid, texts.anyway === '1')
    if ('location' in done) return reply.redirect(done.location, 303)
    if ('talks' in done) return show(request, reply.code(409), speaker, grid, { talks: done.talks })
    if (done.refused === 'none') return show(request, reply.code(422), speaker, grid, { wrong: true })
    return reply.callNotFound()
  })
}
