import t from 'tap'
import { answering, kept } from '../../../src/base/db/kept.ts'
import { freshDatabase } from '../../database.ts'
import { server } from '../../postgres.ts'

for (const on of [undefined, ...(server() ? [server()] : [])])
  t.test(`what seldom changes, on ${on ? 'PostgreSQL' : 'the embedded database'}`, async t => {
    const { db, close } = await freshDatabase(on)
    t.teardown(close)
    let reads = 0
    const findNames = kept(async (database, region: string) => {
      reads++
      const rows = await database.selectFrom('regions').select('name_en').where('kato', '=', region).execute()
      return rows.map(row => row.name_en)
    })
    const [some, other] = await db.selectFrom('regions').select(['kato', 'name_en']).orderBy('kato').limit(2).execute()
    const rename = (name: string) =>
      db
        .updateTable('regions')
        .set({ name_en: name })
        .where('kato', '=', some?.kato ?? '')
        .execute()

    t.strictSame(await findNames(db, some?.kato ?? ''), [some?.name_en])
    t.strictSame(await findNames(db, some?.kato ?? ''), [some?.name_en])
    t.strictSame(await findNames(db, other?.kato ?? ''), [other?.name_en])
    t.equal(reads, 2, 'once for each question')

    await rename('Renamed')
    t.strictSame(await findNames(db, some?.kato ?? ''), ['Renamed'], 'a change is seen at once')

    await t.rejects(
      db.transaction().execute(async trx => {
        await trx.updateTable('regions').set({ name_en: 'Undone' }).execute()
        t.strictSame(await findNames(trx, some?.kato ?? ''), ['Undone'], 'a transaction sees its own')
        throw new Error('no')
      }),
      { message: 'no' },
    )
    t.strictSame(await findNames(db, some?.kato ?? ''), ['Renamed'], 'and nobody else what it undid')

    await new Promise<void>((resolve, reject) =>
      answering(() => {
        const answer = async () => {
          await findNames(db, some?.kato ?? '')
          await rename('Later')
          t.strictSame(await findNames(db, some?.kato ?? ''), ['Renamed'], 'one answer shows one state')
        }
        answer().then(resolve, reject)
      }),
    )
    t.strictSame(await findNames(db, some?.kato ?? ''), ['Later'], 'the next answer shows the next')
  })

t.test('a question that failed is asked again', async t => {
  const { db, close } = await freshDatabase()
  t.teardown(close)
  let fails = true
  const find = kept(async () => {
    if (fails) throw new Error('away')
    return 'here'
  })
  await t.rejects(find(db), { message: 'away' })
  fails = false
  t.equal(await find(db), 'here')
})
