import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { type Form, findAnswer } from '../base/db/once.ts'
import { dropDraft } from '../base/http/draft.ts'
import { typed } from '../base/http/typed.ts'
import { askFrom } from './actions.ts'
import { forget, isKept, keepForAgain } from './again.ts'
import { checkPage } from './check-pages.ts'
import { readWhole } from './check-step.ts'
import { readContact } from './contact-rules.ts'
import { contactPage } from './contact-step.ts'
import { draftHere, keepHere } from './draft.ts'
import { sentContact } from './draft-pages.ts'
import { onward, show } from './going.ts'
import { longestName } from './host-rules.ts'
import type { Problem } from './rules.ts'
import { wayOf } from './way-rules.ts'
import { words } from './words.ts'

const unlisted = { config: { access: 'open', unlisted: true } } as const

/** The third step, the check page, the request itself and what happens next. */
export const contactStepRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/request/contact', unlisted, async (request, reply) => show(app, request, reply, 'contact', request.query))

  app.post('/request/contact', unlisted, async (request, reply) => {
    const draft = draftHere(request)
    const sent = sentContact(request.body)
    const { texts } = typed(request.body, ['do'])
    if (texts.do === 'forget') {
      forget(reply)
      const { contact, again, ...rest } = draft ?? {}
      keepHere(reply, rest)
      return onward(app, request, reply, { step: 'contact' })
    }
    const way = wayOf(texts.do, { step: 'contact', query: {} })
    if (way && keepHere(reply, { ...draft, contact: sent.typed })) return onward(app, request, reply, way)
    const problems = [...sent.problems, ...readContact(sent.typed, 'visitor').problems]
    if (problems.length > 0)
      return reply.code(422).page('requests/contact', contactPage(request, draft, sent.typed, problems))
    if (keepHere(reply, { ...draft, contact: sent.typed })) return onward(app, request, reply, { step: 'check' })
    const long: Problem = { field: 'position', code: 'text-long', most: longestName / 2 }
    return reply.code(422).page('requests/contact', contactPage(request, draft, sent.typed, [long]))
  })

  app.get('/request/check', unlisted, async (request, reply) => show(app, request, reply, 'check', request.query))

  app.post('/request/check', unlisted, async (request, reply) => {
    const { home } = request
    const { texts } = typed(request.body, ['_key', 'do'])
    const way = wayOf(texts.do, { step: 'check', query: {} })
    if (way) {
      // what this page showed goes along, whatever another tab has kept since
      keepHere(reply, draftHere(request) ?? {})
      return onward(app, request, reply, way)
    }
    const form: Form = {
      key: texts._key || undefined,
      // the key is random: the same form in another language or over another network is the same
      url: '/request/check',
      by: 'visitor',
      body: {},
      now: app.now(),
    }
    const first = await findAnswer(app.db, form)
    if (first) return reply.redirect(first.location, 303)
    const draft = draftHere(request) ?? {}
    const read = await readWhole(app, request, draft)
    if ('missing' in read) return onward(app, request, reply, { step: read.missing, query: { lost: '1' } })
    const { asking, resolved, problems, lessons } = read
    if (!asking) return reply.code(422).page('requests/check', checkPage(request, resolved, draft, problems, lessons))
    const done = await askFrom(
      { db: app.db, jobs: app.jobs, secret: app.config.secret },
      form,
      asking,
      request.ip,
      number => `${home}/request/sent?number=${number}`,
    )
    if ('refused' in done)
      return reply
        .header('retry-after', String(done.retryAfterSeconds))
        .code(429)
        .page('requests/later', laterPage(request))
    dropDraft(reply)
    keepForAgain(reply, draft)
    return reply.redirect(done.location, 303)
  })

  app.post('/request/forget', unlisted, async (request, reply) => {
    forget(reply)
    return reply.redirect(request.home, 303)
  })

  app.get('/request/sent', unlisted, async (request, reply) => {
    const { language } = request
    const { texts } = typed(request.query, ['number'])
    if (!/^[1-9]\d{0,8}$/.test(texts.number)) return reply.redirect(request.home, 303)
    return reply.page('requests/sent', {
      title: words[language].sent.title,
      say: words[language],
      number: texts.number,
      kept: isKept(request),
    })
  })
}

const laterPage = ({ language }: FastifyRequest) => ({
  title: words[language].later.title,
  say: words[language],
})
