import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { typed as sent } from '../base/http/typed.ts'
import type { Language } from '../base/i18n/language.ts'
import { hashOf, tokenOf } from '../base/secrets.ts'
import { isUuid } from '../base/text.ts'
import { opinionsShown } from '../feedback/pages.ts'
import { findOpinions } from '../feedback/store.ts'
import { findAbsence } from '../speakers/busy-store.ts'
import { keptOnPhone } from '../speakers/copy-pages.ts'
import { countInvitations } from '../speakers/store.ts'
import { tapsOf } from '../speakers/tap-pages.ts'
import { answer } from './answer-actions.ts'
import { answerReasonOf, responseOf } from './answer-rules.ts'
import { words as letterWords } from './mail-words.ts'
import { greeting, materialLines, type OutcomeForm, reasonChoices, sorted, talkCard, within } from './me-pages.ts'
import { findFeed, findMaterials, findMe, findMine, type Mine } from './me-store.ts'
import { words } from './me-words.ts'
import { recordOutcome } from './outcome-actions.ts'
import { type OutcomeFields, outcomeOf } from './outcome-rules.ts'
import { words as phoneWords } from './phone-words.ts'
import { type WhyTyped, whyForm } from './proposal-pages.ts'
import { type ProposalMistake, proposalOf } from './proposal-rules.ts'
import { findQuestionLines } from './substitution-answer-store.ts'
import { questionCard } from './substitution-pages.ts'
import { words as questionWords } from './substitution-words.ts'

const speaker = { access: 'speaker' } as const
const typed = Type.Optional(Type.String({ maxLength: 200 }))
const Id = Type.Object({ id: Type.String({ maxLength: 100 }) })
const Answering = Type.Object({ response: typed, reason: typed, seen: typed, on: typed, at: typed, _key: typed })
const reported = ['held', 'heads', 'leaflets', 'heldIn', '_key'] as const

type OneTalk = FastifyRequest<{ Params: { id: string } }>
type Trouble = {
  refused?: keyof (typeof words)['kk']['refused']
  why?: { typed: WhyTyped; mistakes: ProposalMistake[] }
  outcome?: { fields: OutcomeFields; errors: OutcomeForm['errors'] }
}

/** A speaker's phone: the next talk, invitations, what is unreported, and one talk. Only ever their own. */
export const myTalkRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/me', { config: speaker }, async (request, reply) => {
    const { language } = request
    const say = words[language]
    const speakerId = mySpeakerId(request)
    if (!speakerId) return reply.callNotFound()
    const now = app.now()
    const { busy = '' } = sent(request.query, ['busy']).texts
    const [rows, feed, me, questions, written] = await Promise.all([
      findMine(app.db, { speakerId, since: now.minus({ days: 60 }) }, language),
      findFeed(app.db, speakerId),
      findMe(app.db, speakerId, language),
      findQuestionLines(app.db, speakerId, language, now),
      isUuid(busy) ? findAbsence(app.db, speakerId, busy) : undefined,
    ])
    const webcal =
      feed &&
      `${app.config.publicUrl.replace(/^https?:/, 'webcal:')}/f/${tokenOf(app.config.secret, 'feed', feed.nonce)}.ics`
    return reply.page('speakers/me', {
      title: say.title,
      say,
      greeting: greeting(language, me.address, now.setZone(me.zone).hour),
      ...sorted(rows, language, now),
      questions: questions.map(line => questionCard(language, line, now)),
      sayQuestion: questionWords[language],
      feed: webcal,
      phone: phoneWords[language],
      copy: keptOnPhone(language, copyName(request), me.zone, now),
      taps: tapsOf(language, phoneWords[language], { zone: me.zone, now }, written, busy === 'off'),
      clashes: within(rows, written?.during, language),
    })
  })

  // its type is written down: to infer it took the linter half a minute
  const show = async (
    request: OneTalk,
    reply: FastifyReply,
    { refused, outcome, why }: Trouble = {},
  ): Promise<unknown> => {
    const { language } = request
    const say = words[language]
    const speakerId = mySpeakerId(request)
    const { id } = request.params
    const mine = speakerId && isUuid(id) ? await findMyTalk(speakerId, id, language) : undefined
    if (!speakerId || !mine) return reply.callNotFound()
    const talk = talkCard(mine, language, app.now())
    const inTeam = mine.state === 'invited' || mine.state === 'accepted'
    const mayReport = inTeam && mine.talkState !== 'cancelled' && mine.during.from <= app.now()
    const counted = { heads: mine.headsCounted ?? '', leaflets: mine.leaflets ?? '', heldIn: mine.heldIn ?? '' }
    const shown = {
      heads: outcome?.fields.heads ?? counted.heads,
      leaflets: outcome?.fields.leaflets ?? counted.leaflets,
      heldIn: outcome?.fields.heldIn ?? counted.heldIn,
    }
    return reply.page('speakers/talk', {
      title: talk.topic,
      say,
      talk,
      invitations: await countInvitations(app.db, speakerId, app.now()),
      problem: refused && refused !== talk.closed ? say.refused[refused] : undefined,
      reasons: reasonChoices(language),
      why: whyForm(language, why?.typed ?? {}, why?.mistakes),
      copy: keptOnPhone(language, copyName(request), mine.zone, app.now()),
      materials: materialLines(language, await findMaterials(app.db, mine.topicId)),
      outcome: mayReport
        ? {
            heads: String(shown.heads),
            leaflets: String(shown.leaflets),
            heldIn: shown.heldIn,
            errors: outcome?.errors ?? {},
          }
        : undefined,
      opinions:
        mayReport || mine.talkState === 'held'
          ? opinionsShown(
              language,
              await findOpinions(app.db, mine.talkId),
              [],
              null,
              `/me/talks/${mine.talkId}/listeners`,
            )
          : undefined,
      tongues: Object.entries(letterWords[language].inLanguages).map(([code, text]) => ({ code, text })),
    })
  }

  const findMyTalk = async (speakerId: string, talkId: string, language: Language): Promise<Mine | undefined> => {
    const rows = await findMine(app.db, { speakerId, talkId }, language)
    // whoever was replaced and asked again has two seats: the one that stands counts
    return rows.find(row => row.state === 'invited' || row.state === 'accepted') ?? rows[0]
  }

  const proposed = async (
    speakerId: string,
    talkId: string,
    fields: { on: string | undefined; at: string | undefined },
  ) => {
    const mine = await findMyTalk(speakerId, talkId, 'kk')
    return mine && proposalOf(fields, mine.zone, app.now())
  }

  // a language link or a reload after a refused form comes here
  for (const form of ['response', 'outcome'])
    app.get(`/me/talks/:id/${form}`, { config: speaker, schema: { params: Id } }, async (request, reply) =>
      reply.redirect(`/me/talks/${encodeURIComponent(request.params.id)}`, 303),
    )

  app.get('/me/talks/:id', { config: speaker, schema: { params: Id } }, async (request, reply) => show(request, reply))

  app.post(
    '/me/talks/:id/response',
    { config: speaker, attachValidation: true, schema: { params: Id, body: Answering } },
    async (request, reply) => {
      const speakerId = mySpeakerId(request)
      const { id } = request.params
      if (!speakerId || !isUuid(id)) return reply.callNotFound()
      const response = request.validationError ? undefined : responseOf(request.body?.response)
      if (!response) return show(request, reply.code(422))
      const { reason, seen, on, at, _key: key } = request.body
      const proposal = response === 'decline' && (on || at) ? await proposed(speakerId, id, { on, at }) : undefined
      if (proposal && 'mistakes' in proposal)
        return show(request, reply.code(422), { why: { typed: { reason, on, at }, mistakes: proposal.mistakes } })
      const { accountId } = actorOf(request)
      const form = { key, url: request.url, by: accountId, body: request.body, now: app.now() }
      const done = await answer(
        app.db,
        app.jobs,
        {
          which: { talkId: id, speakerId },
          response,
          reason: answerReasonOf(reason),
          proposal,
          seen,
          accountId,
          location: response === 'accept' ? `/me/talks/${id}` : '/me',
          form,
        },
        app.now(),
      )
      if (!('refused' in done)) return reply.redirect(done.location, 303)
      if (done.refused === 'missing') return reply.callNotFound()
      return show(request, reply.code(409), { refused: done.refused })
    },
  )

  app.post('/me/talks/:id/outcome', { config: speaker, schema: { params: Id } }, async (request, reply) => {
    const speakerId = mySpeakerId(request)
    const { id } = request.params
    if (!speakerId || !isUuid(id)) return reply.callNotFound()
    const { texts, repeated } = sent(request.body, reported)
    const { _key, ...fields } = texts
    const twice = (['held', 'heads', 'leaflets'] as const).filter(name => repeated.includes(name))
    const outcome = twice.length > 0 ? { mistakes: twice } : outcomeOf(fields)
    if ('mistakes' in outcome) {
      const { mistakes } = words[request.language]
      return show(request, reply.code(422), {
        outcome: {
          fields,
          errors: Object.fromEntries(outcome.mistakes.map(mistake => [mistake, mistakes[mistake]])),
        },
      })
    }
    const { accountId } = actorOf(request)
    const mine = await findMyTalk(speakerId, id, request.language)
    if (!mine) return reply.callNotFound()
    const by = { accountId, houseId: mine.houseId, speakerId: mine.speakerId }
    const form = { key: _key || undefined, url: request.url, by: accountId, body: request.body, now: app.now() }
    const done = await recordOutcome(app.db, { talkId: id, by, outcome, location: `/me/talks/${id}`, form }, app.now())
    if (!('refused' in done)) return reply.redirect(done.location, 303)
    if (done.refused === 'missing' || done.refused === 'stale') return reply.callNotFound()
    return show(request, reply.code(409), { refused: done.refused })
  })
}

/**
 * Under which name this phone keeps the page for hours without a network: it tells nobody anything and is this session's
 * alone, so whoever signs in next begins with nothing.
 */
const copyName = (request: FastifyRequest): string => hashOf(`copy ${actorOf(request).sessionHash}`).slice(0, 22)

/** The speaker behind the session; an account of that role without a speaker has nothing to see. */
const mySpeakerId = (request: FastifyRequest): string | undefined => actorOf(request).speakerId
