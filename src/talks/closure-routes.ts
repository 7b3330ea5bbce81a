import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import type { Done } from '../base/db/once.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { wallOf } from '../base/time.ts'
import { closureForm } from '../houses/closure-form-pages.ts'
import {
  type ClosureValue,
  closureFields,
  closureLists,
  meetingOf,
  readClosure,
  touched,
} from '../houses/closure-rules.ts'
import { type ClosureRow, findClosure, findClosures, findShifts, findStanding } from '../houses/closure-store.ts'
import { findOwnDistricts } from '../houses/travel-store.ts'
import { findZone } from '../houses/zone-store.ts'
import { findNames } from '../matching/names-store.ts'
import { sayOf } from '../matching/pages.ts'
import { close } from './closing-actions.ts'
import { giveLink } from './closing-link-actions.ts'
import { readChosen } from './closing-rules.ts'
import { type Chosen, closureCheck, closureList, stateOf } from './closure-pages.ts'
import { countChanged, countConcerned, countTold, findTitles, findToCall } from './closure-progress-store.ts'
import { closurePage, liftingPage } from './closure-show-pages.ts'
import { lift } from './lifting-actions.ts'
import { findClosed, findHeard, findReopening } from './lifting-store.ts'
import type { Refused } from './rules.ts'

const access = { config: { access: 'coordinator' } } as const
const one = { ...access, schema: { params: Type.Object({ id: Type.String() }) } }
const most = 100

/** A frost morning: what is closed, what becomes of the talks there, who was told, and how all of it comes back. */
export const closureRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/closures', access, async (request, reply) => {
    const { houseId } = actorOf(request)
    const closures = await findClosures(app.db, houseId, most)
    const changed = await countChanged(
      app.db,
      closures.map(({ id }) => id),
    )
    return reply.page(
      'talks/closures',
      closureList(request.language, closures, await findOwnDistricts(app.db, houseId), changed, await todayOf(houseId)),
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
      const texts = { ...sent.texts, from: known.today, to: known.today, cause: 'frost', outcome: 'online' }
      return reply.page(
        'houses/closure-new',
        closureForm(language, known, { texts, lists: { ...sent.lists, kinds: ['school'] } }, []),
      )
    }
    if (typed(query, ['edit']).texts.edit)
      return reply.page('houses/closure-new', closureForm(language, known, sent, []))
    const { value, problems } = readClosure(sent, { ...known, districts: known.districts.map(({ kato }) => kato) })
    if (!value) return reply.code(422).page('houses/closure-new', closureForm(language, known, sent, problems))
    return checkPage(request, reply, value, sent)
  })

  // two fields a talk, and a large House has hundreds on a day
  app.post('/app/closures', { ...access, bodyLimit: 524_288 }, async (request, reply) => {
    const by = actorOf(request)
    const known = await knownOf(by.houseId)
    const sent = typed(request.body, closureFields, closureLists)
    const { value, problems } = readClosure(sent, { ...known, districts: known.districts.map(({ kato }) => kato) })
    if (!value) return reply.code(422).page('houses/closure-new', closureForm(request.language, known, sent, problems))
    const { fates, links, ...chosen } = readChosen(request.body, meetingOf)
    if (Object.keys(chosen.wrong).length > 0) return checkPage(request, reply.code(422), value, sent, chosen)
    return answer(
      reply,
      await close(app.db, app.jobs, { by, value, fates, links, form: sentForm(request, app.now()) }),
      '/app/closures',
    )
  })

  app.get('/app/closures/:id', one, async (request, reply) => {
    const row = await closureOf(request)
    return row ? showPage(request, reply, row) : reply.callNotFound()
  })

  // lifting is looked at before it is done: what would come back, what can't, who would hear
  app.get('/app/closures/:id/lifting', one, async (request, reply) => {
    const { houseId } = actorOf(request)
    const row = await closureOf(request)
    if (!row) return reply.callNotFound()
    const now = app.now()
    if (stateOf(row, await todayOf(houseId)) !== 'stands') return reply.redirect(`/app/closures/${row.id}`, 303)
    const { talks, verdicts, closures } = await findReopening(app.db, houseId, row.id, now)
    const returning = talks.flatMap(({ talkId }) => (verdicts.get(talkId)?.fate === 'restored' ? [talkId] : []))
    const heard = await findHeard(app.db, closures, returning)
    return reply.page(
      'talks/closure-lifting',
      liftingPage(
        request.language,
        await givenFor(request, row, talks),
        verdicts,
        [...heard.values()].filter(({ closure }) => closure).length,
      ),
    )
  })

  app.post('/app/closures/:id/lifting', one, async (request, reply) => {
    const { id } = request.params
    if (!isUuid(id)) return reply.callNotFound()
    return answer(
      reply,
      await lift(app.db, app.jobs, { by: actorOf(request), id, form: sentForm(request, app.now()) }),
      `/app/closures/${id}/lifting`,
    )
  })

  app.post('/app/closures/:id/links', one, async (request, reply) => {
    const row = await closureOf(request)
    const { talk: talkId, link: sent } = typed(request.body, ['talk', 'link']).texts
    if (!row || !isUuid(talkId)) return reply.callNotFound()
    const link = meetingOf(sent)
    if (link === undefined) return showPage(request, reply.code(422), row, { talkId, link: sent })
    const form = sentForm(request, app.now())
    const linking = { by: actorOf(request), closureId: row.id, talkId, link, form }
    return answer(reply, await giveLink(app.db, app.jobs, linking), `/app/closures/${row.id}`)
  })

  /** Done, not there, or changed meanwhile: then the page that shows how things stand now. */
  function answer(reply: FastifyReply, done: Done | Refused, again: string) {
    if ('location' in done) return reply.redirect(done.location, 303)
    return done.refused.code === 'missing' ? reply.callNotFound() : reply.redirect(again, 303)
  }

  async function checkPage(
    request: FastifyRequest,
    reply: FastifyReply,
    value: ClosureValue,
    sent: Parameters<typeof closureCheck>[2],
    chosen?: Chosen,
  ) {
    const { houseId } = actorOf(request)
    const standing = await findStanding(app.db, houseId, value.from, value.to, app.now())
    const concerned = await countConcerned(
      app.db,
      touched(value, standing).map(({ id }) => id),
    )
    const districts = await findOwnDistricts(app.db, houseId)
    return reply.page(
      'talks/closure-check',
      closureCheck(request.language, value, sent, districts, standing, concerned, chosen),
    )
  }

  async function showPage(
    request: FastifyRequest,
    reply: FastifyReply,
    row: ClosureRow,
    sent?: { talkId: string; link: string },
  ) {
    const { houseId } = actorOf(request)
    const talks = await findClosed(app.db, row.id)
    return reply.page(
      'talks/closure',
      closurePage(
        request.language,
        await givenFor(request, row, talks),
        await findOwnDistricts(app.db, houseId),
        await countTold(app.db, row.id),
        await findToCall(app.db, row.id, request.language),
        { today: await todayOf(houseId), now: app.now() },
        sent,
      ),
    )
  }

  async function givenFor(request: FastifyRequest, row: ClosureRow, talks: Awaited<ReturnType<typeof findClosed>>) {
    const { language } = request
    const titles = await findTitles(
      app.db,
      talks.map(({ talkId }) => talkId),
      language,
    )
    const say = sayOf(language, await findNames(app.db, actorOf(request).houseId, language))
    return { row, talks, titles, say }
  }

  async function closureOf(request: FastifyRequest<{ Params: { id: string } }>): Promise<ClosureRow | undefined> {
    const { id } = request.params
    return isUuid(id) ? findClosure(app.db, actorOf(request).houseId, id) : undefined
  }
  const todayOf = async (houseId: string) => wallOf(app.now(), await findZone(app.db, houseId)).day
  const knownOf = async (houseId: string) => ({
    districts: await findOwnDistricts(app.db, houseId),
    shifts: await findShifts(app.db, houseId),
    today: await todayOf(houseId),
  })
}
