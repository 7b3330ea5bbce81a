import { timingSafeEqual } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import { lastRuns } from '../backups/store.ts'
import { databaseNow } from '../base/db/moment.ts'
import { connectionsOf } from '../base/db/open.ts'
import { bounds } from '../base/http/measures.ts'
import { hashOf } from '../base/secrets.ts'
import { oldestWait } from '../messages/delivery-store.ts'
import { histogram, type Metric, one, textOf } from './metrics-rules.ts'
import { figuresOf } from './store.ts'

/** For Prometheus: figures without a name, an address or a path of anybody; a proxy in front makes nobody local. */
export const metricsRoutes: FastifyPluginAsync = async app => {
  // begun when somebody first looks: who measures nothing pays nothing
  let delay: ReturnType<typeof monitorEventLoopDelay> | undefined
  app.addHook('onClose', async () => delay?.disable())
  app.get('/metrics', { config: { access: 'static' } }, async (request, reply) => {
    if (!mayRead(request, app.config.metricsToken)) return reply.callNotFound()
    if (!delay) {
      delay = monitorEventLoopDelay({ resolution: 20 })
      delay.enable()
    }
    const lag = delay.percentile(99) / 1e9
    delay.reset()
    const own = [...ofProcess(app), one('kezdesu_event_loop_lag_seconds', '99 of 100 waits since the last look.', lag)]
    const all = [...own, ...(await ofDatabase(app).catch(() => [one('kezdesu_database_up', databaseUp, 0)]))]
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(textOf(all))
  })
}

const databaseUp = 'Whether the database answers.'

/** Whoever stands on this machine itself, or shows the token. */
function mayRead({ headers, raw }: FastifyRequest, token: string | undefined): boolean {
  if (token && headers.authorization) {
    const [shown, right] = [hashOf(headers.authorization), hashOf(`Bearer ${token}`)].map(it => Buffer.from(it))
    return shown !== undefined && right !== undefined && timingSafeEqual(shown, right)
  }
  const forwarded = headers['x-forwarded-for'] ?? headers['forwarded'] ?? headers['x-real-ip'] ?? headers['via']
  return forwarded === undefined && /^(127\.|::1$|::ffff:127\.)/.test(raw.socket.remoteAddress ?? '')
}

function ofProcess({ answered, turnedAway, underWay, db }: FastifyInstance): Metric[] {
  const connections = Object.entries(connectionsOf(db))
  const { rss, heapUsed } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  return [
    histogram('kezdesu_http_request_seconds', 'Answers by the pattern of their route.', bounds, answered.values()),
    {
      ...one(
        'kezdesu_turned_away_total',
        'Who was turned away since the start: wrong proofs, too many tries.',
        0,
        'counter',
      ),
      values: [...turnedAway.values()].map(({ what, way, count }) => ({ labels: { what, way }, value: count })),
    },
    one('kezdesu_http_requests_under_way', 'Requests being answered.', underWay.count),
    {
      ...one('kezdesu_database_connections', 'Connections of this process, and who waits for one.', 0),
      values: connections.map(([state, value]) => ({ labels: { state }, value })),
    },
    one('process_resident_memory_bytes', 'Memory of this process.', rss),
    one('nodejs_heap_size_used_bytes', 'Memory of its objects.', heapUsed),
    one('process_cpu_seconds_total', 'Time of processors.', (user + system) / 1e6, 'counter'),
    one('process_uptime_seconds', 'Time since the start.', process.uptime()),
  ]
}

async function ofDatabase({ db }: FastifyInstance): Promise<Metric[]> {
  const now = await databaseNow(db)
  const { bytes, ledger, queue } = await figuresOf(db, now)
  const { backup, trial } = await lastRuns(db)
  const age = (run: typeof backup.good) => (run ? now.diff(run.at).as('seconds') : Number.NaN)
  return [
    one('kezdesu_database_up', databaseUp, 1),
    one('kezdesu_database_bytes', 'Size of the database.', bytes),
    {
      ...one('kezdesu_messages', 'Messages that wait, should have left, are on hold, or failed within a day.', 0),
      values: Object.entries(ledger).map(([state, value]) => ({ labels: { state }, value })),
    },
    one(
      'kezdesu_oldest_message_seconds',
      'How long the oldest message that should have left waits.',
      await oldestWait(db, now),
    ),
    {
      ...one('kezdesu_jobs', 'Jobs of the queue.', 0),
      values: Object.entries(queue).map(([state, value]) => ({ labels: { state }, value })),
    },
    one('kezdesu_backup_age_seconds', 'Since the last good backup.', age(backup.good)),
    one('kezdesu_backup_failed', 'Whether the last backup failed.', backup.last?.fault ? 1 : 0),
    one('kezdesu_trial_restore_age_seconds', 'Since a backup was last restored for a try.', age(trial.good)),
    one('kezdesu_trial_restore_failed', 'Whether the last try to restore failed.', trial.last?.fault ? 1 : 0),
  ]
}
