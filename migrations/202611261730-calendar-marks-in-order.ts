import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Two changes in how names that stand in texts mark the calendars, on all their functions alike:
  // - rows are locked in the order in which texts are written, or a change of a host's name and a writing wait for each
  //   other for ever;
  // - a feed's Last-Modified is at least the last midnight. A mark a second later than one of last week stays hidden
  //   behind it, and whoever asks by the date alone is told that nothing changed.
  const { rows } = await sql<{ text: string }>`select pg_get_functiondef(oid) as text from pg_proc
    where pronamespace = current_schema()::regnamespace and (proname like 'mark\\_the\\_calendar\\_of\\_%' or proname = 'mark_the_feed_of_a_group')`.execute(
    db,
  )
  for (const { text } of rows) {
    const mended = text
      .replace(
        /update talk_calendars c set revision = c\.revision \+ 1 from talks k\s+where c\.talk_id = k\.id and ([^;]+);/,
        (_, condition) => `update talk_calendars set revision = revision + 1 where talk_id in (
        select c.talk_id from talk_calendars c join talks k on k.id = c.talk_id where ${condition} order by c.talk_id for update of c);`,
      )
      .replace(
        /changed_at = changed_at \+ interval '1 second'\s+where ([^;]+);/,
        (_, condition) => `changed_at = greatest(date_trunc('second', now()), changed_at + interval '1 second')
        where id in (select id from feeds where ${condition} order by id for update);`,
      )
    if (mended !== text) await sql.raw(mended).execute(db)
  }
}
