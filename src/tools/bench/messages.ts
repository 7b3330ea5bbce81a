import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import nodemailer from 'nodemailer'
import { migrate } from '../../base/db/migrate.ts'
import { databaseNow } from '../../base/db/moment.ts'
import type { Database, Db } from '../../base/db/open.ts'
import { transact } from '../../base/db/transact.ts'
import { openJobs, type Queue } from '../../base/jobs.ts'
import { type Mail, type Mailer, smtpMailer } from '../../base/mail.ts'
import type { DateTime } from '../../base/time.ts'
import { dueMessages } from '../../messages/delivery-store.ts'
import { tell as tellPeople } from '../../messages/store.ts'
import { startWorker } from '../../worker.ts'
import { seedDemonstration } from '../seed/demonstration.ts'
import { mailSink, type Sink } from './mail-sink.ts'
import { ratio, tell, timesOf } from './measure.ts'
import { scratchOn } from './scratch.ts'

const secret = 'a secret of the benchmark, 32 characters'
const config = {
  publicUrl: 'http://127.0.0.1:3000',
  secret,
  mailFrom: 'kezdesu@kezdesu.example',
  replies: { imapUrl: undefined, listen: undefined, mailServer: undefined },
}
const rounds = 5
const load = () => Math.round((loadavg()[0] ?? 0) * 10) / 10

/** The worker against a bare loop over the same letters, from the booking to the mail server, and the search for what is due. */
export async function messages(_: unknown, server: string): Promise<void> {
  const { database, drop } = await scratchOn(server)
  const sink = await mailSink()
  try {
    await migrate(database.db)
    const now = await databaseNow(database.db)
    await seedDemonstration(database.db, { size: 'small', seed: 1, now, secret, say: () => {} })
    await database.db.deleteFrom('messages').execute()
    await measure(database, sink)
  } finally {
    await sink.close()
    await database.close()
    await drop()
  }
}

async function measure(database: Database, sink: Sink): Promise<void> {
  const { db } = database
  const count = Number(process.env['BENCH_LETTERS'] ?? 10_000)
  const mails: Mail[] = []
  const smtp = smtpMailer(sink.url)
  const mailer: Mailer = {
    send: mail => {
      mails.push(mail)
      return smtp.send(mail)
    },
    close: smtp.close,
  }
  const cause = await causes(db)
  // a worker that has stopped would still take jobs of the same queue: each has its own
  const open = () => openJobs(database, () => {})
  const begin = (jobs: Queue) => startWorker({ db, jobs, mailer, config }, error => console.error(String(error)))
  let [own, bare] = [0, 0]
  // in turns, so that a slow minute of the machine is both's
  for (let round = 0; round < rounds; round++) {
    mails.length = 0
    const jobs = await open()
    await toldTo(db, jobs, cause, count / rounds)
    const begun = performance.now()
    const worker = await begin(jobs)
    await sink.arrived(count / rounds)
    own += performance.now() - begun
    await worker.stop()
    await jobs.stop()
    bare += await bareLoop(mails, sink)
  }
  tell('messages', {
    letters: count,
    perSecond: Math.round((count * 1000) / own),
    barePerSecond: Math.round((count * 1000) / bare),
    ratio: ratio(bare, own),
    target: 'ratio at least 0.5',
    load: load(),
  })
  const jobs = await open()
  const worker = await begin(jobs)
  await fromBooking(db, jobs, cause, sink)
  await worker.stop()
  await jobs.stop()
  mailer.close()
  await dueAmongMany(db)
}

type Cause = { houseId: string; talkId: string; requestId: string }

const causes = async (db: Db): Promise<Cause[]> =>
  (
    await db
      .selectFrom('talks')
      .select(['house_id as houseId', 'id as talkId', 'request_id as requestId'])
      .where('state', '=', 'booked')
      .where('request_id', 'is not', null)
      .limit(100)
      .execute()
  ).map(it => ({ ...it, requestId: it.requestId ?? '' }))

let serial = 0

/** As a booking tells the contact of a host. */
const letter = ({ houseId, talkId, requestId }: Cause, dueAt: DateTime) => ({
  houseId,
  talkId,
  requestId,
  kind: 'talk-booked' as const,
  cause: `talk:${talkId}`,
  version: 1,
  recipient: `contact:${++serial}`,
  address: `host${serial}@mektep.example`,
  language: 'kk' as const,
  dueAt,
})

async function toldTo(db: Db, jobs: Queue, about: Cause[], count: number): Promise<void> {
  for (let told = 0; told < count; told += 250) {
    const now = await databaseNow(db)
    const some = Array.from({ length: Math.min(250, count - told) }, (_, n) => about[n % about.length])
    await transact(db, trx =>
      tellPeople(
        trx,
        jobs,
        now,
        some.flatMap(it => (it ? [letter(it, now)] : [])),
      ),
    )
  }
}

/** The same letters without a ledger: a pool of nodemailer, as many at a time as the worker has. */
async function bareLoop(mails: Mail[], sink: Sink): Promise<number> {
  const transport = nodemailer.createTransport(`${sink.url}?pool=true&maxConnections=4`)
  const waiting = mails.values()
  const begun = performance.now()
  const loop = async () => {
    for (const { from, to, subject, text, html, messageId, date, calendar, id } of waiting)
      await transport.sendMail({
        from,
        to,
        subject,
        text,
        html,
        messageId: `<${messageId}>`,
        date: date.toJSDate(),
        baseBoundary: id,
        ...(calendar ? { icalEvent: { method: calendar.method, content: calendar.content } } : {}),
      } as Parameters<typeof transport.sendMail>[0])
  }
  await Promise.all([loop(), loop(), loop(), loop()])
  await sink.arrived(mails.length)
  transport.close()
  return performance.now() - begun
}

/** Twenty bookings a second, each with a letter to the host and two invitations' worth: from the moment a letter may go until it is there. */
async function fromBooking(db: Db, jobs: Queue, about: Cause[], sink: Sink): Promise<void> {
  const seconds = 20
  const since = await databaseNow(db)
  const begun = performance.now()
  const running: Promise<unknown>[] = []
  for (let n = 0; n < seconds * 20; n++) {
    await pause(Math.max(0, begun + n * 50 - performance.now()))
    running.push(
      databaseNow(db).then(now =>
        transact(db, trx =>
          tellPeople(
            trx,
            jobs,
            now,
            [0, 1, 2].flatMap(place => about[(n + place) % about.length] ?? []).map(it => letter(it, now)),
          ),
        ),
      ),
    )
  }
  await Promise.all(running)
  const arrived = await sink.arrived(seconds * 60)
  const rows = await db.selectFrom('messages').select(['id', 'due_at']).where('created_at', '>', since).execute()
  const waits = rows
    .map(row => (arrived.get(row.id) ?? Number.POSITIVE_INFINITY) - row.due_at.toMillis())
    .sort((a, b) => a - b)
  const at = (share: number) => Math.round(waits[Math.floor(waits.length * share)] ?? 0)
  tell('messages', {
    bookingsPerSecond: 20,
    lettersPerSecond: 60,
    p50: at(0.5),
    p99: at(0.99),
    target: 'p99 at most 2000 ms',
    load: load(),
  })
}

/** The ledger of 200,000 talks: nine letters each, nearly all sent, reminders of the coming weeks waiting. */
async function dueAmongMany(db: Db): Promise<void> {
  const outer = db
  await sql`set statement_timeout = 0`.execute(outer)
  const talks = Number(process.env['BENCH_TALKS'] ?? 200_000)
  for (let from = 0; from < talks; from += 2000)
    await sql`
      insert into messages (house_id, kind, cause, version, recipient, address, language, state, created_at, due_at, sent_at)
      select (select id from houses limit 1), 'reminder-day', 'talk:' || t, 1, 'speaker:' || n, 's' || t % 5000 || '@x.example', 'kk',
        case when t < ${talks} * 0.9 then 'sent' else 'waiting' end::message_state,
        now() - interval '1 day', now() + (t - ${talks} * 0.9) * interval '1 minute',
        case when t < ${talks} * 0.9 then now() end
      from generate_series(${from}::int, ${from + 1999}::int) t, generate_series(1, 9) n`.execute(db)
  await sql`analyze messages`.execute(db)
  const now = await databaseNow(db)
  const { p50, p99 } = await timesOf(200, () => dueMessages(db, now, 1000))
  const later = now.plus({ days: 1 })
  const busy = await timesOf(100, () => dueMessages(db, later, 1000))
  tell('messages due', {
    talks,
    rows: talks * 9,
    p50,
    p99,
    aDayBehindP50: busy.p50,
    aDayBehindP99: busy.p99,
    target: 'at most 20 ms',
    load: load(),
  })
}
