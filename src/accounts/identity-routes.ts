import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { dropSealed, keepSealed, keptSealed } from '../base/http/keeping.ts'
import { sentForm } from '../base/http/sent.ts'
import { comeBack, type Journey, setOut } from '../base/proofs/oidc.ts'
import { answered } from './factor-routes.ts'
import { words } from './factor-words.ts'
import { linkIdentity, signInByIdentity, unlinkIdentities } from './identity-actions.ts'
import { browserOf, signInPage, welcome } from './routes.ts'

const back = '/sign-in/oidc/back'

/** Signing in through the organisation's own system, and linking an account with it; only where one is set. */
export const identityRoutes: FastifyPluginAsyncTypebox = async app => {
  const redirect = () => `${app.config.publicUrl}${back}`

  // a link and no form: the policy of pages lets forms lead to us alone
  const leave = async (request: FastifyRequest, reply: FastifyReply, bound: string) => {
    const { oidc } = app.config
    if (!oidc) return reply.callNotFound()
    try {
      const { address, journey } = await setOut(oidc, redirect())
      keepSealed(request, reply, 'oidc', JSON.stringify({ ...journey, bound }))
      return reply.redirect(address, 303)
    } catch (error) {
      request.log.warn({ err: error }, 'the provider does not answer')
      return failed(request, reply)
    }
  }
  const failed = (request: FastifyRequest, reply: FastifyReply) =>
    reply.code(502).page('accounts/sign-in', signInPage(request, {}, words[request.language].provider.failed))

  app.get('/sign-in/oidc', { config: { access: 'open', weak: true, unlisted: true } }, async (request, reply) =>
    leave(request, reply, ''),
  )
  app.get('/account/provider', { config: { access: 'viewer', fresh: true } }, async (request, reply) =>
    leave(request, reply, actorOf(request).sessionHash),
  )

  app.get(back, { config: { access: 'open', unlisted: true } }, async (request, reply) => {
    const { oidc } = app.config
    if (!oidc) return reply.callNotFound()
    const kept = keptSealed(request, 'oidc')
    dropSealed(request, reply, 'oidc')
    if (kept === undefined) return reply.redirect('/sign-in', 303)
    const { bound, ...journey } = JSON.parse(kept) as Journey & { bound: string }
    const url = new URL(request.url, app.config.publicUrl)
    const identity = await comeBack(oidc, url, journey).catch((error: unknown) => {
      request.log.warn({ err: error }, 'the provider does not answer')
      return undefined
    })
    if (!identity) {
      request.turnAway('sign-in', { way: 'provider' })
      return failed(request, reply)
    }
    if (bound) {
      // whoever set out to link is the one who comes back, in the same session
      if (request.actor?.sessionHash !== bound) return reply.redirect('/sign-in', 303)
      const form = { ...sentForm(request, app.now()), key: undefined }
      return answered(
        request,
        reply,
        await linkIdentity({ db: app.db, jobs: app.jobs, secret: app.config.secret }, request.actor, identity, form),
      )
    }
    const signedIn = await signInByIdentity(app.db, identity, browserOf(request), app.now())
    if (signedIn) return welcome(request, reply, signedIn)
    request.turnAway('sign-in', { way: 'provider' })
    const say = words[request.language]
    return reply.code(403).page('accounts/unlinked', {
      title: say.provider.unknown,
      say,
      text: say.provider.unknownText,
    })
  })

  app.post(
    '/account/provider/removal',
    { config: { access: 'viewer', fresh: '/account/factors' } },
    async (request, reply) =>
      answered(
        request,
        reply,
        await unlinkIdentities(
          { db: app.db, jobs: app.jobs, secret: app.config.secret },
          actorOf(request),
          sentForm(request, app.now()),
        ),
      ),
  )
}
