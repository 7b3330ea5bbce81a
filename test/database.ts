import { createHash, randomBytes } from 'node:crypto'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { migrate } from '../src/base/db/migrate.ts'
import { type Database, openDatabase } from '../src/base/db/open.ts'
import { openJobs } from '../src/base/jobs.ts'
import { furnish } from './cast.ts'

const root = path.join(import.meta.dirname, '..')
const cache = path.join(root, 'node_modules/.cache/database')

// whatever the template is made of: another content, another template
const key = createHash('sha256')
for (const file of globSync(
  [
    'migrations/*.ts',
    'src/tools/seed/{house,reference,random}.ts',
    'src/tools/seed/data/*.json',
    'package-lock.json',
    'test/cast.ts',
    'test/database.ts',
    'src/base/db/*.ts',
  ],
  { cwd: root },
).sort())
  if (/\.(ts|json)$/.test(file)) key.update(readFileSync(path.join(root, file)))
const template = `kezdesu_${key.digest('hex').slice(0, 16)}`

/** A migrated database with the cast in it, of this test alone: a copy of the template, gone afterwards. */
export async function freshDatabase(server?: string): Promise<Database & { url?: string; folder?: string }> {
  return server ? freshOnServer(server) : freshEmbedded()
}

// a thousand small files: in memory a copy takes a quarter of a second, on a disk two; containers often have 64 MB of it
const roomy = () => {
  const { bavail, bsize } = statfsSync('/dev/shm')
  return bavail * bsize > 2 ** 31
}
const place = existsSync('/dev/shm') && roomy() ? '/dev/shm' : tmpdir()

async function freshEmbedded() {
  const ready = await embeddedTemplate()
  const folder = path.join(place, `kezdesu-${randomBytes(6).toString('hex')}`)
  cpSync(ready, folder, { recursive: true })
  const database = await openDatabase({ folder }, undefined, false)
  const close = async () => {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...database, folder, close }
}

/** The same as files, for a process that opens them itself. */
export async function freshFolder(folder: string): Promise<void> {
  cpSync(await embeddedTemplate(), folder, { recursive: true })
}

async function embeddedTemplate(): Promise<string> {
  const folder = path.join(cache, template)
  const marker = path.join(folder, 'ready')
  if (existsSync(marker)) return folder
  mkdirSync(cache, { recursive: true })
  const mine = `${folder}.${process.pid}`
  const database = await openDatabase({ folder: mine }, undefined, false)
  await fill(database)
  await database.close()
  writeFileSync(path.join(mine, 'ready'), '')
  try {
    renameSync(mine, folder)
  } catch {
    // another test made it in the meantime
    rmSync(mine, { recursive: true, force: true })
  }
  return folder
}

async function fill(database: Database): Promise<void> {
  await migrate(database.db)
  await furnish(database.db)
  const jobs = await openJobs(database, error => {
    throw error
  })
  await jobs.stop()
}

async function freshOnServer(server: string) {
  await serverTemplate(server)
  const name = `kezdesu_test_${randomBytes(6).toString('hex')}`
  await onServer(server, async client => {
    await client.query(`create database ${name} template ${template}`)
  })
  const url = withName(server, name)
  const database = await openDatabase({ url }, () => {})
  const close = async () => {
    await database.close()
    await onServer(server, client => client.query(`drop database if exists ${name} with (force)`))
  }
  return { ...database, url, close }
}

async function serverTemplate(server: string): Promise<void> {
  await onServer(server, async client => {
    // one test at a time makes it; the others wait for the lock and find it
    await client.query('select pg_advisory_lock(7031)')
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template])
    if (rowCount) return
    const making = `${template}_making`
    await client.query(`drop database if exists ${making} with (force)`)
    await client.query(`create database ${making}`)
    const database = await openDatabase({ url: withName(server, making) })
    await fill(database)
    await database.close()
    for (let attempt = 0; ; attempt++) {
      try {
        await client.query(`alter database ${making} rename to ${template}`)
        return
      } catch (error) {
        // connections of the pool take a moment to leave
        if (attempt === 50) throw error
        await pause(50)
      }
    }
  })
}

async function onServer<Result>(server: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function withName(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
