import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { typed } from '../base/http/typed.ts'
import { isLanguage, type Language } from '../base/i18n/language.ts'
import { hashOf, tokenOf } from '../base/secrets.ts'
import { isUuid } from '../base/text.ts'
import { wallOf } from '../base/time.ts'
import { findNames } from '../matching/names-store.ts'
import { refusalsShown, sayOf } from '../matching/pages.ts'
import { talkFacts } from './letter-store.ts'
import { words as meWords } from './me-words.ts'
import { answerQuestion, type NotTaken } from './substitution-answer-actions.ts'
import {
  findColleagues,
  findInvitationOf,
  findQuestion,
  findQuestionLanguage,
  type QuestionRow,
  type WhichQuestion,
} from './substitution-answer-store.ts'
import { questionShown, questionTalk } from './substitution-pages.ts'
import { words } from './substitution-words.ts'

const link = { access: 'link' } as const
const speaker = { access: 'speaker' } as const
const Token = Type.Object({ token: Type.String({ maxLength: 200 }) })
const Id = Type.Object({ id: Type.String({ maxLength: 100 }) })

/** Where a question is asked: by the link of its letter, or on a signed-in speaker's own pages. */
type Place = {
  which: WhichQuestion
  language: Language | undefined
  self: string
  query: string
  accountId: string | undefined
  own: boolean
}
type Trouble = { refused?: NotTaken; wrong?: boolean; colleague?: string; chosen?: 'yes' | 'no' }

/** The page that asks somebody to stand in: looking changes nothing, the form answers. */
export const questionRoutes: FastifyPluginAsyncTypebox = async app => {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    place: Place,
    { refused, wrong = false, colleague, chosen }: Trouble = {},
  ) => {
    const question = await findQuestion(app.db, place.which)
    const facts = question && (await talkFacts(app.db, question.talkId))
    if (!question || !facts) return reply.callNotFound()
    const now = app.now()
    const language = place.language ?? (await findQuestionLanguage(app.db, question.speakerId))
    const say = words[language]
    const names = await findNames(app.db, question.houseId, language)
    const shown = questionShown(language, question, facts.zone, now)
    const open = shown.over === undefined
    const colleagues = open ? await findColleagues(app.db, question, language, wallOf(now, facts.zone).day) : []
    const problem = refused && open ? problemSaid(language, refused) : undefined
    return reply.page(
      'invitations/question',
      {
        title: `${say.title} ${facts.day}`,
        say,
        talk: questionTalk(language, facts, names.professions.get(question.profession) ?? ''),
        ...shown,
        invitation: question.answer === 'yes' ? await invitationOf(question, place.own) : undefined,
        problem,
        why:
          refused?.code === 'impossible'
            ? refusalsShown(language, refused.refusals.slice(0, 3), sayOf(language, names))
            : [],
        chosen: chosen ?? (askedFor(request) === 'no' ? 'no' : 'yes'),
        action: `${place.self}/response${place.query}`,
        named: question.colleagueId ? say.named(names.speakers.get(question.colleagueId) ?? '') : undefined,
        colleagues: colleagues.map(({ id, name }) => ({ value: id, text: name, checked: id === colleague })),
        wrong: wrong ? say.mistake : undefined,
        back: place.own ? '/me' : undefined,
        backText: meWords[language].all,
      },
      { language, houseId: question.houseId },
    )
  }

  const invitationOf = async (question: QuestionRow, own: boolean): Promise<string | undefined> => {
    if (own) return `/me/talks/${question.talkId}`
    const nonce = question.seatId ? await findInvitationOf(app.db, question.seatId) : undefined
    return nonce && `/i/${tokenOf(app.config.secret, 'invitation', nonce)}`
  }

  const answer = async (request: FastifyRequest, reply: FastifyReply, place: Place) => {
    const { texts, repeated } = typed(request.body, ['response', 'colleague', '_key'])
    const response = (['yes', 'no'] as const).find(each => each === texts.response)
    const colleague = texts.colleague || undefined
    if (!response || repeated.length > 0) return show(request, reply.code(422), place)
    if (colleague !== undefined && response === 'no' && !isUuid(colleague))
      return show(request, reply.code(422), place, { wrong: true, chosen: 'no' })
    const done = await answerQuestion(
      app.db,
      app.jobs,
      app.config.secret,
      {
        which: place.which,
        response,
        colleague: response === 'no' ? colleague : undefined,
        accountId: place.accountId,
        location: question =>
          place.own && response === 'yes' ? `/me/talks/${question.talkId}` : `${place.self}${place.query}`,
        form: {
          key: texts._key || undefined,
          url: request.url,
          by: place.accountId ?? 'question',
          body: request.body,
          now: app.now(),
        },
      },
      app.now(),
    )
    if (!('refused' in done)) return reply.redirect(done.location, 303)
    const { refused } = done
    if (refused.code === 'missing') return reply.callNotFound()
    if (refused.code === 'colleague')
      return show(request, reply.code(422), place, { wrong: true, chosen: 'no', ...(colleague ? { colleague } : {}) })
    return show(request, reply.code(409), place, { refused })
  }

  const byLink = (request: FastifyRequest<{ Params: { token: string } }>): Place => {
    const { token } = request.params
    const language = languageOf(request)
    return {
      which: { tokenHash: hashOf(token) },
      language,
      self: `/s/${encodeURIComponent(token)}`,
      query: language ? `?l=${language}` : '',
      accountId: undefined,
      own: false,
    }
  }
  const ofMine = (request: FastifyRequest<{ Params: { id: string } }>): Place | undefined => {
    const { speakerId, accountId } = actorOf(request)
    const { id } = request.params
    if (!speakerId || !isUuid(id)) return
    return {
      which: { id, speakerId },
      language: request.language,
      self: `/me/questions/${id}`,
      query: '',
      accountId,
      own: true,
    }
  }

  app.get('/s/:token', { config: link, schema: { params: Token } }, async (request, reply) =>
    show(request, reply, byLink(request)),
  )
  app.post('/s/:token/response', { config: link, schema: { params: Token } }, async (request, reply) =>
    answer(request, reply, byLink(request)),
  )
  app.get('/me/questions/:id', { config: speaker, schema: { params: Id } }, async (request, reply) => {
    const place = ofMine(request)
    return place ? show(request, reply, place) : reply.callNotFound()
  })
  app.post('/me/questions/:id/response', { config: speaker, schema: { params: Id } }, async (request, reply) => {
    const place = ofMine(request)
    return place ? answer(request, reply, place) : reply.callNotFound()
  })
  // a language link or a reload after a refused form comes here
  app.get('/s/:token/response', { config: link, schema: { params: Token } }, async (request, reply) => {
    const { self, query } = byLink(request)
    return reply.redirect(`${self}${query}`, 303)
  })
  app.get('/me/questions/:id/response', { config: speaker, schema: { params: Id } }, async (request, reply) =>
    reply.redirect(`/me/questions/${encodeURIComponent(request.params.id)}`, 303),
  )
}

function languageOf(request: FastifyRequest): Language | undefined {
  const { l } = request.query as { l?: unknown }
  return isLanguage(l) ? l : undefined
}

const askedFor = (request: FastifyRequest): unknown => (request.query as { response?: unknown }).response

function problemSaid(language: Language, refused: NotTaken): string | undefined {
  const say = words[language]
  if (refused.code === 'busy') return say.busy
  return refused.code === 'impossible' ? say.impossible : undefined
}
