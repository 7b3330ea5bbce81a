import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { answerSent, sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid, numberOf } from '../base/text.ts'
import type { Problem } from '../houses/field-rules.ts'
import { findZone } from '../houses/zone-store.ts'
import { instantSaid } from '../talks/shown-pages.ts'
import { addLine, deeds, doToLine, keepLine } from './actions.ts'
import { lineBlank, linePage, lineTexts } from './edit-pages.ts'
import { type LineSent, lineFields, lineLists, readLine } from './edit-rules.ts'
import { directoryPage, keptSaid } from './keep-pages.ts'
import { findDeeds, findKeptLines, findRemoved, type KeptLine } from './keep-store.ts'
import { words } from './keep-words.ts'

const home = '/app/support'
const access = { config: { access: 'coordinator' } } as const
const one = { ...access, schema: { params: Type.Object({ id: Type.String() }) } } as const
type Asked = FastifyRequest<{ Params: { id: string } }>

/** The support directory as coordinators keep it. */
export const supportKeepRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(home, { config: { access: 'viewer' } }, async (request, reply) => {
    const { language } = request
    const { houseId, role } = actorOf(request)
    const zone = await findZone(app.db, houseId)
    const lines = await findKeptLines(app.db, houseId, language)
    const mayKeep = role !== 'viewer'
    const removed = mayKeep ? await findRemoved(app.db, houseId, language) : []
    return reply.page('support/staff', directoryPage(language, lines, removed, { zone, now: app.now(), mayKeep }))
  })

  app.get(`${home}/new`, access, async (request, reply) =>
    reply.page('support/line', linePage(request.language, {}, lineBlank)),
  )
  app.post(`${home}/new`, access, async (request, reply) => {
    const sent = typed(request.body, lineFields, lineLists)
    const { value, problems } = readLine(sent)
    const form = sentForm(request, app.now())
    const done = value ? await addLine(app.db, form, actorOf(request), value) : { refused: problems }
    return answerSent(reply, done, again => reply.page('support/line', linePage(request.language, {}, sent, again)))
  })

  app.get(`${home}/:id`, one, async (request, reply) => {
    const line = await find(request)
    return line ? show(request, reply, line, lineTexts(line)) : reply.callNotFound()
  })
  app.post(`${home}/:id`, one, async (request, reply) => {
    const line = await find(request)
    if (!line || line.house_id === null) return reply.callNotFound()
    const sent = typed(request.body, lineFields, lineLists)
    const { value, problems } = readLine(sent)
    if (!value) return show(request, reply.code(422), line, sent, { problems })
    const its = { id: line.id, version: numberOf(sent.texts.version) ?? 0, value }
    const done = await keepLine(app.db, sentForm(request, app.now()), actorOf(request), its)
    if ('location' in done) return reply.redirect(done.location, 303)
    const now = done.refused === 'changed' ? await find(request) : undefined
    if (!now) return reply.callNotFound()
    const again = { ...sent, texts: { ...sent.texts, version: String(now.version) } }
    return show(request, reply.code(409), now, again, { meanwhile: now })
  })

  for (const deed of deeds) {
    app.get(`${home}/:id/${deed}`, one, async (request, reply) =>
      reply.redirect(`${home}/${encodeURIComponent(request.params.id)}`, 303),
    )
    app.post(`${home}/:id/${deed}`, one, async (request, reply) => {
      const { id } = request.params
      if (!isUuid(id)) return reply.callNotFound()
      const form = sentForm(request, app.now())
      const done = await doToLine(app.db, form, actorOf(request), id, deed)
      if (!('location' in done)) return reply.callNotFound()
      // from the list back to the list, so that the next one can be called
      const { texts } = typed(request.body, ['from'])
      return reply.redirect(texts.from === 'list' ? home : done.location, 303)
    })
  }

  async function find(request: Asked): Promise<KeptLine | undefined> {
    const { id } = request.params
    if (!isUuid(id)) return
    const [line] = await findKeptLines(app.db, actorOf(request).houseId, request.language, id)
    return line
  }

  async function show(
    request: Asked,
    reply: FastifyReply,
    line: KeptLine,
    sent: Pick<LineSent, 'texts' | 'lists'>,
    { problems = [], meanwhile }: { problems?: Problem[]; meanwhile?: KeptLine } = {},
  ) {
    const { language } = request
    const { houseId } = actorOf(request)
    const now = app.now()
    const zone = await findZone(app.db, houseId)
    const history = (await findDeeds(app.db, houseId, language, line.id)).map(({ kind, at, by }) => ({
      what: words[language].deed[kind] ?? kind,
      by: [instantSaid(language, at, zone, now), by ?? ''].filter(text => text !== '').join(' · '),
    }))
    const its = { id: line.id, line: keptSaid(language, line, zone, now), history, meanwhile }
    return reply.page('support/line', linePage(language, its, sent, problems))
  }
}
