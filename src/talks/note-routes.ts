import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { cleanText, isUuid } from '../base/text.ts'
import { formOf, OfTalk } from './change-routes.ts'
import { words } from './change-words.ts'
import { keepNote } from './note-actions.ts'
import { talkPage } from './talk-routes.ts'

const longest = 1000

/** The coordinators' own note on a talk. */
export const noteRoutes: FastifyPluginAsyncTypebox = async app => {
  app.post(
    '/app/talks/:id/note',
    { config: { access: 'coordinator' }, attachValidation: true, schema: OfTalk },
    async (request, reply) => {
      const { id } = request.params
      if (!isUuid(id)) return reply.callNotFound()
      const fields = request.body ?? {}
      const typed = ([fields['own']].flat()[0] ?? '').replace(/\r\n?/g, '\n')
      const before = [fields['before']].flat()[0]?.replace(/\r\n?/g, '\n')
      const said = words[request.language].own
      const note = cleanText(typed)
      const mistake =
        note !== typed.normalize('NFC').trim() ? said.unclean : [...note].length > longest ? said.long : undefined
      const wrong = (text: string) => ({ errors: [{ field: 'own', text }], own: typed, opened: 'own' as const })
      if (mistake) return talkPage(app, request, reply, id, wrong(mistake))
      const done = await keepNote(
        app.db,
        {
          actor: actorOf(request),
          talkId: id,
          note,
          before,
          location: `/app/talks/${id}#on`,
          form: formOf(app, request, fields),
        },
        app.now(),
      )
      if (!('refused' in done)) return reply.redirect(done.location, 303)
      if (done.refused.code === 'missing') return reply.callNotFound()
      return talkPage(app, request, reply, id, { ...wrong(said.changed(done.refused.note || said.none)), code: 409 })
    },
  )
}
