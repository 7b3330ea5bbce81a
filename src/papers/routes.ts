import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { sendPdf, showSheet } from '../base/http/sheet.ts'
import { typed } from '../base/http/typed.ts'
import type { Paper } from '../base/paper.ts'
import { isUuid } from '../base/text.ts'
import { wallOf } from '../base/time.ts'
import { accountNames, talkFacts } from '../talks/letter-store.ts'
import { talkLine } from '../talks/paper-pages.ts'
import { issue } from './actions.ts'

import { letterPaper, printed, type Stamp, saysTheSame, thanksPaper, voided } from './pages.ts'
import {
  type Contact,
  findHead,
  findIssued,
  findTalksOfLetter,
  findThankedHost,
  findThankedSpeaker,
  type Head,
  type Issued,
  type Subject,
} from './store.ts'
import { words } from './words.ts'

const coordinator = { access: 'coordinator' } as const
const One = Type.Object({ id: Type.String({ maxLength: 60 }) })
type Ask = FastifyRequest<{ Params: { id: string } }>
/** A sheet as it is shown, and what a number would be given for. */
type Made = {
  paper: Paper
  issued: Issued | undefined
  mayIssue: boolean
  /** Why there is no number to be had. */
  note: string
  back: string
  query: string
  other?: { href: string; text: string } | undefined
  aboutYear?: number
  contact?: Contact | undefined
  build: (stamp: Stamp) => Paper
}

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
    app.get(path, { config: { ...coordinator, sight: of }, schema: { params: One } }, async (request, reply) => {
      const made = await make(request)
      return made ? show(request, reply, made, path.replace(':id', request.params.id), of) : reply.callNotFound()
    })
    app.get(
      `${path}.pdf`,
      { config: { ...coordinator, sight: of }, schema: { params: One } },
      async (request, reply) => {
        const made = await make(request)
        return made ? sendPdf(reply, made.paper) : reply.callNotFound()
      },
    )
    app.post(path, { config: coordinator, schema: { params: One } }, async (request, reply) => {
      const made = await make(request)
      if (!made || !(made.mayIssue || made.issued)) return reply.callNotFound()
      const { id } = request.params
      const url = path.replace(':id', id)
      const location = `${url}${made.query}`
      if (!made.mayIssue) return reply.redirect(location, 303)
      const { houseId, accountId } = actorOf(request)
      const { zone } = await findHead(app.db, houseId)
      const key = typed(request.body, ['_key']).texts._key || undefined
      const done = await issue(
        app.db,
        {
          ...{ houseId, accountId, zone, kind: of === 'talk' ? 'letter' : 'thanks', subject: { of, id }, location },
          ...{ aboutYear: made.aboutYear, contact: made.contact, seen: made.issued?.id, paper: made.build },
          form: { key, url: location, by: accountId, body: {}, now: app.now() },
        },
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
    const off = found.state === 'cancelled' || found.state === 'not-held'
    const owner = await findHead(app.db, houseId)
    const head = headSaid(owner)
    const namesOf = async (account: string) =>
      (await accountNames(app.db, account))?.names ?? { kk: '', ru: '', en: '' }
    const mine = await namesOf(accountId)
    const letter = {
      head,
      host: first.host.names,
      contact: found.contact?.name ?? null,
      off,
      talks: { kk: facts.map(it => talkLine(it, 'kk')), ru: facts.map(it => talkLine(it, 'ru')) },
    }
    const executor = issued?.by ? await namesOf(issued.by) : mine
    const today = letterPaper('kk', { ...letter, executor }, issued)
    const over = off || found.state === 'held' || found.from <= app.now()
    const kept = keptOf(issued)
    return {
      paper: printed(named(kept ? (off ? voided(kept) : kept) : today, words[request.language].letter), atOf(owner)),
      issued,
      mayIssue: !over && mayBeIssued(issued, today),
      note: over && !issued ? words[request.language].over : '',
      back: `/app/talks/${id}`,
      query: '',
      contact: found.contact,
      build: stamp => letterPaper('kk', { ...letter, executor: mine }, stamp),
    }
  }

  async function thanksTo(request: Ask, to: 'speaker' | 'host'): Promise<Made | undefined> {
    const { id } = request.params
    const { houseId } = actorOf(request)
    if (!isUuid(id)) return
    const head = await findHead(app.db, houseId)
    const thisYear = Number(wallOf(app.now(), head.zone).day.slice(0, 4))
    const find = to === 'speaker' ? findThankedSpeaker : findThankedHost
    const [now, before] = [await find(app.db, houseId, id, thisYear), await find(app.db, houseId, id, thisYear - 1)]
    if (!now || !before) return
    // who gives thanks in January gives them for the year that is over
    const asked = typed(request.query, ['year']).texts.year
    const last = asked === String(thisYear - 1) || (asked !== String(thisYear) && now.held === 0 && before.held > 0)
    const [year, found, rest] = last ? [thisYear - 1, before, now] : [thisYear, now, before]
    const issued = await findIssued(app.db, houseId, { of: to, id }, year)
    const build = (stamp: Stamp) => thanksPaper('kk', { head: headSaid(head), to, year, ...found }, stamp)
    const say = words[request.language]
    const otherYear = last ? thisYear : thisYear - 1
    return {
      paper: printed(named(keptOf(issued) ?? build(issued), say.thanks), atOf(head)),
      issued,
      mayIssue: found.held > 0 && mayBeIssued(issued, build(issued)),
      note: found.held === 0 && !issued ? say.nothingHeld : '',
      back: `/app/${to}s/${id}`,
      query: `?year=${year}`,
      other: rest.held > 0 ? { href: `?year=${otherYear}`, text: `${say.year}: ${otherYear}` } : undefined,
      aboutYear: year,
      build,
    }
  }

  const atOf = ({ zone }: Head) => ({ ...wallOf(app.now(), zone), zone })

  const show = (
    request: Ask,
    reply: FastifyReply,
    { paper, issued, mayIssue, note, back, query, other }: Made,
    path: string,
    of: Subject['of'],
  ) => {
    const say = words[request.language]
    const text = issued ? say.changedText : of === 'talk' ? say.issueText : say.thanksIssueText
    const button = issued ? say.issueAgain : say.issue
    return showSheet(reply, paper, {
      language: request.language,
      houseId: actorOf(request).houseId,
      pdf: `${path}.pdf${query}`,
      back,
      note,
      ...(other ? { other } : {}),
      ...(mayIssue ? { form: { action: `${path}${query}`, button, text } } : {}),
    })
  }
}

const keptOf = (issued: Issued | undefined) => (issued?.paper ?? undefined) as Paper | undefined

// what was issued before papers kept their text has nothing to be compared with
function mayBeIssued(issued: Issued | undefined, today: Paper): boolean {
  const kept = keptOf(issued)
  return !issued || (kept !== undefined && !saysTheSame(kept, today))
}

const named = (paper: Paper, title: string): Paper => ({ ...paper, title })

const headSaid = (head: Head) => ({
  name: { kk: head.name_kk, ru: head.name_ru },
  letterhead: { kk: head.letterhead_kk, ru: head.letterhead_ru },
  phone: head.phone,
})
