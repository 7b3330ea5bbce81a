import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { dateSaid } from '../base/i18n/dates.ts'
import { clock } from '../base/time.ts'
import { findNames } from '../matching/names-store.ts'
import { type ChangeWords, words as changeWords } from './change-words.ts'
import { type HistoryLine, historyShown } from './ledger-pages.ts'
import type { Choice } from './pages.ts'
import { isStanding } from './rules.ts'
import { findHistory, findSeatsShown, findTalk } from './show-store.ts'
import { capital, knownAs } from './shown-pages.ts'
import { momentOf } from './store.ts'
import { shownAs } from './undo-rules.ts'
import { terms, words } from './words.ts'

/** What the form of a stale page asked for: in words, and as it would be sent again. */
export type Again = { text: string; action?: string; fields?: Choice[] }

declare module '../base/http/pages.ts' {
  interface Views {
    'talks/stale': {
      say: ChangeWords
      title: string
      crumb: string
      what: HistoryLine[]
      stands: string[]
      again: Again
      still: boolean
      shown: string
      back: string
      sayBack: string
    }
  }
}

/** 409 for a form of a page that somebody else has made old: what changed, how it stands, and the choice kept; nothing is done. */
export async function staleTalk(
  { app, request, reply }: { app: FastifyInstance; request: FastifyRequest; reply: FastifyReply },
  talkId: string,
  seen: number | undefined,
  again: Again,
): Promise<unknown> {
  const { houseId } = actorOf(request)
  const { language } = request
  const row = await findTalk(app.db, houseId, talkId, language)
  if (!row) return reply.callNotFound()
  const now = app.now()
  const names = await findNames(app.db, houseId, language)
  const history = await findHistory(app.db, houseId, language, { requestId: row.request_id, talkId })
  const since = seen === undefined ? history.slice(0, 1) : history.filter(({ id }) => id > seen)
  const seats = await findSeatsShown(app.db, talkId, language)
  const { day, from, to } = momentOf(row)
  const team = seats.filter(isStanding).map(({ name }) => knownAs(name))
  return reply.code(409).page('talks/stale', {
    say: changeWords[language],
    title: changeWords[language].stale.title,
    crumb: `${row.host}, ${row.district}`,
    what: historyShown(language, since, row.zone, now, names.speakers),
    stands: [
      `${capital(dateSaid(language, day))}, ${clock(from)}–${clock(to)} · ${terms[language].talk[row.state]}`,
      team.join(', ') || changeWords[language].stale.nobody,
    ],
    again,
    still: again.action !== undefined && row.state === 'booked',
    shown: shownAs(row.version, history[0]?.id),
    back: `/app/talks/${talkId}`,
    sayBack: words[language].conflict.openTalk,
  })
}
