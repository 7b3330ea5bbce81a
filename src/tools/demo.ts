import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { databaseNow } from '../base/db/moment.ts'
import type { Db } from '../base/db/open.ts'
import { claim } from '../base/db/place.ts'
import { keepSetting, settingOf } from '../base/db/settings.ts'
import type { Queue } from '../base/jobs.ts'
import { valuesIn } from '../base/text.ts'
import { clockFrom, instantFrom } from '../base/time.ts'
import { type Config, Mistake, readConfig } from '../config.ts'
import { run } from '../run.ts'
import { start } from '../start.ts'
import { seedDemonstration } from './seed/demonstration.ts'
import { describe, signInLinks } from './seed/described.ts'
import { demoHouse } from './seed/house.ts'
import { bookSome } from './seed/lively.ts'

const machine = clockFrom()
/** After this long a demonstration has lost touch with the calendar and is made anew. */
const fresh = 12 * 3_600_000

type Marker = { now: string | null; madeAt: number }
const markerOf = (config: Config) => path.join(config.dataDir, 'demonstration.json')

/** A demonstration goes on where it was, unless another time is wished, it is too old, or it was never finished. */
function forget(config: Config): void {
  if (!existsSync(config.dataDir)) return
  const release = claim(path.join(config.dataDir, 'database'))
  const marker = existsSync(markerOf(config))
    ? (valuesIn(readFileSync(markerOf(config), 'utf8')) as Marker | undefined)
    : undefined
  if (marker?.now !== (config.demo.now ?? null) || machine().toMillis() - marker.madeAt > fresh)
    rmSync(config.dataDir, { recursive: true, force: true })
  release()
}

const partOf = (json: string) => `${json}.part`

function say(json: string, text: string): void {
  try {
    writeFileSync(partOf(json), text)
  } catch (cause) {
    throw new Mistake(`DEMO_JSON cannot be written: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

async function furnish({ db, jobs, config }: { db: Db; jobs: Queue; config: Config }): Promise<void> {
  const { size, seed, now: wished } = config.demo
  if (await settingOf(db, 'clock_shift_ms')) return
  if (await db.selectFrom('houses').select('id').executeTakeFirst())
    throw new Mistake('this database has Houses already: the demonstration needs an empty one')
  const now = wished ? instantFrom(wished) : await databaseNow(db)
  const say = (text: string) => process.stdout.isTTY && console.log(text)
  await seedDemonstration(db, { size, seed, now, secret: config.secret, say })
  const shift = wished ? now.toMillis() - (await databaseNow(db)).toMillis() : 0
  await keepSetting(db, 'clock_shift_ms', String(shift))
  await keepSetting(db, 'letter_suffices', 'demonstration')
  await bookSome(db, jobs, config.secret, demoHouse.slug, now)
  if (!config.databaseUrl)
    writeFileSync(
      markerOf(config),
      JSON.stringify({ now: wished ?? null, madeAt: machine().toMillis() } satisfies Marker),
    )
}

if (import.meta.main)
  await run(async () => {
    const given = readConfig()
    const { size, seed, json } = given.demo
    const logLevel = process.env['LOG_LEVEL'] ? given.logLevel : 'warn'
    const config = given.databaseUrl
      ? { ...given, logLevel }
      : { ...given, logLevel, dataDir: path.join(given.dataDir, `demo-${size}-${seed}`) }
    if (json) say(json, '')
    if (!given.databaseUrl) forget(config)
    const begun = machine()
    const started = await start(config, { development: true, furnish: world => furnish(world) })
    const said = await describe(started.db, { ...started.app.config, cookie: started.app.sessionCookie }, started.now())
    if (json) {
      say(json, `${JSON.stringify(said, null, 2)}\n`)
      // whoever waits for the file never sees half of it
      renameSync(partOf(json), json)
    }
    console.log(`\nKezdesu: ${config.publicUrl} (ready in ${Math.round(machine().diff(begun).as('seconds'))} s)`)
    console.log(`Mails: ${config.publicUrl}/dev/mail · everybody: ${config.publicUrl}/dev`)
    for (const { who, link } of await signInLinks(
      started.db,
      config.publicUrl,
      started.app.config.secret,
      started.now(),
    ))
      console.log(`${who.padEnd(14)} ${link}`)
    return started
  })
