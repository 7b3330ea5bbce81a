import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Form } from '../base/db/once.ts'
import { chosenLanguage, sameLanguage } from '../base/http/same-language.ts'
import { Type } from '../base/http/schema.ts'
import { typed } from '../base/http/typed.ts'
import { allowed } from '../base/limits.ts'
import { hashOf } from '../base/secrets.ts'
import { withdraw } from '../requests/actions.ts'
import { words as cancelWords } from '../requests/cancel-words.ts'
import { linkEnds } from '../requests/status-rules.ts'
import { cancel, move } from './change-actions.ts'
import { startOf } from './form-rules.ts'
import { obstructionSaid } from './pages.ts'
import { type CancelReason, cancelReasonOf, type Obstruction } from './rules.ts'
import { write } from './school-actions.ts'
import { choicesByDay, whenOf } from './school-pages.ts'
import { findByLink, type Linked } from './school-store.ts'
import { findOtherTeam, findTimes } from './school-times-store.ts'
import { words } from './words.ts'

const params = Type.Object({ token: Type.String({ maxLength: 200 }) })
/** What a school may say of its own; people and weather are the House's. */
const reasons: CancelReason[] = ['timetable', 'illness', 'weather', 'host', 'other']
type Ask = FastifyRequest<{ Params: { token: string } }>

/** What a school may do with its talk by its link: another time, call it off, write. A GET changes nothing. */
export const schoolRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/r/:token/reschedule', { config: { access: 'link' }, schema: { params } }, async (request, reply) =>
    movePage(request, reply),
  )
  app.post('/r/:token/reschedule', { config: { access: 'link' }, schema: { params } }, async (request, reply) => {
    const linked = await find(request)
    if (!linked) return reply.callNotFound()
    const talkId = openTalk(linked)
    if (talkId === undefined) return over(request, reply, linked)
    const wait = await waiting(request)
    if (wait !== undefined) return reply.tooMany(wait)
    const { texts } = typed(request.body, ['startsAt', '_key'])
    const start = startOf(texts.startsAt)
    if (!start)
      return movePage(request, reply.code(422), words[chosenLanguage(request, linked.language)].school.chooseOne)
    const moving = {
      by: { houseId: linked.houseId, whom: 'contact' as const },
      talkId,
      location: `/r/${request.params.token}`,
      startsAt: start,
      waived: { windows: true, latest: true },
      form: formOf(request, texts._key, { startsAt: texts.startsAt }),
    }
    const same = await move(app.db, app.jobs, app.config.secret, moving, app.now())
    if (!('refused' in same)) return reply.redirect(sameLanguage(request, same.location), 303)
    const speakers =
      same.refused.code === 'impossible' ? await findOtherTeam(app.db, linked, talkId, start, app.now()) : undefined
    const done = speakers ? await move(app.db, app.jobs, app.config.secret, { ...moving, speakers }, app.now()) : same
    return 'refused' in done
      ? refusedPage(request, reply, linked, done.refused)
      : reply.redirect(sameLanguage(request, done.location), 303)
  })

  app.get('/r/:token/cancel', { config: { access: 'link' }, schema: { params } }, async (request, reply) =>
    cancelPage(request, reply),
  )
  app.post('/r/:token/cancel', { config: { access: 'link' }, schema: { params } }, async (request, reply) => {
    const linked = await find(request)
    if (!linked) return reply.callNotFound()
    const { texts } = typed(request.body, ['reason', '_key'])
    const talkId = openTalk(linked)
    const location = `/r/${request.params.token}`
    if (talkId === undefined) {
      if (linked.talkState) return over(request, reply, linked)
      const done = await withdraw(app, formOf(request, texts._key, {}), request.params.token)
      return 'refused' in done
        ? over(request, reply, linked)
        : reply.redirect(sameLanguage(request, done.location), 303)
    }
    const reason = texts.reason === '' ? 'host' : cancelReasonOf(texts.reason)
    if (!reason)
      return cancelPage(request, reply.code(422), words[chosenLanguage(request, linked.language)].mistakes.reason)
    // whoever calls it off by its own link wants no other time: that is a form of its own
    const done = await cancel(
      app.db,
      app.jobs,
      {
        by: { houseId: linked.houseId, whom: 'contact' },
        talkId,
        location,
        reason,
        ends: true,
        form: formOf(request, texts._key, texts),
      },
      app.now(),
    )
    return 'refused' in done
      ? refusedPage(request, reply, linked, done.refused)
      : reply.redirect(sameLanguage(request, done.location), 303)
  })

  app.get('/r/:token/message', { config: { access: 'link' }, schema: { params } }, async (request, reply) =>
    messagePage(request, reply, ''),
  )
  app.post('/r/:token/message', { config: { access: 'link' }, schema: { params } }, async (request, reply) => {
    const linked = await find(request)
    if (!linked) return reply.callNotFound()
    const { texts } = typed(request.body, ['message', '_key'])
    const text = texts.message
    if (text === '' || text.length > 500)
      return messagePage(
        request,
        reply.code(422),
        text,
        words[chosenLanguage(request, linked.language)].school.writeSomething,
      )
    const may = await allowed(app.db, app.config.secret, 'status-link', `${request.params.token}:message`, app.now())
    if (!('ok' in may)) return reply.tooMany(may.retryAfterSeconds)
    const message = {
      houseId: linked.houseId,
      requestId: linked.id,
      talkId: linked.talkId ?? undefined,
      text,
      location: `/r/${request.params.token}?done=written`,
      form: formOf(request, texts._key, { text }),
    }
    const done = await write(app.db, app.jobs, message, app.now())
    return reply.redirect(sameLanguage(request, 'location' in done ? done.location : message.location), 303)
  })

  /** Seconds to wait when this link asked the engine too often; it searches a month of times. */
  async function waiting(request: Ask): Promise<number | undefined> {
    const may = await allowed(app.db, app.config.secret, 'status-link', request.params.token, app.now())
    return 'ok' in may ? undefined : may.retryAfterSeconds
  }

  async function movePage(request: Ask, reply: FastifyReply, error?: string) {
    const linked = await find(request)
    if (!linked) return reply.callNotFound()
    const talkId = openTalk(linked)
    if (talkId === undefined) return over(request, reply, linked)
    const wait = reply.statusCode === 200 ? await waiting(request) : undefined
    if (wait !== undefined) return reply.tooMany(wait)
    const language = chosenLanguage(request, linked.language)
    const { same, other } = await findTimes(app.db, linked, talkId, app.now())
    const said = words[language]
    const page = {
      say: said,
      token: request.params.token,
      title: said.school.moveTitle,
      now: whenOf(language, linked),
      error,
    }
    return reply.page(
      'talks/school-move',
      {
        ...page,
        same: choicesByDay(language, same),
        other: choicesByDay(language, other),
      },
      { language, houseId: linked.houseId },
    )
  }

  async function cancelPage(request: Ask, reply: FastifyReply, error?: string) {
    const linked = await find(request)
    if (!linked) return reply.callNotFound()
    if (openTalk(linked) === undefined) return over(request, reply, linked)
    const language = chosenLanguage(request, linked.language)
    const said = words[language]
    const page = {
      say: said,
      token: request.params.token,
      title: said.school.cancelTitle,
      now: whenOf(language, linked),
      error,
    }
    return reply.page(
      'talks/school-cancel',
      { ...page, reasons: reasons.map(value => ({ value, text: cancelWords[language][value] })) },
      { language, houseId: linked.houseId },
    )
  }

  async function messagePage(request: Ask, reply: FastifyReply, text: string, error?: string) {
    const linked = await find(request)
    if (!linked) return reply.callNotFound()
    const language = chosenLanguage(request, linked.language)
    const said = words[language]
    return reply.page(
      'talks/school-message',
      { say: said, token: request.params.token, title: said.school.messageTitle, text, error },
      { language, houseId: linked.houseId },
    )
  }

  async function refusedPage(request: Ask, reply: FastifyReply, linked: Linked, refused: Obstruction) {
    if (refused.code === 'missing') return reply.callNotFound()
    const language = chosenLanguage(request, linked.language)
    if (refused.code === 'impossible' || refused.code === 'taken')
      return movePage(request, reply.code(409), words[language].conflict.title)
    return over(request, reply, linked, [obstructionSaid(language, refused)])
  }

  async function over(request: Ask, reply: FastifyReply, linked: Linked, lines?: string[]) {
    const language = chosenLanguage(request, linked.language)
    const said = words[language]
    return reply
      .code(request.method === 'POST' ? 409 : 200)
      .page(
        'talks/school-over',
        { say: said, token: request.params.token, title: said.school.over, lines: lines ?? [] },
        { language, houseId: linked.houseId },
      )
  }

  /** The request behind a link that still opens, and the page's own limit of visits. */
  async function find(request: Ask): Promise<Linked | undefined> {
    const linked = await findByLink(app.db, hashOf(request.params.token))
    if (!linked || linked.state === 'unconfirmed') return
    const { during, talkState } = linked
    const talk = during && talkState ? { state: talkState, during } : undefined
    const ends = linkEnds({ state: linked.state, endedAt: linked.ended_at }, talk)
    return ends && ends < app.now() ? undefined : linked
  }

  const openTalk = (linked: Linked): string | undefined =>
    linked.talkId !== null && linked.talkState === 'booked' && linked.during !== null && linked.during.from > app.now()
      ? linked.talkId
      : undefined

  const formOf = (request: Ask, key: string, body: object): Form => ({
    key: key || undefined,
    url: request.routeOptions.url ?? '',
    by: hashOf(request.params.token),
    body,
    now: app.now(),
  })
}
