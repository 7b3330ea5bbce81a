import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { FeedKind } from '../base/db/tables.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import { type DateTime, type Day, wallOf } from '../base/time.ts'
import { rowsOfPerson } from '../speakers/person-store.ts'
import type { Choice } from './rules.ts'

/** As much of a feed as tells whether a reader's copy still stands: one row found by the hash of the secret. */
export type Feed = {
  id: string
  kind: FeedKind | 'public'
  houseId: string
  ownerId: string
  zone: string
  language: Language
  nonce: string
  revision: number
  changedAt: DateTime
  /** That somebody reads it was noted a moment ago. */
  noted: boolean
  /** Some talk of the House changed since its texts were written. */
  behind: boolean
}

/** Milliseconds: more often nobody needs to know. */
const notedEvery = 600_000

const isBehind = sql<boolean>`exists (select from talk_calendars c where c.house_id = houses.id and c.behind)`

/** The feeds behind these hashes of secrets, unless they were replaced, ended, or their speaker has left. */
export async function findFeeds(db: Db, hashes: string[], now: DateTime): Promise<Map<string, Feed>> {
  const { rows } = await sql<Row>`select * from feeds_behind(${sql.val(hashes)}::text[])`.execute(db)
  return new Map(
    rows
      .filter(row => row.left_on === null || row.left_on > wallOf(now, row.zone).day)
      .map(row => [
        row.secret_hash,
        {
          id: row.id,
          kind: row.kind,
          houseId: row.house_id,
          ownerId: row.owner_id,
          zone: row.zone,
          language: row.language ?? 'kk',
          nonce: row.nonce,
          revision: row.revision,
          changedAt: row.changed_at,
          noted: row.fetched_at !== null && now.toMillis() - row.fetched_at.toMillis() <= notedEvery,
          behind: row.behind,
        },
      ]),
  )
}

type Row = {
  secret_hash: string
  id: string
  kind: FeedKind
  house_id: string
  owner_id: string
  nonce: string
  revision: number
  changed_at: DateTime
  fetched_at: DateTime | null
  zone: string
  language: Language | null
  left_on: Day | null
  behind: boolean
}

/** What everybody may see of a House, under its name in addresses. */
export async function findPublicFeed(db: Db, slug: string): Promise<Feed | undefined> {
  const row = await db
    .selectFrom('houses')
    .leftJoin('public_feeds', 'public_feeds.house_id', 'houses.id')
    .select(['houses.id', 'zone', 'created_at', 'revision', 'changed_at', isBehind.as('behind')])
    .where('slug', '=', slug)
    .executeTakeFirst()
  if (!row) return
  return {
    id: row.id,
    kind: 'public',
    houseId: row.id,
    ownerId: row.id,
    zone: row.zone,
    language: 'kk',
    nonce: '',
    revision: row.revision ?? 0,
    changedAt: row.changed_at ?? row.created_at.startOf('second'),
    noted: true,
    behind: row.behind,
  }
}

export type Body = { events: string; modifiedAt: DateTime | null; zones: string[] }

/** All events of a feed that end after an instant, joined in the order of their starts by the database. `alarm`: a finished VALARM. */
export async function findBody(
  db: Db,
  feed: Pick<Feed, 'kind' | 'houseId' | 'ownerId'>,
  language: Language,
  from: DateTime,
  choice: Choice,
  alarm: string,
): Promise<Body> {
  const audience = feed.kind === 'house' || feed.kind === 'group' ? 'staff' : feed.kind
  const end = 'END:VEVENT\r\n'
  const event = choice.alarms
    ? sql`case when cancelled then event else left(event, -length(${end}::text)) || ${alarm}::text || ${end}::text end`
    : sql`event`
  const text = choice.travel ? sql`${event} || journey` : event
  const row = await db
    .selectFrom('calendar_texts')
    .select([
      sql<string | null>`string_agg(${text}, '' order by starts_at, talk_id)`.as('events'),
      sql<DateTime | null>`max(modified_at)`.as('modifiedAt'),
      sql<string[] | null>`array_agg(distinct zone)`.as('zones'),
    ])
    .where('audience', '=', audience)
    .where('ends_at', '>', from)
    .$if(feed.kind === 'speaker', query =>
      // one calendar, whichever of the person's Houses books
      query.where('speaker_id', 'in', rowsOfPerson(feed.ownerId)),
    )
    .$if(feed.kind !== 'speaker', query => query.where('language', '=', language))
    .$if(feed.kind === 'host', query => query.where('host_id', '=', feed.ownerId))
    .$if(feed.kind === 'house' || feed.kind === 'public' || feed.kind === 'group', query =>
      query.where('house_id', '=', feed.houseId),
    )
    .$if(feed.kind === 'group', query =>
      query.where(
        'talk_id',
        'in',
        db
          .selectFrom('group_members')
          .innerJoin('assignments', 'assignments.speaker_id', 'group_members.speaker_id')
          .select('assignments.talk_id')
          .where('group_id', '=', feed.ownerId)
          // a talk that is off has nobody standing any more, and stays as a tombstone all the same
          .where(it =>
            it.or([it('assignments.state', 'in', ['invited', 'accepted']), sql<boolean>`calendar_texts.cancelled`]),
          ),
      ),
    )
    .$if(!choice.cancelled, query => query.where('cancelled', '=', false))
    .$if(!choice.accepted, query => query.where('accepted', '=', false))
    .executeTakeFirstOrThrow()
  return { events: row.events ?? '', modifiedAt: row.modifiedAt, zones: row.zones ?? [] }
}

/** Names of whom a feed is of, for its head. */
export async function findNames(
  db: Db,
  feed: Pick<Feed, 'kind' | 'houseId' | 'ownerId'>,
): Promise<{ house: Said; owner: Said }> {
  const named = ['name_kk as kk', 'name_ru as ru', 'name_en as en'] as const
  const house = await db.selectFrom('houses').select(named).where('id', '=', feed.houseId).executeTakeFirstOrThrow()
  if (feed.kind === 'house' || feed.kind === 'public') return { house, owner: house }
  const table = ({ speaker: 'speakers', group: 'groups', host: 'hosts' } as const)[feed.kind]
  return {
    house,
    owner: await db.selectFrom(table).select(named).where('id', '=', feed.ownerId).executeTakeFirstOrThrow(),
  }
}

/** Who read which feed last, by its id. */
export async function noteFetches(db: Db, clients: ReadonlyMap<string, string>, now: DateTime): Promise<void> {
  // in the order in which publishing and renaming lock them, too
  await sql`with seen as materialized (
      select f.id, s.client from unnest(${sql.val([...clients.keys()])}::uuid[], ${sql.val([...clients.values()])}::text[]) as s (id, client)
      join feeds f on f.id = s.id where f.fetched_at is null or f.fetched_at < ${now.minus(notedEvery)}
      order by f.id for no key update of f)
    update feeds set fetched_at = ${now}, client = seen.client from seen where feeds.id = seen.id`.execute(db)
}
