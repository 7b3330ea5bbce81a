import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Size } from '../seed/sizes.ts'
import { furnishedSecret } from './furnished.ts'

const root = path.join(import.meta.dirname, '../../..')
// as package.json starts them: the young generation grows to 48 MB otherwise, a third of the process, and the old one by
// a part instead of to twice what is alive, 45 MB of 250 at a city's size for no more work
export const flags = [
  ...['--max-semi-space-size=3', '--heap-growing-percent=30', '--expose-gc'],
  ...['--import', path.join(root, 'src/stripped.mjs')],
]
/** What large answers have freed goes back to the system: 60 MB of 300 at a nation's size, for no more work. */
export const thrifty = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '1000000',
  MALLOC_MMAP_THRESHOLD_: '131072',
}
export const cache = path.join(root, 'node_modules/.cache/bench')

export type Described = {
  baseUrl: string
  accounts: Record<'coordinator' | 'speaker', { cookie: string }>
  requests: { waiting: number[]; unbookable: number[] }
  statusPages: string[]
  invitations: string[]
}
export type Running = { child: ChildProcess; said: Described; megabytes: () => number; stop: () => Promise<void> }

/** What the environment says but for its PostgreSQL: a bench that wants one names it. */
function embedded(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...rest } = process.env
  return rest
}

/** A demonstration in a process of its own, from the moment it answers. Its folder stays for the next run. */
export async function demonstration(
  size: Size,
  port: number,
  environment: Record<string, string> = {},
): Promise<Running> {
  const json = path.join(cache, `${size}-${port}.json`)
  rmSync(json, { force: true })
  const env = {
    ...embedded(),
    ...thrifty,
    DATA_DIR: cache,
    PORT: String(port),
    DEMO_SIZE: size,
    DEMO_JSON: json,
    LOG_LEVEL: 'error',
    ...environment,
  }
  const child = spawn(process.execPath, [...flags, path.join(root, 'src/tools/demo.ts')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  while (!existsSync(json)) {
    if (child.exitCode !== null) throw new Error(`the demonstration ended with ${child.exitCode}`)
    await pause(20)
  }
  const stop = async () => {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  return {
    child,
    said: JSON.parse(readFileSync(json, 'utf8')) as Described,
    megabytes: () => residentOf(child.pid),
    stop,
  }
}

/** The web half as a process of its own on a PostgreSQL that is furnished, from the moment it answers. */
export async function webOn(databaseUrl: string, port: number, environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [...flags, path.join(root, 'src/web.ts')], {
    env: {
      ...process.env,
      ...thrifty,
      ...{ DATABASE_URL: databaseUrl, APP_SECRET: furnishedSecret, PORT: String(port), LOG_LEVEL: 'error' },
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const baseUrl = `http://127.0.0.1:${port}`
  while (!(await fetch(`${baseUrl}/healthz`).catch(() => undefined))) {
    if (child.exitCode !== null) throw new Error(`the web half ended with ${child.exitCode}`)
    await pause(50)
  }
  const stop = async () => {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  return { baseUrl, megabytes: () => residentOf(child.pid), stop }
}

/** Seconds until a start answers its first page. */
export async function secondsToFirstAnswer(
  environment: Record<string, string>,
): Promise<{ seconds: number; megabytes: number }> {
  const begun = performance.now()
  const child = spawn(process.execPath, [...flags, path.join(root, 'src/start.ts')], {
    env: { ...embedded(), ...thrifty, LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${environment['PORT']}`
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the start ended with ${child.exitCode}`)
      if (performance.now() - begun > 60_000) throw new Error('the home page did not answer 200 within a minute')
      const answer = await fetch(`${url}/kk`).catch(() => undefined)
      if (answer?.status === 200) break
      await pause(10)
    }
    const seconds = (performance.now() - begun) / 1000
    for (let n = 0; n < 200; n++) await fetch(`${url}/kk/topics`).then(it => it.text())
    return { seconds: Math.round(seconds * 100) / 100, megabytes: residentOf(child.pid) }
  } finally {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
}

function residentOf(pid: number | undefined): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}
