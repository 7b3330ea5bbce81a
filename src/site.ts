import type { FastifyPluginAsync } from 'fastify'
import { isAway } from './base/db/errors.ts'
import { missing } from './base/http/errors.ts'
import { openCalendarRoutes } from './calendars/open-routes.ts'
import { publicRoutes } from './houses/public-routes.ts'
import { findHouses, withClock } from './houses/public-store.ts'
import { openPrivacyRoutes } from './privacy/open-routes.ts'
import { contactStepRoutes } from './requests/contact-routes.ts'
import { homeRoutes } from './requests/home-routes.ts'
import { hostsRoutes } from './requests/hosts-routes.ts'
import { topicStepRoutes } from './requests/topic-routes.ts'
import { whenStepRoutes } from './requests/when-routes.ts'
import { supportRoutes } from './support/routes.ts'
import { openTopicRoutes } from './topics/open-routes.ts'

/** The pages of a House for everybody. */
const pages: FastifyPluginAsync[] = [
  homeRoutes,
  openTopicRoutes,
  openCalendarRoutes,
  topicStepRoutes,
  whenStepRoutes,
  hostsRoutes,
  contactStepRoutes,
  supportRoutes,
  openPrivacyRoutes,
  publicRoutes,
]
const language = '/:l(^(?:kk|ru|en)$)'

/** The site of each House under its name, and of the first House also without one (decision 036). */
export const siteRoutes: FastifyPluginAsync = async app => {
  let last: Awaited<ReturnType<typeof findHouses>> | undefined

  /** While the database is away, help is still said on the site of each House. */
  async function housesNow() {
    try {
      last = await findHouses(app.db)
      return last
    } catch (error) {
      if (!last || !isAway(error)) throw error
      return last
    }
  }

  app.get('/', { config: { access: 'open' } }, async (request, reply) =>
    reply.header('vary', 'accept-language').redirect(`/${request.language}`, 303),
  )

  for (const prefix of [language, `${language}/h/:house`])
    await app.register(
      async site => {
        site.addHook<{ Params: { house?: string } }>('onRequest', async (request, reply) => {
          const { house: slug } = request.params
          const houses = await housesNow()
          const house = slug === undefined ? houses[0] : houses.find(each => each.slug === slug)
          if (!house && slug !== undefined) return request.is404 ? undefined : reply.callNotFound()
          request.house = house && withClock(house, app.now())
          request.home = `/${request.language}${slug === undefined ? '' : `/h/${slug}`}`
        })
        // an address that no page of this House has leads back to this House
        site.setNotFoundHandler(missing)
        for (const page of pages) await site.register(page)
      },
      { prefix },
    )
}
