import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { buildApp } from '../../app.ts'
import { migrate } from '../../base/db/migrate.ts'
import { databaseNow } from '../../base/db/moment.ts'
import type { Db } from '../../base/db/open.ts'
import { openJobs } from '../../base/jobs.ts'
import { smtpMailer } from '../../base/mail.ts'
import { newNonce } from '../../base/secrets.ts'
import { type DateTime, plusDays, wallOf } from '../../base/time.ts'
import { touched } from '../../houses/closure-rules.ts'
import { findStanding } from '../../houses/closure-store.ts'
import { findOwnDistricts } from '../../houses/travel-store.ts'
import { startWorker } from '../../worker.ts'
import { coordinatorOf } from '../seed/coordinator.ts'
import { seedDemonstration } from '../seed/demonstration.ts'
import { demoHouse } from '../seed/house.ts'
import type { Size } from '../seed/sizes.ts'
import { mailSink } from './mail-sink.ts'
import { tell } from './measure.ts'
import { scratchOn } from './scratch.ts'
import { signedIn } from './session.ts'

const talksTouched = 150
const secret = 'a secret of the benchmark, 32 characters'
const config = {
  publicUrl: 'http://127.0.0.1:3000',
  secret,
  mailFrom: 'kezdesu@kezdesu.example',
  replies: { imapUrl: undefined, listen: undefined, mailServer: undefined },
}

/** A frost morning on PostgreSQL: from the confirmation of a closure of 150 talks to the last of its letters at the mail server. */
export async function closure(size: Size, server: string): Promise<void> {
  const { database, drop } = await scratchOn(server)
  const sink = await mailSink()
  try {
    const { db } = database
    await migrate(db)
    const now = await databaseNow(db)
    await seedDemonstration(db, { size, seed: 1, now, secret, say: () => {} })
    await db.updateTable('messages').set({ state: 'superseded' }).where('state', 'in', ['waiting', 'sending']).execute()
    const jobs = await openJobs(database, () => {})
    const app = await buildApp({
      db,
      jobs,
      now: () => now,
      config: { ...config, trustProxy: false, logLevel: 'silent', dataDir: '/nonexistent' },
      development: false,
    })
    await app.ready()
    const worker = await startWorker({ db, jobs, mailer: smtpMailer(sink.url), config }, error =>
      console.error(String(error)),
    )
    const form = await frost(db, now)
    const begun = performance.timeOrigin + performance.now()
    const answer = await app.inject({
      method: 'POST',
      url: '/app/closures',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        cookie: form.cookie,
      },
      payload: form.payload,
    })
    const answered = performance.timeOrigin + performance.now()
    if (answer.statusCode !== 303) throw new Error(`the closure was answered ${answer.statusCode}`)
    while ((await letters(db)).some(({ state }) => state === 'waiting' || state === 'sending')) await pause(200)
    const sent = (await letters(db)).filter(({ state }) => state === 'sent')
    const arrivals = await sink.arrived(sent.length)
    const at = sent.map(({ id }) => arrivals.get(id) ?? Number.POSITIVE_INFINITY)
    const order = [...at.keys()].sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0))
    const quarter = Math.ceil(sent.length / 4)
    tell('closure', {
      size,
      talks: form.talks,
      letters: sent.length,
      answeredSeconds: seconds(answered - begun),
      seconds: seconds(Math.max(...at) - begun),
      perSecond: Math.round((sent.length * 1000) / (Math.max(...at) - answered)),
      earliestQuarterSeconds: seconds(Math.max(...at.slice(0, quarter)) - begun),
      // how many places a letter came later than its reader leaves, at worst
      outOfOrderBy: Math.max(...order.map((letter, place) => place - letter)),
      target: 'at most 60 s, earliest leaving first',
      load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    })
    await worker.stop()
    await app.close()
    await jobs.stop()
  } finally {
    await sink.close()
    await database.close()
    await drop()
  }
}

const seconds = (milliseconds: number): number => Math.round(milliseconds / 10) / 100

const letters = (db: Db) =>
  db.selectFrom('messages').select(['id', 'state']).where('kind', '=', 'closure').orderBy('due_at').execute()

/** The form of a coordinator that closes all districts for as many days as 150 talks take; the rest is left as it is. */
async function frost(db: Db, now: DateTime) {
  const house = await db
    .selectFrom('houses')
    .select(['id', 'zone'])
    .where('slug', '=', demoHouse.slug)
    .executeTakeFirstOrThrow()
  const districts = (await findOwnDistricts(db, house.id)).map(({ kato }) => kato)
  const from = wallOf(now, house.zone).day
  const whole = {
    districts,
    hostKinds: [],
    shifts: [],
    grades: [],
    from,
    to: plusDays(from, 60),
    outcome: 'postponed' as const,
  }
  const found = touched(whole, await findStanding(db, house.id, from, whole.to, now))
  const chosen = found.slice(0, talksTouched)
  const to = chosen.at(-1)?.moment.day ?? from
  const fields = new URLSearchParams({ _key: newNonce(), from, to, cause: 'frost', outcome: 'postponed', link: '' })
  for (const kato of districts) fields.append('districts', kato)
  // a third goes online, a third later, a third not at all
  for (const [each, { id, moment }] of found.entries())
    if (moment.day <= to)
      fields.append(`fate_${id}`, each < talksTouched ? (['online', 'postponed', 'cancelled'][each % 3] ?? '') : 'kept')
  const cookie = await signedIn(db, await coordinatorOf(db, house.id), house.id)
  return { cookie, payload: fields.toString(), talks: chosen.length }
}
