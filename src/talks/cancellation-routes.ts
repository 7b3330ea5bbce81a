import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { isUuid } from '../base/text.ts'
import { cancel } from './change-actions.ts'
import { noteErrors, OfTalk, revision } from './change-routes.ts'
import { talkConflict } from './conflict-routes.ts'
import { noteFrom, textOf } from './form-rules.ts'
import { cancelReasonOf } from './rules.ts'
import { talkPage } from './talk-routes.ts'
import { words } from './words.ts'

/** A talk is called off. */
export const cancellationRoutes: FastifyPluginAsyncTypebox = async app => {
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
      if ('refused' in done)
        return talkConflict({ app, request, reply, refused: done.refused }, { talkId: id, reason, note: said.typed })
      return reply.redirect(done.location, 303)
    },
  )
}
