import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Place } from './base/db/place.ts'
import type { LogPlace } from './base/log-post.ts'
import type { Dkim } from './base/mail.ts'
import type { Provider } from './base/proofs/oidc.ts'
import { backupsIn, dkimFrom, listenAt, logPlace, providerFrom, proxies } from './config-parts.ts'
import { readEnvironment, settingNames } from './environment.ts'

export type Config = {
  host: string
  port: number
  publicUrl: string
  databaseUrl: string | undefined
  dataDir: string
  smtpUrl: string | undefined
  mailFrom: string
  /** Signs each letter (RFC 6376) when set. */
  dkim: Dkim | undefined
  /** As many letters a minute the mail server takes from all processes together. */
  mailPerMinute: number | undefined
  secret: string
  /** How answers of calendar programs come in: none of it, and only the buttons in letters answer. */
  replies: {
    imapUrl: string | undefined
    listen: { protocol: 'lmtp' | 'smtp'; host: string; port: number } | undefined
    mailServer: string | undefined
  }
  /** Staff may also sign in with the account their organisation gives them. */
  oidc: Provider | undefined
  trustProxy: string[] | false
  backup: {
    /** Where a backup goes each night; nowhere when undefined. */
    folder: string | undefined
    /** The hour of the night, in the time of the country. */
    at: string
    passphrase: string | undefined
  }
  /** Lets programs of other machines read `/metrics`. */
  metricsToken: string | undefined
  /** For how long a process that is to end says so before it takes nothing any more. */
  drainSeconds: number
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  /** Another machine that gets each line of the log as well. */
  logTo: LogPlace | undefined
  demo: {
    size: 'small' | 'city' | 'region' | 'nation'
    seed: number
    now: string | undefined
    json: string | undefined
  }
}

/** What a person who starts a command got wrong: told in one line a mistake, without a stack, exit code 2. */
export class Mistake extends Error {}

/** The settings of the environment, checked whole: all mistakes are told at once, before anything opens. */
export function readConfig(environment: NodeJS.ProcessEnv = withCredentials(process.env)): Config {
  const { env, mistakes } = readEnvironment(environment)
  // what cannot be read at all is told before what does not go together
  if (mistakes.length > 0) throw new Mistake(mistakes.join('\n'))
  const port = Number(env.PORT)
  const refuse = (mistake: string) => void mistakes.push(mistake)
  if (port > 65_535) refuse('PORT must be at most 65535')
  if (env.DATABASE_URL && !env.APP_SECRET)
    refuse('APP_SECRET (at least 32 characters) is required together with DATABASE_URL')
  if (env.DEMO_NOW !== undefined && Number.isNaN(Date.parse(env.DEMO_NOW)))
    refuse(`DEMO_NOW is no time: ${env.DEMO_NOW}`)
  if (env.IMAP_URL?.startsWith('imap:') && !/@(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?(\/|$)/.test(env.IMAP_URL))
    refuse('IMAP_URL without encryption may lead to this machine only: use imaps://')
  if (env.BACKUP_DIR && !env.BACKUP_PASSPHRASE)
    refuse('BACKUP_PASSPHRASE (at least 12 characters) is required together with BACKUP_DIR')
  const dkim = dkimFrom(refuse, env.DKIM_DOMAIN, env.DKIM_SELECTOR, env.DKIM_KEY_FILE)
  const oidc = providerFrom(refuse, env.OIDC_ISSUER, env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET)
  const logTo = logPlace(refuse, env.LOG_TO, env.LOG_CERT_FILE)
  const listen = listenAt(refuse, env.LMTP_LISTEN)
  if (mistakes.length > 0) throw new Mistake(mistakes.join('\n'))
  return {
    host: env.HOST,
    port,
    publicUrl: (env.PUBLIC_URL ?? `http://${env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST}:${port}`).replace(
      /\/$/,
      '',
    ),
    databaseUrl: env.DATABASE_URL,
    dataDir: path.resolve(env.DATA_DIR),
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    dkim,
    mailPerMinute: env.MAIL_PER_MINUTE === undefined ? undefined : Number(env.MAIL_PER_MINUTE),
    secret: env.APP_SECRET ?? '',
    replies: { imapUrl: env.IMAP_URL, listen, mailServer: env.MAIL_SERVER },
    oidc,
    trustProxy: proxies(env.TRUST_PROXY),
    backup: {
      folder: backupsIn(env.BACKUP_DIR, env.DATABASE_URL, env.DATA_DIR),
      at: env.BACKUP_AT,
      passphrase: env.BACKUP_PASSPHRASE,
    },
    metricsToken: env.METRICS_TOKEN,
    drainSeconds: Number(env.DRAIN_SECONDS),
    logLevel: env.LOG_LEVEL as Config['logLevel'],
    logTo,
    demo: {
      size: env.DEMO_SIZE as Config['demo']['size'],
      seed: Number(env.DEMO_SEED),
      now: env.DEMO_NOW,
      json: env.DEMO_JSON,
    },
  }
}

/** A secret that systemd hands over as a file (LoadCredential=APP_SECRET:…) is as good as one in the environment. */
function withCredentials(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const folder = environment['CREDENTIALS_DIRECTORY']
  if (!folder) return environment
  const given = settingNames.filter(name => !environment[name] && existsSync(path.join(folder, name)))
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8').trim()
  return { ...environment, ...Object.fromEntries(given.map(name => [name, read(name)])) }
}

/** With the embedded database the application's key is made once and kept beside the data. */
export function withSecret(config: Config): Config {
  if (config.secret) return config
  const file = path.join(config.dataDir, 'secret')
  try {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
    if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
    return { ...config, secret: readFileSync(file, 'utf8').trim() }
  } catch (cause) {
    throw new Mistake(`DATA_DIR cannot be used: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

/** Where this configuration keeps its data. */
export const placeOf = (config: Pick<Config, 'databaseUrl' | 'dataDir'>): Place =>
  config.databaseUrl ? { url: config.databaseUrl } : { folder: path.join(config.dataDir, 'database') }
