import { execFile } from 'node:child_process'
import { chmodSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { freePort } from './port.ts'

export type OwnPostgres = {
  url: string
  /** As after a crash: nobody is told, nothing is finished, the log is replayed. */
  crash: () => Promise<void>
  stop: () => Promise<void>
}

const programs = (): string | undefined => globSync('/usr/lib/postgresql/*/bin/').sort().at(-1)
export const hasPostgres = (): boolean => programs() !== undefined

/** A PostgreSQL that nobody else uses, so that it may be crashed; gone with `stop`. */
export async function ownPostgres(): Promise<OwnPostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-faults-'))
  chmodSync(folder, 0o777)
  const data = path.join(folder, 'data')
  const port = await freePort(23_000)
  const run = async (program: string, ...words: string[]) => {
    const file = path.join(programs() ?? '', program)
    // initdb refuses to run as root
    const [command = file, ...rest] =
      process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', file, ...words] : [file, ...words]
    const running = promisify(execFile)(command, rest, { cwd: '/' })
    await running
  }
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -k ${folder} -c max_connections=200 -c fsync=off`
  const control = (...words: string[]) =>
    run('pg_ctl', '-D', data, '-w', '-s', '-l', path.join(folder, 'log'), '-o', settings, ...words)
  await run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8')
  await control('start')
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    crash: () => control('-m', 'immediate', 'restart'),
    stop: async () => {
      await control('-m', 'immediate', 'stop').finally(() => rmSync(folder, { recursive: true, force: true }))
    },
  }
}
