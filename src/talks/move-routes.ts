import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { isUuid } from '../base/text.ts'
import { move } from './change-actions.ts'
import { inTurn, noteErrors, OfTalk, revision } from './change-routes.ts'
import { talkConflict } from './conflict-routes.ts'
import { listOf, noteFrom, startOf, textOf } from './form-rules.ts'
import { waivedBy } from './rules.ts'
import { talkPage } from './talk-routes.ts'
import { words } from './words.ts'

/** A talk goes to another time. */
export const moveRoutes: FastifyPluginAsyncTypebox = async app => {
  app.post(
    '/app/talks/:id/move',
    { config: { access: 'coordinator' }, attachValidation: true, schema: OfTalk },
    async (request, reply) => {
      const fields = request.body ?? {}
      const { id } = request.params
      if (!isUuid(id)) return reply.callNotFound()
      const other = textOf(fields, 'otherTime')
      // a choice of the list may bring a substitute along: 2026-11-25T10:00 and the people of then
      const [chosen = '', ...people] = textOf(fields, 'startsAt').split(' ')
      const text = other || (people.every(isUuid) ? chosen : textOf(fields, 'startsAt'))
      const speakers = other || !people.every(isUuid) ? [] : people
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
      return inTurn(app.db, async () => {
        const waived = { windows: true, latest: true, ...waivedBy(listOf(fields, 'waive')) }
        const done = await move(
          app.db,
          app.jobs,
          app.config.secret,
          {
            ...revision(app, request, id, fields),
            startsAt: start,
            waived,
            note: said.note,
            ...(speakers.length > 0 ? { speakers } : {}),
          },
          app.now(),
        )
        if ('refused' in done)
          return talkConflict(
            { app, request, reply, refused: done.refused },
            { talkId: id, start, speakers, note: said.typed },
          )
        return reply.redirect(done.location, 303)
      })
    },
  )
}
