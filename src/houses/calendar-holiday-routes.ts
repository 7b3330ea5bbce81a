import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { findAnswer } from '../base/db/once.ts'
import { Type } from '../base/http/schema.ts'
import { answerSent, sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { isDay } from '../base/time.ts'
import { dropHoliday, keepHoliday } from './calendar-actions.ts'
import { holidayPage, holidayTexts } from './calendar-form-pages.ts'
import { holidayFields, readHoliday } from './calendar-rules.ts'
import { findDays, type HolidayRow } from './calendar-store.ts'
import type { Problem } from './field-rules.ts'

const access = { config: { access: 'administrator' } } as const
const one = { ...access, schema: { params: Type.Object({ on: Type.String(), slug: Type.String() }) } }
const base = '/app/calendar/holidays'

/** Holidays are the whole country's: an administrator keeps them. */
export const holidayRoutes: FastifyPluginAsyncTypebox = async app => {
  const rowOf = async ({ on, slug }: { on: string; slug: string }) =>
    (await findDays(app.db)).holidays.find(row => row.on_date === on && row.slug === slug)

  app.get(`${base}/new`, access, async (request, reply) =>
    show(request, reply, undefined, { ...typed({}, holidayFields).texts, transferable: '1' }),
  )
  app.post(`${base}/new`, access, async (request, reply) => save(request, reply, undefined))

  app.get(`${base}/:on/:slug`, one, async (request, reply) => {
    const row = await rowOf(request.params)
    return row ? show(request, reply, row, holidayTexts(row)) : reply.callNotFound()
  })
  app.post(`${base}/:on/:slug`, one, async (request, reply) => {
    const row = await rowOf(request.params)
    if (row) return save(request, reply, row)
    const first = await findAnswer(app.db, sentForm(request, app.now()))
    return first ? reply.redirect(first.location, 303) : reply.callNotFound()
  })
  app.post(`${base}/:on/:slug/removal`, one, async (request, reply) => {
    const { on, slug } = request.params
    if (!isDay(on)) return reply.callNotFound()
    const done = await dropHoliday(
      app.db,
      sentForm(request, app.now()),
      actorOf(request),
      on,
      slug.replaceAll('\0', ''),
    )
    return 'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
  })

  async function save(request: FastifyRequest, reply: FastifyReply, row: HolidayRow | undefined) {
    const sent = typed(request.body, holidayFields)
    const { value, problems } = readHoliday(sent)
    const old = row && { on: row.on_date, slug: row.slug }
    const done = value
      ? await keepHoliday(app.db, sentForm(request, app.now()), actorOf(request), old, value)
      : { refused: problems }
    return answerSent(reply, done, again => show(request, reply, row, sent.texts, again))
  }
}

function show(
  request: FastifyRequest,
  reply: FastifyReply,
  row: HolidayRow | undefined,
  texts: Record<string, string>,
  problems: Problem[] = [],
) {
  const action = row ? `${base}/${row.on_date}/${encodeURIComponent(row.slug)}` : `${base}/new`
  return reply.page(
    'houses/calendar-holiday',
    holidayPage(request.language, { texts, lists: {}, problems }, action, !row),
  )
}
