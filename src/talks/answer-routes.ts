import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from '../base/http/schema.ts'
import { dateWithoutWeekday } from '../base/i18n/dates.ts'
import { isLanguage } from '../base/i18n/language.ts'
import { hashOf } from '../base/secrets.ts'
import { clock } from '../base/time.ts'
import { answer } from './answer-actions.ts'
import { answerReasonOf, responseOf } from './answer-rules.ts'
import { reasonChoices, talkCard } from './me-pages.ts'
import { findMine, findMovedFrom, findReader } from './me-store.ts'
import { words } from './me-words.ts'
import { type WhyTyped, whyForm } from './proposal-pages.ts'
import { type ProposalMistake, proposalOf } from './proposal-rules.ts'

const link = { access: 'link' } as const
const typed = Type.Optional(Type.String({ maxLength: 200 }))
const Token = Type.Object({ token: Type.String({ maxLength: 200 }) })
const Body = Type.Object({ response: typed, reason: typed, seen: typed, on: typed, at: typed, _key: typed })

/** One invitation, for whoever holds its link: looking changes nothing, the form answers. */
export const invitationRoutes: FastifyPluginAsyncTypebox = async app => {
  // its type is written down: to infer it took the linter half a minute
  const show = async (
    request: FastifyRequest<{ Params: { token: string } }>,
    reply: FastifyReply,
    refused?: keyof (typeof words)['kk']['refused'],
    why?: { typed: WhyTyped; mistakes: ProposalMistake[] },
  ): Promise<unknown> => {
    const query = request.query as { response?: unknown; l?: unknown }
    const tokenHash = hashOf(request.params.token)
    const reader = await findReader(app.db, tokenHash)
    const language = isLanguage(query.l) ? query.l : (reader?.language ?? 'kk')
    const mine = reader && (await findMine(app.db, { tokenHash }, language))[0]
    if (!mine) return reply.callNotFound()
    const say = words[language]
    const talk = talkCard(mine, language, app.now())
    const moved =
      mine.version > 1 && mine.state === 'invited' && !talk.closed
        ? await findMovedFrom(app.db, mine.talkId)
        : undefined
    const asked = responseOf(typeof query.response === 'string' ? query.response : undefined)
    const given = mine.state === 'accepted' ? 'accept' : mine.state === 'declined' ? 'decline' : undefined
    // whoever opens the letter's button once more is shown the answer, and not the other one to press by mistake
    const settled = !why && given !== undefined && (asked === undefined || asked === given)
    const problem = refused && refused !== talk.closed ? say.refused[refused] : undefined
    return reply.page(
      'invitations/show',
      {
        title: `${say.invitation}: ${talk.date}, ${talk.time}`,
        say,
        talk,
        problem,
        movedFrom: moved && say.movedFrom(`${dateWithoutWeekday(language, moved.day)}, ${clock(moved.from)}`),
        asked: asked !== undefined && !settled,
        settled,
        why: whyForm(language, why?.typed, why?.mistakes),
        chosen: why || (asked === 'decline' && !settled) ? 'decline' : 'accept',
        reasons: reasonChoices(language),
        action: `/i/${encodeURIComponent(request.params.token)}/response${isLanguage(query.l) ? `?l=${query.l}` : ''}`,
      },
      { language, houseId: mine.houseId },
    )
  }

  const proposed = async (token: string, fields: { on: string | undefined; at: string | undefined }) => {
    const [mine] = await findMine(app.db, { tokenHash: hashOf(token) }, 'kk')
    return mine && proposalOf(fields, mine.zone, app.now())
  }

  app.get('/i/:token', { config: link, schema: { params: Token } }, async (request, reply) => show(request, reply))

  // a language link or a reload after a refused form comes here
  app.get('/i/:token/response', { config: link, schema: { params: Token } }, async (request, reply) => {
    const { l } = request.query as { l?: unknown }
    return reply.redirect(`/i/${encodeURIComponent(request.params.token)}${isLanguage(l) ? `?l=${l}` : ''}`, 303)
  })

  app.post(
    '/i/:token/response',
    { config: link, attachValidation: true, schema: { params: Token, body: Body } },
    async (request, reply) => {
      const { token } = request.params
      const response = request.validationError ? undefined : responseOf(request.body?.response)
      if (!response) return show(request, reply.code(422))
      const { reason, seen, on, at, _key: key } = request.body
      const proposal = response === 'decline' && (on || at) ? await proposed(token, { on, at }) : undefined
      if (proposal && 'mistakes' in proposal)
        return show(request, reply.code(422), undefined, { typed: { reason, on, at }, mistakes: proposal.mistakes })
      const query = request.query as { l?: unknown }
      const location = `/i/${encodeURIComponent(token)}${isLanguage(query.l) ? `?l=${query.l}` : ''}`
      const form = { key, url: request.url, by: 'invitation', body: request.body, now: app.now() }
      const done = await answer(
        app.db,
        app.jobs,
        {
          which: { tokenHash: hashOf(token) },
          response,
          reason: answerReasonOf(reason),
          proposal,
          seen,
          accountId: undefined,
          location,
          form,
        },
        app.now(),
      )
      if (!('refused' in done)) return reply.redirect(done.location, 303)
      if (done.refused === 'missing') return reply.callNotFound()
      return show(request, reply.code(409), done.refused)
    },
  )
}
