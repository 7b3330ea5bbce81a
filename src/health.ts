import type { FastifyPluginAsync } from 'fastify'
import { standing } from './backups/rules.ts'
import { lastRuns } from './backups/store.ts'
import { pending } from './base/db/migrate.ts'
import { databaseNow } from './base/db/moment.ts'
import { settingOf } from './base/db/settings.ts'
import { lateSeconds } from './messages/delivery-rules.ts'
import { oldestWait } from './messages/delivery-store.ts'

const isLoopback = (ip: string): boolean => /^(127\.|::1$|::ffff:127\.)/.test(ip)

/** For load balancers: whether the process serves, and whether it can work. */
export const healthRoutes: FastifyPluginAsync = async app => {
  let schema = false
  app.get('/healthz', { config: { access: 'static' } }, async (_, reply) => reply.type('text/plain').send('ok\n'))
  app.get('/readyz', { config: { access: 'static' } }, async (request, reply) => {
    // before it stops listening: whoever spreads requests sends them elsewhere meanwhile
    if (app.leaving) return reply.code(503).type('text/plain').send('leaving\n')
    try {
      const now = await databaseNow(app.db)
      schema ||= (await pending(app.db)).length === 0
      if (schema) {
        if (!isLoopback(request.ip)) return reply.type('text/plain').send('ok\n')
        const oldestLetterWaits = Math.round(await oldestWait(app.db, now))
        const mail = (await settingOf(app.db, 'mail_hold'))
          ? 'on hold'
          : oldestLetterWaits > lateSeconds
            ? 'late'
            : 'ok'
        const { good, last } = (await lastRuns(app.db)).backup
        const backup = standing(app.config.backup?.folder !== undefined, now, good, last)
        return reply
          .type('application/json')
          .send(`${JSON.stringify({ database: 'ok', schema: 'ok', mail, oldestLetterWaits, backup })}\n`)
      }
    } catch (error) {
      request.log.warn({ err: error }, 'not ready')
    }
    return reply.code(503).header('retry-after', '5').type('text/plain').send('not ready\n')
  })
}
