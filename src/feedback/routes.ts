import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Form, findAnswer } from '../base/db/once.ts'
import { sameLanguage } from '../base/http/same-language.ts'
import { Type } from '../base/http/schema.ts'
import { typed } from '../base/http/typed.ts'
import { numberSaid } from '../base/i18n/dates.ts'
import { isLanguage, type Language } from '../base/i18n/language.ts'
import { allowed, networkOf } from '../base/limits.ts'
import { hashOf, nonceOfCode } from '../base/secrets.ts'
import { findHelpLines } from '../houses/help-store.ts'
import { linkEnds } from '../requests/status-rules.ts'
import { confirmHeads, give } from './actions.ts'
import { aboutTalk, errorsOf, formShown, type HeadsShown } from './pages.ts'
import { headsOf, type OpinionMistake, opinionOf, questions, standing } from './rules.ts'
import { findByLink, findByNonce, type SpokenOf } from './store.ts'
import { words } from './words.ts'

const link = { access: 'link' } as const
const Linked = Type.Object({ token: Type.String({ maxLength: 200 }) })
const Coded = Type.Object({ code: Type.String({ maxLength: 60 }) })
const fields = [...questions, 'remark'] as const
const untyped = { clear: '', useful: '', respectful: '', again: '', remark: '' }

type Page = {
  talk: SpokenOf
  language: Language
  action: string
  back: string
  /** With the host's own count, on the host's own page. */
  heads?: { action: string; typed?: string; wrong?: boolean }
  typed?: typeof untyped
  mistakes?: OpinionMistake[]
  said?: string
  thanked?: boolean
}

/** Four questions after a talk: for the host by its link, for listeners by a code on paper. Looking changes nothing. */
export const feedbackRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/o/:code', { config: link, schema: { params: Coded } }, async (request, reply) => {
    const asked = await ofListener(request)
    return asked ? answer(request, reply, asked) : reply.callNotFound()
  })
  app.post('/o/:code', { config: link, schema: { params: Coded } }, async (request, reply) => {
    const asked = await ofListener(request)
    return asked ? keep(request, reply, asked, request.params.code) : reply.callNotFound()
  })

  app.get('/r/:token/feedback', { config: link, schema: { params: Linked } }, async (request, reply) => {
    const asked = await ofHost(request)
    if (asked === 'ended') return reply.redirect(sameLanguage(request, `/r/${request.params.token}`), 303)
    return asked ? answer(request, reply, asked) : reply.callNotFound()
  })
  app.post('/r/:token/feedback', { config: link, schema: { params: Linked } }, async (request, reply) => {
    const asked = await ofHost(request)
    if (asked === 'ended') return reply.redirect(sameLanguage(request, `/r/${request.params.token}`), 303)
    return asked ? keep(request, reply, asked, request.params.token) : reply.callNotFound()
  })

  app.post('/r/:token/heads', { config: link, schema: { params: Linked } }, async (request, reply) => {
    const { token } = request.params
    const asked = await ofHost(request)
    if (asked === 'ended') return reply.redirect(sameLanguage(request, `/r/${token}`), 303)
    if (!asked) return reply.callNotFound()
    const { texts } = typed(request.body, ['heads', '_key'])
    const heads = headsOf(texts.heads)
    if (heads === undefined)
      return show(reply.code(422), {
        ...asked,
        heads: { action: `/r/${token}/heads`, typed: texts.heads, wrong: true },
      })
    const form = formOf(texts._key, '/r/:token/heads', token, { heads })
    const done = await confirmHeads(
      app.db,
      { talk: asked.talk, heads, location: `${asked.action}?done=heads`, form },
      app.now(),
    )
    return 'refused' in done ? closed(reply, asked) : reply.redirect(sameLanguage(request, done.location), 303)
  })
  // a reload or a language link after a refused form comes here
  app.get('/r/:token/heads', { config: link, schema: { params: Linked } }, async (request, reply) =>
    reply.redirect(sameLanguage(request, `/r/${encodeURIComponent(request.params.token)}/feedback`), 303),
  )

  async function ofListener(request: FastifyRequest<{ Params: { code: string } }>): Promise<Page | undefined> {
    const { code } = request.params
    const nonce = nonceOfCode(app.config.secret, 'listeners', code)
    const talk = nonce && (await findByNonce(app.db, nonce))
    if (!talk) return
    const { language } = request
    return { talk, language, action: `/o/${code}`, back: '' }
  }

  async function ofHost(request: FastifyRequest<{ Params: { token: string } }>): Promise<Page | 'ended' | undefined> {
    const { token } = request.params
    const found = await findByLink(app.db, hashOf(token))
    if (!found) return
    const ends = linkEnds({ state: found.requestState, endedAt: found.endedAt }, found)
    if (ends && ends < app.now()) return 'ended'
    const { texts } = typed(request.query, ['l'])
    return {
      talk: found,
      language: isLanguage(texts.l) ? texts.l : found.language,
      action: `/r/${token}/feedback`,
      back: `/r/${token}`,
      heads: { action: `/r/${token}/heads` },
    }
  }

  async function answer(request: FastifyRequest, reply: FastifyReply, page: Page) {
    const { done } = typed(request.query, ['done']).texts
    if (standing(page.talk, app.now()) !== 'open') return closed(reply, page)
    const thanked = done === '1'
    return show(reply, { ...page, thanked, ...(thanked ? { said: words[page.language].thanks } : {}) })
  }

  async function keep(request: FastifyRequest, reply: FastifyReply, page: Page, secret: string) {
    if (standing(page.talk, app.now()) !== 'open') return closed(reply, page)
    const { texts } = typed(request.body, [...fields, '_key'])
    const { _key, ...answers } = texts
    const read = opinionOf(answers)
    if ('mistakes' in read) return show(reply.code(422), { ...page, typed: answers, mistakes: read.mistakes })
    const { talk } = page
    const form = formOf(_key, page.back ? '/r/:token/feedback' : '/o/:code', secret, {})
    const first = await findAnswer(app.db, form)
    if (first) return reply.redirect(first.location, 303)
    // so many at once as there are listeners: by the talk, as nobody is told apart, and by the network, of which no word is kept
    const network = `${talk.id} ${networkOf(request.ip)}`
    for (const [what, key, most] of [
      ['feedback-network', network, Math.max(60, talk.planned)],
      ['feedback', talk.id, Math.max(30, talk.planned)],
    ] as const) {
      const may = await allowed(app.db, app.config.secret, what, key, app.now(), most)
      if (!('ok' in may)) return reply.tooMany(may.retryAfterSeconds)
    }
    const done = await give(app.db, { talk, ...read, location: `${page.action}?done=1`, form }, app.now())
    if (!('refused' in done)) return reply.redirect(sameLanguage(request, done.location), 303)
    return done.refused === 'full'
      ? show(reply.code(409), { ...page, said: words[page.language].full })
      : closed(reply, page)
  }

  const closed = (reply: FastifyReply, page: Page) => {
    const early = standing(page.talk, app.now()) === 'early'
    const { heads: _, ...rest } = page
    return show(reply.code(early ? 200 : 410), { ...rest, said: words[page.language][early ? 'early' : 'over'] })
  }

  async function show(reply: FastifyReply, page: Page) {
    const { talk, language, action, back, said = '', thanked = false } = page
    const say = words[language]
    const own = (address: string) => sameLanguage(reply.request, address)
    const form = said ? undefined : formShown(language, own(action), page.typed ?? untyped, page.mistakes ?? [])
    const heads: HeadsShown | undefined = page.heads && {
      action: own(page.heads.action),
      value: page.heads.typed ?? (talk.confirmed === null ? '' : String(talk.confirmed)),
      kept: talk.confirmed === null ? '' : say.headsKept(numberSaid(language, talk.confirmed)),
      error: page.heads.wrong ? say.headsWrong : undefined,
    }
    const errors = [...(form ? errorsOf(form) : []), ...(heads?.error ? [{ href: '#heads', text: heads.error }] : [])]
    return reply.page(
      'feedback/form',
      {
        title: say.title,
        say,
        about: aboutTalk(language, talk),
        back: back && own(back),
        form,
        said,
        thanked,
        heads,
        errors,
        help: await findHelpLines(app.db, language, 4),
      },
      { language, houseId: talk.houseId },
    )
  }

  const formOf = (key: string, url: string, secret: string, body: object): Form => ({
    key: key || undefined,
    url,
    by: hashOf(secret),
    body,
    now: app.now(),
  })
}
