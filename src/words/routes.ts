import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { findZone } from '../houses/zone-store.ts'
import { approve, forget, propose } from './actions.ts'
import { allTexts } from './collect.ts'
import { csvOf, jsonOf } from './file-rules.ts'
import { addressOf, listPage, rowsShown } from './pages.ts'
import { chosen, type Tongue, tongues, type Wrong } from './rules.ts'
import { findMarks } from './store.ts'
import { textPage } from './text-pages.ts'
import { wishIn } from './wishes.ts'
import { words } from './words.ts'

const access = { config: { access: 'coordinator' } } as const
const home = '/app/words'
const fields = ['key', 'tongue', 'hash', 'correction', 'note', 'what'] as const

/** All texts of the product, for a native editor to read, mark and correct. */
export const wordRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(home, access, async (request, reply) => list(request, reply, request.query))

  app.get(`${home}/marks`, access, async (_, reply) => reply.redirect(home, 303))
  app.post(`${home}/marks`, access, async (request, reply) => {
    const { texts: typedTexts, lists } = typed(request.body, ['what', 'query'], ['good', 'shown'])
    const query = Object.fromEntries(new URLSearchParams(typedTexts.query))
    const wish = wishIn(query)
    const asked = new Set((typedTexts.what === 'page' ? lists.shown : lists.good).slice(0, rowsShown))
    const say = words[request.language]
    if (asked.size === 0) return list(request, reply.code(422), query, { error: say.nothingTicked })
    const texts = (await allTexts()).filter(text => asked.has(`${text.hashes[wish.tongue]} ${text.key}`))
    if (texts.length < asked.size)
      return list(request, reply.code(409), query, { error: say.stale, ticked: [...asked] })
    const its = { tongue: wish.tongue, texts, location: addressOf(wish, { page: wish.page }) }
    const done = await approve(app.db, sentForm(request, app.now()), actorOf(request), its)
    return 'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
  })

  for (const ending of ['csv', 'json'] as const)
    app.get(`${home}/texts.${ending}`, access, async (request, reply) => {
      const { language } = request
      const wish = wishIn(request.query)
      const marks = await findMarks(app.db, wish.tongue, { ...actorOf(request), language })
      const all = chosen(await allTexts(), marks, wish)
      const text = ending === 'csv' ? csvOf(words[language].columns, wish.tongue, all) : jsonOf(wish.tongue, all)
      return reply
        .type(ending === 'csv' ? 'text/csv; charset=utf-8' : 'application/json')
        .header('content-disposition', `attachment; filename="kezdesu-words-${wish.tongue}.${ending}"`)
        .send(text)
    })

  app.get(`${home}/text`, access, async (request, reply) => {
    const { texts } = typed(request.query, ['key', 'tongue'])
    return one(request, reply, texts.key, tongueOf(texts.tongue))
  })

  app.post(`${home}/text`, access, async (request, reply) => {
    const { texts: sent } = typed(request.body, fields)
    const tongue = tongueOf(sent.tongue)
    const text = (await allTexts()).find(({ key }) => key === sent.key)
    if (!text) return reply.callNotFound()
    const form = sentForm(request, app.now())
    const actor = actorOf(request)
    const back = addressOf({ tongue, feature: text.feature, show: 'all', search: '', page: 1 })
    const typedIn = { correction: sent.correction, note: sent.note }
    const go = (done: { location: string }) => reply.redirect(done.location, 303)
    if (sent.what === 'forget') return go((await forget(app.db, form, actor, { key: text.key, tongue }, back)) as Gone)
    if (sent.hash !== text.hashes[tongue])
      return one(request, reply.code(409), text.key, tongue, { ...typedIn, changed: true })
    if (sent.what === 'good')
      return go((await approve(app.db, form, actor, { tongue, texts: [text], location: back })) as Gone)
    const done = await propose(app.db, form, actor, { text, tongue, ...typedIn }, back)
    if ('location' in done) return go(done)
    return one(request, reply.code(422), text.key, tongue, { ...typedIn, wrong: done.refused })
  })

  async function list(
    request: FastifyRequest,
    reply: FastifyReply,
    query: unknown,
    more: { error?: string; ticked?: string[] } = {},
  ) {
    const { language } = request
    const { houseId } = actorOf(request)
    const wish = wishIn(query)
    const its = {
      texts: await allTexts(),
      marks: await findMarks(app.db, wish.tongue, { houseId, language }),
      zone: await findZone(app.db, houseId),
    }
    return reply.page('words/list', listPage(language, its, wish, more))
  }

  async function one(
    request: FastifyRequest,
    reply: FastifyReply,
    key: string,
    tongue: Tongue,
    sent?: { correction: string; note: string; wrong?: Wrong; changed?: boolean },
  ) {
    const { language } = request
    const { houseId } = actorOf(request)
    const text = (await allTexts()).find(each => each.key === key)
    if (!text) return reply.callNotFound()
    const marks = await findMarks(app.db, tongue, { houseId, language })
    const its = {
      text,
      tongue,
      mark: marks.find(mark => mark.key === key),
      zone: await findZone(app.db, houseId),
    }
    const back = addressOf({ tongue, feature: text.feature, show: 'all', search: '', page: 1 })
    return reply.page('words/text', textPage(language, its, back, sent))
  }
}

type Gone = { location: string }
const tongueOf = (text: string): Tongue => tongues.find(it => it === text) ?? 'kk'
