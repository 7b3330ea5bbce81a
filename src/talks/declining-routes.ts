import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { numberOf } from '../base/text.ts'
import { decline } from '../requests/decline-actions.ts'
import { formOf, noteErrors, OfRequest } from './change-routes.ts'
import { bookingConflict } from './conflict-routes.ts'
import { noteFrom, textOf } from './form-rules.ts'
import { requestPage } from './request-routes.ts'
import { declineReasonOf } from './rules.ts'
import { words } from './words.ts'

/** A request that the House can't do. */
export const decliningRoutes: FastifyPluginAsyncTypebox = async app => {
  app.post(
    '/app/requests/:number/declining',
    { config: { access: 'coordinator' }, attachValidation: true, schema: OfRequest },
    async (request, reply) => {
      const fields = request.body ?? {}
      const number = numberOf(request.params.number)
      if (number === undefined) return reply.callNotFound()
      const reason = declineReasonOf(textOf(fields, 'reason'))
      const said = noteFrom(fields)
      if (!reason || 'mistake' in said)
        return requestPage(app, request, reply, request.params.number, {
          errors: [
            ...(reason ? [] : [{ field: 'reason', text: words[request.language].mistakes.reason }]),
            ...noteErrors(request, said, 'note-reason'),
          ],
          typed: { startsAt: '', minutes: '', speakers: [], note: said.typed, reason: reason ?? '' },
        })
      const done = await decline(
        app.db,
        app.jobs,
        {
          actor: actorOf(request),
          requestNumber: number,
          reason,
          note: said.note,
          form: formOf(app, request, fields),
          location: `/app/requests/${number}?done=1`,
        },
        app.now(),
      )
      if (!('refused' in done)) return reply.redirect(done.location, 303)
      const refused = done.refused.code === 'missing' ? done.refused : { ...done.refused, talkId: undefined }
      return bookingConflict({ app, request, reply, refused }, { number, start: undefined, waived: {} })
    },
  )
}
