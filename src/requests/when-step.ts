import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { typed } from '../base/http/typed.ts'
import { fold } from '../base/i18n/fold.ts'
import { isDay } from '../base/time.ts'
import { searchHosts } from '../hosts/store.ts'
import type { PublicHouse } from '../houses/public-store.ts'
import { draftHere } from './draft.ts'
import { type Draft, emptyHost, emptyWhen } from './draft-pages.ts'
import { type Chosen, type Place, type Resolved, resolveDraft } from './draft-store.ts'
import type { Missing, Problem, TypedHost } from './rules.ts'
import { findTimes, wantedOf } from './times-store.ts'
import { ownWindows, whenPage } from './when-pages.ts'
import { wherePage } from './where-pages.ts'
import { problemSaid, words } from './words.ts'

export type Ready = Resolved & { chosen: Chosen; place: Place }
export type Opened = { house: PublicHouse; draft: Draft; resolved: Resolved; chosen: Chosen }
export const longestKept = 160

/** What the second step goes on from; undefined while no topic is chosen. */
export async function openWhen(app: FastifyInstance, request: FastifyRequest): Promise<Opened | undefined> {
  const draft = draftHere(request)
  const { house } = request
  if (!draft || !house) return
  const resolved = await resolveDraft(app.db, house, draft)
  return resolved.chosen && { house, draft, resolved, chosen: resolved.chosen }
}

/** The second step: the place while none is known, then people, languages and times. */
export async function showWhenStep(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  query: unknown,
): Promise<string | Missing> {
  const { texts } = typed(query, ['host', 'from', 'lost'])
  const step = await openWhen(app, request)
  if (!step) return { missing: 'topic' }
  const { house, draft, resolved, chosen } = step
  const told = texts.lost ? words[request.language].lost : ''
  if (texts.host === 'change' || !resolved.place) {
    const problems = draft.host?.host ? resolved.placeProblems : []
    // a place that came with the link of an earlier request is nobody's mistake yet
    if (!draft.again || draft.when) return showWhere(app, request, reply, step, draft.host ?? emptyHost, problems)
    const why = problems.map(problem => problemSaid(words[request.language], problem)).join('. ')
    return showWhere(app, request, reply, step, draft.host ?? emptyHost, [], why)
  }
  const ready = { ...resolved, chosen, place: resolved.place }
  const from = isDay(texts.from) && texts.from > house.today ? texts.from : undefined
  const when = draft.when ?? emptyWhen(ownLanguages(request, step), ownWindows)
  const shown = { from: from ?? house.today, slots: when.slots }
  const times = await findTimes(app.db, house, wantedOf(ready, when), shown, app.now())
  return reply.page('requests/when', { ...whenPage(request.language, ready, when, { times, from }, []), told })
}

export async function showWhere(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  { house, resolved }: Pick<Opened, 'house' | 'resolved'>,
  host: TypedHost,
  problems: Problem[],
  told = '',
): Promise<string> {
  const q = host.q.slice(0, longestKept)
  const hits = fold(q) === '' ? [] : await searchHosts(app.db, house.id, q, { open: true })
  return reply.page('requests/where', { ...wherePage(request.language, resolved, host, hits, problems), told })
}

/** The languages of the last request, else that of the page, as far as the topic is given in them. */
function ownLanguages({ language }: FastifyRequest, { draft, chosen: { row } }: Opened): string[] {
  const spoken = (draft.again?.spoken ?? []).filter(each => row.languages.includes(each))
  if (spoken.length > 0) return spoken
  return row.languages.includes(language) ? [language] : row.languages.slice(0, 1)
}
