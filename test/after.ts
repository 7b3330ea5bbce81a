import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { note } from './postgres.ts'

/** Ends the PostgreSQL that `before.ts` started. */
if (existsSync(note)) {
  const { folder, data, programs } = JSON.parse(readFileSync(note, 'utf8')) as {
    folder: string
    data: string
    programs: string
  }
  const stop = [path.join(programs, 'pg_ctl'), '-D', data, '-m', 'immediate', 'stop']
  const [command = '', ...words] = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', ...stop] : stop
  try {
    execFileSync(command, words, { cwd: '/', stdio: 'ignore' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
    rmSync(note)
  }
}
