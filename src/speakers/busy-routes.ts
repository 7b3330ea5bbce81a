import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { typed } from '../base/http/typed.ts'
import { isUuid } from '../base/text.ts'
import { instantOrThrow, wallOf } from '../base/time.ts'
import { addBusy, removeBusy } from './actions.ts'
import { type BusyFields, busyOf, tapped } from './busy-rules.ts'
import { absencesOf, talksInBusyTimes, weeklyOfPerson } from './busy-store.ts'
import { words as gridWords } from './grid-words.ts'
import { busyLines, clashLines, quickDays, weekdayChoices } from './pages.ts'
import { countInvitations, findZone } from './store.ts'
import { words } from './words.ts'

const speaker = { access: 'speaker' } as const
const names = ['kind', 'from', 'to', 'on', 'until', 'tap', '_key'] as const
const typedId = Type.Optional(Type.String({ maxLength: 40 }))
const Removing = Type.Object({ table: typedId, id: typedId, back: typedId })
type Mistakes =
  ReturnType<typeof busyOf> extends infer Result ? (Result extends { mistakes: infer List } ? List : never) : never

/** When a speaker is not to be asked: every week, on days off, for some hours. */
export const busyRoutes: FastifyPluginAsyncTypebox = async app => {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    speakerId: string,
    typedFields: BusyFields = { weekday: [] },
    mistakes: Mistakes | ['too-many'] = [],
  ) => {
    const { language } = request
    const say = words[language]
    const now = app.now()
    const zone = await findZone(app.db, speakerId)
    const [weekly, absences, talks, invitations] = await Promise.all([
      weeklyOfPerson(app.db, speakerId),
      absencesOf(app.db, speakerId, now),
      talksInBusyTimes(app.db, speakerId, language, now),
      countInvitations(app.db, speakerId, now),
    ])
    const today = wallOf(now, zone).day
    const kind = typedFields.kind ?? ''
    return reply.page('speakers/busy', {
      title: say.busy,
      say,
      week: gridWords[language],
      invitations,
      lines: busyLines(language, weekly, absences, zone),
      clashes: clashLines(language, talks),
      errors: mistakes.map(mistake => ({ href: `#${kind || 'days'}-${mistake}`, text: say.mistakes[mistake] })),
      weekdays: weekdayChoices(language, kind === 'weekly' ? typedFields.weekday : []),
      quick: quickDays(language, today, absences, day => instantOrThrow(day, 0, zone)),
      least: today,
      form: {
        kind,
        weekday: typedFields.weekday,
        from: typedFields.from ?? '',
        to: typedFields.to ?? '',
        on: typedFields.on ?? '',
        until: typedFields.until ?? '',
        errors: Object.fromEntries(mistakes.map(mistake => [mistake, say.mistakes[mistake]])),
      },
    })
  }

  app.get('/me/busy', { config: speaker }, async (request, reply) => {
    const { speakerId } = actorOf(request)
    return speakerId ? show(request, reply, speakerId) : reply.callNotFound()
  })

  app.post('/me/busy', { config: speaker }, async (request, reply) => {
    const { speakerId, accountId, houseId } = actorOf(request)
    if (!speakerId) return reply.callNotFound()
    const { texts, lists, repeated } = typed(request.body, names, ['weekday'])
    const { _key: key, tap, ...rest } = texts
    const fields = tap ? tapped(tap) : { ...rest, kind: rest.kind.split(' ', 1)[0], weekday: lists.weekday }
    const zone = await findZone(app.db, speakerId)
    const busy = busyOf(fields, { today: wallOf(app.now(), zone).day, zone })
    if ('mistakes' in busy) return show(request, reply.code(422), speakerId, fields, busy.mistakes)
    if (repeated.length > 0) return show(request, reply.code(422), speakerId, fields, ['on'])
    const form = { key: key || undefined, url: request.url, by: accountId, body: request.body, now: app.now() }
    const done = await addBusy(app.db, { speakerId, accountId, houseId }, busy, form, app.now(), tap !== '')
    if ('refused' in done) return show(request, reply.code(422), speakerId, fields, [done.refused])
    return reply.redirect(done.location, 303)
  })

  app.get('/me/busy/removal', { config: speaker }, async (_, reply) => reply.redirect('/me/busy', 303))

  app.post('/me/busy/removal', { config: speaker, schema: { body: Removing } }, async (request, reply) => {
    const { speakerId, accountId, houseId } = actorOf(request)
    const { table, id = '', back } = request.body
    if (!speakerId || !isUuid(id) || (table !== 'weekly_hours' && table !== 'absences')) return reply.callNotFound()
    // what is gone already is as the person wished it
    await removeBusy(app.db, { speakerId, accountId, houseId }, { table, id }, app.now())
    return reply.redirect(back === 'me' ? '/me?busy=off' : '/me/busy', 303)
  })
}
