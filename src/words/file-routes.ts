import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { takeFiles, type Upload } from '../base/http/files.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { languages } from '../base/i18n/language.ts'
import { allowed } from '../base/limits.ts'
import { hashOf } from '../base/secrets.ts'
import { cleanLine, isUuid } from '../base/text.ts'
import { findZone } from '../houses/zone-store.ts'
import { mostBytes, type Refused } from '../imports/rules.ts'
import { words as importWords } from '../imports/words.ts'
import { judged, prepareFile, takeFile } from './actions.ts'
import { allTexts } from './collect.ts'
import { rowsOf } from './file-rules.ts'
import { listPage } from './pages.ts'
import { findFile, findMarks } from './store.ts'
import { readLines } from './table-reading.ts'
import { filePage } from './text-pages.ts'
import { wishIn } from './wishes.ts'
import { words } from './words.ts'

const access = { config: { access: 'coordinator' } } as const
const one = { ...access, schema: { params: Type.Object({ id: Type.String() }) } } as const
const home = '/app/words/files'
const longestFileName = 120
const columnNames = languages.map(it => words[it].columns)
const states = {
  good: languages.map(it => words[it].states.good),
  correction: languages.map(it => words[it].states.correction),
}

/** Corrections that come back as a file: looked at row by row, then taken. */
export const wordFileRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(home, access, async (_, reply) => reply.redirect('/app/words', 303))

  app.get(`${home}/:id`, one, async (request, reply) => {
    const { id } = request.params
    const { houseId } = actorOf(request)
    const file = isUuid(id) ? await findFile(app.db, houseId, id) : undefined
    if (!file) return reply.callNotFound()
    const rows = await judged(app.db, { houseId }, file.rows, await allTexts(), states)
    const its = { id, name: file.name, taken: file.takenAt !== null }
    return reply.page('words/file', filePage(request.language, its, rows))
  })

  app.post(`${home}/:id/confirmation`, one, async (request, reply) => {
    const { id } = request.params
    if (!isUuid(id)) return reply.callNotFound()
    const its = { id, texts: await allTexts(), states }
    const done = await takeFile(app.db, sentForm(request, app.now()), actorOf(request), its)
    return 'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
  })

  await app.register(async files => {
    takeFiles(files, mostBytes)
    files.setErrorHandler(async (error: { statusCode?: number }, request, reply) => {
      if (error.statusCode !== 413 || !request.actor) throw error
      return again(request, reply.code(413), { code: 'too-large' })
    })

    files.post(home, access, async (request, reply) => {
      const actor = actorOf(request)
      const { file, ...sent } = (request.body ?? {}) as Upload
      if (!(file instanceof Uint8Array) || file.length === 0)
        return again(request, reply.code(422), { code: 'no-file' })
      if (file.length > mostBytes) return again(request, reply.code(413), { code: 'too-large' })
      // each try costs a thread of ours
      const may = await allowed(app.db, app.config.secret, 'import', actor.accountId, app.now())
      if (!('ok' in may)) return reply.tooMany(may.retryAfterSeconds)
      const table = await readLines(file)
      const read = 'refused' in table ? table : rowsOf(table.lines, columnNames)
      if ('refused' in read) return again(request, reply.code(422), read.refused)
      const key = sent['_key']
      const form = {
        key: typeof key === 'string' && key.length <= 100 ? key : undefined,
        ...{ url: home, by: actor.accountId, now: app.now() },
        body: hashOf(Buffer.from(file).toString('latin1')),
      }
      const name = typeof sent['fileName'] === 'string' ? cleanLine(sent['fileName']).slice(0, longestFileName) : ''
      const done = await prepareFile(app.db, form, actor, { name, rows: read.rows })
      return 'location' in done ? reply.redirect(done.location, 303) : reply.callNotFound()
    })
  })

  async function again(request: FastifyRequest, reply: FastifyReply, refused: Refused) {
    const { language } = request
    const { houseId } = actorOf(request)
    const wish = wishIn({})
    const its = {
      texts: await allTexts(),
      marks: await findMarks(app.db, wish.tongue, { houseId, language }),
      zone: await findZone(app.db, houseId),
    }
    const say = importWords[language]
    const text = say.refused[refused.code] + ('line' in refused ? `, ${say.lineOf(refused.line)}` : '')
    return reply.page('words/list', listPage(language, its, wish, { refused: text }))
  }
}
