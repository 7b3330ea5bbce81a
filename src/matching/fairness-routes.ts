import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { dayNumber, isDay } from '../base/time.ts'
import { findZone } from '../houses/zone-store.ts'
import { words as directory } from '../speakers/directory-words.ts'
import { longestOverride, overrideReasons, type Wish, wishes } from '../speakers/fairness-rules.ts'
import { endFairnessOverride, overrideFairness } from './fairness-actions.ts'
import { fairnessOne, fairnessPage, isColumn, type OverrideField, type OverrideTyped } from './fairness-pages.ts'
import { type Fairness, findFairness, findOverrides } from './fairness-store.ts'
import { findNames } from './names-store.ts'

const access = { config: { access: 'coordinator' } } as const
const one = { ...access, schema: { params: Type.Object({ id: Type.String() }) } } as const
const blank: OverrideTyped = { wish: '', reason: '', until: '' }
type One = FastifyRequest<{ Params: { id: string } }>

/** Hours with travel against hours offered, speaker by speaker, and a coordinator's word against it. */
export const fairnessRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/fairness', access, async (request, reply) => {
    const { language } = request
    const { houseId } = actorOf(request)
    const { by } = typed(request.query, ['by']).texts
    const { people = [] } = (await findFairness(app.db, houseId, app.now())) ?? {}
    const names = await findNames(app.db, houseId, language)
    const page = fairnessPage(language, people, names, isColumn(by) ? by : 'share')
    return reply.page('matching/fairness', { ...page, back: directory[language].back })
  })

  app.get('/app/fairness/:id', one, async (request, reply) => {
    const found = await find(request)
    if (!found) return reply.callNotFound()
    return show(request, reply, found, blank, [])
  })

  app.post('/app/fairness/:id', one, async (request, reply) => {
    const found = await find(request)
    if (!found) return reply.callNotFound()
    const { texts, repeated } = typed(request.body, ['wish', 'reason', 'until'])
    const wish = (Object.keys(wishes) as Wish[]).find(each => each === texts.wish)
    const reason = overrideReasons.find(each => each === texts.reason)
    const until = lastDay(texts.until, found.today) && !repeated.includes('until') ? texts.until : undefined
    if (!wish || !reason || !until) {
      const wrong: OverrideField[] = [
        ...(wish ? [] : (['wish'] as const)),
        ...(reason ? [] : (['reason'] as const)),
        ...(until ? [] : (['until'] as const)),
      ]
      return show(request, reply.code(422), found, texts, wrong)
    }
    const form = sentForm(request, app.now())
    const done = await overrideFairness(app.db, form, actorOf(request), found.it.speaker.id, { wish, reason, until })
    return 'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
  })

  app.post('/app/fairness/:id/end', one, async (request, reply) => {
    const found = await find(request)
    if (!found) return reply.callNotFound()
    const form = sentForm(request, app.now())
    const done = await endFairnessOverride(app.db, form, actorOf(request), found.it.speaker.id)
    return 'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
  })

  async function find(request: One): Promise<{ it: Fairness; today: string } | undefined> {
    const all = await findFairness(app.db, actorOf(request).houseId, app.now())
    const it = all?.people.find(({ speaker }) => speaker.id === request.params.id)
    return all && it && { it, today: all.today }
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { it, today }: { it: Fairness; today: string },
    texts: OverrideTyped,
    wrong: OverrideField[],
  ) {
    const { language } = request
    const { houseId } = actorOf(request)
    const name = (await findNames(app.db, houseId, language)).speakers.get(it.speaker.id) ?? ''
    const zone = await findZone(app.db, houseId)
    const history = await findOverrides(app.db, houseId, it.speaker.id)
    const saved = typed(request.query, ['done']).texts.done === 'saved'
    return reply.page(
      'matching/fairness-one',
      fairnessOne(language, { it, name, zone, today }, history, { typed: texts, wrong, saved }),
    )
  }
}

/** From tomorrow on, and not for ever. */
const lastDay = (text: string, today: string): boolean =>
  isDay(text) && text > today && dayNumber(text) - dayNumber(today) <= longestOverride
