import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { transact } from '../base/db/transact.ts'
import { Type } from '../base/http/schema.ts'
import { open as openSession } from './actions.ts'
import { browserOf, welcome } from './routes.ts'
import { castOf } from './store.ts'
import { words } from './words.ts'

const open = { access: 'open' } as const

/** One click signs in as anyone of the cast; these addresses exist only in the demonstration and while developing. */
export const devRoutes: FastifyPluginAsyncTypebox = async app => {
  if (!app.development) return

  app.get('/dev', { config: open }, async (request, reply) => {
    const say = words[request.language]
    const people = (await castOf(app.db)).map(person => ({ ...person, role: say.roles[person.role] }))
    const houses = [...Map.groupBy(people, person => person.house)].map(([name, its]) => ({ name, people: its }))
    return reply.page('accounts/dev', { title: say.dev.title, say, houses })
  })

  const body = Type.Object({
    account: Type.Optional(Type.String({ maxLength: 40 })),
    house: Type.Optional(Type.String({ maxLength: 40 })),
  })
  app.post('/dev/sign-in', { config: open, schema: { body } }, async (request, reply) => {
    const { account, house } = request.body
    const who = (await castOf(app.db)).find(person => person.id === account && person.houseId === house)
    if (!who) return reply.callNotFound()
    const session = await transact(app.db, trx =>
      openSession(
        trx,
        { accountId: who.id, houseId: who.houseId, role: who.role },
        browserOf(request),
        app.now(),
        // the same as by the links of the demonstration
        app.letterSuffices ? 'letter' : 'strong',
      ),
    )
    return welcome(request, reply, { session, role: who.role, accountId: who.id, strength: 'letter' })
  })
}
