import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { type Asking, add, answeringFor, commandEntry, plain } from '../db/journal.ts'
import { transact } from '../db/transact.ts'
import { wallOf } from '../time.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The page shows contact data of this kind of thing: who saw it is noted, once a day. */
    sight?: 'request' | 'talk' | 'host' | 'speaker' | 'report' | 'person' | 'messages' | 'journal' | 'import'
  }
  interface FastifyRequest {
    asking: Asking | null
  }
}

/** The last id in the address, when it is one: secrets of links are none. */
function thingOf(request: FastifyRequest): [thing: string, id: string] {
  const [, area = '', thing = ''] = (request.routeOptions.url ?? '').split('/')
  const ids = Object.entries((request.params ?? {}) as Record<string, string>)
    .filter(
      ([name, value]) => ['id', 'number', 'slug'].includes(name) && (plain(value) === value || /^\d{1,9}$/.test(value)),
    )
    .map(([, value]) => value)
  return [thing || area, ids.at(-1) ?? '']
}

/**
 * Nothing that a signed-in person does goes by the journal: what a command does not note itself is noted here, and so is
 * who saw contact data, before the page leaves. Without the row there is no page.
 */
export const noting = fp(
  async (app: FastifyInstance, options: { placeOf: (ip: string) => string }) => {
    app.decorateRequest('asking', null)
    app.addHook('preHandler', (request, _, done) => {
      const { config, url } = request.routeOptions
      if (request.method === 'GET' || request.method === 'HEAD' || request.is404 || config.quiet) return done()
      const [thing, thingId] = thingOf(request)
      request.asking = {
        now: app.now(),
        place: options.placeOf(request.ip),
        // on a page for everybody, and by the secret of a link, nobody acts as what they are elsewhere
        actor: config.access === 'open' || config.access === 'link' ? null : request.actor,
        kind: url ?? '',
        thing,
        thingId,
        noted: false,
      }
      answeringFor(request.asking, done)
    })

    const seen = { day: '', keys: new Set<string>() }
    const noteSight = async (request: FastifyRequest, kind: string) => {
      const { actor } = request
      if (!actor) return
      const { accountId, houseId } = actor
      const now = app.now()
      const day = wallOf(now, 'Asia/Almaty').day
      const id = thingOf(request)[1]
      const key = [houseId, accountId, kind, id].join(' ')
      if (seen.day !== day) Object.assign(seen, { day, keys: new Set() })
      if (seen.keys.has(key)) return
      await transact(app.db, async trx => {
        const fresh = await trx
          .insertInto('sights')
          .values({ house_id: houseId, account_id: accountId, thing: kind, thing_id: id, on_date: day })
          .onConflict(it => it.doNothing())
          .returning('thing')
          .executeTakeFirst()
        if (!fresh) return
        const asked = {
          now,
          place: options.placeOf(request.ip),
          actor,
          kind: 'seen',
          thing: kind,
          thingId: id,
          noted: false,
        }
        add(...commandEntry(asked))
      })
      seen.keys.add(key)
    }

    app.addHook('onSend', async (request, reply) => {
      const { asking, actor } = request
      if (reply.statusCode >= 400) return
      const { sight } = request.routeOptions.config
      // whoever is sent on to prove themselves first has seen nothing
      const shown = request.method === 'GET' && reply.statusCode < 300
      if (shown && sight && actor && actor.role !== 'speaker') await noteSight(request, sight)
      if (!asking || asking.noted || !asking.actor) return
      asking.noted = true
      await transact(app.db, async () => add(...commandEntry(asking)))
    })
  },
  { name: 'noting', dependencies: ['auth', 'forms'] },
)
