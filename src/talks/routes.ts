import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../base/auth.ts'
import type { Form } from '../base/db/once.ts'
import { isUuid, numberOf } from '../base/text.ts'
import { turns } from '../base/turns.ts'
import { words as tellWords } from '../messages/tell-words.ts'
import { decline } from '../requests/decline-actions.ts'
import { book } from './actions.ts'
import { cancel, move, swap } from './change-actions.ts'
import { bookingConflict, talkConflict } from './conflict-routes.ts'
import { type Fields, listOf, noteFrom, startOf, textOf, wholeOf } from './form-rules.ts'
import { recordOutcome } from './outcome-actions.ts'
import { outcomeOf } from './outcome-rules.ts'
import { requestPage } from './request-routes.ts'
import { cancelReasonOf, declineReasonOf, waivedBy } from './rules.ts'
import { talkPage } from './talk-routes.ts'
import { words } from './words.ts'

/** Any form: each field one value, or a list where it is repeated; what is wrong with one is told beside it. */
const AnyForm = Type.Optional(
  Type.Record(
    Type.String(),
    Type.Union([Type.String({ maxLength: 2000 }), Type.Array(Type.String({ maxLength: 2000 }), { maxItems: 40 })]),
  ),
)
const OfTalk = { params: Type.Object({ id: Type.String() }), body: AnyForm }
const OfRequest = { params: Type.Object({ number: Type.String() }), body: AnyForm }

/** What a coordinator decides: book, decline, move, replace, call off, say how it went. */
export const decisionRoutes: FastifyPluginAsyncTypebox = async app => {
  // four bookings at a time leave connections for everybody who only reads
  const inTurn = turns(4)

  app.post(
    '/app/requests/:number/booking',
    { config: { access: 'coordinator' }, attachValidation: true, schema: OfRequest },
    async (request, reply) => {
      const fields = request.body ?? {}
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
      return inTurn(async () => {
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
        { actor: actorOf(request), requestNumber: number, reason, note: said.note, form: formOf(app, request, fields) },
        app.now(),
      )
      if (!('refused' in done)) return reply.redirect(done.location, 303)
      const refused = done.refused.code === 'missing' ? done.refused : { ...done.refused, talkId: undefined }
      return bookingConflict(
        { app, request, reply, refused },
        { number, start: { day: '2000-01-01', minute: 0 }, waived: {} },
      )
    },
  )

  app.post(
    '/app/talks/:id/move',
    { config: { access: 'coordinator' }, attachValidation: true, schema: OfTalk },
    async (request, reply) => {
      const fields = request.body ?? {}
      const { id } = request.params
      if (!isUuid(id)) return reply.callNotFound()
      const text = textOf(fields, 'otherTime') || textOf(fields, 'startsAt')
      const start = startOf(text)
      const said = noteFrom(fields)
      if (!start || 'mistake' in said)
        return talkPage(app, request, reply, id, {
          errors: [
            ...(start ? [] : [{ field: 'startsAt', text: words[request.language].mistakes.startsAt }]),
            ...noteErrors(request, said, 'note-move'),
          ],
          opened: 'move',
          typed: { startsAt: text, note: said.typed },
        })
      return inTurn(async () => {
        const waived = { windows: true, latest: true, ...waivedBy(listOf(fields, 'waive')) }
        const done = await move(
          app.db,
          app.jobs,
          app.config.secret,
          { ...revision(app, request, id, fields), startsAt: start, waived, note: said.note },
          app.now(),
        )
        if ('refused' in done)
          return talkConflict({ app, request, reply, refused: done.refused }, { talkId: id, start, note: said.typed })
        return reply.redirect(done.location, 303)
      })
    },
  )

  app.post(
    '/app/talks/:id/team',
    { config: { access: 'coordinator' }, attachValidation: true, schema: OfTalk },
    async (request, reply) => {
      const fields = request.body ?? {}
      const { id } = request.params
      if (!isUuid(id)) return reply.callNotFound()
      const [out, into] = [textOf(fields, 'out'), textOf(fields, 'in')]
      const said = noteFrom(fields)
      const known = isUuid(out) && isUuid(into)
      if (!known || 'mistake' in said)
        return talkPage(app, request, reply, id, {
          ...(known ? { out } : {}),
          errors: [
            ...(known ? [] : [{ field: 'team', text: words[request.language].mistakes.member }]),
            ...noteErrors(request, said, 'note-team'),
          ],
          opened: 'team',
          typed: { in: into, note: said.typed },
        })
      return inTurn(async () => {
        const done = await swap(
          app.db,
          app.jobs,
          app.config.secret,
          { ...revision(app, request, id, fields), out, in: into, note: said.note },
          app.now(),
        )
        if ('refused' in done)
          return talkConflict({ app, request, reply, refused: done.refused }, { talkId: id, out, note: said.typed })
        return reply.redirect(done.location, 303)
      })
    },
  )

  app.post(
    '/app/talks/:id/cancellation',
    { config: { access: 'coordinator' }, attachValidation: true, schema: OfTalk },
    async (request, reply) => {
      const fields = request.body ?? {}
      const { id } = request.params
      if (!isUuid(id)) return reply.callNotFound()
      const reason = cancelReasonOf(textOf(fields, 'reason'))
      const said = noteFrom(fields)
      if (!reason || 'mistake' in said)
        return talkPage(app, request, reply, id, {
          errors: [
            ...(reason ? [] : [{ field: 'reason', text: words[request.language].mistakes.reason }]),
            ...noteErrors(request, said, 'note-reason'),
          ],
          opened: 'cancellation',
          typed: { reason: reason ?? '', note: said.typed },
        })
      const done = await cancel(
        app.db,
        app.jobs,
        { ...revision(app, request, id, fields), reason, note: said.note },
        app.now(),
      )
      if ('refused' in done) return talkConflict({ app, request, reply, refused: done.refused }, { talkId: id })
      return reply.redirect(done.location, 303)
    },
  )

  app.post(
    '/app/talks/:id/outcome',
    { config: { access: 'coordinator' }, attachValidation: true, schema: OfTalk },
    async (request, reply) => {
      const fields = request.body ?? {}
      const { id } = request.params
      if (!isUuid(id)) return reply.callNotFound()
      const { mistakes } = words[request.language]
      const [heads, leaflets] = [textOf(fields, 'heads'), textOf(fields, 'leaflets')]
      const outcome = outcomeOf({ held: textOf(fields, 'held'), heads, leaflets, heldIn: textOf(fields, 'heldIn') })
      if ('mistakes' in outcome) {
        const errors = outcome.mistakes.map(field => ({
          field,
          text: field === 'held' ? mistakes.outcome : mistakes.heads,
        }))
        return talkPage(app, request, reply, id, {
          errors,
          opened: 'outcome',
          typed: { heads, leaflets },
        })
      }
      const { accountId, houseId } = actorOf(request)
      const done = await recordOutcome(
        app.db,
        {
          talkId: id,
          by: { accountId, houseId },
          outcome,
          location: `/app/talks/${id}`,
          form: formOf(app, request, fields),
        },
        app.now(),
      )
      if (!('refused' in done)) return reply.redirect(done.location, 303)
      return done.refused === 'missing'
        ? reply.callNotFound()
        : talkPage(app, request, reply, id, { errors: [{ field: 'held', text: mistakes.outcome }], opened: 'outcome' })
    },
  )
}

const noteErrors = (request: FastifyRequest, said: ReturnType<typeof noteFrom>, field = 'note') =>
  'mistake' in said ? [{ field, text: tellWords[request.language].mistakes[said.mistake] }] : []

function revision(app: FastifyInstance, request: FastifyRequest, talkId: string, fields: Fields) {
  const { houseId, accountId } = actorOf(request)
  return {
    by: { houseId, accountId, whom: 'account' as const },
    talkId,
    location: `/app/talks/${talkId}`,
    form: formOf(app, request, fields),
  }
}

function formOf(app: FastifyInstance, request: FastifyRequest, { _key, ...body }: Fields): Form {
  return {
    key: typeof _key === 'string' ? _key : undefined,
    url: request.url,
    by: actorOf(request).accountId,
    body,
    now: app.now(),
  }
}
