import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import type { Form } from '../base/db/once.ts'
import { Type } from '../base/http/schema.ts'
import { typed } from '../base/http/typed.ts'
import { byName } from '../base/i18n/fold.ts'
import { isUuid } from '../base/text.ts'
import { wallOf } from '../base/time.ts'
import { findDistricts, findHouse } from '../houses/public-store.ts'
import { findZone } from '../houses/zone-store.ts'
import { checkHost, mergeHosts } from './actions.ts'
import { findHostPage, type HostPage } from './edit-store.ts'
import { words as editWords } from './edit-words.ts'
import { undoMerge } from './merge-actions.ts'
import { mergesPart } from './merge-pages.ts'
import { type FreshRow, findMerges } from './merge-store.ts'
import { hostLines, hostPage } from './pages.ts'
import { findDuplicates, searchHosts } from './store.ts'
import { visitsPart } from './visit-pages.ts'
import { findVisits } from './visit-store.ts'
import { words } from './words.ts'

const params = Type.Object({ id: Type.String() })

/** Hosts as coordinators keep them: found by folded letters, edited, checked, duplicates merged. */
export const hostRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/hosts', { config: { access: 'viewer' } }, async (request, reply) => {
    const { language } = request
    const { houseId } = actorOf(request)
    const { texts } = typed(request.query, ['q', 'district'])
    const districts = await districtsOf(request, texts.district)
    const district = districts.find(({ checked }) => checked)?.value ?? ''
    const hosts = await searchHosts(app.db, houseId, texts.q.slice(0, 200), { district })
    return reply.page('hosts/list', {
      title: words[language].hosts,
      here: 'hosts',
      say: words[language],
      q: texts.q,
      add: {
        href: `/app/hosts/new${texts.q ? `?q=${encodeURIComponent(texts.q.slice(0, 200))}` : ''}`,
        text: editWords[language].add,
      },
      districts,
      hosts: hostLines(language, hosts),
      count: String(hosts.length),
    })
  })

  app.get(
    '/app/hosts/:id',
    { config: { access: 'coordinator', sight: 'host' }, schema: { params } },
    async (request, reply) => {
      const host = await find(request)
      if (!host) return reply.callNotFound()
      const { texts } = typed(request.query, ['done'])
      return show(request, reply, host, texts.done)
    },
  )

  app.post(
    '/app/hosts/:id/check',
    { config: { access: 'coordinator' }, schema: { params } },
    async (request, reply) => {
      const host = await find(request)
      return host
        ? answer(reply, await checkHost(app.db, formOf(request), actorOf(request).houseId, host.id))
        : reply.callNotFound()
    },
  )

  app.post(
    '/app/hosts/:id/merge',
    { config: { access: 'coordinator' }, schema: { params } },
    async (request, reply) => {
      const host = await find(request)
      const { texts } = typed(request.body, ['duplicate'])
      if (!host || !isUuid(texts.duplicate)) return reply.callNotFound()
      const done = await mergeHosts(app.db, formOf(request), actorOf(request), host.id, texts.duplicate)
      if ('refused' in done && done.refused === 'hall-taken') return show(request, reply.code(409), host, '', true)
      return answer(reply, done)
    },
  )

  app.post(
    '/app/hosts/:id/merge/undo',
    { config: { access: 'coordinator' }, schema: { params } },
    async (request, reply) => {
      const host = await find(request)
      const { texts } = typed(request.body, ['merge'])
      if (!host || !isUuid(texts.merge)) return reply.callNotFound()
      const done = await undoMerge(app.db, formOf(request), actorOf(request), host, texts.merge)
      if ('fresh' in done) return show(request, reply.code(409), host, '', false, done.fresh)
      if ('refused' in done && done.refused === 'hall-taken') return show(request, reply.code(409), host, '', true)
      return answer(reply, done)
    },
  )

  const find = async (request: FastifyRequest<{ Params: { id: string } }>) =>
    isUuid(request.params.id) ? findHostPage(app.db, actorOf(request).houseId, request.params.id) : undefined

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    host: HostPage,
    done = '',
    clash = false,
    fresh: FreshRow[] = [],
  ) {
    const { houseId } = actorOf(request)
    const duplicates = await findDuplicates(app.db, houseId, host)
    const zone = await findZone(app.db, houseId)
    const today = wallOf(app.now(), zone).day
    const visits = visitsPart(request.language, await findVisits(app.db, houseId, host.id, today))
    const merges = mergesPart(request.language, await findMerges(app.db, houseId, host.id, app.now()), zone, fresh)
    return reply.page('hosts/show', {
      ...hostPage(request.language, host, { duplicates, done, clash }),
      visits,
      merges,
    })
  }

  async function districtsOf(request: FastifyRequest, chosen: string) {
    const house = await findHouse(app.db, actorOf(request).houseId, app.now())
    const rows = house ? await findDistricts(app.db, house.region) : []
    return rows
      .map(row => ({
        value: row.kato,
        text: { kk: row.name_kk, ru: row.name_ru, en: row.name_en }[request.language],
        checked: row.kato === chosen,
      }))
      .sort((a, b) => byName(a.text, b.text))
  }

  const formOf = (request: FastifyRequest): Form => {
    const { texts } = typed(request.body, ['_key'])
    return {
      key: texts._key || undefined,
      url: request.url,
      by: actorOf(request).accountId,
      body: request.body,
      now: app.now(),
    }
  }
}

const answer = (reply: FastifyReply, done: { location: string } | { refused: unknown }) =>
  'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
