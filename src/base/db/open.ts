import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { ConstructorOptions } from 'pg-boss'
import { jobsOn, Wire } from './embedded.ts'
import { joinsTried, openLite, openLiteApart } from './lite.ts'
import { claim, type Place } from './place.ts'
import { guard, parameters, refuseInside } from './plugins.ts'
import { Prepared } from './prepared.ts'
import type { Tables } from './tables.ts'
import { readings } from './values.ts'

export type Db = Kysely<Tables>

const pools = new WeakMap<Db, pg.Pool>()
/** How many connections there are, and who waits for one. */
export function connectionsOf(db: Db): { open: number; idle: number; waiting: number } {
  const pool = pools.get(db)
  return { open: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 }
}

/** `jobs` is what pg-boss is opened with; `closed` tells a broken connection from a closed one. */
export type Database = { db: Db; jobs: ConstructorOptions; embedded: boolean; close: () => Promise<void> }

/** One way in for both databases; the values that come out are the same. */
export async function openDatabase(
  place: Place,
  onError: (error: Error) => void = () => {},
  /** Whether an embedded one in a folder has a thread of its own: not worth its start for a second's use. */
  apart = true,
): Promise<Database> {
  return 'url' in place ? openServer(place.url, onError) : openEmbedded(place, apart)
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((type: number, format?: 'text') =>
    readings.get(type) ?? pg.types.getTypeParser(type, format)) as typeof pg.types.getTypeParser,
}

// our queries are short: compiling one that the planner took for long cost 2 s, running it 2 ms
function openServer(url: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 16,
    Client: Prepared,
    connectionTimeoutMillis: 3000,
    idleTimeoutMillis: 30_000,
    application_name: 'kezdesu',
    options:
      '-c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000 -c timezone=UTC -c datestyle=ISO ' +
      `-c join_collapse_limit=${joinsTried} -c jit=off`,
    types,
  })
  // without both listeners a restart of the database ends the process (node-postgres#2386)
  pool.on('error', onError)
  pool.on('connect', client => client.on('error', onError))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins: [guard, parameters] })
  pools.set(db, pool)
  return { db, jobs: { connectionString: url, max: 4 }, embedded: false, close: () => db.destroy() }
}

async function openEmbedded(place: { folder: string } | { memory: true }, apart: boolean): Promise<Database> {
  const release = 'folder' in place ? claim(place.folder) : () => {}
  try {
    const folder = 'folder' in place ? place.folder : undefined
    const lite = await (apart && folder !== undefined ? openLiteApart(folder) : openLite(folder))
    const pool = new pg.Pool({
      max: 1,
      user: 'postgres',
      database: 'postgres',
      Client: Prepared,
      idleTimeoutMillis: 0,
      stream: () => new Wire(lite),
      types,
    })
    const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins: [guard, parameters] })
    pools.set(db, pool)
    const close = async () => {
      await db.destroy()
      await lite.close()
      release()
    }
    return { db, jobs: jobsOn(pool, () => refuseInside('a job')), embedded: true, close }
  } catch (error) {
    release()
    throw error
  }
}
