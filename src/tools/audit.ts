import { verify } from '../audit/verify-actions.ts'
import { pending } from '../base/db/migrate.ts'
import { openDatabase } from '../base/db/open.ts'
import { Mistake, placeOf, readConfig } from '../config.ts'
import { complete } from '../run.ts'

if (import.meta.main)
  await complete(async () => {
    const [what, slug] = process.argv.slice(2)
    if (what !== 'verify') throw new Mistake('npm run audit -- verify, or npm run audit -- verify HOUSE')
    const database = await openDatabase(placeOf(readConfig()), () => {}, false)
    try {
      if ((await pending(database.db)).length > 0)
        throw new Mistake('the database lacks migrations: run npm run migrate')
      const verdicts = await verify(database.db, slug)
      if (verdicts.length === 0) throw new Mistake(slug ? `there is no House ${slug}` : 'there is no House yet')
      for (const { slug: house, rows, head, fault } of verdicts)
        console.log(
          fault
            ? `${house}: ${rows} rows, BROKEN at row ${fault.n}: ${fault.how}`
            : `${house}: ${rows} rows, whole, head ${head}`,
        )
      if (verdicts.some(it => it.fault)) process.exitCode = 1
    } finally {
      await database.close()
    }
  })
