import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '../base/http/schema.ts'
import { caughtMail, caughtNames, rawOf } from '../base/mail.ts'
import { isMessageKind } from './rules.ts'
import { words } from './words.ts'

const Name = Type.Object({ name: Type.String() })
const shown = 300

/** Caught letters, newest first; only the demonstration and development have these pages. */
export const mailboxRoutes: FastifyPluginAsyncTypebox = async app => {
  if (!app.development) return
  const folder = `${app.config.dataDir}/mail`

  app.get('/dev/mail', { config: { access: 'open' } }, async (request, reply) => {
    const say = words[request.language]
    const names = await caughtNames(folder)
    const mails = await Promise.all(
      names.slice(0, shown).map(async name => ({ name, mail: await caughtMail(folder, name) })),
    )
    const lines = mails.flatMap(({ name, mail }) =>
      mail
        ? [
            {
              name,
              to: mail.to,
              subject: mail.subject,
              kind: isMessageKind(mail.kind) ? say.kinds[mail.kind] : mail.kind,
            },
          ]
        : [],
    )
    return reply.page('messages/mailbox', { title: say.mailbox, say, lines, count: names.length })
  })

  app.get('/dev/mail.json', { config: { access: 'open' } }, async (_, reply) => {
    const list = []
    for (const name of (await caughtNames(folder)).toReversed()) {
      const mail = await caughtMail(folder, name)
      if (mail)
        list.push({
          to: mail.to,
          subject: mail.subject,
          messageId: mail.messageId,
          kind: mail.kind,
          raw: (await rawOf(folder, name)).toString('utf8'),
        })
    }
    return reply.type('application/json').send(JSON.stringify(list))
  })

  app.get('/dev/mail/:name', { config: { access: 'open' }, schema: { params: Name } }, async (request, reply) => {
    const { name } = request.params
    const mail = await caughtMail(folder, name)
    if (!mail) return reply.callNotFound()
    const say = words[request.language]
    // letters carry their styles with them: they are shown in a frame whose own policy allows that and nothing else
    reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    return reply.page('messages/caught', { title: mail.subject, say, name, mail })
  })

  app.get(
    '/dev/mail/:name/html',
    { config: { access: 'static' }, schema: { params: Name } },
    async (request, reply) => {
      const mail = await caughtMail(folder, request.params.name)
      if (!mail) return reply.callNotFound()
      return reply
        .header(
          'content-security-policy',
          "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-top-navigation-by-user-activation",
        )
        .type('text/html; charset=utf-8')
        .send(mail.html)
    },
  )

  app.get('/dev/mail/:name/raw', { config: { access: 'static' }, schema: { params: Name } }, async (request, reply) => {
    const { name } = request.params
    if (!(await caughtMail(folder, name))) return reply.callNotFound()
    return reply.type('text/plain; charset=utf-8').send(await rawOf(folder, name))
  })
}
