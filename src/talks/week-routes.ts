import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { sendPdf } from '../base/http/sheet.ts'
import { dateDigits, dateSaid, datesFromTo } from '../base/i18n/dates.ts'
import { clock, isDay, mondayOf, plusDays, wallOf } from '../base/time.ts'
import { findNamed } from '../houses/store.ts'
import { findZone } from '../houses/zone-store.ts'
import { findNames } from '../matching/names-store.ts'
import { dayShown } from './day-pages.ts'
import { dayPaper } from './day-paper-pages.ts'
import { findGoers, findTalksOfDay } from './day-store.ts'
import { dayListOf } from './inbox-pages.ts'
import { words as keyWords } from './key-words.ts'
import { capital } from './shown-pages.ts'
import { boardOf, mondayNamed, weekNamed } from './week-pages.ts'
import { findBusy, findGroups, findPeople, findSeatsOfDays } from './week-store.ts'
import { terms, words } from './words.ts'

const one = Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]))

// written down: to infer it took the linter eight seconds
type DayOnPaper = { day: string; title: string; sum: string; talks: ReturnType<typeof dayShown>; printed: string }

/** The week of the House's people, and the sheet of one day, on the screen and on paper. */
export const weekRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/app/week',
    { config: { access: 'coordinator' }, schema: { querystring: Type.Object({ week: one, day: one }) } },
    async (request, reply) => {
      const { houseId } = actorOf(request)
      const { language } = request
      const now = app.now()
      const zone = await findZone(app.db, houseId)
      const wall = wallOf(now, zone)
      const named = [request.query.day].flat()[0] ?? ''
      const monday = mondayNamed([request.query.week].flat()[0]) ?? mondayOf(isDay(named) ? named : wall.day)
      const day = isDay(named) && mondayOf(named) === monday ? named : mondayOf(wall.day) === monday ? wall.day : monday
      const rows = {
        people: await findPeople(app.db, houseId, language, monday, app.now()),
        groups: await findGroups(app.db, houseId, language),
        seats: await findSeatsOfDays(app.db, houseId, language, monday, plusDays(monday, 6)),
        busy: await findBusy(app.db, houseId, now, monday, plusDays(monday, 6)),
        names: await findNames(app.db, houseId, language),
      }
      const board = boardOf(language, monday, wall.day, rows, undefined)
      return reply.page('talks/week', {
        say: words[language],
        sayKeys: keyWords[language],
        title: datesFromTo(language, monday, plusDays(monday, 5)),
        board,
        list: dayListOf(language, board, day, to => `/app/week?week=${weekNamed(to)}&day=${to}`),
        before: `/app/week?week=${weekNamed(plusDays(monday, -7))}`,
        after: `/app/week?week=${weekNamed(plusDays(monday, 7))}`,
        now: '/app/week',
        printed: words[language].printed(`${dateDigits(wall.day)}, ${clock(wall.minute)}`),
      })
    },
  )

  const dayOf = async (request: FastifyRequest<{ Querystring: { date?: string | string[] } }>): Promise<DayOnPaper> => {
    const { houseId } = actorOf(request)
    const { language } = request
    const now = app.now()
    const wall = wallOf(now, await findZone(app.db, houseId))
    const named = [request.query.date].flat()[0] ?? ''
    const day = isDay(named) ? named : wall.day
    const rows = await findTalksOfDay(app.db, houseId, language, day)
    const goers = await findGoers(app.db, houseId, language, day)
    const term = terms[language]
    const heads = rows.reduce((sum, row) => sum + (row.heads_counted ?? row.heads_planned), 0)
    return {
      day,
      title: capital(dateSaid(language, day)),
      sum: `${term.talks(rows.length)}, ${words[language].listeners}: ${heads}, ${words[language].speakers}: ${new Set(goers.map(({ speakerId }) => speakerId)).size}`,
      talks: dayShown(language, rows, goers, now),
      printed: words[language].printed(`${dateDigits(wall.day)}, ${clock(wall.minute)}`),
    }
  }
  const ofDay = { config: { access: 'coordinator' }, schema: { querystring: Type.Object({ date: one }) } } as const

  app.get('/app/day', ofDay, async (request, reply) => {
    const { day, ...shown } = await dayOf(request)
    return reply.page('talks/day', {
      ...shown,
      say: words[request.language],
      before: `/app/day?date=${plusDays(day, -1)}`,
      after: `/app/day?date=${plusDays(day, 1)}`,
      now: '/app/day',
      week: `/app/week?week=${weekNamed(day)}`,
      pdf: `/app/day.pdf?date=${day}`,
    })
  })

  app.get('/app/day.pdf', ofDay, async (request, reply) => {
    const { language } = request
    const { day, talks, ...shown } = await dayOf(request)
    const houses = await findNamed(app.db, language)
    const name = houses.find(({ id }) => id === actorOf(request).houseId)?.name ?? ''
    return sendPdf(reply, dayPaper(language, { ...shown, date: day, house: name }, talks))
  })
}
