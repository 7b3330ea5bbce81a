import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import Fastify, { type FastifyInstance, type FastifyPluginAsync, LogController } from 'fastify'
import { placeOf } from './accounts/rules.ts'
import { findActor } from './accounts/store.ts'
import { auth, doors } from './base/auth.ts'
import { answering } from './base/db/kept.ts'
import type { Db } from './base/db/open.ts'
import { assets } from './base/http/assets.ts'
import { compress } from './base/http/compress.ts'
import { errors, missing, nowhere } from './base/http/errors.ts'
import { forms } from './base/http/forms.ts'
import { headers } from './base/http/headers.ts'
import { logged, requestNumber } from './base/http/log.ts'
import { measures } from './base/http/measures.ts'
import { noting } from './base/http/noting.ts'
import { pages } from './base/http/pages.ts'
import { turnedAway } from './base/http/turned-away.ts'
import { lazyValidators } from './base/http/validators.ts'
import type { Jobs } from './base/jobs.ts'
import type { Reach } from './base/reach.ts'
import type { Clock } from './base/time.ts'
import { calendarRoutes } from './calendars/routes.ts'
import type { Config } from './config.ts'
import { features } from './features.ts'
import { faceOf } from './houses/face-pages.ts'
import { findNamed } from './houses/store.ts'

/** What the application stands on; tests bring their own. */
export type World = {
  db: Db
  jobs: Jobs
  now: Clock
  config: Pick<Config, 'publicUrl' | 'secret' | 'trustProxy' | 'logLevel' | 'dataDir' | 'mailFrom'> &
    Partial<Pick<Config, 'oidc' | 'backup' | 'databaseUrl' | 'metricsToken'>>
  /** Shows caught letters and signs in with one click; only the demonstration and development have it. */
  development: boolean
  /** A letter alone lets staff in: the demonstration, whose letters everybody may read. */
  letterSuffices?: boolean | undefined
  /** Where lines of the log go instead of the standard output: the tests read them. */
  logTo?: { write: (line: string) => void } | undefined
  /** Another network than the public one; the tests have their own. */
  reach?: Reach | undefined
}

declare module 'fastify' {
  interface FastifyInstance extends World {
    sessionCookie: string
    /** The process is about to end: it is not ready any more, and each answer is the last of its connection. */
    leaving: boolean
  }
}

export async function buildApp(world: World): Promise<FastifyInstance> {
  const { config } = world
  const secure = config.publicUrl.startsWith('https:')
  const app = Fastify({
    logger:
      config.logLevel === 'silent'
        ? false
        : { ...logged(config.logLevel), ...(world.logTo ? { stream: world.logTo } : {}) },
    genReqId: requestNumber,
    // who still comes while the others go is answered all the same
    return503OnClosing: false,
    // addresses hold secrets: the log gets the route's pattern instead (below)
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy,
    bodyLimit: 65_536,
    frameworkErrors: nowhere(secure),
    requestTimeout: 10_000,
    connectionTimeout: 15_000,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    // an unknown field is left out rather than refused: schemas name what is read, and forms carry `_csrf` and `_key`
    ajv: { customOptions: { removeAdditional: true, coerceTypes: false, allErrors: true } },
    schemaController: { compilersFactory: { buildValidator: lazyValidators() } },
  })
  app.decorate('db', world.db)
  app.decorate('jobs', world.jobs)
  app.decorate('now', world.now)
  app.decorate('config', config)
  app.decorate('development', world.development)
  app.decorate('letterSuffices', world.letterSuffices)
  app.decorate('reach', world.reach)
  const sessionCookie = secure ? '__Host-sid' : 'sid'
  app.decorate('sessionCookie', sessionCookie)
  app.decorate('leaving', false)
  await app.register(measures)
  app.addHook('onResponse', (request, reply, done) => {
    if (request.routeOptions.config.quiet) return done()
    const { access } = request.routeOptions.config
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        // on a page for everybody nobody is to know who looked
        who: access === 'open' ? undefined : request.actor?.accountId,
      },
      'answered',
    )
    done()
  })
  await app.register(turnedAway, { placeOf })
  await app.register(headers, { secure })
  await app.register(errors)
  await app.register(compress)
  await app.register(doors)
  // programs poll these all day and have neither cookies nor forms: what pages need was two fifths of a poll
  await app.register(calendarRoutes)
  await app.register(people)
  return app
}

/** All that is for people: pages, forms and sessions. Its hooks are its own, and calendars go without them. */
const people: FastifyPluginAsync = async app => {
  const { config, db, letterSuffices } = app
  app.addHook('onRequest', (request, _, done) => (request.method === 'GET' ? answering(done) : done()))
  app.setNotFoundHandler(missing)
  await app.register(cookie, { secret: config.secret })
  await app.register(formbody, { bodyLimit: 65_536 })
  app.removeContentTypeParser(['application/json', 'text/plain'])
  await app.register(auth, {
    findActor: async (hash, now) => {
      const actor = await findActor(db, hash, now)
      return actor?.strength === 'letter' && letterSuffices ? { ...actor, strength: 'strong', provedAt: now } : actor
    },
    cookie: app.sessionCookie,
  })
  await app.register(forms, { secret: config.secret, origin: config.publicUrl, cookie: app.sessionCookie })
  await app.register(noting, { placeOf })
  await app.register(pages, {
    faceOf: async (houseId, language) => faceOf(await findNamed(db, language), houseId, language),
  })
  await app.register(assets)
  for (const feature of features) await app.register(feature)
}
