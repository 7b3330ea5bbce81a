import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sameLanguage } from '../base/http/same-language.ts'
import { Type } from '../base/http/schema.ts'
import { typed } from '../base/http/typed.ts'
import { isLanguage } from '../base/i18n/language.ts'
import { allowed } from '../base/limits.ts'
import { hashOf } from '../base/secrets.ts'
import { findHouse } from '../houses/public-store.ts'
import { sentWhen } from './draft-pages.ts'
import type { Problem, TypedWhen } from './rules.ts'
import { findTimes, type Times } from './times-store.ts'
import { ownWindows } from './when-pages.ts'
import { mostWishes, readWhen, shownWindows } from './when-rules.ts'
import { mayWish, wish } from './wishes-actions.ts'
import { typedOf, unasked, wishesPage } from './wishes-pages.ts'
import { findWished, type Wished } from './wishes-store.ts'

const params = Type.Object({ token: Type.String({ maxLength: 200 }) })
type Ask = FastifyRequest<{ Params: { token: string } }>

/** While a request waits its host may wish other times, by its own link. */
export const wishesRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/r/:token/wishes', { config: { access: 'link' }, schema: { params } }, async (request, reply) => {
    const found = await find(request, reply)
    if (!found) return reply
    const slots = found.wished.wishes.map(({ from }) => from)
    const times = await timesFor(found, slots)
    return show(request, reply, found, times, typedOf(found.wished, times.chosen), [])
  })

  app.post('/r/:token/wishes', { config: { access: 'link' }, schema: { params } }, async (request, reply) => {
    const found = await find(request, reply)
    if (!found) return reply
    const sent = sentWhen(request.body, mostWishes)
    const when: TypedWhen = {
      ...sent.typed,
      ...unasked,
      slots: sent.typed.slots.slice(0, 20),
      windows: shownWindows(sent.typed.windows, ownWindows),
    }
    const times = await timesFor(found, when.slots)
    const { house, wished } = found
    const { problems, value } = readWhen(when, {
      topic: { least: 1, most: 1, languages: unasked.languages },
      minutes: wished.minutes,
      online: true,
      today: house.today,
      minute: house.now,
      zone: house.zone,
      possible: times.chosen,
    })
    const wrong: Problem[] = [...sent.problems, ...problems]
    if (!value || wrong.length > 0) return show(request, reply.code(422), found, times, when, wrong)
    const { texts } = typed(request.body, ['_key'])
    const form = {
      key: texts._key || undefined,
      url: request.routeOptions.url ?? '',
      by: hashOf(request.params.token),
      body: { wishes: value.wishes, latest: value.latest },
      now: app.now(),
    }
    const done = await wish(app.db, form, request.params.token, value)
    // decided meanwhile: the page itself says what became of it
    return reply.redirect(sameLanguage(request, 'refused' in done ? `/r/${request.params.token}` : done.location), 303)
  })

  type Found = { wished: Wished; house: NonNullable<Awaited<ReturnType<typeof findHouse>>> }

  /** The request behind the link; answers itself where there is none, where it is decided, and where it was asked too often. */
  async function find(request: Ask, reply: FastifyReply): Promise<Found | undefined> {
    const { token } = request.params
    const wished = await findWished(app.db, hashOf(token))
    const house = wished && (await findHouse(app.db, wished.houseId, app.now()))
    if (!house || wished.state === 'unconfirmed') {
      await reply.callNotFound()
      return
    }
    if (!mayWish(wished)) {
      await reply.redirect(sameLanguage(request, `/r/${token}`), 303)
      return
    }
    // it searches three weeks of times
    const may = await allowed(app.db, app.config.secret, 'status-link', token, app.now())
    if (!('ok' in may)) {
      await reply.tooMany(may.retryAfterSeconds)
      return
    }
    return { wished, house }
  }

  const timesFor = ({ wished, house }: Found, slots: string[]): Promise<Times> =>
    findTimes(app.db, house, wished.wanted, { from: house.today, slots }, app.now())

  async function show(
    request: Ask,
    reply: FastifyReply,
    { wished }: Found,
    times: Times,
    when: TypedWhen,
    problems: Problem[],
  ) {
    const { l } = typed(request.query, ['l']).texts
    const language = isLanguage(l) ? l : wished.language
    const page = wishesPage(language, request.params.token, wished, times, when, problems)
    return reply.page('requests/wishes', page, { language, houseId: wished.houseId })
  }
}
