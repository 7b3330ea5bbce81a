import { sql } from 'kysely'
import type { Db } from '../../src/base/db/open.ts'
import type { DateTime } from '../../src/base/time.ts'
import { cast } from '../cast.ts'
import type { Booked } from '../talks/booked.ts'

/** Tables and columns in whose text, whatever its type, one of these stands. */
export async function where(on: Db, needles: string[]): Promise<string[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns where table_schema = 'public' order by 1, 2`.execute(
    on,
  )
  const found: string[] = []
  for (const { table, column } of rows) {
    const within = needles.map(it => sql`strpos(${sql.ref(column)}::text, ${it}) > 0`)
    const hit = await sql`select 1 from ${sql.table(table)} where ${sql.join(within, sql` or `)} limit 1`.execute(on)
    if (hit.rows.length > 0) found.push(`${table}.${column}`)
  }
  return found
}

/** Names, phones and addresses as people type them: the psychologist's, and the contact's of a booked talk. */
export const asTyped = [
  '8 701 000 99 98',
  '+7 (701) 000-99-98',
  cast.psychologist.toUpperCase(),
  '87010000008',
  '8(701)000-00-08',
]

/** The psychologist with a phone, and the traces of theirs that others leave: a note, what a host wrote, a paper, letters. */
export async function leaveTraces(db: Db, talk: Booked, at: DateTime) {
  await db.updateTable('speakers').set({ phone: '+77010009998' }).where('email', '=', cast.psychologist).execute()
  const speaker = await db
    .selectFrom('speakers')
    .selectAll()
    .where('email', '=', cast.psychologist)
    .executeTakeFirstOrThrow()
  await db
    .updateTable('talks')
    .set({ note: `${speaker.name_ru} приедет раньше, ${speaker.phone}. ${asTyped.join(', ')}` })
    .where('id', '=', talk.talkId)
    .execute()
  await db
    .insertInto('changes')
    .values({
      house_id: talk.houseId,
      request_id: talk.requestId,
      kind: 'written',
      at,
      by_whom: 'contact',
      detail: JSON.stringify({ text: 'Сәуле Ахметқызы: saule@mektep.example' }),
    })
    .execute()
  await db
    .insertInto('papers')
    .values({
      house_id: talk.houseId,
      kind: 'thanks',
      year: 2026,
      number: 900,
      speaker_id: speaker.id,
      about_year: 2026,
      issued_on: '2026-11-23',
      issued_at: at,
      paper: JSON.stringify({ to: speaker.name_kk }),
    })
    .execute()
  for (const [recipient, address] of [
    [`speaker:${speaker.id}`, speaker.email],
    [`account:${speaker.account_id}`, speaker.email],
  ] as const)
    await db
      .insertInto('messages')
      .values({
        house_id: talk.houseId,
        kind: 'talk-booked',
        cause: recipient,
        version: 1,
        recipient,
        address,
        language: 'kk',
        created_at: at,
        due_at: at,
        talk_id: talk.talkId,
        note: `Құрметті ${speaker.name_kk}`,
      })
      .execute()
  return speaker
}
