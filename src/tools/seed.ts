import { parseArgs } from 'node:util'
import { pending } from '../base/db/migrate.ts'
import { databaseNow } from '../base/db/moment.ts'
import { openDatabase } from '../base/db/open.ts'
import { Mistake, placeOf, readConfig, withSecret } from '../config.ts'
import { complete } from '../run.ts'
import { seedDemonstration } from './seed/demonstration.ts'
import { isSize, type Size, sizes } from './seed/sizes.ts'

function wished(): { size: Size; seed: number } {
  const options = { size: { type: 'string', default: 'small' }, seed: { type: 'string', default: '1' } } as const
  let values: { size: string; seed: string }
  try {
    values = parseArgs({ options }).values
  } catch (error) {
    throw new Mistake(error instanceof Error ? error.message : 'unknown option')
  }
  if (!isSize(values.size)) throw new Mistake(`--size must be one of ${Object.keys(sizes).join(', ')}`)
  if (!/^\d{1,9}$/.test(values.seed)) throw new Mistake('--seed must be a whole number')
  return { size: values.size, seed: Number(values.seed) }
}

/** Fills the configured, empty database with demonstration data. */
if (import.meta.main)
  await complete(async () => {
    const { size, seed } = wished()
    const config = withSecret(readConfig())
    const database = await openDatabase(placeOf(config))
    try {
      const { db } = database
      if ((await pending(db)).length > 0) throw new Mistake('the database lacks migrations: run npm run migrate')
      if (await db.selectFrom('houses').select('id').limit(1).executeTakeFirst())
        throw new Mistake('this database has Houses already: demonstration data need an empty one')
      await seedDemonstration(db, {
        size,
        seed,
        now: await databaseNow(db),
        secret: config.secret,
        say: text => console.log(text),
      })
    } finally {
      await database.close()
    }
  })
