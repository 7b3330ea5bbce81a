import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { answerSent, sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { wallOf } from '../base/time.ts'
import { findZone } from '../houses/zone-store.ts'
import { findFairness } from '../matching/fairness-store.ts'
import { findNames } from '../matching/names-store.ts'
import { sayOf } from '../matching/pages.ts'
import { personPage } from '../speakers/directory-pages.ts'
import { findBusyTimes, findPerson, findTalksOf } from '../speakers/directory-store.ts'
import { speakerPage } from '../speakers/edit-pages.ts'
import { readSpeaker, speakerFields, speakerKnown, speakerLists } from '../speakers/edit-rules.ts'
import { findSpeaker, findSpeakerChoices, type SpeakerRow } from '../speakers/edit-store.ts'
import { speakerFilled } from '../speakers/edit-text-pages.ts'
import { keepSpeaker } from './speaker-actions.ts'
import { unfitLines } from './speaker-pages.ts'
import { findUnfit, type Unfit } from './unfit-store.ts'

const one = {
  config: { access: 'coordinator', sight: 'speaker' },
  schema: { params: Type.Object({ id: Type.String() }) },
} as const

/** One speaker, read and changed, with what that means for the talks ahead. */
export const speakerRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/speakers/:id', one, async (request, reply) => {
    const { language } = request
    const { houseId } = actorOf(request)
    const kept = await speakerOf(request)
    if (!kept) return reply.callNotFound()
    const day = wallOf(app.now(), await findZone(app.db, houseId)).day
    const person = await findPerson(app.db, houseId, kept.id, language)
    if (!person) return reply.callNotFound()
    return reply.page(
      'speakers/person',
      personPage(language, person, {
        kept,
        busy: await findBusyTimes(app.db, kept.id),
        ahead: await findTalksOf(app.db, kept.id, language, { from: day }),
        past: await findTalksOf(app.db, kept.id, language, { before: day }),
        unfit: await linesOf(request, await findUnfit(app.db, houseId, kept.id, app.now())),
        fair: (await findFairness(app.db, houseId, app.now()))?.people.find(({ speaker }) => speaker.id === kept.id),
        now: app.now(),
        saved: typed(request.query, ['done']).texts.done === 'saved',
      }),
    )
  })

  app.get('/app/speakers/:id/edit', one, async (request, reply) => {
    const speaker = await speakerOf(request)
    if (!speaker) return reply.callNotFound()
    const choices = await choicesFor(request, speaker)
    return reply.page('speakers/edit', speakerPage(request.language, choices, speakerFilled(speaker)))
  })

  app.post('/app/speakers/:id/edit', one, async (request, reply) => {
    const actor = actorOf(request)
    const speaker = await speakerOf(request)
    if (!speaker) return reply.callNotFound()
    const choices = await choicesFor(request, speaker)
    const sent = typed(request.body, speakerFields, speakerLists, 1000)
    const anyway = typed(request.body, ['anyway']).texts.anyway === '1'
    const { value, problems } = readSpeaker(sent, speakerKnown(choices))
    const done = value
      ? await keepSpeaker(app.db, sentForm(request, app.now()), actor, speaker.id, value, anyway)
      : { refused: problems }
    if ('talks' in done) {
      const lines = await linesOf(request, done.talks)
      return reply.code(409).page('speakers/edit', speakerPage(request.language, choices, sent, [], lines))
    }
    return answerSent(reply, done, again =>
      reply.page('speakers/edit', speakerPage(request.language, choices, sent, again)),
    )
  })

  const speakerOf = async (request: FastifyRequest<{ Params: { id: string } }>) =>
    isUuid(request.params.id) ? findSpeaker(app.db, actorOf(request).houseId, request.params.id) : undefined

  const choicesFor = async (request: FastifyRequest, { id, credentials }: SpeakerRow) => ({
    id,
    ...(await findSpeakerChoices(
      app.db,
      actorOf(request).houseId,
      credentials.map(({ kind }) => kind),
    )),
  })

  const linesOf = async (request: FastifyRequest, talks: Unfit[]) =>
    talks.length === 0
      ? []
      : unfitLines(
          request.language,
          sayOf(request.language, await findNames(app.db, actorOf(request).houseId, request.language)),
          talks,
        )
}
