import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { isUuid } from '../base/text.ts'
import { swap } from './change-actions.ts'
import { inTurn, noteErrors, OfTalk, revision } from './change-routes.ts'
import { talkConflict } from './conflict-routes.ts'
import { noteFrom, textOf } from './form-rules.ts'
import { talkPage } from './talk-routes.ts'
import { words } from './words.ts'

/** One of the team hands the place to somebody else. */
export const teamRoutes: FastifyPluginAsyncTypebox = async app => {
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
      return inTurn(app.db, async () => {
        const done = await swap(
          app.db,
          app.jobs,
          app.config.secret,
          { ...revision(app, request, id, fields), out, in: into, note: said.note },
          app.now(),
        )
        if ('refused' in done)
          return talkConflict(
            { app, request, reply, refused: done.refused },
            { talkId: id, out, into, note: said.typed },
          )
        return reply.redirect(done.location, 303)
      })
    },
  )
}
