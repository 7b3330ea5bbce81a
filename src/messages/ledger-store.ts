import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { MessageState, Tables } from '../base/db/tables.ts'
import type { Said } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { type LedgerFilter, newsKinds, recipientOf } from './ledger-rules.ts'
import { searchReaders } from './person-store.ts'

export type LedgerRow = {
  id: string
  kind: string
  channel: string
  recipient: string
  address: string
  state: MessageState
  reason: string | null
  at: DateTime
  /** When it failed, was held, or became needless or pointless. */
  endedAt: DateTime | null
  notAfter: DateTime | null
  reply: string | null
  requestNumber: number | null
  talkId: string | null
  outdone: boolean
  /** Who sent it again by hand. */
  againBy: Said | undefined
}
/** `planned` is what waits for its time, the soonest at the end; `rows` the page of all else, newest first, one row more when there is another page. */
export type Ledger = { planned: LedgerRow[]; more: boolean; rows: LedgerRow[] }

export const pageSize = 100
/** So many planned letters stand above the others, the next ones; all of them are a page of their own. */
const mostPlanned = 20

/** A letter's moment: when it left, else when it is due; what became pointless, when it was written. */
const moment = sql<DateTime>`coalesce(sent_at, case when messages.state = 'superseded' then messages.created_at else due_at end)`

/** A page of the House's ledger. Planned letters stand on top of the first, or make up the pages when only those that wait are asked for. */
export async function ledgerOf(db: Db, houseId: string, filter: LedgerFilter, now: DateTime): Promise<Ledger> {
  const found = filter.search === '' ? undefined : await searchReaders(db, houseId, filter.search)
  const rows = () => filtered(db, houseId, filter, found)
  const page = async (query: ReturnType<typeof filtered>) =>
    (
      await query
        .orderBy('messages.id')
        .limit(pageSize + 1)
        .offset((filter.page - 1) * pageSize)
        .execute()
    ).map(read)
  if (filter.state === 'waiting') return { planned: [], more: false, rows: await page(rows().orderBy(moment, 'asc')) }
  const next =
    filter.page > 1 || filter.state !== undefined
      ? []
      : await rows()
          .where('messages.state', '=', 'waiting')
          .where('due_at', '>', now)
          .orderBy('due_at')
          .orderBy('messages.id')
          .limit(mostPlanned + 1)
          .execute()
  return {
    planned: next.slice(0, mostPlanned).reverse().map(read),
    more: next.length > mostPlanned,
    rows: await page(
      rows()
        .where(it => it.not(it.and([it('messages.state', '=', 'waiting'), it('due_at', '>', now)])))
        .orderBy(moment, 'desc'),
    ),
  }
}

const isMissed = sql<SqlBool>`messages.state = 'skipped' and messages.reason = 'too-late' and messages.kind = any(${sql.val(newsKinds)}::text[])`

/** Which letters are said to stand so (`standingOf`); by the column itself where that says it, so that its indexes serve. */
function stands(it: ExpressionBuilder<Tables, 'messages'>, state: MessageState) {
  const plain = it('messages.state', '=', state)
  if (state === 'failed') return it.or([plain, isMissed])
  return state === 'skipped' ? it.and([plain, sql<SqlBool>`(${isMissed}) is not true`]) : plain
}

function filtered(db: Db, houseId: string, filter: LedgerFilter, found: string[] | undefined) {
  const { state, kind, talkId, person, search } = filter
  const typed = search.toLowerCase()
  return db
    .selectFrom('messages')
    .leftJoin('requests', 'requests.id', 'messages.request_id')
    .leftJoin('accounts as repeater', 'repeater.id', 'messages.again_by')
    .select([
      'messages.id',
      'kind',
      'messages.channel',
      'recipient',
      'address',
      'messages.state',
      'reason',
      'not_after as notAfter',
      'messages.ended_at as endedAt',
      'smtp_reply as reply',
      'requests.number as requestNumber',
      'talk_id as talkId',
      'repeater.name_kk',
      'repeater.name_ru',
      'repeater.name_en',
      moment.as('at'),
    ])
    .select(it => outdone(it).as('outdone'))
    .where('messages.house_id', '=', houseId)
    .$if(state !== undefined, query => query.where(it => stands(it, state ?? 'sent')))
    .$if(kind !== undefined, query => query.where('kind', '=', kind ?? ''))
    .$if(talkId !== undefined, query => query.where('talk_id', '=', talkId ?? ''))
    .$if(person !== undefined, query => query.where('recipient', '=', person ? recipientOf(person) : ''))
    .$if(found !== undefined, query =>
      query.where(it =>
        it.or([
          it('recipient', '=', sql<string>`any(${found ?? []}::text[])`),
          // also letters to an address that is no longer anybody's
          ...(typed.includes('@') ? [sql<SqlBool>`strpos(lower(address), ${typed}) > 0`] : []),
        ]),
      ),
    )
}

/** Whether the very letter was sent again after this one, or a later letter of its cause tells this reader (`isOutdone`). */
export const outdone = (it: ExpressionBuilder<Tables, 'messages'>) =>
  it.exists(
    it
      .selectFrom('messages as later')
      .select('later.id')
      .whereRef('later.cause', '=', 'messages.cause')
      .whereRef('later.recipient', '=', 'messages.recipient')
      .where(
        sql<SqlBool>`(later.version = messages.version and later.kind = messages.kind and later.again > messages.again)
        or (later.version > messages.version and later.state not in ('superseded', 'skipped')
          and case when messages.kind like 'reminder-%' or messages.kind = 'outcome-asked' then later.kind = messages.kind
            else later.kind not like 'reminder-%' and later.kind <> 'outcome-asked' end)`,
      ),
  )

type Found = Awaited<ReturnType<ReturnType<typeof filtered>['execute']>>[number]

const read = ({ name_kk, name_ru, name_en, outdone: past, ...row }: Found): LedgerRow => ({
  ...row,
  outdone: Boolean(past),
  againBy: name_kk === null ? undefined : { kk: name_kk, ru: name_ru ?? '', en: name_en ?? '' },
})

export async function zoneOf(db: Db, houseId: string): Promise<string> {
  return (await db.selectFrom('houses').select('zone').where('id', '=', houseId).executeTakeFirstOrThrow()).zone
}
