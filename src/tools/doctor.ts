import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { readdir, statfs } from 'node:fs/promises'
import { connect } from 'node:net'
import { sql } from 'kysely'
import { timeOf } from '../backups/rules.ts'
import { pending } from '../base/db/migrate.ts'
import { openDatabase } from '../base/db/open.ts'
import { InUse } from '../base/db/place.ts'
import { reached } from '../base/log-post.ts'
import { clockFrom } from '../base/time.ts'
import { type Config, placeOf, readConfig } from '../config.ts'
import { complete } from '../run.ts'
import { zoneFault } from '../talks/ics-zone.ts'

/** One thing looked at: what was found, and where it is not well what to do. */
export type Finding = { what: string; found: string; todo?: string }
type Moment = NonNullable<ReturnType<typeof timeOf>>
const now = clockFrom()

export async function examine(config: Config): Promise<Finding[]> {
  return [
    node(),
    zones(),
    ...(await database(config)),
    await mail(config),
    ...(await replies(config)),
    await disk(config),
    await backups(config),
    await log(config),
  ]
}

function node(): Finding {
  const found = process.version
  return Number(found.slice(1).split('.')[0]) >= 26
    ? { what: 'Node', found }
    : { what: 'Node', found, todo: 'start it by npm, or as node_modules/.bin/node' }
}

function zones(): Finding {
  const fault = zoneFault()
  const found = `time-zone data ${process.versions['tz'] ?? 'of the system'}`
  return fault
    ? { what: 'time zones', found: fault, todo: 'update Node: every hour of every talk hangs on these data' }
    : { what: 'time zones', found }
}

async function database(config: Config): Promise<Finding[]> {
  const what = config.databaseUrl ? 'PostgreSQL' : 'embedded database'
  try {
    const { db, close } = await openDatabase(placeOf(config))
    try {
      const asked = now()
      const { rows } = await sql<{ version: string; number: number; at: typeof asked }>`
        select current_setting('server_version') as version, current_setting('server_version_num')::int as number, clock_timestamp() as at`.execute(
        db,
      )
      const missing = await pending(db)
      const [row] = rows
      const apart = Math.abs((row?.at.toMillis() ?? 0) - asked.toMillis()) / 1000
      return [
        {
          what,
          found: `version ${row?.version}`,
          ...((row?.number ?? 0) < 150_000 ? { todo: 'use PostgreSQL 15 or later' } : {}),
        },
        ...openLine(config.databaseUrl),
        {
          what: 'clock',
          found: `${apart.toFixed(1)} s apart from the database`,
          ...(apart > 5 ? { todo: 'set both clocks by NTP' } : {}),
        },
        {
          what: 'schema',
          found: missing.length > 0 ? `${missing.length} migrations are missing` : 'up to date',
          ...(missing.length > 0 ? { todo: 'npm run migrate' } : {}),
        },
      ]
    } finally {
      await close()
    }
  } catch (error) {
    if (error instanceof InUse)
      return [{ what, found: error.message.replace(/: stop it.*/, ', as it should be while it runs') }]
    return [
      {
        what,
        found: error instanceof Error ? error.message : String(error),
        todo: config.databaseUrl
          ? 'check DATABASE_URL and whether the server runs'
          : 'stop the other process, or look at DATA_DIR',
      },
    ]
  }
}

/** To a database on another machine everything goes in clear unless its address says otherwise. */
export function openLine(url: string | undefined): Finding[] {
  const { hostname = '', searchParams } = url ? new URL(url) : {}
  if (/^(|127(\.\d+){3}|localhost|\[::1\])$/.test(hostname)) return []
  const mode = searchParams?.get('sslmode') ?? ''
  return mode === 'verify-full' || mode === 'verify-ca'
    ? [{ what: 'line to the database', found: `encrypted, ${mode}` }]
    : [
        {
          what: 'line to the database',
          found: `${hostname} is not proved to be it`,
          todo: 'add ?sslmode=verify-full to DATABASE_URL',
        },
      ]
}

async function mail(config: Config): Promise<Finding> {
  if (!config.smtpUrl)
    return {
      what: 'mail server',
      found: 'none: letters become files in DATA_DIR/mail',
      todo: 'set SMTP_URL before real people are written to',
    }
  const { hostname, port, protocol } = new URL(config.smtpUrl)
  return answers('mail server', hostname, Number(port || (protocol === 'smtps:' ? 465 : 587)), 'SMTP_URL')
}

/** Whether answers of calendar programs have a way in; without one, the buttons in letters answer. */
async function replies({ replies: { imapUrl, listen, mailServer } }: Config): Promise<Finding[]> {
  const what = 'replies'
  if (!imapUrl && !listen)
    return [{ what, found: 'off: answers given in calendar programs are not read (IMAP_URL or LMTP_LISTEN)' }]
  const proof = mailServer ? `believes DKIM and ${mailServer}` : 'believes DKIM alone (MAIL_SERVER is not set)'
  const door = listen ? [{ what, found: `${listen.protocol} at ${listen.host}:${listen.port}, ${proof}` }] : []
  if (!imapUrl) return door
  const { hostname, port, protocol } = new URL(imapUrl)
  const box = await answers('mailbox', hostname, Number(port || (protocol === 'imaps:' ? 993 : 143)), 'IMAP_URL')
  return [...door, box, { what, found: `from the mailbox, ${proof}` }]
}

/** By the files themselves, which lie there whatever the database says. */
async function backups({ backup: { folder, passphrase } }: Config): Promise<Finding> {
  const what = 'backups'
  if (!folder) return { what, found: 'off: none is made at night', todo: 'set BACKUP_DIR and BACKUP_PASSPHRASE' }
  const names = await readdir(folder).catch((): string[] => [])
  const newest = names
    .flatMap(name => timeOf(name) ?? [])
    .reduce<Moment | undefined>((a, b) => (a && a > b ? a : b), undefined)
  if (!newest) return { what, found: `none in ${folder} yet: the first one is made in the night` }
  const hours = Math.round(now().diff(newest).as('hours'))
  const found = `${names.filter(timeOf).length} in ${folder}, the newest ${hours} h old${passphrase ? '' : ', not sealed'}`
  if (hours > 36) return { what, found, todo: 'look at /admin and the log: why is there no newer one?' }
  return passphrase ? { what, found } : { what, found, todo: 'set BACKUP_PASSPHRASE before files leave this machine' }
}

/** Whether another machine takes the lines of the log, and is the one it should be. */
async function log({ logTo }: Config): Promise<Finding> {
  const what = 'log'
  if (!logTo) return { what, found: 'stays on this machine: whoever breaks in may change it (LOG_TO)' }
  const socket = reached(logTo, 5000)
  socket.on('timeout', () => socket.destroy(new Error('no answer in 5 s')))
  try {
    await once(socket, 'secureConnect')
    return { what, found: `goes to ${logTo.host} as well, ${socket.getProtocol()}` }
  } catch (error) {
    return {
      what,
      found: error instanceof Error ? error.message : String(error),
      todo: 'check LOG_TO, its certificate and NODE_EXTRA_CA_CERTS: lines wait in the processes until it answers',
    }
  } finally {
    socket.destroy()
  }
}

async function answers(what: string, host: string, port: number, setting: string): Promise<Finding> {
  const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port, timeout: 5000 })
  socket.on('timeout', () => socket.destroy(new Error('no answer in 5 s')))
  try {
    await once(socket, 'connect')
    return { what, found: `${host} answers` }
  } catch (error) {
    return {
      what,
      found: error instanceof Error ? error.message : String(error),
      todo: `check ${setting} and whether the server lets this machine in`,
    }
  } finally {
    socket.destroy()
  }
}

async function disk(config: Config): Promise<Finding> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const { bavail, bsize } = await statfs(config.dataDir)
  const gigabytes = (bavail * bsize) / 2 ** 30
  return {
    what: 'disk',
    found: `${gigabytes.toFixed(1)} GB free`,
    ...(gigabytes < 1 ? { todo: 'make room: below 1 GB the database may stop' } : {}),
  }
}

if (import.meta.main)
  await complete(async () => {
    const findings = await examine(readConfig())
    for (const { what, found, todo } of findings)
      console.log(`${todo ? 'look' : 'ok  '}  ${what}: ${found}${todo ? ` → ${todo}` : ''}`)
    if (
      findings.some(
        ({ what, todo }) => todo && !['mail server', 'mailbox', 'backups', 'line to the database'].includes(what),
      )
    )
      process.exitCode = 1
  })
