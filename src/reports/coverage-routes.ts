import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { wallOf } from '../base/time.ts'
import { houseSaid } from '../houses/letter-store.ts'
import { frontOf } from '../houses/public-store.ts'
import { findZone } from '../houses/zone-store.ts'
import { findChoices } from './choice-store.ts'
import { offerTalks } from './coverage-actions.ts'
import { coveragePage, offerPage } from './coverage-pages.ts'
import { hostKindOf, monthChoices, mostAtOnce } from './coverage-rules.ts'
import { countVisited, findHostsToInvite, findUnvisited } from './coverage-store.ts'
import { words } from './coverage-words.ts'
import { talkOffered } from './mail.ts'
import { monthsBefore } from './period-rules.ts'
import { usualMonths } from './routes.ts'

const pageSize = 50

/** Where nobody has been for long, and letters that offer a talk there: who gets one is shown before any is sent. */
export const coverageRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/reports/coverage', { config: { access: 'viewer' } }, async (request, reply) => show(request, reply, ''))

  app.post('/app/reports/coverage', { config: { access: 'coordinator' } }, async (request, reply) => {
    const ids = chosenIn(request)
    if (ids.length === 0) return show(request, reply.code(422), words[request.language].check.chosenNone)
    return check(request, reply, ids, '')
  })

  app.post('/app/reports/coverage/offers', { config: { access: 'coordinator' } }, async (request, reply) => {
    const ids = chosenIn(request)
    const { houseId, zone } = await settingOf(request)
    const done = await offerTalks(app, { houseId, zone }, ids, sentForm(request, app.now()), app.now())
    if ('location' in done) return reply.redirect(done.location, 303)
    return check(request, reply.code(409), ids, words[request.language].check.changed)
  })

  const chosenIn = (request: FastifyRequest): string[] =>
    typed(request.body, [], ['host'], mostAtOnce).lists.host.filter(isUuid)

  async function settingOf(request: FastifyRequest) {
    const { houseId } = actorOf(request)
    const zone = await findZone(app.db, houseId)
    const now = app.now()
    const { district } = await findChoices(app.db, houseId)
    return { houseId, language: request.language, zone, now, today: wallOf(now, zone).day, districts: district }
  }

  async function show(request: FastifyRequest, reply: FastifyReply, error: string) {
    const setting = await settingOf(request)
    const { houseId, language, today, districts } = setting
    const { texts } = typed(request.query, ['months', 'district', 'kind', 'page', 'sent'])
    const months = monthChoices.find(count => String(count) === texts.months) ?? usualMonths
    const district = districts.find(({ id }) => id === texts.district)?.id
    const kind = hostKindOf(texts.kind)
    const page = Math.max(1, Number(/^\d{1,4}$/.exec(texts.page)?.[0] ?? 1))
    const since = monthsBefore(today, months)
    const wish = { district, kind }
    const counts = await countVisited(app.db, houseId, since, today, wish)
    const count = counts.reduce((sum, { hosts, visited }) => sum + hosts - visited, 0)
    const part = { from: (page - 1) * pageSize, count: pageSize }
    const rows = await findUnvisited(app.db, houseId, { since, today }, wish, part)
    const next = new URLSearchParams({
      months: String(months),
      ...(district ? { district } : {}),
      ...(kind ? { kind } : {}),
      page: String(page + 1),
    })
    return reply.page(
      'reports/coverage',
      coveragePage(
        setting,
        rows,
        { months, district: district ?? '', kind: kind ?? '' },
        {
          count,
          done: /^\d{1,3}$/.test(texts.sent) ? words[language].sent(texts.sent) : '',
          error,
          may: actorOf(request).role !== 'viewer',
          next: count > page * pageSize ? `/app/reports/coverage?${next}` : '',
        },
      ),
    )
  }

  async function check(request: FastifyRequest, reply: FastifyReply, ids: string[], error: string) {
    const setting = await settingOf(request)
    const { houseId, language } = setting
    const hosts = await findHostsToInvite(app.db, houseId, ids)
    const house = await houseSaid(app.db, houseId)
    const sample = {
      house,
      host: { kk: '…', ru: '…', en: '…' },
      contact: '…',
      place: `/kk${await frontOf(app.db, houseId)}/request/topic`,
    }
    return reply.page('reports/offer', offerPage(setting, hosts, talkOffered(sample, language), error))
  }
}
