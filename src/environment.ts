type Setting = { fits: RegExp; says: string; usual?: string }

const text = { fits: /./s, says: 'must not be empty' }

/** The settings by their names, what each may be, and what it is when nothing is set. */
const settings = {
  HOST: { ...text, usual: '127.0.0.1' },
  PORT: { fits: /^\d{1,5}$/, says: 'must be a number up to 65535', usual: '3000' },
  PUBLIC_URL: { fits: /^https?:\/\/[^/]+\/?$/, says: 'must be an address without a path, as https://kezdesu.example' },
  DATABASE_URL: { fits: /^postgres(ql)?:\/\//, says: 'must begin with postgres://' },
  DATA_DIR: { ...text, usual: '.data' },
  SMTP_URL: { fits: /^smtps?:\/\//, says: 'must begin with smtp:// or smtps://' },
  MAIL_FROM: { fits: /^[^@\s<>",]+@[^@\s<>",]+$/, says: 'must be a mail address', usual: 'kezdesu@kezdesu.example' },
  DKIM_DOMAIN: { fits: /^[A-Za-z0-9.-]+$/, says: 'must be a domain' },
  DKIM_SELECTOR: { fits: /^[A-Za-z0-9._-]+$/, says: 'must be the name of a DNS record' },
  DKIM_KEY_FILE: text,
  MAIL_PER_MINUTE: { fits: /^[1-9]\d{0,5}$/, says: 'must be a whole number from 1' },
  APP_SECRET: { fits: /^.{32,}$/s, says: 'must have 32 characters or more' },
  IMAP_URL: { fits: /^imaps?:\/\/[^/@]+@[^/@]+(\/.*)?$/, says: 'must be imaps://user:password@server/mailbox' },
  LMTP_LISTEN: { fits: /^((lmtp|smtp):\/\/)?[^/:@\s]+:\d{1,5}$/, says: 'must be host:port or smtp://host:port' },
  MAIL_SERVER: { fits: /^[A-Za-z0-9.-]+$/, says: 'must be the name of a server' },
  OIDC_ISSUER: {
    fits: /^(https:\/\/|http:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?(\/|$))/,
    says: 'must begin with https://, or lead to this machine',
  },
  OIDC_CLIENT_ID: text,
  OIDC_CLIENT_SECRET: text,
  TRUST_PROXY: { fits: /^/, says: '', usual: '' },
  LOG_LEVEL: {
    fits: /^(fatal|error|warn|info|debug|trace|silent)$/,
    says: 'must be fatal, error, warn, info, debug, trace or silent',
    usual: 'info',
  },
  LOG_TO: { fits: /^tls:\/\/[^/@:\s]+(:\d{1,5})?\/?$/, says: 'must be tls://server:port' },
  LOG_CERT_FILE: text,
  BACKUP_DIR: text,
  BACKUP_AT: { fits: /^([01]\d|2[0-3]):[0-5]\d$/, says: 'must be a time as 02:30', usual: '02:30' },
  BACKUP_PASSPHRASE: { fits: /^.{12,}$/s, says: 'must have 12 characters or more' },
  METRICS_TOKEN: { fits: /^[\w.~+/-]{16,}=*$/, says: 'must have 16 characters or more, as in a header' },
  DRAIN_SECONDS: { fits: /^\d$|^1\d$/, says: 'must be a whole number from 0 to 19', usual: '3' },
  DEMO_SIZE: { fits: /^(small|city|region|nation)$/, says: 'must be small, city, region or nation', usual: 'small' },
  DEMO_SEED: { fits: /^\d{1,9}$/, says: 'must be a whole number', usual: '1' },
  DEMO_NOW: { fits: /^\d{4}-\d{2}-\d{2}T/, says: 'must be a time as 2026-11-23T08:45:00+05:00' },
  DEMO_JSON: text,
} satisfies Record<string, Setting>

export const settingNames = Object.keys(settings)

type Name = keyof typeof settings
type Usual = { [name in Name]: (typeof settings)[name] extends { usual: string } ? name : never }[Name]
export type Environment = Record<Usual, string> & Partial<Record<Exclude<Name, Usual>, string>>

/** What the environment sets, or what is usual; with a line for each setting that is none. An empty one counts as not set. */
export function readEnvironment(environment: NodeJS.ProcessEnv): { env: Environment; mistakes: string[] } {
  const named = Object.entries<Setting>(settings).map(([name, setting]) => ({
    name,
    setting,
    value: environment[name] || setting.usual,
  }))
  return {
    env: Object.fromEntries(
      named.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
    ) as Environment,
    mistakes: named
      .filter(({ value, setting }) => value !== undefined && !setting.fits.test(value))
      .map(({ name, setting }) => `${name} ${setting.says}`),
  }
}
