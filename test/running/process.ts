import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import type { Test } from 'tap'
import type { Db } from '../../src/base/db/open.ts'
import { hashOf, newNonce } from '../../src/base/secrets.ts'

export const source = path.join(import.meta.dirname, '../../src')
export const secret = 'a secret of the tests, 32 characters or more'

export type Process = {
  child: ChildProcess
  ended: Promise<number | null>
  /** Everything it has written so far. */
  said: () => string
  saying: (part: string) => Promise<void>
}

/** A command of the product as a process of its own; killed with the test at the latest. */
export function command(
  t: Test,
  words: string[],
  environment: Record<string, string>,
  before: string[] = [],
  flags: string[] = [],
): Process {
  const [program = '', ...rest] = [
    ...before,
    process.execPath,
    ...flags,
    path.join(source, words[0] ?? ''),
    ...words.slice(1),
  ]
  const child = spawn(program, rest, {
    env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'silent', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk
    })
  const saying = (part: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => said.includes(part) && resolve()
      child.stdout.on('data', look)
      look()
      ended.then(code => reject(new Error(`ended with ${code}: ${said}`)), reject)
    })
  return { child, ended, said: () => said, saying }
}

/** A session by the clock of today, as a Cookie header. */
export async function session(db: Db, email: string): Promise<string> {
  const sid = newNonce()
  const { account_id, house_id } = await db
    .selectFrom('roles')
    .innerJoin('accounts', 'accounts.id', 'roles.account_id')
    .select(['account_id', 'house_id'])
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  const { sql } = await import('kysely')
  await sql`insert into sessions (id_hash, account_id, house_id, created_at, seen_at, ends_at, ip_prefix, agent, strength, proved_at)
    values (${hashOf(sid)}, ${account_id}, ${house_id}, now(), now(), now() + interval '7 days', '127.0.0', 'test', 'strong', now())`.execute(
    db,
  )
  return `sid=${sid}`
}
