import { readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { printTables } from '../../../src/tools/tables.ts'
import { freshDatabase } from '../../database.ts'
import { server } from '../../postgres.ts'

const printed = readFileSync(path.join(import.meta.dirname, '../../../src/base/db/tables.ts'), 'utf8')

for (const on of [undefined, server()].slice(0, server() ? 2 : 1))
  t.test(`the table types are those of the migrated ${on ? 'PostgreSQL' : 'embedded'} database`, async t => {
    const { db, close } = await freshDatabase(on)
    t.teardown(close)
    t.equal(await printTables(db), printed)
  })
