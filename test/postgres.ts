import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Written by `before.ts`, removed by `after.ts`: where the PostgreSQL of this run listens. */
export const note = path.join(import.meta.dirname, '../node_modules/.cache/postgres.json')

/** A real PostgreSQL: `TEST_DATABASE_URL`, or the one this run started from the installed programs; undefined where there is none. */
export function server(): string | undefined {
  if (process.env['TEST_DATABASE_URL']) return process.env['TEST_DATABASE_URL']
  if (existsSync(note)) return (JSON.parse(readFileSync(note, 'utf8')) as { url: string }).url
  if (process.env['CI']) throw new Error('CI must have a PostgreSQL: set TEST_DATABASE_URL')
  return
}
