import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { numberOf } from '../base/text.ts'
import { type Moment, wallOf } from '../base/time.ts'
import { findNames } from './names-store.ts'
import { offers } from './offer-rules.ts'
import { namesOf, words } from './page-words.ts'
import { obstacleShown, offerCard, quoted, refusalsShown, sayOf, sharedWarnings, whenSaid } from './pages.ts'
import { findRequestHead } from './request-store.ts'
import type { Waived } from './rules.ts'
import { withTells } from './side-pages.ts'
import { findSide } from './side-store.ts'
import { findAsked, findWorld, rangeOf } from './store.ts'
import { unfit } from './unfit-rules.ts'

const waivable = ['windows', 'notice', 'latest'] as const

/** All offers for a request with their reasons; then who did not fit, and the smallest change that would help. */
export const matchingRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/app/requests/:number/offers',
    {
      config: { access: 'coordinator' },
      schema: {
        params: Type.Object({ number: Type.String() }),
        querystring: Type.Object({
          waive: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 5 })])),
        }),
      },
    },
    async (request, reply) => {
      const { houseId } = actorOf(request)
      const { language } = request
      const number = numberOf(request.params.number)
      const head = number === undefined ? undefined : await findRequestHead(app.db, houseId, number, language)
      const asked = head && (await findAsked(app.db, houseId, { id: head.id }))
      if (!head || !asked) return reply.callNotFound()
      const now = app.now()
      const range = rangeOf(asked.request, wallOf(now, head.zone).day)
      const world = await findWorld(app.db, asked, range, now)
      if (!world) return reply.callNotFound()
      const boxes = waivable.filter(box => [request.query.waive].flat().includes(box))
      const waived: Waived = Object.fromEntries(boxes.map(box => [box, true]))
      const open = head.state === 'waiting'
      const found = open ? offers(world, asked.request, waived) : { offers: [], impossible: [] }
      const names = await findNames(app.db, houseId, language)
      const say = sayOf(language, names)
      const side = await findSide(app.db, houseId, head.id, language)
      const said = words[language]
      const self = `/app/requests/${head.number}/offers`
      const best =
        found.offers[0]?.moment ??
        found.impossible.flatMap(({ suggestions }) => suggestions.map(({ moment }) => moment))[0]
      return reply.page('matching/offers', {
        say: said,
        title: said.title(head.number),
        number: head.number,
        host: head.host,
        topic: quoted(head.topic),
        facts: [
          head.district,
          say.audience(head.audience),
          ...head.languages.map(each => namesOf[language].shortLanguages[each] ?? each),
        ],
        ...sharedWarnings(
          withTells(
            language,
            found.offers.map((offer, at) =>
              offerCard(language, `/app/requests/${head.number}/booking`, offer, at + 1, say, waived),
            ),
            side,
            names.speakers,
            now,
          ),
        ),
        closed: !open,
        impossible: found.impossible.map(obstacle =>
          obstacleShown(language, obstacle, asked.request.windows.length > 0, say),
        ),
        unfit: open && best ? unfitShown(best) : undefined,
        waiving: open
          ? waivable
              .filter(box => !boxes.includes(box))
              .map(box => ({
                text: said.waive[box],
                href: `${self}?${[...boxes, box].map(each => `waive=${each}`).join('&')}`,
              }))
          : [],
        strict: boxes.length > 0 ? self : undefined,
      })

      function unfitShown(moment: Moment) {
        const refusals = world && asked ? unfit(world, asked.request, moment) : []
        return refusals.length > 0
          ? { when: whenSaid(language, moment), lines: refusalsShown(language, refusals, say) }
          : undefined
      }
    },
  )
}
