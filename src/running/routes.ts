import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { zone } from '../backups/rules.ts'
import { lastRuns } from '../backups/store.ts'
import { actorOf } from '../base/auth.ts'
import { settingOf } from '../base/db/settings.ts'
import { lateSeconds } from '../messages/delivery-rules.ts'
import { oldestWait } from '../messages/delivery-store.ts'
import { shown } from './pages.ts'
import { figuresOf, journalEnd } from './store.ts'
import { words } from './words.ts'

const { version: kezdesu } = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  version: string
}

/** Whether all is well, for an administrator who has no other window into the machine. */
export const runningRoutes: FastifyPluginAsyncTypebox = async app => {
  const since = app.now()
  app.get('/admin', { config: { access: 'administrator' } }, async (request, reply) => {
    const { language } = request
    const now = app.now()
    const { backup } = app.config
    const [runs, figures, oldest, hold, journal] = await Promise.all([
      lastRuns(app.db),
      figuresOf(app.db, now),
      oldestWait(app.db, now),
      settingOf(app.db, 'mail_hold'),
      journalEnd(app.db, actorOf(request).houseId),
    ])
    return reply.page('running/show', {
      title: words[language].title,
      settings: words[language].settings,
      parts: shown(language, {
        ...{ now, zone, runs, figures, oldest, journal },
        nightly: backup?.folder ? { at: backup.at, sealed: backup.passphrase !== undefined } : undefined,
        late: oldest > lateSeconds,
        hold: hold !== undefined,
        embedded: app.config.databaseUrl === undefined,
        versions: { kezdesu, node: process.versions.node, zones: process.versions['tz'] ?? '—', since },
      }),
    })
  })
}
