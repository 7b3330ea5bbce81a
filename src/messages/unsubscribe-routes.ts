import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from '../base/http/schema.ts'
import { isLanguage } from '../base/i18n/language.ts'
import { same } from '../base/secrets.ts'
import { isUuid } from '../base/text.ts'
import { isMessageKind } from './rules.ts'
import { type Optional, optionalOf } from './unsubscribe-rules.ts'
import { comeBack, findLetter, hasLeft, leave, leavingToken } from './unsubscribe-store.ts'
import { words } from './unsubscribe-words.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'messages/unsubscribe': {
      title: string
      say: (typeof words)['kk']
      kind: string
      left: boolean
      action: string
      back: string
    }
  }
}

type Link = { id: string; token: string }
const Link = Type.Object({ id: Type.String({ maxLength: 60 }), token: Type.String({ maxLength: 60 }) })

/** Leaving letters that one can do without, by whoever holds the letter: looking changes nothing, a button or RFC 8058 does. */
export const unsubscribeRoutes: FastifyPluginAsyncTypebox = async app => {
  const find = async ({ id, token }: Link) => {
    if (!isUuid(id) || !same(token, leavingToken(app.config.secret, id))) return
    const letter = await findLetter(app.db, id)
    const kind = letter && isMessageKind(letter.kind) ? optionalOf(letter.kind) : undefined
    return letter && kind && { ...letter, kind }
  }
  const pathOf = ({ id, token }: Link, l: unknown, end = '') =>
    `/u/${id}/${encodeURIComponent(token)}${end}${isLanguage(l) ? `?l=${l}` : ''}`

  app.get('/u/:id/:token', { config: { access: 'link' }, schema: { params: Link } }, async (request, reply) => {
    const letter = await find(request.params)
    if (!letter) return reply.callNotFound()
    return show(request, reply, letter)
  })

  const show = async (
    request: FastifyRequest<{ Params: Link }>,
    reply: FastifyReply,
    letter: { recipient: string; kind: Optional; language: 'kk' | 'ru' | 'en'; houseId: string | null },
  ) => {
    const { l } = request.query as { l?: unknown }
    const language = isLanguage(l) ? l : letter.language
    const say = words[language]
    return reply.page(
      'messages/unsubscribe',
      {
        title: say.title,
        say,
        kind: say.kinds[letter.kind],
        left: await hasLeft(app.db, letter.recipient, letter.kind),
        action: pathOf(request.params, l),
        back: pathOf(request.params, l, '/back'),
      },
      { language, ...(letter.houseId === null ? {} : { houseId: letter.houseId }) },
    )
  }

  // the one write without a form of ours: mail programs post it by themselves (RFC 8058), and it has this effect only
  app.post(
    '/u/:id/:token',
    { config: { access: 'link', oneClick: true }, schema: { params: Link } },
    async (request, reply) => {
      const letter = await find(request.params)
      if (!letter) return reply.callNotFound()
      await leave(app.db, letter.recipient, letter.kind, app.now())
      return reply.redirect(pathOf(request.params, (request.query as { l?: unknown }).l), 303)
    },
  )

  app.post('/u/:id/:token/back', { config: { access: 'link' }, schema: { params: Link } }, async (request, reply) => {
    const letter = await find(request.params)
    if (!letter) return reply.callNotFound()
    await comeBack(app.db, letter.recipient, letter.kind)
    return reply.redirect(pathOf(request.params, (request.query as { l?: unknown }).l), 303)
  })
}
