import { sql } from 'kysely'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import type { Stale, Text } from './text-store.ts'

/** Takes these talks as written, and tells which of them nobody wrote meanwhile. The order of the locks is that of the ids. */
export async function claimWriting(trx: Trx, stale: Stale[]): Promise<Set<string>> {
  await trx
    .selectFrom('talk_calendars')
    .select('talk_id')
    .where(
      'talk_id',
      'in',
      stale.map(({ talkId }) => talkId),
    )
    .orderBy('talk_id')
    .forUpdate()
    .execute()
  const { rows } = await sql<{ talk_id: string }>`
    update talk_calendars c set written = v.revision
    from (select unnest(${sql.val(stale.map(({ talkId }) => talkId))}::uuid[]) as id, unnest(${sql.val(stale.map(({ revision }) => revision))}::int[]) as revision) v
    where c.talk_id = v.id and c.written < v.revision returning c.talk_id`.execute(trx)
  return new Set(rows.map(row => row.talk_id))
}

/** Marks the feeds in which one of these texts stands, stood or will stand as changed; whoever asks for them gets a new copy. */
export async function markFeeds(trx: Trx, houseId: string, changed: Text[], now: DateTime): Promise<void> {
  const of = (audience: Text['audience']) => changed.filter(text => text.audience === audience)
  const speakers = of('speaker').flatMap(({ speakerId }) => speakerId ?? [])
  // who stands for a talk decides whether it is in a group's feed, though of a closed one the staff's text names nobody
  const talks = [...new Set(changed.map(({ talkId }) => talkId))]
  const staff = of('staff').length > 0
  const hosts = of('host').map(({ hostId }) => hostId)
  const at = now.startOf('second')
  // a second apart at least, so that a date alone tells two copies apart (RFC 9110 section 8.8.2)
  await sql`
    update feeds f set revision = f.revision + 1, changed_at = greatest(${at}, f.changed_at + interval '1 second')
    where f.id in (
      select id from feeds where revoked_at is null and (
        speaker_id in (select s.id from speakers s where s.person_id in (select p.person_id from speakers p where p.id = any(${sql.val(speakers)}::uuid[]))) or host_id = any(${sql.val(hosts)}::uuid[])
        or (kind = 'house' and house_id = ${houseId} and ${staff})
        or group_id in (select m.group_id from group_members m join assignments a on a.speaker_id = m.speaker_id where a.talk_id = any(${sql.val(talks)}::uuid[])))
      order by id for update)`.execute(trx)
  if (of('public').length > 0)
    await sql`
      insert into public_feeds (house_id, changed_at) values (${houseId}, ${at})
      on conflict (house_id) do update set revision = public_feeds.revision + 1, changed_at = greatest(excluded.changed_at, public_feeds.changed_at + interval '1 second')`.execute(
      trx,
    )
}

/** Texts of talks that lie behind every feed's window; talks that end later keep theirs. */
export const dropOldTexts = (trx: Trx, before: DateTime) =>
  trx.deleteFrom('calendar_texts').where('ends_at', '<', before).execute()
