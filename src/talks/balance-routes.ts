import type { FastifyPluginAsync } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { plusDays, wallOf } from '../base/time.ts'
import { findFairness } from '../matching/fairness-store.ts'
import { fairDays } from '../speakers/burden-rules.ts'
import { countInvitations, findZone } from '../speakers/store.ts'
import { balancePage } from './balance-pages.ts'
import { findGiven, findPapers } from './balance-store.ts'

/** What a speaker gave in the last quarter against what they offered, by the figures that offers are ranked by. */
export const balanceRoutes: FastifyPluginAsync = async app => {
  app.get('/me/balance', { config: { access: 'speaker' } }, async (request, reply) => {
    const { speakerId, houseId } = actorOf(request)
    if (!speakerId) return reply.callNotFound()
    const today = wallOf(app.now(), await findZone(app.db, speakerId)).day
    const [given, fairness, papers] = await Promise.all([
      findGiven(app.db, speakerId, { from: plusDays(today, -fairDays), before: plusDays(today, 1) }),
      findFairness(app.db, houseId, app.now()),
      findPapers(app.db, speakerId),
    ])
    const own = fairness?.people.find(({ speaker }) => speaker.id === speakerId)
    return reply.page('speakers/balance', {
      ...balancePage(request.language, given, own, papers, today),
      invitations: await countInvitations(app.db, speakerId, app.now()),
    })
  })
}
