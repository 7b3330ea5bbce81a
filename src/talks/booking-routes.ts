import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { isUuid, numberOf } from '../base/text.ts'
import { book } from './actions.ts'
import { formOf, inTurn, noteErrors, OfRequest } from './change-routes.ts'
import { bookingConflict } from './conflict-routes.ts'
import { listOf, noteFrom, startOf, textOf, wholeOf } from './form-rules.ts'
import { unfolded } from './offer-field-rules.ts'
import { requestPage } from './request-routes.ts'
import { waivedBy } from './rules.ts'
import { words } from './words.ts'

/** A request is booked by a coordinator's choice of time and team. */
export const bookingRoutes: FastifyPluginAsyncTypebox = async app => {
  app.post(
    '/app/requests/:number/booking',
    { config: { access: 'coordinator' }, attachValidation: true, schema: OfRequest },
    async (request, reply) => {
      const fields = unfolded(request.body ?? {})
      const { mistakes } = words[request.language]
      const number = numberOf(request.params.number)
      if (number === undefined) return reply.callNotFound()
      const [start, typed, speakers] = [
        startOf(textOf(fields, 'startsAt')),
        textOf(fields, 'minutes'),
        listOf(fields, 'speakers'),
      ]
      const minutes = typed === '' ? undefined : wholeOf(typed, 10, 240)
      const said = noteFrom(fields)
      const errors = [
        ...noteErrors(request, said),
        ...(start ? [] : [{ field: 'startsAt', text: mistakes.startsAt }]),
        ...(typed !== '' && minutes === undefined ? [{ field: 'minutes', text: mistakes.minutes }] : []),
        ...(speakers.length === 0 || !speakers.every(isUuid) ? [{ field: 'speakers', text: mistakes.speakers }] : []),
      ]
      if (!start || errors.length > 0)
        return requestPage(app, request, reply, request.params.number, {
          errors,
          typed: { startsAt: textOf(fields, 'startsAt'), minutes: typed, speakers, note: said.typed, reason: '' },
        })
      const waived = waivedBy(listOf(fields, 'waive'))
      return inTurn(app.db, async () => {
        const booking = {
          actor: actorOf(request),
          requestNumber: number,
          startsAt: start,
          speakers,
          minutes,
          waived,
          note: 'note' in said ? said.note : undefined,
          form: formOf(app, request, fields),
        }
        const done = await book(app.db, app.jobs, app.config.secret, booking, app.now())
        if ('refused' in done)
          return bookingConflict(
            { app, request, reply, refused: done.refused },
            { number, start, waived, note: said.typed },
          )
        return reply.redirect(done.location, 303)
      })
    },
  )
}
