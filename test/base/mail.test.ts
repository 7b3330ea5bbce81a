import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import t, { type Test } from 'tap'
import {
  caughtMail,
  caughtNames,
  folderMailer,
  type Handed,
  type Mail,
  mustBeEncrypted,
  raw,
  rawOf,
  smtpMailer,
} from '../../src/base/mail.ts'
import { cleanLine, emailOf } from '../../src/base/text.ts'

const mail: Mail = {
  id: '0c1f7a5e-1111-4222-8333-444455556666',
  kind: 'invitation',
  messageId: '0c1f7a5e-1111-4222-8333-444455556666@kezdesu.example',
  date: DateTime.fromISO('2026-11-23T03:45:00Z'),
  from: { name: 'Достық үйі', address: 'kezdesu@kezdesu.example' },
  to: { name: 'Айгүл', address: 'nurlanova@kezdesu.example' },
  language: 'kk',
  subject: 'Шақыру: 25 қараша, 10:00',
  text: 'Құрметті Айгүл!\n',
  html: '<p>Құрметті Айгүл!</p>',
}
const patient = { connect: 2000, greet: 2000, idle: 2000, whole: 4000 }

/** A real mail server; gone with the test. */
async function listening(t: Test, options: SMTPServerOptions): Promise<{ url: string; got: Buffer[] }> {
  const got: Buffer[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, _, done) => {
      buffer(stream).then(bytes => {
        got.push(bytes)
        done()
      }, done)
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => new Promise<void>(resolve => server.close(() => resolve())))
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, got }
}
const refusal = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code })
async function handed(t: Test, url: string, limits = patient): Promise<Handed> {
  const mailer = smtpMailer(url, limits)
  t.teardown(() => mailer.close())
  return mailer.send(mail)
}

t.test('a mail server takes a letter, and its words are kept', async t => {
  const { url, got } = await listening(t, {})
  const said = await handed(t, url)
  t.match(said, { sent: /^250 / })
  const [bytes] = got
  const parsed = await simpleParser(bytes ?? '')
  t.same(
    [parsed.messageId, parsed.subject, parsed.headers.get('x-kezdesu-kind')],
    [`<${mail.messageId}>`, mail.subject, 'invitation'],
  )
  t.equal(parsed.text, 'Құрметті Айгүл!\n')
})

t.test('later means later, never means never, and our own mistakes are ours', async t => {
  const atRecipient = async (error: Error) =>
    handed(t, (await listening(t, { onRcptTo: (_, __, done) => done(error) })).url)
  t.match(await atRecipient(refusal(451, 'greylisted')), { later: /451.*greylisted/ })
  t.match(await atRecipient(refusal(421, 'go away')), { later: /421/ })
  t.match(await atRecipient(refusal(550, 'no such box')), { never: /550.*no such box/ })
  const atData = async (error: Error) =>
    handed(
      t,
      (
        await listening(t, {
          onData: (stream, _, done) => {
            stream.on('end', () => done(error)).resume()
          },
        })
      ).url,
    )
  t.match(await atData(refusal(452, 'disk full')), { later: /452/ })
  t.match(await atData(refusal(554, 'spam')), { never: /554/ })
  const { url } = await listening(t, {
    onAuth: (_, __, done) => done(refusal(535, 'who are you')),
    authOptional: false,
    allowInsecureAuth: true,
    authMethods: ['PLAIN'],
  })
  t.match(await handed(t, url.replace('smtp://', 'smtp://user:wrong@')), { broken: /535/ })
})

t.test('a server that hangs, drips, drops or is not there means later', async t => {
  const silent = createServer(socket => void socket.on('error', () => {}))
  const dropping = createServer(socket => socket.destroy())
  const dripping = createServer(socket => {
    const timer = setInterval(() => socket.write('220-wait\r\n'), 40)
    socket.on('error', () => {}).on('close', () => clearInterval(timer))
  })
  for (const server of [silent, dropping, dripping]) {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
    t.match(Object.keys(await handed(t, url, { connect: 300, greet: 300, idle: 300, whole: 600 })), ['later'])
    server.close()
  }
  const closed = createServer()
  await new Promise<void>(resolve => closed.listen(0, '127.0.0.1', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise<void>(resolve => closed.close(() => resolve()))
  t.match(await handed(t, `smtp://127.0.0.1:${port}`), { later: /ECONNREFUSED/ })
})

t.test('to another machine no letter goes over an open line, unless that is said', async t => {
  t.same(
    [
      'smtp://mail.example:587',
      'smtp://127.0.0.1.example',
      'smtp://user:password@10.0.0.7',
      'smtp://mail.example?ignoreTLS=true',
      'smtps://mail.example',
      'smtp://127.0.0.1:25',
      'smtp://localhost',
      'smtp://[::1]:25',
    ].map(mustBeEncrypted),
    [true, true, true, false, false, false, false, false],
  )
  const { url, got } = await listening(t, {})
  t.match(await handed(t, `${url}?requireTLS=true`), { broken: /^500 / })
  t.same(got, [])
})

t.test('after a server that hung the next letter goes out', async t => {
  let hang = true
  const { url, got } = await listening(t, { onRcptTo: (_, __, done) => hang || done() })
  const mailer = smtpMailer(url, { ...patient, whole: 300 })
  t.teardown(() => mailer.close())
  t.same(Object.keys(await mailer.send(mail)), ['later'])
  hang = false
  t.match(await mailer.send(mail), { sent: /^250/ })
  t.equal(got.length, 1)
})

t.test('a letter has the same bytes however often it is built', async t => {
  t.same(await raw(mail), await raw(structuredCloneOf(mail)))
})

t.test('without a server letters are files, and the list shows each once', async t => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-mail-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const mailer = folderMailer(folder)
  t.same(await caughtNames(path.join(folder, 'nowhere')), [])
  await mailer.send(mail)
  await mailer.send(mail)
  await mailer.send({ ...mail, id: '1c1f7a5e-1111-4222-8333-444455556666', date: mail.date.plus({ hours: 1 }) })
  const names = await caughtNames(folder)
  t.same(
    names.map(name => name.slice(15, 17)),
    ['1c', '0c'],
  )
  const caught = await caughtMail(folder, names[1] ?? '')
  t.match(caught, {
    to: 'nurlanova@kezdesu.example',
    subject: mail.subject,
    messageId: `<${mail.messageId}>`,
    kind: 'invitation',
    text: mail.text,
    html: mail.html,
  })
  t.same(await rawOf(folder, names[1] ?? ''), await raw(mail))
  for (const name of ['../secret', '', 'x', `${names[0]}/../${names[0]}`])
    t.equal(await caughtMail(folder, name), undefined)
})

const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\0',
        '\u0085',
        '\u2028',
        '\ud800',
        'Bcc: thief@x.example\r\n',
        '\r\n\r\n',
        ', thief@x.example',
        '<',
        '>',
        '"',
        '😀',
        'Қ',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { maxLength: 30 },
  )
  .map(parts => parts.join('').slice(0, 5000))

t.test('no name and no subject adds a header or a recipient', async () => {
  await fc.assert(
    fc.asyncProperty(nasty, nasty, nasty, async (subject, to, from) => {
      const bytes = await raw({
        ...mail,
        subject: cleanLine(subject),
        to: { ...mail.to, name: cleanLine(to) },
        from: { ...mail.from, name: cleanLine(from) },
      })
      const head = bytes.toString('latin1').split('\r\n\r\n', 1)[0] ?? ''
      const names = head
        .replace(/\r\n[ \t]/g, ' ')
        .split('\r\n')
        .map(line => line.split(':', 1)[0])
      const parsed = await simpleParser(bytes)
      const receivers = parsed.to && 'value' in parsed.to ? parsed.to.value.map(it => it.address) : []
      return (
        names
          .filter(name => name !== 'Subject')
          .sort()
          .join() ===
          [
            'Auto-Submitted',
            'Content-Language',
            'Content-Type',
            'Date',
            'From',
            'MIME-Version',
            'Message-ID',
            'To',
            'X-Kezdesu-Kind',
          ]
            .sort()
            .join() &&
        receivers.join() === mail.to.address &&
        names.filter(name => name === 'Subject').length <= 1 &&
        parsed.cc === undefined &&
        parsed.bcc === undefined &&
        parsed.from?.value[0]?.address === mail.from.address
      )
    }),
    { numRuns: 150 },
  )
})

t.test('an address is one address or none', async t => {
  const none = [
    'a@b.kz, c@d.kz',
    'a@b.kz\r\nBcc: c@d.kz',
    'a@b.kz\u2028c@d.kz',
    '"a b"@c.kz',
    'a"@b.kz',
    'a@@b.kz',
    'a@b@c.kz',
    'a@b',
    '<a@b.kz>',
    'Ә <a@b.kz>',
    'a..b@c.kz',
    `${'a'.repeat(65)}@b.kz`,
    `a@${'b.'.repeat(150)}kz`,
    // no server of ours says SMTPUTF8: a domain in Cyrillic, and a letter that only looks like one of ours
    'а@b.kz',
    'a@мектеп.қаз',
    'мектеп@b.kz',
    '',
    '@',
  ]
  t.same(
    none.filter(text => emailOf(text) !== undefined),
    [],
  )
  t.equal(emailOf(' Aigul.S+907@Mektep-907.edu.KZ\u0000'), 'aigul.s+907@mektep-907.edu.kz', 'what nobody typed is gone')
})

const structuredCloneOf = (it: Mail): Mail => ({ ...it, from: { ...it.from }, to: { ...it.to } })

t.test('a letter is signed when the House has a key, and every copy alike', async t => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { url, got } = await listening(t, {})
  const mailer = smtpMailer(url, patient, {
    domainName: 'kezdesu.example',
    keySelector: 'k1',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  })
  t.teardown(() => mailer.close())
  for (let copy = 0; copy < 2; copy++) t.hasProp(await mailer.send(mail), 'sent')
  t.equal(String(got[0]), String(got[1]), 'both copies are the same bytes')
  const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const { results } = await dkimVerify(got[0] ?? Buffer.alloc(0), {
    resolver: async (name: string) => {
      t.equal(name, 'k1._domainkey.kezdesu.example')
      return [[`v=DKIM1; k=rsa; p=${key}`]]
    },
  })
  t.strictSame(
    results.map(({ status, signingDomain }) => [status.result, signingDomain]),
    [['pass', 'kezdesu.example']],
  )
})
