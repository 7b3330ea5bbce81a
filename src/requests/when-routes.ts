import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { typed } from '../base/http/typed.ts'
import { fold } from '../base/i18n/fold.ts'
import { draftHere, keepHere } from './draft.ts'
import { emptyHost, emptyWindow, sentHost, sentWhen } from './draft-pages.ts'
import { resolvePlace } from './draft-store.ts'
import { onward, show } from './going.ts'
import type { Problem } from './rules.ts'
import { findTimes, settingOf, wantedOf } from './times-store.ts'
import { wayOf } from './way-rules.ts'
import { ownWindows, whenPage } from './when-pages.ts'
import { longestNote, mostWishes, readWhen, shownWindows } from './when-rules.ts'
import { longestKept, type Opened, openWhen, type Ready, showWhere } from './when-step.ts'

/** The second step: the place first, then people, language and the times at which the engine finds a team. */
export const whenStepRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/request/when', { config: { access: 'open', unlisted: true } }, async (request, reply) =>
    show(app, request, reply, 'when', request.query),
  )

  app.post('/request/when', { config: { access: 'open', unlisted: true } }, async (request, reply) => {
    const { texts } = typed(request.body, ['do', 'enter', 'place'])
    // the Enter key presses a button of its own
    const pressed = texts.do || texts.enter
    const step = await openWhen(app, request)
    if (!step) return postWithout(request, reply, texts.place === '1')
    const { place } = step.resolved
    if (pressed === 'find' || pressed === 'host' || texts.place === '1' || !place)
      return postWhere(request, reply, step, pressed)
    return postWhen(request, reply, step, { ...step.resolved, chosen: step.chosen, place }, pressed)
  })

  /** The earlier answers are gone: what was typed here is kept, and asked again after the topic. */
  async function postWithout(request: FastifyRequest, reply: FastifyReply, isPlace: boolean) {
    const draft = draftHere(request)
    const { q, ...host } = sentHost(request.body).typed
    const when = sentWhen(request.body, mostWishes).typed
    const kept = isPlace
      ? { ...draft, host: { ...host, q: q.slice(0, longestKept) } }
      : { ...draft, when: { ...when, windows: shownWindows(when.windows, ownWindows), slots: when.slots.slice(0, 20) } }
    keepHere(reply, kept)
    return onward(app, request, reply, { step: 'topic', query: { lost: '1' } })
  }

  async function postWhere(request: FastifyRequest, reply: FastifyReply, step: Opened, pressed: string) {
    const { house, draft, resolved, chosen } = step
    const sent = sentHost(request.body)
    const way = wayOf(pressed, { step: 'when', query: { host: 'change' } })
    if (way) {
      keepHere(reply, { ...draft, host: { ...sent.typed, q: sent.typed.q.slice(0, longestKept) } })
      return onward(app, request, reply, way)
    }
    if (pressed === 'find') {
      const short = fold(sent.typed.q) === '' || sent.typed.q.length > longestKept
      const problems: Problem[] = [...sent.problems, ...(short ? [{ field: 'q', code: 'search-short' as const }] : [])]
      if (problems.length > 0) return showWhere(app, request, reply.code(422), step, sent.typed, problems)
      keepHere(reply, { ...draft, host: { ...emptyHost, q: sent.typed.q } })
      return onward(app, request, reply, { step: 'when', query: { host: 'change' } })
    }
    const { place, problems } = await resolvePlace(app.db, house, sent.typed, chosen.audience, resolved.districts)
    const wrong = [...sent.problems, ...problems]
    if (!place || wrong.length > 0) return showWhere(app, request, reply.code(422), step, sent.typed, wrong)
    const { q, host, ...own } = sent.typed
    keepHere(reply, {
      ...draft,
      host: place.isNew
        ? { ...own, host, q: q.slice(0, longestKept) }
        : { ...emptyHost, host, q: q.slice(0, longestKept) },
    })
    return onward(app, request, reply, { step: 'when' })
  }

  async function postWhen(
    request: FastifyRequest,
    reply: FastifyReply,
    { house, draft }: Opened,
    ready: Ready,
    then: string,
  ) {
    const sent = sentWhen(request.body, mostWishes)
    const windows = shownWindows(sent.typed.windows, draft.when?.windows.length ?? ownWindows)
    const when = { ...sent.typed, windows, slots: sent.typed.slots.slice(0, 20) }
    const { texts: query } = typed(request.query, ['from'])
    const way = wayOf(then, { step: 'when', query: query.from ? query : {} })
    if (way && keepHere(reply, { ...draft, when })) return onward(app, request, reply, way)
    const [, later] = /^days:(\d{4}-\d{2}-\d{2})?$/.exec(then) ?? []
    if (then === 'more' && windows.length < mostWishes) {
      const more = { ...when, windows: [...windows, emptyWindow] }
      if (keepHere(reply, { ...draft, when: more }))
        return onward(app, request, reply, { step: 'when', anchor: `#w${windows.length}-date` })
    }
    if (then === 'times' || then === 'more' || then.startsWith('days:')) {
      if (keepHere(reply, { ...draft, when }))
        return onward(app, request, reply, { step: 'when', query: later ? { from: later } : {} })
    }
    const shown = { from: house.today, slots: when.slots }
    const times = await findTimes(app.db, house, wantedOf(ready, when), shown, app.now())
    const { problems } = readWhen(when, settingOf(house, ready, times))
    const wrong: Problem[] = [...sent.problems, ...problems]
    if (wrong.length === 0) {
      if (keepHere(reply, { ...draft, when })) return onward(app, request, reply, { step: 'contact' })
      wrong.push({ field: 'note', code: 'note-long', most: longestNote / 2 })
    }
    return reply
      .code(422)
      .page('requests/when', whenPage(request.language, ready, when, { times, from: undefined }, wrong))
  }
}
