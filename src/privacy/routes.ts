import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { chosenLanguage } from '../base/http/same-language.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { hashOf } from '../base/secrets.ts'
import { findZone } from '../houses/zone-store.ts'
import { linkEnds } from '../requests/status-rules.ts'
import { findStatus, findTalk } from '../requests/status-store.ts'
import type { Person } from './erase-rules.ts'
import { findAll, namesIn } from './held-store.ts'
import { heldPage, mostOfPage, termsPage } from './pages.ts'
import { sendJson } from './person-routes.ts'
import { findAccountPerson, findContactByRequest, findSpeakerPerson } from './person-store.ts'
import { keepTerm } from './retention.ts'
import { amountOf, type Rule, ruleOf, termsFrom } from './retention-rules.ts'
import { findRuns, findTerms } from './retention-store.ts'

const linked = {
  config: { access: 'link' },
  schema: { params: Type.Object({ token: Type.String({ maxLength: 200 }) }) },
} as const

/** What is held and for how long: said to everybody, shown to whom it is about, set by an administrator. */
export const privacyRoutes: FastifyPluginAsyncTypebox = async app => {
  const terms = async (request: FastifyRequest, reply: FastifyReply, wrong?: { rule: Rule; typed: string }) => {
    const { houseId, role } = actorOf(request)
    const zone = await findZone(app.db, houseId)
    const runs = (await findRuns(app.db)).map(run => ({ ...run, ever: Number(run.ever) }))
    const mayChange = role === 'administrator'
    const held = termsFrom(await findTerms(app.db))
    return reply.page('privacy/terms', termsPage(request.language, held, runs, { zone, mayChange, wrong }))
  }

  app.get('/admin/privacy', { config: { access: 'coordinator' } }, async (request, reply) => terms(request, reply))

  app.post(
    '/admin/privacy/:rule',
    { config: { access: 'administrator' }, schema: { params: Type.Object({ rule: Type.String({ maxLength: 20 }) }) } },
    async (request, reply) => {
      const rule = ruleOf(request.params.rule)
      if (!rule) return reply.callNotFound()
      const text = typed(request.body, ['amount']).texts.amount
      const amount = amountOf(rule, text)
      if (amount === undefined) return terms(request, reply.code(422), { rule, typed: text })
      const done = await keepTerm(app.db, actorOf(request), rule, amount, sentForm(request, app.now()))
      return 'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
    },
  )

  const own = async (request: FastifyRequest): Promise<Person | undefined> => {
    const { houseId, speakerId } = actorOf(request)
    return speakerId ? findSpeakerPerson(app.db, houseId, speakerId) : undefined
  }
  app.get('/me/data', { config: { access: 'speaker' } }, async (request, reply) => {
    const person = await own(request)
    if (!person) return reply.callNotFound()
    const held = await findAll(app.db, person, { most: mostOfPage })
    const links = { json: '/me/data.json', back: '/me/profile', zone: await findZone(app.db, person.houseId) }
    const names = await namesIn(app.db, held)
    return reply.page('privacy/held-me', heldPage(request.language, '', held, { ...links, names }))
  })
  app.get('/me/data.json', { config: { access: 'speaker' } }, async (request, reply) => {
    const person = await own(request)
    return person ? sendJson(reply, await findAll(app.db, person)) : reply.callNotFound()
  })

  // of staff, who may be speakers as well
  const ownOfStaff = async (request: FastifyRequest): Promise<Person | undefined> =>
    (await own(request)) ?? findAccountPerson(app.db, actorOf(request).accountId)
  app.get('/account/data', { config: { access: 'viewer', fresh: true } }, async (request, reply) => {
    const person = await ownOfStaff(request)
    if (!person) return reply.callNotFound()
    const held = await findAll(app.db, person, { most: mostOfPage })
    const zone = await findZone(app.db, actorOf(request).houseId)
    const links = { json: '/account/data.json', back: '/account', zone, names: await namesIn(app.db, held) }
    return reply.page('privacy/held-staff', heldPage(request.language, person.names[0] ?? '', held, links))
  })
  app.get('/account/data.json', { config: { access: 'viewer', fresh: true } }, async (request, reply) => {
    const person = await ownOfStaff(request)
    return person ? sendJson(reply, await findAll(app.db, person)) : reply.callNotFound()
  })

  const behind = async (token: string) => {
    const status = await findStatus(app.db, hashOf(token))
    if (!status || status.state === 'unconfirmed') return
    const ends = linkEnds(status, await findTalk(app.db, status.id))
    if (ends !== undefined && ends < app.now()) return
    const person = await findContactByRequest(app.db, status.id)
    return person && { ...person, language: status.language }
  }
  app.get('/r/:token/data', linked, async (request, reply) => {
    const { token } = request.params
    const person = await behind(token)
    if (!person) return reply.callNotFound()
    const links = { json: `/r/${token}/data.json`, back: `/r/${token}`, zone: await findZone(app.db, person.houseId) }
    const held = await findAll(app.db, person, { most: mostOfPage })
    const language = chosenLanguage(request, person.language)
    const page = heldPage(language, '', held, { ...links, names: await namesIn(app.db, held) })
    return reply.page('privacy/held-public', page, { language, houseId: person.houseId })
  })
  app.get('/r/:token/data.json', linked, async (request, reply) => {
    const person = await behind(request.params.token)
    return person ? sendJson(reply, await findAll(app.db, person)) : reply.callNotFound()
  })
}
