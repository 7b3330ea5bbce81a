import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { settingOf } from '../../src/base/db/settings.ts'
import { transact } from '../../src/base/db/transact.ts'
import { openJobs } from '../../src/base/jobs.ts'
import { listMailer, type Mail } from '../../src/base/mail.ts'
import { clockFrom, zoneData } from '../../src/base/time.ts'
import { tell } from '../../src/messages/store.ts'
import { startWorker } from '../../src/worker.ts'
import { freshDatabase } from '../database.ts'
import { server } from '../postgres.ts'
import { booked } from '../talks/booked.ts'

const fail = (error: unknown) => {
  throw error
}

for (const [name, on] of [
  ['PGlite', undefined],
  ['PostgreSQL', server()],
] as const) {
  t.test(
    `on ${name} a worker sends what was committed, at once, and nothing that was rolled back`,
    { skip: name === 'PostgreSQL' && !on ? 'needs a PostgreSQL' : false },
    async t => {
      const database = await freshDatabase(on)
      const { db } = database
      const now = clockFrom()
      const talk = await booked(db, now(), { day: now().plus({ days: 3 }).toISODate() ?? '' })
      const jobs = await openJobs(database, fail)
      // what it looks after beside the letters
      await db.updateTable('houses').set({ reminder_hours: 3 }).where('id', '=', talk.houseId).execute()
      const mails: Mail[] = []
      const config = {
        publicUrl: 'http://127.0.0.1:3000',
        secret: 'a secret of the tests, 32 characters or more',
        mailFrom: 'kezdesu@kezdesu.example',
        replies: { imapUrl: undefined, listen: undefined, mailServer: undefined },
      }
      const worker = await startWorker({ db, jobs, mailer: listMailer(mails), config }, fail)
      t.teardown(async () => {
        await worker.stop()
        await jobs.stop()
        await database.close()
      })
      const message = (version: number) => ({
        houseId: talk.houseId,
        kind: 'talk-booked' as const,
        cause: `talk:${talk.talkId}`,
        version,
        recipient: `contact:${version}`,
        address: 'host@mektep.example',
        language: 'kk' as const,
        dueAt: now(),
        talkId: talk.talkId,
        requestId: talk.requestId,
      })
      await t.rejects(
        transact(db, async trx => {
          await tell(trx, jobs, now(), [message(1)])
          throw new Error('the fact did not come about')
        }),
      )
      await transact(db, trx => tell(trx, jobs, now(), [message(2)]))
      // after half past seven the worker has the day's digests to send, too
      const kind = 'talk-booked'
      const sent = () => db.selectFrom('messages').select(['version', 'state']).where('kind', '=', kind).execute()
      while ((await sent()).some(row => row.state !== 'sent')) await pause(50)
      t.same(await sent(), [{ version: 2, state: 'sent' }])
      t.same(
        mails.filter(mail => mail.kind === kind).map(mail => mail.to.address),
        ['host@mektep.example'],
      )
      const wishes = () => db.selectFrom('wish_marks').select('recipient').execute()
      while ((await wishes()).length > 0 || (await settingOf(db, 'zone_data')) === undefined) await pause(50)
      t.equal(await settingOf(db, 'zone_data'), zoneData)
    },
  )
}
