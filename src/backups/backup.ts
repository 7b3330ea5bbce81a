import { applied } from '../base/db/migrate.ts'
import { databaseNow } from '../base/db/moment.ts'
import type { Db } from '../base/db/open.ts'
import { atOneMoment } from './contents.ts'
import { type Line, type Proved, writeFileOf } from './file.ts'
import { journalEnds } from './store.ts'

export type Wish = {
  file: string
  /** Without one the file is not sealed: whoever has it can read it. */
  passphrase: string | undefined
  /** The application's key, which goes along: links in letters and addresses of feeds hang on it. */
  secret: string
}

/** Writes everything of all Houses into one file, as it is at one moment, while people go on working. */
export async function backup(
  database: { db: Db; embedded: boolean },
  { file, passphrase, secret }: Wish,
): Promise<Proved> {
  const at = (await databaseNow(database.db)).toUTC().toISO() ?? ''
  const migrations = await applied(database.db)
  // before the rows are read: what a chain had by then is in them
  const journals = await journalEnds(database.db)
  return writeFileOf(file, { at, migrations, journals }, passphrase, async function* (sums): AsyncGenerator<Line> {
    yield { kind: 'secret', secret }
    yield* atOneMoment(database, async function* (tables, rowsOf): AsyncGenerator<Line> {
      for (const table of tables) {
        yield { kind: 'rows', table, rows: [] }
        for await (const rows of rowsOf(table)) yield { kind: 'rows', table, rows }
      }
    })
    yield { kind: 'end', sums }
  })
}
