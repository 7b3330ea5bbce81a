import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { typed } from '../base/http/typed.ts'
import { allowed } from '../base/limits.ts'
import { cleanLine, emailOf } from '../base/text.ts'
import { longest } from './factor-rules.ts'
import { words } from './factor-words.ts'
import { markOf, signInByPassword, whoTries } from './password-actions.ts'
import { browserOf, deviceMarkOf, signInPage, welcome } from './routes.ts'

/** A password as it was typed: nothing is trimmed or mended; what is no text, or endless, is none. */
export function passwordIn(body: unknown): string {
  const given = typeof body === 'object' && body !== null && 'password' in body ? body.password : undefined
  return typeof given === 'string' && given.length <= 4 * longest ? given : ''
}

/** The second way in, for staff who have no key at hand: a password together with a code. */
export const passwordRoutes: FastifyPluginAsyncTypebox = async app => {
  const { secret } = app.config
  app.post('/sign-in/password', { config: { access: 'open', weak: true, unlisted: true } }, async (request, reply) => {
    const { email: given, code } = typed(request.body, ['email', 'code']).texts
    const email = emailOf(given) ?? cleanLine(given).toLowerCase().slice(0, 254)
    const now = app.now()
    const who = await whoTries(app.db, secret, email, deviceMarkOf(request))
    for (const [what, key] of [
      ['password-ip', request.ip],
      ['password-minute', who],
      ['password-quarter', who],
      ['password-day', who],
    ] as const) {
      const tried = await allowed(app.db, secret, what, key, now)
      if ('retryAfterSeconds' in tried) return reply.tooMany(tried.retryAfterSeconds)
    }
    const password = passwordIn(request.body)
    const signedIn = await signInByPassword(app.db, secret, { email, password, code }, browserOf(request), now)
    if (signedIn) return welcome(request, reply, signedIn)
    request.turnAway('sign-in', { way: 'password', mark: markOf(secret, email) })
    const error = words[request.language].password.wrong
    return reply.code(422).page('accounts/sign-in', signInPage(request, { password: { email, error } }))
  })
}
