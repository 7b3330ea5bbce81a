import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { answerSent, sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { addSpeaker } from './edit-actions.ts'
import { speakerPage } from './edit-pages.ts'
import { readSpeaker, speakerFields, speakerKnown, speakerLists } from './edit-rules.ts'
import { findSpeakerChoices } from './edit-store.ts'
import { speakerBlank } from './edit-text-pages.ts'

const access = { config: { access: 'coordinator' } } as const

/** Somebody new in the list of speakers; to change one asks for the talks ahead, so that stands in talks/speaker-routes.ts. */
export const speakerAddRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/speakers/new', access, async (request, reply) => {
    const choices = await findSpeakerChoices(app.db, actorOf(request).houseId)
    return reply.page('speakers/edit', speakerPage(request.language, { ...choices, id: undefined }, speakerBlank))
  })

  app.post('/app/speakers/new', access, async (request, reply) => {
    const actor = actorOf(request)
    const choices = await findSpeakerChoices(app.db, actor.houseId)
    const sent = typed(request.body, speakerFields, speakerLists, 1000)
    const { value, problems } = readSpeaker(sent, speakerKnown(choices))
    const done = value ? await addSpeaker(app.db, sentForm(request, app.now()), actor, value) : { refused: problems }
    return answerSent(reply, done, again =>
      reply.page('speakers/edit', speakerPage(request.language, { ...choices, id: undefined }, sent, again)),
    )
  })
}
