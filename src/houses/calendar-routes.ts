import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { wallOf } from '../base/time.ts'
import { confirmSchoolYear } from './calendar-actions.ts'
import { calendarPage } from './calendar-pages.ts'
import { findBans, findDays, findSchoolYears } from './calendar-store.ts'
import { countTouched } from './touched-store.ts'
import { findZone } from './zone-store.ts'

/** The year of the whole country and of this House: days off, breaks, exams, bans. */
export const yearRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/calendar', { config: { access: 'coordinator' } }, async (request, reply) => {
    const { houseId, role } = actorOf(request)
    const zone = await findZone(app.db, houseId)
    const year = yearOf(request.query) ?? Number(wallOf(app.now(), zone).day.slice(0, 4))
    const schoolYears = await findSchoolYears(app.db, year)
    const bans = await findBans(
      app.db,
      houseId,
      year,
      schoolYears.map(({ id }) => id),
    )
    return reply.page(
      'houses/calendar',
      calendarPage(request.language, {
        year,
        zone,
        national: role === 'administrator',
        ...(await findDays(app.db)),
        schoolYears,
        bans,
        touched: await countTouched(app.db, houseId, app.now()),
      }),
    )
  })

  app.post(
    '/app/calendar/years/:id/confirmation',
    { config: { access: 'coordinator' }, schema: { params: Type.Object({ id: Type.String() }) } },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = request.params
      if (!/^\d{4}-\d{2}$/.test(id)) return reply.callNotFound()
      const shown = String(yearOf(request.query) ?? id.slice(0, 4))
      const done = await confirmSchoolYear(app.db, sentForm(request, app.now()), actor, id, shown)
      return 'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
    },
  )
}

function yearOf(query: unknown): number | undefined {
  const { texts } = typed(query, ['year'])
  const year = Number(texts.year)
  return /^\d{4}$/.test(texts.year) && year >= 2000 && year <= 2100 ? year : undefined
}
