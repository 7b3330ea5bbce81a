import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import type { Db } from '../base/db/open.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { languages } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { keepTexts } from './text-actions.ts'
import { addressOf, type Sample, textPage, textsPage, textsTyped } from './text-pages.ts'
import { keyOf, readTexts, type TextField, type TextKey, textFields } from './text-rules.ts'
import { ownLanguages, ownTexts } from './text-store.ts'

/** Finds a letter of the House to show; undefined while it has nothing of the kind. */
export type Sampler = (
  db: Db,
  whose: { houseId: string; accountId: string; now: DateTime },
  publicUrl: string,
) => Promise<Sample | undefined>

type SampleOf = (key: TextKey, ...given: Parameters<Sampler>) => ReturnType<Sampler>
type Shown = Omit<Parameters<typeof textPage>[4], 'own'>

const access = { config: { access: 'coordinator' } } as const
const one = {
  ...access,
  schema: {
    params: Type.Object({ kind: Type.String({ maxLength: 40 }) }),
    querystring: Type.Object({ reader: Type.Optional(Type.String()), kept: Type.Optional(Type.String()) }),
  },
}

/** The texts of letters that a House writes itself; `sampleOf` knows the features that letters are about. */
export const textRoutes =
  (sampleOf: SampleOf): FastifyPluginAsyncTypebox =>
  async app => {
    const show = async (
      request: FastifyRequest,
      reply: FastifyReply,
      key: TextKey,
      texts: Record<TextField, string>,
      shown: Shown,
    ) => {
      const { houseId, accountId } = actorOf(request)
      const sample = await sampleOf(key, app.db, { houseId, accountId, now: app.now() }, app.config.publicUrl)
      const own = await ownLanguages(app.db, houseId)
      return reply.page('messages/text', textPage(request.language, key, texts, sample, { ...shown, own }))
    }

    app.get('/app/messages/texts', access, async (request, reply) =>
      reply.page('messages/texts', textsPage(request.language, await ownLanguages(app.db, actorOf(request).houseId))),
    )

    app.get('/app/messages/texts/:kind', one, async (request, reply) => {
      const key = keyOf(request.params.kind, request.query.reader)
      if (!key) return reply.callNotFound()
      const own = await ownTexts(app.db, actorOf(request).houseId, key)
      return show(request, reply, key, textsTyped(own), { kept: request.query.kept !== undefined })
    })

    app.post('/app/messages/texts/:kind', one, async (request, reply) => {
      const key = keyOf(request.params.kind, request.query.reader)
      if (!key) return reply.callNotFound()
      const { texts: sent, repeated } = typed(request.body, textFields)
      const { act } = typed(request.body, ['act']).texts
      const back = languages.find(it => act === `standard-${it}`)
      const wanted = back ? { ...sent, [`subject_${back}`]: '', [`body_${back}`]: '' } : sent
      const { texts, problems } = readTexts(key, wanted, repeated)
      if (problems.length > 0) reply.code(422)
      if (problems.length > 0 || act === 'preview') return show(request, reply, key, texts, { problems, open: true })
      const address = addressOf(key)
      const location = `${address}${address.includes('?') ? '&' : '?'}kept`
      const { accountId, houseId } = actorOf(request)
      await keepTexts(app.db, sentForm(request, app.now()), { houseId, accountId, key }, texts, location)
      return reply.redirect(location, 303)
    })
  }
