import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { draftOf, keepDraft } from '../base/http/draft.ts'
import { typed } from '../base/http/typed.ts'
import { fold } from '../base/i18n/fold.ts'
import { type Day, isDay } from '../base/time.ts'
import { searchHosts } from '../hosts/store.ts'
import { findPublicHouse, type PublicHouse } from '../houses/public-store.ts'
import { Draft, emptyHost, emptyWhen, emptyWindow, sentHost, sentWhen } from './draft-pages.ts'
import { type Chosen, type Place, type Resolved, resolveDraft, resolvePlace } from './draft-store.ts'
import type { Problem, TypedHost, TypedWhen } from './rules.ts'
import { findTimes, settingOf, wantedOf } from './times-store.ts'
import { ownWindows, whenPage } from './when-pages.ts'
import { longestNote, mostWishes, readWhen, shownWindows } from './when-rules.ts'
import { wherePage } from './where-pages.ts'

type Ready = Resolved & { chosen: Chosen; place: Place }
const longestKept = 160

/** The second step: the place first, then people, language and the times at which the engine finds a team. */
export const whenStepRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/:l(^(?:kk|ru|en)$)/request/when',
    { config: { access: 'open', unlisted: true } },
    async (request, reply) => {
      const { texts } = typed(request.query, ['host', 'from'])
      const step = await open(request)
      if (!step) return reply.redirect(`/${request.language}/request/topic`, 303)
      const { house, draft, resolved } = step
      if (texts.host === 'change' || !resolved.place)
        return showWhere(
          request,
          reply,
          house,
          resolved,
          draft.host ?? emptyHost,
          draft.host?.host ? resolved.placeProblems : [],
        )
      const ready = { ...resolved, chosen: step.chosen, place: resolved.place }
      const from = isDay(texts.from) && texts.from > house.today ? texts.from : undefined
      return showWhen(
        request,
        reply,
        house,
        ready,
        draft.when ?? emptyWhen(ownLanguage(request, step.chosen), ownWindows),
        from,
      )
    },
  )

  app.post(
    '/:l(^(?:kk|ru|en)$)/request/when',
    { config: { access: 'open', unlisted: true } },
    async (request, reply) => {
      const step = await open(request)
      if (!step) return reply.redirect(`/${request.language}/request/topic`, 303)
      const { texts } = typed(request.body, ['do'])
      if (texts.do === 'find' || texts.do === 'host' || !step.resolved.place)
        return postWhere(request, reply, step, texts.do === 'find')
      return postWhen(
        request,
        reply,
        step.house,
        step.draft,
        { ...step.resolved, chosen: step.chosen, place: step.resolved.place },
        texts.do,
      )
    },
  )

  type Opened = { house: PublicHouse; draft: Draft; resolved: Resolved; chosen: Chosen }

  async function open(request: FastifyRequest): Promise<Opened | undefined> {
    const draft = draftOf(request, Draft)
    const house = await findPublicHouse(app.db, app.now())
    if (!draft || !house) return
    const resolved = await resolveDraft(app.db, house, draft)
    return resolved.chosen && { house, draft, resolved, chosen: resolved.chosen }
  }

  async function postWhere(
    request: FastifyRequest,
    reply: FastifyReply,
    { house, draft, resolved, chosen }: Opened,
    find: boolean,
  ) {
    const sent = sentHost(request.body)
    const here = `/${request.language}/request/when`
    if (find) {
      const short = fold(sent.typed.q) === '' || sent.typed.q.length > longestKept
      const problems: Problem[] = [...sent.problems, ...(short ? [{ field: 'q', code: 'search-short' as const }] : [])]
      if (problems.length > 0) return showWhere(request, reply.code(422), house, resolved, sent.typed, problems)
      keepDraft(reply, { ...draft, host: { ...emptyHost, q: sent.typed.q } })
      return reply.redirect(`${here}?host=change`, 303)
    }
    const { place, problems } = await resolvePlace(app.db, house, sent.typed, chosen.audience, resolved.districts)
    const wrong = [...sent.problems, ...problems]
    if (!place || wrong.length > 0) return showWhere(request, reply.code(422), house, resolved, sent.typed, wrong)
    const { q, host, ...own } = sent.typed
    keepDraft(reply, {
      ...draft,
      host: place.isNew
        ? { ...own, host, q: q.slice(0, longestKept) }
        : { ...emptyHost, host, q: q.slice(0, longestKept) },
    })
    return reply.redirect(here, 303)
  }

  async function postWhen(
    request: FastifyRequest,
    reply: FastifyReply,
    house: PublicHouse,
    draft: Draft,
    ready: Ready,
    then: string,
  ) {
    const sent = sentWhen(request.body, mostWishes)
    const windows = shownWindows(sent.typed.windows, draft.when?.windows.length ?? ownWindows)
    const when = { ...sent.typed, windows, slots: sent.typed.slots.slice(0, 20) }
    const here = `/${request.language}/request/when`
    const [, later] = /^days:(\d{4}-\d{2}-\d{2})?$/.exec(then) ?? []
    if (then === 'more' && windows.length < mostWishes) {
      const more = { ...when, windows: [...windows, emptyWindow] }
      if (keepDraft(reply, { ...draft, when: more })) return reply.redirect(`${here}#w${windows.length}-date`, 303)
    }
    if (then === 'times' || then === 'more' || then.startsWith('days:')) {
      if (keepDraft(reply, { ...draft, when })) return reply.redirect(later ? `${here}?from=${later}` : here, 303)
    }
    const times = await findTimes(
      app.db,
      house,
      wantedOf(ready, when),
      { from: house.today, slots: when.slots },
      app.now(),
    )
    const { problems } = readWhen(when, settingOf(house, ready, times))
    const wrong: Problem[] = [...sent.problems, ...problems]
    if (wrong.length === 0) {
      if (keepDraft(reply, { ...draft, when })) return reply.redirect(`/${request.language}/request/contact`, 303)
      wrong.push({ field: 'note', code: 'note-long', most: longestNote / 2 })
    }
    return reply
      .code(422)
      .page('requests/when', whenPage(request.language, ready, when, { times, from: undefined }, wrong))
  }

  async function showWhere(
    request: FastifyRequest,
    reply: FastifyReply,
    house: PublicHouse,
    resolved: Resolved,
    host: TypedHost,
    problems: Problem[],
  ) {
    const hits =
      fold(host.q) === '' ? [] : await searchHosts(app.db, house.id, host.q.slice(0, longestKept), { open: true })
    return reply.page('requests/where', wherePage(request.language, resolved, host, hits, problems))
  }

  async function showWhen(
    request: FastifyRequest,
    reply: FastifyReply,
    house: PublicHouse,
    ready: Ready,
    when: TypedWhen,
    from: Day | undefined,
  ) {
    const times = await findTimes(
      app.db,
      house,
      wantedOf(ready, when),
      { from: from ?? house.today, slots: when.slots },
      app.now(),
    )
    return reply.page('requests/when', whenPage(request.language, ready, when, { times, from }, []))
  }
}

/** The language of the page, when the topic is given in it. */
const ownLanguage = ({ language }: FastifyRequest, { row }: Chosen): string[] =>
  row.languages.includes(language) ? [language] : row.languages.slice(0, 1)
