import t from 'tap'
import { Mistake, readConfig } from '../src/config.ts'
import { collectorFile } from './base/collector.ts'

const replies = (environment: Record<string, string>) => readConfig(environment).replies

t.test('answers of calendar programs come in only by a way that is set', async t => {
  t.same(replies({}), { imapUrl: undefined, listen: undefined, mailServer: undefined })
  t.same(replies({ LMTP_LISTEN: '127.0.0.1:2424', MAIL_SERVER: 'mx.kezdesu.example' }), {
    imapUrl: undefined,
    listen: { protocol: 'lmtp', host: '127.0.0.1', port: 2424 },
    mailServer: 'mx.kezdesu.example',
  })
  t.same(replies({ LMTP_LISTEN: 'smtp://mail:25' }).listen, { protocol: 'smtp', host: 'mail', port: 25 })
  for (const IMAP_URL of [
    'imaps://bron:secret%401@mail.example/INBOX',
    'imaps://bron:secret@mail.example:993',
    'imap://bron:secret@127.0.0.1:143/Answers',
    'imap://bron:secret@[::1]/Answers',
  ])
    t.equal(replies({ IMAP_URL }).imapUrl, IMAP_URL)
})

t.test('a mailbox over an open line, and settings that are none, are refused at start', async t => {
  for (const environment of [
    { IMAP_URL: 'imap://bron:secret@mail.example/INBOX' },
    { IMAP_URL: 'imap://bron:secret@127.0.0.1.evil.example/INBOX' },
    { IMAP_URL: 'imaps://mail.example' },
    { IMAP_URL: 'https://a:b@mail.example' },
    { LMTP_LISTEN: '2424' },
    { LMTP_LISTEN: '127.0.0.1:99999' },
    { LMTP_LISTEN: 'http://127.0.0.1:1' },
    { MAIL_SERVER: 'mx.example; dmarc=pass' },
  ])
    t.throws(() => readConfig(environment), JSON.stringify(environment))
})

t.test('all mistakes are told at once, a line each, without the value; what is empty is not set', async t => {
  t.throws(
    () => readConfig({ PORT: 'eighty', LOG_LEVEL: 'loud', APP_SECRET: 'short', DEMO_SIZE: '' }),
    new Error(
      'PORT must be a number up to 65535\nAPP_SECRET must have 32 characters or more\nLOG_LEVEL must be fatal, error, warn, info, debug, trace or silent',
    ),
  )
  const { port, host, databaseUrl, demo } = readConfig({ HOST: '' })
  t.strictSame(
    { port, host, databaseUrl, size: demo.size },
    { port: 3000, host: '127.0.0.1', databaseUrl: undefined, size: 'small' },
  )
})

t.test('settings that do not go together are told at once, too', async t => {
  t.throws(
    () =>
      readConfig({
        ...{ PORT: '70000', DATABASE_URL: 'postgres://127.0.0.1/kezdesu', BACKUP_DIR: 'backups' },
        ...{ OIDC_ISSUER: 'https://id.example', DKIM_DOMAIN: 'kezdesu.example', LOG_CERT_FILE: 'none.pem' },
      }),
    new Mistake(
      [
        'PORT must be at most 65535',
        'APP_SECRET (at least 32 characters) is required together with DATABASE_URL',
        'BACKUP_PASSPHRASE (at least 12 characters) is required together with BACKUP_DIR',
        'DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY_FILE belong together',
        'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together',
        'LOG_CERT_FILE belongs to LOG_TO',
      ].join('\n'),
    ),
  )
})

t.test('the log goes to another machine by TLS only, and says by which certificate', async t => {
  t.equal(readConfig({}).logTo, undefined)
  t.same(readConfig({ LOG_TO: 'tls://logs.example' }).logTo, {
    host: 'logs.example',
    port: 6514,
    identity: undefined,
  })
  t.match(readConfig({ LOG_TO: 'tls://10.0.0.7:601', LOG_CERT_FILE: collectorFile }).logTo, {
    host: '10.0.0.7',
    port: 601,
    identity: /BEGIN PRIVATE KEY[\s\S]*BEGIN CERTIFICATE/,
  })
  for (const [environment, said] of [
    [{ LOG_TO: 'tcp://logs.example:514' }, /^LOG_TO must be tls:/],
    [{ LOG_TO: 'tls://user:password@logs.example' }, /^LOG_TO must be tls:/],
    [{ LOG_CERT_FILE: collectorFile }, /^LOG_CERT_FILE belongs to LOG_TO/],
    [{ LOG_TO: 'tls://logs.example', LOG_CERT_FILE: '/nonexistent' }, /^LOG_CERT_FILE: there is no file/],
  ] as const)
    t.throws(() => readConfig(environment), said)
})
