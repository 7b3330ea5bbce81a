import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { Type } from '../base/http/schema.ts'
import { sentForm } from '../base/http/sent.ts'
import { typed } from '../base/http/typed.ts'
import type { Language } from '../base/i18n/language.ts'
import { isUuid } from '../base/text.ts'
import type { Names } from '../matching/names-store.ts'
import { sayOf } from '../matching/pages.ts'
import { talkConflict } from './conflict-routes.ts'
import type { SeatRow, TalkRow } from './show-store.ts'
import { askNext, holdWithout, stopSearch } from './substitution-decision-actions.ts'
import { helpLines } from './substitution-mail.ts'
import { findHelp } from './substitution-mail-store.ts'
import { type SearchShown, searchShown } from './substitution-show-pages.ts'
import { findAsks, findSearches } from './substitution-show-store.ts'
import { words } from './substitution-words.ts'
import { words as talkWords } from './words.ts'

const acts = ['stop', 'ask', 'without'] as const

/** What a coordinator decides about a running search for a substitute; the talk's page shows it under the refusal. */
export const searchRoutes: FastifyPluginAsyncTypebox = async app => {
  app.post(
    '/app/talks/:id/substitution',
    { config: { access: 'coordinator' }, schema: { params: Type.Object({ id: Type.String({ maxLength: 100 }) }) } },
    async (request, reply) => {
      const { id } = request.params
      const { texts } = typed(request.body, ['seat', 'act'])
      const act = acts.find(each => each === texts.act)
      if (!isUuid(id) || !isUuid(texts.seat) || !act) return reply.callNotFound()
      const { houseId, accountId } = actorOf(request)
      const now = app.now()
      const decision = {
        talkId: id,
        seatId: texts.seat,
        location: `/app/talks/${id}#tm`,
        form: sentForm(request, now),
      }
      if (act === 'without') {
        const by = { houseId, accountId, whom: 'account' as const }
        const done = await holdWithout(app.db, app.jobs, app.config.secret, { ...decision, by }, now)
        return 'refused' in done
          ? talkConflict({ app, request, reply, refused: done.refused }, { talkId: id })
          : reply.redirect(done.location, 303)
      }
      const deciding = { ...decision, by: { houseId, accountId } }
      const done =
        act === 'stop'
          ? await stopSearch(app.db, app.jobs, deciding, now)
          : await askNext(app.db, app.jobs, app.config.secret, deciding, now)
      if (!('refused' in done)) return reply.redirect(done.location, 303)
      if (done.refused === 'missing') return reply.callNotFound()
      const { language } = request
      return reply.code(409).page('talks/conflict', {
        say: talkWords[language],
        title: words[language].questions,
        chosen: '',
        lines: [words[language].ends.decided],
        offers: [],
        forms: [],
        talk: id,
        back: `/app/talks/${id}`,
      })
    },
  )
}

/** The searches of a talk by seat, for its page. */
export async function searchesOf(
  app: FastifyInstance,
  language: Language,
  row: TalkRow,
  seats: SeatRow[],
  names: Names,
): Promise<Record<string, SearchShown>> {
  const now = app.now()
  const declined = seats.filter(({ state }) => state === 'declined')
  if (declined.length === 0) return {}
  const [searches, asks] = await Promise.all([findSearches(app.db, row.id), findAsks(app.db, row.id, language)])
  const shown: Record<string, SearchShown> = {}
  for (const seat of declined) {
    const search = searches.find(({ seatId }) => seatId === seat.id)
    const open = seat.ended_at === null && row.state === 'booked' && row.during.from > now
    if (!search && !open) continue
    const help =
      open && search?.endedAs === 'escalated' ? await findHelp(app.db, row.id, seat.speakerId, now) : undefined
    shown[seat.id] = searchShown(
      language,
      seat.id,
      search,
      asks.filter(({ seatId }) => seatId === seat.id),
      {
        zone: row.zone,
        open,
        help:
          search?.endedAs === 'escalated'
            ? { lines: helpLines(help, language), smaller: help?.smaller === true }
            : undefined,
      },
      sayOf(language, names),
      now,
    )
  }
  return shown
}
