import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { AssignmentState, Mode, TalkState } from '../base/db/tables.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import type { Feed } from './store.ts'

export type FeedTalk = {
  id: string
  state: TalkState
  sequence: number
  zone: string
  startsAt: DateTime
  endsAt: DateTime
  createdAt: DateTime
  revisedAt: DateTime
  mode: Mode
  link: string | null
  host: Said
  address: { kk: string; ru: string }
  district: Said
  topic: Said
  closed: boolean
  /** Of whoever the feed belongs to, when it is one person's. */
  own: { state: AssignmentState; answeredAt: DateTime | null } | undefined
  team: { names: Said; state: AssignmentState; profession: string; at: DateTime }[]
}

/** The talks of a feed from an instant on, by start; cancelled ones too, as tombstones. Whose talks: the same bounds as on pages. */
export async function talksOf(
  db: Db,
  feed: Pick<Feed, 'kind' | 'houseId' | 'ownerId'>,
  from: DateTime,
): Promise<FeedTalk[]> {
  const rows = await rowsFrom(db, feed.houseId, from)
    .$if(feed.kind === 'host', query => query.where('talks.host_id', '=', feed.ownerId))
    .$if(feed.kind === 'public', query => query.where('talks.public', '=', true).where('hosts.kind', '<>', 'custody'))
    .$if(feed.kind === 'speaker', query =>
      query.where(
        'talks.id',
        'in',
        db.selectFrom('assignments').select('talk_id').where('speaker_id', '=', feed.ownerId),
      ),
    )
    .$if(feed.kind === 'group', query =>
      query.where(
        'talks.id',
        'in',
        db
          .selectFrom('assignments')
          .innerJoin('group_members', 'group_members.speaker_id', 'assignments.speaker_id')
          .select('talk_id')
          .where('group_id', '=', feed.ownerId)
          .where('state', 'in', ['invited', 'accepted']),
      ),
    )
    .execute()
  const mates = await matesOf(db, feed, from)
  return rows
    .map(row => talkOf(row, mates.get(row.id) ?? [], feed))
    .filter(talk => feed.kind !== 'public' || !talk.closed)
}

/** The talk a school's link stands for, standing or cancelled. */
export async function talkOfRequest(
  db: Db,
  tokenHash: string,
  from: DateTime,
): Promise<{ talk: FeedTalk; houseId: string; house: Said; language: Language } | undefined> {
  const asked = await db
    .selectFrom('requests')
    .innerJoin('houses', 'houses.id', 'requests.house_id')
    .select(['requests.id', 'house_id', 'language', 'houses.name_kk', 'houses.name_ru', 'houses.name_en'])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  if (!asked) return
  const rows = await rowsFrom(db, asked.house_id, from).where('talks.request_id', '=', asked.id).execute()
  const row = rows.find(it => it.state === 'booked' || it.state === 'held') ?? rows.at(-1)
  if (!row) return
  const mates = await matesOf(db, { kind: 'host', houseId: asked.house_id, ownerId: row.host_id }, from)
  return {
    talk: talkOf(row, mates.get(row.id) ?? [], { kind: 'host', ownerId: row.host_id }),
    houseId: asked.house_id,
    house: { kk: asked.name_kk, ru: asked.name_ru, en: asked.name_en },
    language: asked.language,
  }
}

const rowsFrom = (db: Db, houseId: string, from: DateTime) =>
  db
    .selectFrom('talks')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('districts', 'districts.kato', 'hosts.district')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .leftJoin('audiences', 'audiences.slug', 'requests.audience')
    .select([
      'talks.id',
      'talks.host_id',
      'talks.state',
      'talks.sequence',
      'talks.zone',
      'talks.during',
      'talks.created_at',
      'talks.revised_at',
      'talks.mode',
      'talks.link',
      'hosts.name_kk',
      'hosts.name_ru',
      'hosts.name_en',
      'hosts.kind as host_kind',
      'hosts.address_kk',
      'hosts.address_ru',
      'districts.name_kk as district_kk',
      'districts.name_ru as district_ru',
      'districts.name_en as district_en',
      'topics.title_kk',
      'topics.title_ru',
      'topics.title_en',
      'audiences.closed',
    ])
    .where('talks.house_id', '=', houseId)
    .where(sql<boolean>`talks.during && tstzrange(${from.toISO()}, null)`)
    .orderBy(sql`lower(talks.during)`)
    .orderBy('talks.id')

type Row = Awaited<ReturnType<ReturnType<typeof rowsFrom>['execute']>>[number]
type MateRow = FeedTalk['team'][number] & { speakerId: string; answeredAt: DateTime | null }

function talkOf(row: Row, mates: MateRow[], feed: Pick<Feed, 'kind' | 'ownerId'>): FeedTalk {
  const mine = feed.kind === 'speaker' ? mates.filter(mate => mate.speakerId === feed.ownerId) : []
  const own = mine.find(mate => mate.state === 'invited' || mate.state === 'accepted') ?? mine.at(-1)
  return {
    id: row.id,
    state: row.state,
    sequence: row.sequence,
    zone: row.zone,
    startsAt: row.during.from,
    endsAt: row.during.to,
    createdAt: row.created_at,
    revisedAt: row.revised_at,
    mode: row.mode,
    link: row.link,
    host: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    address: { kk: row.address_kk, ru: row.address_ru },
    district: { kk: row.district_kk, ru: row.district_ru, en: row.district_en },
    topic: { kk: row.title_kk, ru: row.title_ru, en: row.title_en },
    closed: row.closed === true || row.host_kind === 'custody',
    own: own && { state: own.state, answeredAt: own.answeredAt },
    team: mates.map(({ names, state, profession, at }) => ({ names, state, profession, at })),
  }
}

/** Everybody's place in the talks of the window, by talk. */
async function matesOf(
  db: Db,
  feed: Pick<Feed, 'kind' | 'houseId' | 'ownerId'>,
  from: DateTime,
): Promise<Map<string, MateRow[]>> {
  const rows = await db
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'assignments.talk_id')
    .innerJoin('speakers', 'speakers.id', 'assignments.speaker_id')
    .select([
      'assignments.talk_id',
      'assignments.speaker_id',
      'assignments.profession',
      'assignments.state',
      'assignments.invited_at',
      'assignments.answered_at',
      'assignments.ended_at',
      'speakers.name_kk',
      'speakers.name_ru',
      'speakers.name_en',
    ])
    .where('talks.house_id', '=', feed.houseId)
    .where(sql<boolean>`talks.during && tstzrange(${from.toISO()}, null)`)
    .$if(feed.kind === 'speaker', query => query.where('assignments.speaker_id', '=', feed.ownerId))
    .$if(feed.kind === 'host', query => query.where('talks.host_id', '=', feed.ownerId))
    .orderBy('assignments.invited_at')
    .orderBy('assignments.id')
    .execute()
  const mates = rows.map(row => ({
    talkId: row.talk_id,
    speakerId: row.speaker_id,
    state: row.state,
    profession: row.profession,
    answeredAt: row.answered_at,
    at: row.ended_at ?? row.answered_at ?? row.invited_at,
    names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
  }))
  return Map.groupBy(mates, mate => mate.talkId)
}
