import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { isUuid, numberOf } from '../base/text.ts'
import { sendNow, undecline } from '../requests/undo-actions.ts'
import { formOf, inTurn, OfRequest, OfTalk, revision } from './change-routes.ts'
import { bookingConflict, talkConflict } from './conflict-routes.ts'
import { findRequest } from './request-store.ts'
import { findTalk } from './show-store.ts'
import { undo } from './undo-actions.ts'

/** The last change of a talk or request is taken back, or its letters leave at once. */
export const undoRoutes: FastifyPluginAsyncTypebox = async app => {
  const ofTalk = { config: { access: 'coordinator' as const }, attachValidation: true, schema: OfTalk }
  const ofRequest = { config: { access: 'coordinator' as const }, attachValidation: true, schema: OfRequest }

  app.post('/app/talks/:id/undo', ofTalk, async (request, reply) => {
    const { id } = request.params
    if (!isUuid(id)) return reply.callNotFound()
    return inTurn(app.db, async () => {
      const done = await undo(app.db, app.jobs, revision(app, request, id, request.body ?? {}), app.now())
      if ('refused' in done)
        return talkConflict({ app, request, reply, refused: done.refused }, { talkId: id, undoing: true })
      return reply.redirect(done.location, 303)
    })
  })

  app.post('/app/talks/:id/letters-now', ofTalk, async (request, reply) => {
    const { id } = request.params
    const talk = isUuid(id) ? await findTalk(app.db, actorOf(request).houseId, id, request.language) : undefined
    if (!talk) return reply.callNotFound()
    const form = formOf(app, request, request.body ?? {})
    const location = `/app/talks/${id}?done=1`
    const done = await sendNow(app.db, app.jobs, { of: { talkId: id }, location, form }, app.now())
    return reply.redirect('location' in done ? done.location : location, 303)
  })

  app.post('/app/requests/:number/undo', ofRequest, async (request, reply) => {
    const number = numberOf(request.params.number)
    if (number === undefined) return reply.callNotFound()
    const form = formOf(app, request, request.body ?? {})
    const location = `/app/requests/${number}?done=1`
    const undoing = { actor: actorOf(request), requestNumber: number, location, form }
    const done = await undecline(app.db, app.jobs, undoing, app.now())
    if (!('refused' in done)) return reply.redirect(done.location, 303)
    const refused = done.refused.code === 'missing' ? done.refused : { ...done.refused, talkId: undefined }
    return bookingConflict({ app, request, reply, refused }, { number, start: undefined, waived: {} })
  })

  app.post('/app/requests/:number/letters-now', ofRequest, async (request, reply) => {
    const number = numberOf(request.params.number)
    const { houseId } = actorOf(request)
    const row = number === undefined ? undefined : await findRequest(app.db, houseId, number, request.language)
    if (!row) return reply.callNotFound()
    const form = formOf(app, request, request.body ?? {})
    const location = `/app/requests/${row.number}?done=1`
    const done = await sendNow(app.db, app.jobs, { of: { requestId: row.id }, location, form }, app.now())
    return reply.redirect('location' in done ? done.location : location, 303)
  })
}
