import { sql } from 'kysely'
import t from 'tap'
import { openAlarm } from '../../src/base/alarm.ts'
import { transact } from '../../src/base/db/transact.ts'
import { openJobs } from '../../src/base/jobs.ts'
import { freshDatabase } from '../database.ts'
import { server } from '../postgres.ts'

t.test('what runs by a timetable is asked for by name, and asking twice makes one', async t => {
  const database = await freshDatabase()
  const jobs = await openJobs(database, error => t.fail(error.message))
  t.teardown(async () => {
    await jobs.stop()
    await database.close()
  })
  for (const _ of [1, 2]) await jobs.every('calendars', '7 * * * *', async () => {})
  const { rows } = await database.jobs.db!.executeSql('select name, cron from pgboss.schedule', [])
  t.same(rows, [{ name: 'calendars', cron: '7 * * * *' }])
})

for (const [name, on] of [
  ['PGlite', undefined],
  ['PostgreSQL', server()],
] as const)
  t.test(
    `on ${name} an alarm writes the very row of the queue, once for a message, and not when nothing is committed`,
    { skip: name === 'PostgreSQL' && !on ? 'needs a PostgreSQL' : false },
    async t => {
      const database = await freshDatabase(on)
      t.teardown(database.close)
      const fail = (error: Error) => t.fail(error.message)
      const jobs = await openJobs(database, fail)
      t.teardown(jobs.stop)
      const alarm = await openAlarm(database, fail)
      const rowsOf = async (key: string) => {
        const { rows } = await sql<{ singleton_key: string; data: unknown }>`
          select singleton_key, data, start_after <= now() as due, extract(epoch from keep_until - created_on)::int as kept,
            to_jsonb(job) - ${'{id,data,singleton_key,start_after,created_on,keep_until}'}::text[] as others
          from pgboss.job where singleton_key = ${key}`.execute(database.db)
        return rows
      }
      for (const _ of [1, 2]) await transact(database.db, trx => alarm.deliver(trx, 'rung'))
      await transact(database.db, trx => jobs.deliver(trx, 'sent'))
      await t.rejects(
        transact(database.db, async trx => {
          await alarm.deliver(trx, 'lost')
          throw new Error('nothing of this stays')
        }),
      )
      const [sent] = await rowsOf('sent')
      t.match(sent, { data: { messageId: 'sent' }, due: true })
      t.same(await rowsOf('rung'), [{ ...sent, singleton_key: 'rung', data: { messageId: 'rung' } }])
      t.same(await rowsOf('lost'), [])
    },
  )

t.test(
  'an alarm makes the queue where no worker has made it yet',
  { skip: server() ? false : 'needs a PostgreSQL' },
  async t => {
    const database = await freshDatabase(server())
    t.teardown(database.close)
    await sql`drop schema pgboss cascade`.execute(database.db)
    const alarm = await openAlarm(database, error => t.fail(error.message))
    await transact(database.db, trx => alarm.deliver(trx, 'rung'))
    const { rows } = await sql`select singleton_key from pgboss.job`.execute(database.db)
    t.same(rows, [{ singleton_key: 'rung' }])
  },
)
