import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { type Form, findAnswer } from '../base/db/once.ts'
import { draftOf, dropDraft, keepDraft } from '../base/http/draft.ts'
import { typed } from '../base/http/typed.ts'
import { allowed } from '../base/limits.ts'
import { findPublicHouse } from '../houses/public-store.ts'
import { type Asking, ask } from './actions.ts'
import { checkPage } from './check-pages.ts'
import { readContact } from './contact-rules.ts'
import { Draft, emptyContact, sentContact } from './draft-pages.ts'
import { type Resolved, resolveDraft } from './draft-store.ts'
import { longestName } from './host-rules.ts'
import { askPage } from './pages.ts'
import type { Problem, TypedContact } from './rules.ts'
import { findTimes, settingOf, wantedOf } from './times-store.ts'
import { readWhen } from './when-rules.ts'
import { words } from './words.ts'

/** `missing`: the first step that has no answers yet; else what is wrong in them, or what is asked. */
type Whole =
  | { missing: 'topic' | 'when' | 'contact' }
  | { resolved: Chosen; problems: Problem[]; asking: Asking | undefined }
type Chosen = Resolved & { chosen: NonNullable<Resolved['chosen']>; place: NonNullable<Resolved['place']> }

/** The third step, the check page, the request itself and what happens next. */
export const contactStepRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/:l(^(?:kk|ru|en)$)/request/contact',
    { config: { access: 'open', unlisted: true } },
    async (request, reply) => {
      const draft = draftOf(request, Draft)
      if (!draft?.when) return reply.redirect(`/${request.language}/request/${draft?.topic ? 'when' : 'topic'}`, 303)
      return reply.page('requests/contact', contactPage(request, draft.contact ?? emptyContact, []))
    },
  )

  app.post(
    '/:l(^(?:kk|ru|en)$)/request/contact',
    { config: { access: 'open', unlisted: true } },
    async (request, reply) => {
      const sent = sentContact(request.body)
      const problems = [...sent.problems, ...readContact(sent.typed, 'visitor').problems]
      if (problems.length > 0)
        return reply.code(422).page('requests/contact', contactPage(request, sent.typed, problems))
      if (keepDraft(reply, { ...draftOf(request, Draft), contact: sent.typed }))
        return reply.redirect(`/${request.language}/request/check`, 303)
      const long: Problem = { field: 'position', code: 'text-long', most: longestName / 2 }
      return reply.code(422).page('requests/contact', contactPage(request, sent.typed, [long]))
    },
  )

  app.get(
    '/:l(^(?:kk|ru|en)$)/request/check',
    { config: { access: 'open', unlisted: true } },
    async (request, reply) => {
      const draft = draftOf(request, Draft) ?? {}
      const read = await readWhole(request, draft)
      if ('missing' in read) return reply.redirect(`/${request.language}/request/${read.missing}`, 303)
      return reply.page('requests/check', checkPage(request.language, read.resolved, draft, read.problems))
    },
  )

  app.post(
    '/:l(^(?:kk|ru|en)$)/request/check',
    { config: { access: 'open', unlisted: true } },
    async (request, reply) => {
      const { language } = request
      const { texts } = typed(request.body, ['_key'])
      const form: Form = {
        key: texts._key || undefined,
        url: `/${language}/request/check`,
        by: request.ip,
        body: {},
        now: app.now(),
      }
      const first = await findAnswer(app.db, form)
      if (first) return reply.redirect(first.location, 303)
      const draft = draftOf(request, Draft) ?? {}
      const read = await readWhole(request, draft)
      if ('missing' in read) return reply.redirect(`/${language}/request/${read.missing}`, 303)
      const { asking, resolved, problems } = read
      if (!asking) return reply.code(422).page('requests/check', checkPage(language, resolved, draft, problems))
      for (const [what, key] of [
        ['request-ip', request.ip],
        ['request-address', asking.contact.email ?? ''],
      ] as const) {
        const may = await allowed(app.db, app.config.secret, what, key, app.now())
        if (!('ok' in may))
          return reply
            .header('retry-after', String(may.retryAfterSeconds))
            .code(429)
            .page('requests/later', laterPage(request))
      }
      const done = await ask(
        { db: app.db, jobs: app.jobs, secret: app.config.secret },
        form,
        asking,
        number => `/${language}/request/sent?number=${number}`,
      )
      dropDraft(reply)
      return reply.redirect(done.location, 303)
    },
  )

  app.get(
    '/:l(^(?:kk|ru|en)$)/request/sent',
    { config: { access: 'open', unlisted: true } },
    async (request, reply) => {
      const { language } = request
      const { texts } = typed(request.query, ['number'])
      if (!/^[1-9]\d{0,8}$/.test(texts.number)) return reply.redirect(`/${language}`, 303)
      return reply.page('requests/sent', {
        title: words[language].sent.title,
        say: words[language],
        number: texts.number,
        again: `/${language}/request/topic`,
      })
    },
  )

  /** All three steps read again: what was possible when it was chosen may have gone since. */
  async function readWhole({ language }: FastifyRequest, draft: Draft): Promise<Whole> {
    const house = await findPublicHouse(app.db, app.now())
    if (!house) return { missing: 'topic' }
    const resolved = await resolveDraft(app.db, house, draft)
    if (!resolved.chosen) return { missing: 'topic' }
    const { chosen, place } = resolved
    if (!place || !draft.when) return { missing: 'when' }
    if (!draft.contact) return { missing: 'contact' }
    const times = await findTimes(
      app.db,
      house,
      wantedOf({ chosen, place }, draft.when),
      { from: house.today, slots: draft.when.slots },
      app.now(),
    )
    const when = readWhen(draft.when, settingOf(house, { chosen }, times))
    const contact = readContact(draft.contact, 'visitor')
    const { asked, kind, name, district } = place
    const asking: Asking | undefined = when.value &&
      contact.value && {
        houseId: house.id,
        topic: chosen.asked,
        place: 'id' in asked ? { id: asked.id } : { kind, name: name[language], district },
        when: when.value,
        contact: contact.value,
        language,
        by: { source: 'form' },
      }
    return { resolved: { ...resolved, chosen, place }, problems: [...when.problems, ...contact.problems], asking }
  }
}

const contactPage = ({ language }: FastifyRequest, contact: TypedContact, problems: Problem[]) => ({
  ...askPage(language, 'contact', words[language].contact.heading, problems),
  typed: contact,
  privacy: `/${language}/privacy`,
})

const laterPage = ({ language }: FastifyRequest) => ({
  title: words[language].later.title,
  say: words[language],
  back: `/${language}/request/check`,
})
