import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from '../base/http/schema.ts'
import { typed } from '../base/http/typed.ts'
import { hashOf } from '../base/secrets.ts'
import { type FoundingField, foundingFields, readFounding } from '../houses/founding-rules.ts'
import { regionsIn } from '../houses/founding-store.ts'
import { isFirstOpen } from './first-store.ts'
import { found } from './founding-actions.ts'
import { foundingPage } from './founding-pages.ts'
import { browserOf, welcome } from './routes.ts'
import { words } from './words.ts'

const link = {
  config: { access: 'link' },
  schema: { params: Type.Object({ token: Type.String({ maxLength: 200 }) }) },
} as const

/** A new installation's first page, opened by the link that its start prints. */
export const foundingRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/sign-in/first/:token', link, async (request, reply) => {
    if (!(await isFirstOpen(app.db, hashOf(request.params.token), app.now()))) return ended(request, reply)
    return show(request, reply, request.params.token, typed({}, foundingFields).texts)
  })

  app.post('/sign-in/first/:token', link, async (request, reply) => {
    const { token } = request.params
    if (!(await isFirstOpen(app.db, hashOf(token), app.now()))) return ended(request, reply)
    const { texts } = typed(request.body, foundingFields)
    const regions = await regionsIn(app.db, request.language)
    const founding = readFounding(
      texts,
      regions.map(({ kato }) => kato),
    )
    if ('mistakes' in founding) return show(request, reply.code(422), token, texts, founding.mistakes)
    const signedIn = await found(app.db, token, founding, request.language, browserOf(request), app.now())
    return signedIn ? welcome(request, reply, signedIn) : ended(request, reply)
  })

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    values: Record<FoundingField, string>,
    mistakes: FoundingField[] = [],
  ) =>
    reply.page(
      'accounts/founding',
      foundingPage(request.language, token, values, await regionsIn(app.db, request.language), mistakes),
    )

  const ended = (request: FastifyRequest, reply: FastifyReply) => {
    const say = words[request.language]
    return reply.code(404).page('accounts/ended', { title: say.ended, say })
  }
}
