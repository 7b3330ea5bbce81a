import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { freePort } from './free-port.ts'
import { note } from './postgres.ts'

/** Starts a PostgreSQL of the tests' own when its programs are installed and no other is named. */
async function start(): Promise<void> {
  if (process.env['TEST_DATABASE_URL'] || (await answers())) return
  const programs = globSync('/usr/lib/postgresql/*/bin/').sort().at(-1)
  if (!programs) return
  const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-postgres-'))
  chmodSync(folder, 0o777)
  const data = path.join(folder, 'data')
  const port = await freePort(20_000)
  const run = (program: string, ...words: string[]) => {
    const file = path.join(programs, program)
    // initdb refuses to run as root
    const [command, ...rest] =
      process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', file, ...words] : [file, ...words]
    execFileSync(command ?? file, rest, { cwd: '/', stdio: 'ignore' })
  }
  run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8')
  run(
    'pg_ctl',
    '-D',
    data,
    '-w',
    '-l',
    path.join(folder, 'log'),
    '-o',
    `-p ${port} -c listen_addresses=127.0.0.1 -k ${folder} -c max_connections=300 -c fsync=off`,
    'start',
  )
  mkdirSync(path.dirname(note), { recursive: true })
  writeFileSync(note, JSON.stringify({ url: `postgres://postgres@127.0.0.1:${port}/postgres`, folder, data, programs }))
}

/** Whether one that an earlier run left behind still answers; a note of one that is gone is thrown away. */
async function answers(): Promise<boolean> {
  if (!existsSync(note)) return false
  const { url } = JSON.parse(readFileSync(note, 'utf8')) as { url: string }
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    rmSync(note)
    return false
  }
}

await start()
