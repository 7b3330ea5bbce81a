import { existsSync } from 'node:fs'
import path from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { ConstructorOptions } from 'pg-boss'
import { jobsOn, Wire } from './embedded.ts'
import { claim, type Place } from './place.ts'
import { guard, parameters, refuseInside } from './plugins.ts'
import { Prepared } from './prepared.ts'
import type { Tables } from './tables.ts'
import { readings } from './values.ts'

export type Db = Kysely<Tables>
/** `jobs` is what pg-boss is opened with; `closed` tells a broken connection from a closed one. */
export type Database = { db: Db; jobs: ConstructorOptions; embedded: boolean; close: () => Promise<void> }

/** PostgreSQL's own 128 MB are taken at once by the embedded one: 131 MB more for the process, and no page faster. */
const sharedBuffers = '16MB'

// our joins are written from the few rows to the many: trying all orders of ten tables took 6.6 ms, of four at a time 1
const joinsTried = 4

/** One way in for both databases; the values that come out are the same. */
export async function openDatabase(place: Place, onError: (error: Error) => void = () => {}): Promise<Database> {
  return 'url' in place ? openServer(place.url, onError) : openEmbedded(place)
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
  return { db, jobs: { connectionString: url, max: 4 }, embedded: false, close: () => db.destroy() }
}

async function openEmbedded(place: { folder: string } | { memory: true }): Promise<Database> {
  const release = 'folder' in place ? claim(place.folder) : () => {}
  const data = 'folder' in place ? path.join(place.folder, 'postgres') : undefined
  // a fresh initdb takes 5 s in WASM, the prepopulated folder 2 s
  const fresh = data === undefined || !existsSync(path.join(data, 'PG_VERSION'))
  try {
    // not read where a server is used: 10 MB of a process
    const { PGlite } = await import('@electric-sql/pglite')
    const { btree_gist } = await import('@electric-sql/pglite/contrib/btree_gist')
    const { dataDir } = await import('@electric-sql/pglite-prepopulatedfs')
    const pglite = await PGlite.create({
      ...(data === undefined ? {} : { dataDir: data }),
      ...(fresh ? { loadDataDir: await dataDir() } : {}),
      extensions: { btree_gist },
      startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${sharedBuffers}`],
    })
    await pglite.exec(
      `set timezone = 'UTC'; set datestyle = 'ISO'; set join_collapse_limit = ${joinsTried}; set random_page_cost = 1.1`,
    )
    const pool = new pg.Pool({
      max: 1,
      user: 'postgres',
      database: 'postgres',
      Client: Prepared,
      idleTimeoutMillis: 0,
      stream: () => new Wire(pglite),
      types,
    })
    const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins: [guard, parameters] })
    const close = async () => {
      await db.destroy()
      if (!pglite.closed) await pglite.close()
      release()
    }
    return { db, jobs: jobsOn(pool, () => refuseInside('a job')), embedded: true, close }
  } catch (error) {
    release()
    throw error
  }
}
