import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf } from '../base/auth.ts'
import { answerSent, sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { wallOf } from '../base/time.ts'
import { close, lift } from './closure-actions.ts'
import { closureForm } from './closure-form-pages.ts'
import { closureCheck, closureList, closurePage } from './closure-pages.ts'
import { closureFields, closureLists, readClosure } from './closure-rules.ts'
import { findClosure, findClosures, findShifts, findStanding } from './closure-store.ts'
import { findOwnDistricts } from './travel-store.ts'
import { findZone } from './zone-store.ts'

const access = { config: { access: 'coordinator' } } as const
const one = { ...access, schema: { params: Type.Object({ id: Type.String() }) } }
const most = 100

/** A frost morning: what is closed, whom it concerns, which talks stand there. */
export const closureRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/closures', access, async (request, reply) => {
    const { houseId } = actorOf(request)
    const today = await todayOf(houseId)
    const closures = await findClosures(app.db, houseId, most)
    const last =
      closures
        .map(({ to }) => to)
        .sort()
        .at(-1) ?? today
    const standing = last >= today ? await findStanding(app.db, houseId, today, last) : []
    return reply.page(
      'houses/closures',
      closureList(request.language, closures, await findOwnDistricts(app.db, houseId), standing, today),
    )
  })

  // every answer so far stands in the address: first the form, then the page that shows what it would touch
  app.get('/app/closures/new', access, async (request, reply) => {
    const { houseId } = actorOf(request)
    const { language, query } = request
    const known = await knownOf(houseId)
    const sent = typed(query, closureFields, closureLists)
    const asked = typeof query === 'object' && query !== null && 'from' in query
    if (!asked) {
      const texts = { ...sent.texts, from: known.today, to: known.today, outcome: 'online' }
      return reply.page(
        'houses/closure-new',
        closureForm(language, known, { texts, lists: { ...sent.lists, kinds: ['school'] } }, []),
      )
    }
    if (typed(query, ['edit']).texts.edit)
      return reply.page('houses/closure-new', closureForm(language, known, sent, []))
    const { value, problems } = readClosure(sent, { ...known, districts: known.districts.map(({ kato }) => kato) })
    if (!value) return reply.code(422).page('houses/closure-new', closureForm(language, known, sent, problems))
    return reply.page(
      'houses/closure-check',
      closureCheck(language, value, sent, known.districts, await findStanding(app.db, houseId, value.from, value.to)),
    )
  })

  app.post('/app/closures', access, async (request, reply) => {
    const actor = actorOf(request)
    const known = await knownOf(actor.houseId)
    const sent = typed(request.body, closureFields, closureLists)
    const { value, problems } = readClosure(sent, { ...known, districts: known.districts.map(({ kato }) => kato) })
    const done = value
      ? await close(app.db, app.jobs, sentForm(request, app.now()), actor, value)
      : { refused: problems }
    return answerSent(reply, done, again =>
      reply.page('houses/closure-new', closureForm(request.language, known, sent, again)),
    )
  })

  app.get('/app/closures/:id', one, async (request, reply) => {
    const { houseId } = actorOf(request)
    const { id } = request.params
    const row = isUuid(id) ? await findClosure(app.db, houseId, id) : undefined
    if (!row) return reply.callNotFound()
    const today = await todayOf(houseId)
    const standing = await findStanding(app.db, houseId, row.from > today ? row.from : today, row.to)
    return reply.page(
      'houses/closure',
      closurePage(request.language, row, await findOwnDistricts(app.db, houseId), standing, today),
    )
  })

  app.post('/app/closures/:id/lifting', one, async (request, reply) => {
    const { id } = request.params
    const done = isUuid(id)
      ? await lift(app.db, app.jobs, sentForm(request, app.now()), actorOf(request), id)
      : { refused: 'missing' }
    return 'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
  })

  const todayOf = async (houseId: string) => wallOf(app.now(), await findZone(app.db, houseId)).day
  const knownOf = async (houseId: string) => ({
    districts: await findOwnDistricts(app.db, houseId),
    shifts: await findShifts(app.db, houseId),
    today: await todayOf(houseId),
  })
}
