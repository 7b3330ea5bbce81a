import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { takeFiles, type Upload } from '../base/http/files.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import { allowed } from '../base/limits.ts'
import { hashOf } from '../base/secrets.ts'
import { cleanLine, isUuid } from '../base/text.ts'
import { findOwnDistricts } from '../houses/travel-store.ts'
import { findZone } from '../houses/zone-store.ts'
import { findNames } from '../matching/names-store.ts'
import { sayOf } from '../matching/pages.ts'
import { findSpeakerChoices } from '../speakers/edit-store.ts'
import { instantSaid } from '../talks/shown-pages.ts'
import { findAudiences, findTopics } from '../topics/store.ts'
import { confirm, decide, discard, prepare, type Unconfirmed } from './actions.ts'
import { hostOptions } from './host-columns.ts'
import { beginPage, donePage } from './pages.ts'
import { previewPage, rowsShown } from './preview-pages.ts'
import { requestOptions } from './request-columns.ts'
import { type Counts, type ImportKind, importKinds, mostBytes, type Options, type Refused, states } from './rules.ts'
import { speakerOptions } from './speaker-columns.ts'
import { countUnfit, findImport, findImports, findRows, type ImportRow } from './store.ts'
import { csvTemplate, xlsxTemplate } from './template.ts'
import { words } from './words.ts'
import { tools } from './work.ts'

const access = { config: { access: 'coordinator' } } as const
const one = { ...access, schema: { params: Type.Object({ id: Type.String() }) } }
const home = '/app/imports'
const longestFileName = 120
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const kindOf = (text: unknown): ImportKind => importKinds.find(each => each === text) ?? 'speakers'

/** A file of speakers, hosts or requests: chosen, looked at row by row, confirmed. */
export const importRoutes: FastifyPluginAsyncTypebox = async app => {
  const desk = { db: app.db, tools, jobs: app.jobs, secret: app.config.secret }

  app.get(home, access, async (request, reply) => {
    const { texts } = typed(request.query, ['kind'])
    return begin(request, reply, kindOf(texts.kind))
  })

  app.get(
    `${home}/templates/:file`,
    { ...access, schema: { params: Type.Object({ file: Type.String() }) } },
    async (request, reply) => {
      const [name, ending] = request.params.file.split('.')
      const kind = importKinds.find(each => each === name)
      if (!kind || (ending !== 'csv' && ending !== 'xlsx')) return reply.callNotFound()
      reply.header('content-disposition', `attachment; filename="${kind}.${ending}"`)
      if (ending === 'csv') return reply.type('text/csv; charset=utf-8').send(csvTemplate(kind, request.language))
      return reply.type(xlsx).send(await xlsxTemplate(kind, request.language))
    },
  )

  app.get(`${home}/:id`, { ...one, config: { access: 'coordinator', sight: 'import' } }, async (request, reply) => {
    const found = await find(request)
    return found ? show(request, reply, found) : reply.callNotFound()
  })
  for (const part of ['choices', 'confirmation', 'removal'])
    app.get(`${home}/:id/${part}`, one, async (request, reply) =>
      reply.redirect(`${home}/${encodeURIComponent(request.params.id)}`, 303),
    )

  app.post(`${home}/:id/choices`, one, async (request, reply) => {
    const found = await find(request)
    if (!found) return reply.callNotFound()
    const { texts } = typed(request.body, ['state', 'page'])
    const done = await decide(desk, actorOf(request), found.id, choicesIn(request.body), app.now())
    if ('refused' in done) return reply.callNotFound()
    const query = new URLSearchParams({ state: texts.state, page: texts.page })
    return reply.redirect(`${home}/${found.id}?${query}`, 303)
  })

  app.post(`${home}/:id/confirmation`, one, async (request, reply) => {
    const found = await find(request)
    if (!found) return reply.callNotFound()
    const { texts } = typed(request.body, ['letters'])
    const letters = found.kind === 'requests' && texts.letters === '1'
    const done = await confirm(desk, actorOf(request), found.id, sentForm(request, app.now()), letters)
    if ('location' in done) return reply.redirect(done.location, 303)
    if (done.refused === 'missing') return reply.callNotFound()
    const again = await find(request)
    return again ? show(request, reply.code(409), again, unconfirmedSaid(request, done)) : reply.callNotFound()
  })

  app.post(`${home}/:id/removal`, one, async (request, reply) => {
    const found = await find(request)
    if (!found) return reply.callNotFound()
    await discard(app.db, actorOf(request).houseId, found.id)
    return reply.redirect(found.state === 'done' ? `${home}/${found.id}` : `${home}?kind=${found.kind}`, 303)
  })

  await app.register(async files => {
    takeFiles(files, mostBytes)
    files.setErrorHandler(async (error: { statusCode?: number }, request, reply) => {
      if (error.statusCode !== 413 || !request.actor) throw error
      return begin(request, reply.code(413), 'speakers', { code: 'too-large' })
    })

    files.post(home, access, async (request, reply) => {
      const { houseId, accountId } = actorOf(request)
      const { file, ...fields } = (request.body ?? {}) as Upload
      const kind = kindOf(fields['kind'])
      if (!(file instanceof Uint8Array) || file.length === 0)
        return begin(request, reply.code(422), kind, { code: 'no-file' })
      if (file.length > mostBytes) return begin(request, reply.code(413), kind, { code: 'too-large' })
      // each try costs a thread of ours
      const may = await allowed(app.db, app.config.secret, 'import', accountId, app.now())
      if (!('ok' in may)) return reply.tooMany(may.retryAfterSeconds)
      const key = fields['_key']
      const form = {
        key: typeof key === 'string' && key.length <= 100 ? key : undefined,
        ...{ url: home, by: accountId, now: app.now() },
        body: [kind, hashOf(Buffer.from(file).toString('latin1'))],
      }
      const name = typeof fields['fileName'] === 'string' ? cleanLine(fields['fileName']).slice(0, longestFileName) : ''
      const done = await prepare(desk, { houseId, accountId }, kind, { name, bytes: file }, form)
      if ('location' in done) return reply.redirect(done.location, 303)
      return begin(request, reply.code(422), kind, done.refused)
    })
  })

  const find = async (request: FastifyRequest<{ Params: { id: string } }>) =>
    isUuid(request.params.id) ? findImport(app.db, actorOf(request).houseId, request.params.id, app.now()) : undefined

  async function begin(request: FastifyRequest, reply: FastifyReply, kind: ImportKind, refused?: Refused) {
    const { houseId } = actorOf(request)
    const now = app.now()
    const zone = await findZone(app.db, houseId)
    const past = (await findImports(app.db, houseId, request.language, now)).map(it => ({
      ...it,
      counts: it.counts as unknown as Counts,
      when: instantSaid(request.language, it.done_at ?? it.created_at, zone, now),
    }))
    return reply.page('imports/begin', beginPage(request.language, kind, past, refused))
  }

  async function show(request: FastifyRequest, reply: FastifyReply, found: ImportRow, problem?: string) {
    const { houseId } = actorOf(request)
    const { language } = request
    const now = app.now()
    const zone = await findZone(app.db, houseId)
    if (found.state === 'done') {
      const when = instantSaid(language, found.done_at ?? found.created_at, zone, now)
      return reply.page('imports/done', donePage(language, found.kind, found.counts, when))
    }
    const { texts } = typed(request.query, ['state', 'page'])
    const state = states.find(each => each === texts.state)
    const page = /^[1-9]\d{0,3}$/.test(texts.page) ? Number(texts.page) : 1
    const rows = await findRows(app.db, found.id, state, { size: rowsShown, offset: (page - 1) * rowsShown })
    const until = instantSaid(language, found.ends_at, zone, now)
    const options = await optionsOf(houseId, found.kind)
    const unfit = {
      talks: found.kind === 'speakers' ? await countUnfit(app.db, found.id) : 0,
      say: sayOf(language, await findNames(app.db, houseId, language)),
    }
    return reply.page(
      'imports/preview',
      previewPage(language, { ...found, until }, rows, options, { state, page }, unfit, problem),
    )
  }

  async function optionsOf(houseId: string, kind: ImportKind): Promise<Options> {
    if (kind === 'speakers') return speakerOptions(await findSpeakerChoices(app.db, houseId))
    const districts = await findOwnDistricts(app.db, houseId)
    if (kind === 'hosts') return hostOptions(districts)
    return requestOptions({
      districts,
      topics: await findTopics(app.db, houseId),
      audiences: await findAudiences(app.db),
    })
  }
}

const unconfirmedSaid = (request: FastifyRequest, { refused }: Unconfirmed): string => {
  const say = words[request.language]
  return refused === 'running' ? say.running : refused === 'nothing' ? say.nothing : say.changed
}

/** Decisions as the page sends them: `row-12` is an id, `new`, `skip` or nothing. */
function choicesIn(body: unknown): { line: number; choice: string }[] {
  if (typeof body !== 'object' || body === null) return []
  return Object.entries(body).flatMap(([name, value]) => {
    const line = /^row-(\d{1,7})$/.exec(name)?.[1]
    if (line === undefined || typeof value !== 'string') return []
    const known = ['', 'new', 'host:new', 'skip'].includes(value) || isUuid(value.replace(/^host:/, ''))
    return known ? [{ line: Number(line), choice: value }] : []
  })
}
