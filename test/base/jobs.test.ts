import t from 'tap'
import { openJobs } from '../../src/base/jobs.ts'
import { freshDatabase } from '../database.ts'

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
