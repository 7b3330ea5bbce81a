import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { takeFiles, type Upload } from '../base/http/files.ts'
import { typed } from '../base/http/typed.ts'
import { allowed } from '../base/limits.ts'
import { hashOf, unseal } from '../base/secrets.ts'
import { countInvitations } from '../speakers/store.ts'
import { addAddress, addUpload, readAgain, removeCalendar } from './busy-calendar-actions.ts'
import { mostBytes } from './busy-calendar-fetch.ts'
import { calendarShown, waysIn } from './busy-calendar-pages.ts'
import type { Fault } from './busy-calendar-rules.ts'
import { countAhead, findBusyCalendar, findReader } from './busy-calendar-store.ts'
import { toolsOf } from './busy-calendar-tools.ts'
import { words } from './busy-calendar-words.ts'

const speaker = { config: { access: 'speaker' } } as const
const home = '/me/busy/calendar'
const weeks = 4

/** Where a speaker lets the House read when they are busy, from an address or a file. */
export const busyCalendarRoutes: FastifyPluginAsyncTypebox = async app => {
  const tools = toolsOf(app.config, app.reach)

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    speakerId: string,
    wrong?: Parameters<typeof waysIn>[2],
  ) => {
    const { language } = request
    const now = app.now()
    const [found, reader, ahead, invitations] = await Promise.all([
      findBusyCalendar(app.db, speakerId),
      findReader(app.db, speakerId),
      countAhead(app.db, speakerId, now, now.plus({ weeks })),
      countInvitations(app.db, speakerId, now),
    ])
    const address = found?.sealedAddress ? unseal(app.config.secret, found.sealedAddress) : undefined
    const host = address === undefined ? undefined : URL.parse(address)?.hostname
    return reply.page('calendars/busy-calendar', {
      title: words[language].title,
      say: words[language],
      invitations,
      calendar: found && calendarShown(language, found, { ...reader, host, ahead, now }),
      ...waysIn(language, reader.readsCalendars, wrong),
    })
  }

  const me = (request: FastifyRequest) => {
    const { speakerId, accountId, houseId } = actorOf(request)
    return speakerId === undefined ? undefined : { speakerId, accountId, houseId }
  }
  // each try costs an answer of somebody else's server or a thread of ours
  const tried = (speakerId: string) => allowed(app.db, app.config.secret, 'busy-calendar', speakerId, app.now())

  app.get(home, speaker, async (request, reply) => {
    const mine = me(request)
    return mine ? show(request, reply, mine.speakerId) : reply.callNotFound()
  })
  for (const part of ['address', 'file', 'reading', 'removal'])
    app.get(`${home}/${part}`, speaker, async (_, reply) => reply.redirect(home, 303))

  app.post(`${home}/address`, speaker, async (request, reply) => {
    const mine = me(request)
    if (!mine) return reply.callNotFound()
    const { texts } = typed(request.body, ['address', '_key'])
    const may = await tried(mine.speakerId)
    if (!('ok' in may)) return reply.tooMany(may.retryAfterSeconds)
    const form = { key: texts._key || undefined, url: home, by: mine.accountId, body: texts, now: app.now() }
    const done = await addAddress(app.db, tools, mine, texts.address, form, app.now())
    if ('location' in done) return reply.redirect(done.location, 303)
    const wrong = { field: 'address', fault: done.refused, typed: texts.address.slice(0, 2000) } as const
    return show(request, reply.code(422), mine.speakerId, wrong)
  })

  app.post(`${home}/reading`, speaker, async (request, reply) => {
    const mine = me(request)
    if (!mine) return reply.callNotFound()
    const may = await tried(mine.speakerId)
    if (!('ok' in may)) return reply.tooMany(may.retryAfterSeconds)
    const { readsCalendars } = await findReader(app.db, mine.speakerId)
    if (readsCalendars) await readAgain(app.db, tools, mine.speakerId, app.now())
    return reply.redirect(home, 303)
  })

  app.post(`${home}/removal`, speaker, async (request, reply) => {
    const mine = me(request)
    if (!mine) return reply.callNotFound()
    await removeCalendar(app.db, mine, app.now())
    return reply.redirect(home, 303)
  })

  await app.register(async files => {
    takeFiles(files, mostBytes)
    const refuse = (request: FastifyRequest, reply: FastifyReply, speakerId: string, fault: Fault) =>
      show(request, reply.code(fault === 'too-large' ? 413 : 422), speakerId, { field: 'file', fault })

    files.setErrorHandler(async (error: { statusCode?: number }, request, reply) => {
      const mine = request.actor && me(request)
      if (error.statusCode !== 413 || !mine) throw error
      return refuse(request, reply, mine.speakerId, 'too-large')
    })

    files.post(`${home}/file`, speaker, async (request, reply) => {
      const mine = me(request)
      if (!mine) return reply.callNotFound()
      const { file, _key } = (request.body ?? {}) as Upload
      if (!(file instanceof Uint8Array) || file.length === 0) return refuse(request, reply, mine.speakerId, 'no-file')
      if (file.length > mostBytes) return refuse(request, reply, mine.speakerId, 'too-large')
      const may = await tried(mine.speakerId)
      if (!('ok' in may)) return reply.tooMany(may.retryAfterSeconds)
      const key = typeof _key === 'string' && _key.length <= 100 ? _key : undefined
      const body = hashOf(Buffer.from(file).toString('latin1'))
      const form = { key, url: home, by: mine.accountId, body, now: app.now() }
      const done = await addUpload(app.db, tools, mine, file, form, app.now())
      if ('location' in done) return reply.redirect(done.location, 303)
      return refuse(request, reply, mine.speakerId, done.refused)
    })
  })
}
