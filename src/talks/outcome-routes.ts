import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { isUuid } from '../base/text.ts'
import { formOf, OfTalk } from './change-routes.ts'
import { listOf, textOf } from './form-rules.ts'
import { recordOutcome } from './outcome-actions.ts'
import { outcomeOf } from './outcome-rules.ts'
import { staleTalk } from './stale-routes.ts'
import { talkPage } from './talk-routes.ts'
import { shownOf } from './undo-rules.ts'
import { terms, words } from './words.ts'

/** A coordinator says whether a talk was held, and for how many. */
export const outcomeRoutes: FastifyPluginAsyncTypebox = async app => {
  app.post(
    '/app/talks/:id/outcome',
    { config: { access: 'coordinator' }, attachValidation: true, schema: OfTalk },
    async (request, reply) => {
      const fields = request.body ?? {}
      const { id } = request.params
      if (!isUuid(id)) return reply.callNotFound()
      const { mistakes } = words[request.language]
      // a box that is not ticked sends nothing: the form says that it had boxes
      const reporters = textOf(fields, 'reporters') === '1' ? listOf(fields, 'body') : undefined
      if (!(reporters ?? []).every(isUuid)) return reply.callNotFound()
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
          reporters,
        })
      }
      const { accountId, houseId } = actorOf(request)
      const done = await recordOutcome(
        app.db,
        {
          talkId: id,
          by: { accountId, houseId },
          outcome,
          reporters,
          location: `/app/talks/${id}`,
          form: formOf(app, request, fields),
          shown: shownOf(textOf(fields, 'version')),
        },
        app.now(),
      )
      if (!('refused' in done)) return reply.redirect(done.location, 303)
      if (done.refused === 'stale') {
        const kept = [
          ...['held', 'heads', 'leaflets', 'reporters'].map(name => ({ text: name, value: textOf(fields, name) })),
          ...(reporters ?? []).map(value => ({ text: 'body', value })),
        ]
        const said = words[request.language]
        const text = outcome.held ? `${said.held}: ${terms[request.language].people(outcome.heads)}` : said.notHeld
        const seen = shownOf(textOf(fields, 'version'))?.seen
        return staleTalk({ app, request, reply }, id, seen, { text, action: `/app/talks/${id}/outcome`, fields: kept })
      }
      return done.refused === 'missing'
        ? reply.callNotFound()
        : talkPage(app, request, reply, id, { errors: [{ field: 'held', text: mistakes.outcome }], opened: 'outcome' })
    },
  )
}
