import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actorOf } from '../base/auth.ts'
import { sendPdf, showSheet } from '../base/http/sheet.ts'
import { typed } from '../base/http/typed.ts'
import type { Paper } from '../base/paper.ts'
import { isUuid } from '../base/text.ts'
import { type DateTime, wallOf } from '../base/time.ts'
import { accountNames, talkFacts } from '../talks/letter-store.ts'
import { talkLine } from '../talks/paper-pages.ts'
import { issue } from './actions.ts'

import { letterPaper, thanksPaper } from './pages.ts'
import {
  findHead,
  findIssued,
  findTalksOfLetter,
  findThankedHost,
  findThankedSpeaker,
  type Head,
  type Subject,
} from './store.ts'
import { words } from './words.ts'

const coordinator = { access: 'coordinator' } as const
const One = Type.Object({ id: Type.String({ maxLength: 60 }) })
type Ask = FastifyRequest<{ Params: { id: string } }>
/** A sheet, whether it still lacks a number, and where it stands. */
type Made = { paper: Paper; numbered: boolean; mayIssue: boolean; back: string }

// a letter stays on its one page
const mostTalks = 8

/** Papers of the House with a number and a date: the letter to a host, and thanks. Looking gives no number. */
export const paperRoutes: FastifyPluginAsyncTypebox = async app => {
  const sheets: { path: string; of: Subject['of']; make: (request: Ask) => Promise<Made | undefined> }[] = [
    { path: '/app/talks/:id/letter', of: 'talk', make: letterOf },
    { path: '/app/speakers/:id/thanks', of: 'speaker', make: request => thanksTo(request, 'speaker') },
    { path: '/app/hosts/:id/thanks', of: 'host', make: request => thanksTo(request, 'host') },
  ]
  for (const { path, of, make } of sheets) {
    app.get(path, { config: coordinator, schema: { params: One } }, async (request, reply) => {
      const made = await make(request)
      return made ? show(request, reply, made, of) : reply.callNotFound()
    })
    app.get(`${path}.pdf`, { config: coordinator, schema: { params: One } }, async (request, reply) => {
      const made = await make(request)
      return made ? sendPdf(reply, made.paper) : reply.callNotFound()
    })
    app.post(path, { config: coordinator, schema: { params: One } }, async (request, reply) => {
      const made = await make(request)
      if (!made || !(made.mayIssue || made.numbered)) return reply.callNotFound()
      const { id } = request.params
      const { houseId, accountId } = actorOf(request)
      const { zone } = await findHead(app.db, houseId)
      const location = path.replace(':id', id)
      const key = typed(request.body, ['_key']).texts._key || undefined
      const form = { key, url: location, by: accountId, body: {}, now: app.now() }
      const kind = of === 'talk' ? 'letter' : 'thanks'
      const done = await issue(
        app.db,
        { houseId, accountId, zone, kind, subject: { of, id }, location, form },
        app.now(),
      )
      return reply.redirect(done.location, 303)
    })
  }

  async function letterOf(request: Ask): Promise<Made | undefined> {
    const { id } = request.params
    const { houseId, accountId } = actorOf(request)
    const found = isUuid(id) ? await findTalksOfLetter(app.db, houseId, id, mostTalks) : undefined
    if (!found) return
    const facts = (await Promise.all(found.ids.map(talk => talkFacts(app.db, talk)))).filter(it => it !== undefined)
    const [first] = facts
    if (!first) return
    const issued = await findIssued(app.db, houseId, { of: 'talk', id })
    const executor = await accountNames(app.db, issued?.by ?? accountId)
    const off = found.state === 'cancelled' || found.state === 'not-held'
    const letter = {
      head: headSaid(await findHead(app.db, houseId), app.now()),
      host: first.host.names,
      contact: found.contact,
      executor: executor?.names ?? { kk: '', ru: '', en: '' },
      off,
      talks: { kk: facts.map(it => talkLine(it, 'kk')), ru: facts.map(it => talkLine(it, 'ru')) },
    }
    const paper = letterPaper(request.language, letter, issued)
    return { paper, numbered: issued !== undefined, mayIssue: !off, back: `/app/talks/${id}` }
  }

  async function thanksTo(request: Ask, to: 'speaker' | 'host'): Promise<Made | undefined> {
    const { id } = request.params
    const { houseId } = actorOf(request)
    if (!isUuid(id)) return
    const head = await findHead(app.db, houseId)
    const year = Number(wallOf(app.now(), head.zone).day.slice(0, 4))
    const find = to === 'speaker' ? findThankedSpeaker : findThankedHost
    const found = await find(app.db, houseId, id, year)
    if (!found) return
    const issued = await findIssued(app.db, houseId, { of: to, id }, year)
    const paper = thanksPaper(request.language, { head: headSaid(head, app.now()), to, year, ...found }, issued)
    return { paper, numbered: issued !== undefined, mayIssue: true, back: `/app/${to}s/${id}` }
  }

  const show = (request: Ask, reply: FastifyReply, { paper, numbered, mayIssue, back }: Made, of: Subject['of']) => {
    const say = words[request.language]
    const path = request.url.split('?', 1)[0] ?? ''
    return showSheet(reply, paper, {
      language: request.language,
      houseId: actorOf(request).houseId,
      pdf: `${path}.pdf`,
      back,
      ...(numbered || !mayIssue
        ? {}
        : { form: { action: path, button: say.issue, text: of === 'talk' ? say.issueText : say.thanksIssueText } }),
    })
  }
}

const headSaid = (head: Head, now: DateTime) => ({
  name: { kk: head.name_kk, ru: head.name_ru },
  letterhead: { kk: head.letterhead_kk, ru: head.letterhead_ru },
  phone: head.phone,
  made: { ...wallOf(now, head.zone), zone: head.zone },
})
