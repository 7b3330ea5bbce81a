import { existsSync } from 'node:fs'
import path from 'node:path'
import { PGlite, type QueryOptions } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { dataDir } from '@electric-sql/pglite-prepopulatedfs'
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type ConstructorOptions, fromPglite } from 'pg-boss'
import { claim, type Place } from './place.ts'
import { guard, parameters, refuseInside } from './plugins.ts'
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

function openServer(url: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 16,
    connectionTimeoutMillis: 3000,
    idleTimeoutMillis: 30_000,
    application_name: 'kezdesu',
    options:
      '-c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000 -c timezone=UTC -c datestyle=ISO ' +
      `-c join_collapse_limit=${joinsTried}`,
    types: {
      getTypeParser: ((type: number, format?: 'text') =>
        readings.get(type) ?? pg.types.getTypeParser(type, format)) as typeof pg.types.getTypeParser,
    },
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
    const pglite = await PGlite.create({
      ...(data === undefined ? {} : { dataDir: data }),
      ...(fresh ? { loadDataDir: await dataDir() } : {}),
      extensions: { btree_gist },
      startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${sharedBuffers}`],
    })
    await pglite.exec(
      `set timezone = 'UTC'; set datestyle = 'ISO'; set join_collapse_limit = ${joinsTried}; set random_page_cost = 1.1`,
    )
    const db = new Kysely<Tables>({
      dialect: new PGliteDialect({ pglite: reading(pglite) }),
      plugins: [guard, parameters],
    })
    const close = async () => {
      await db.destroy()
      if (!pglite.closed) await pglite.close()
      release()
    }
    return { db, jobs: { db: guarded(fromPglite(pglite)), backend: 'pglite' }, embedded: true, close }
  } catch (error) {
    release()
    throw error
  }
}

/** Parsers hang on our queries and not on the instance, since pg-boss shares it and expects its own values. */
function reading(pglite: PGlite): PGlite {
  const parsers = Object.fromEntries(readings)
  const asOurs = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get(object, name) {
        const value = Reflect.get(object, name, object)
        if (typeof value !== 'function') return value
        if (name === 'query')
          return (text: string, values?: unknown[], options?: QueryOptions) =>
            value.call(object, text, values, { ...options, parsers: { ...options?.parsers, ...parsers } })
        if (name === 'transaction')
          return (work: (trx: object) => Promise<unknown>) => value.call(object, (trx: object) => work(asOurs(trx)))
        return value.bind(object)
      },
    })
  return asOurs(pglite)
}

function guarded(database: NonNullable<ConstructorOptions['db']>): NonNullable<ConstructorOptions['db']> {
  return new Proxy(database, {
    get(object, name) {
      const value = Reflect.get(object, name, object)
      if (name !== 'executeSql') return typeof value === 'function' ? value.bind(object) : value
      return (text: string, values?: unknown[]) => {
        refuseInside('a job')
        return object.executeSql(text, values)
      }
    },
  })
}
