import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js'
import type { Language } from './i18n/language.ts'
import { bytesOf, compose, nodemailer } from './mime.ts'
import { valuesIn } from './text.ts'
import type { DateTime } from './time.ts'

/** A letter ready to go: one recipient, both halves, the same bytes however often it is made. */
export type Mail = {
  id: string
  kind: string
  /** `<ledger id>@domain`, without the angle brackets. */
  messageId: string
  date: DateTime
  from: { name: string; address: string }
  replyTo?: string
  to: { name: string; address: string }
  language: Language
  subject: string
  text: string
  html: string
  /** Where programs post that letters of this kind should end (RFC 8058). */
  unsubscribe?: string
  attachments?: { filename: string; content: string }[]
  calendar?: { method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; content: string }
  /** Calendar files of several dates, each a whole one of its own. */
  calendars?: NonNullable<Mail['calendar']>[]
}

/** What the mail server said: taken, not now (4xx, no answer), never (5xx of this recipient), or not to us (login, TLS). */
export type Handed = { sent: string } | { later: string } | { never: string } | { broken: string }
export type Mailer = { send: (mail: Mail) => Promise<Handed>; close: () => void }

const options = (mail: Mail) => ({
  from: mail.from,
  to: mail.to,
  ...(mail.replyTo ? { replyTo: mail.replyTo } : {}),
  subject: mail.subject,
  text: mail.text,
  html: mail.html,
  messageId: `<${mail.messageId}>`,
  date: mail.date.toJSDate(),
  baseBoundary: mail.id,
  headers: {
    'Auto-Submitted': 'auto-generated',
    'Content-Language': mail.language,
    'X-Kezdesu-Kind': mail.kind,
    ...(mail.unsubscribe
      ? { 'List-Unsubscribe': `<${mail.unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
      : {}),
  },
  ...(mail.attachments || mail.calendars
    ? {
        attachments: [
          ...(mail.attachments ?? []).map(it => ({ ...it, contentType: 'text/plain; charset=utf-8' })),
          ...(mail.calendars ?? []).map((it, at) => ({
            filename: `${at + 1}.ics`,
            content: it.content,
            contentType: `text/calendar; charset=utf-8; method=${it.method}`,
          })),
        ],
      }
    : {}),
  ...(mail.calendar
    ? { icalEvent: { method: mail.calendar.method, filename: 'invite.ics', content: mail.calendar.content } }
    : {}),
  disableFileAccess: true,
  disableUrlAccess: true,
})

/** A letter as the bytes that go over the wire. */
export function raw(mail: Mail): Buffer {
  return bytesOf(compose(options(mail)))
}

/** A letter of the folder as `/dev/mail` shows it; `file` is the name of both its files without the ending. */
export type CaughtMail = {
  to: string
  subject: string
  messageId: string
  kind: string
  language: Language
  text: string
  html: string
  calendar: string | undefined
}

/** Without a mail server: each letter becomes a file of the folder, named by its moment and id, with its parts readable beside it. */
export function folderMailer(folder: string): Mailer {
  return {
    send: async mail => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = path.join(folder, `${String(mail.date.toMillis()).padStart(14, '0')}-${mail.id}`)
      const { kind, messageId, subject, language, text, html, calendar, calendars } = mail
      const caught: CaughtMail = {
        to: mail.to.address,
        subject,
        messageId: `<${messageId}>`,
        kind,
        language,
        text,
        html,
        calendar: calendar?.content ?? calendars?.map(({ content }) => content).join('\n'),
      }
      // a half-written letter is in no list: the list goes by the second file, which appears whole
      await writeFile(`${file}.eml`, raw(mail), { mode: 0o600 })
      await writeFile(`${file}.part`, JSON.stringify(caught), { mode: 0o600 })
      await rename(`${file}.part`, `${file}.json`)
      return { sent: '250 written to a file' }
    },
    close: () => {},
  }
}

const nameOfCaught = /^\d{14}-[0-9a-f-]{36}$/

/** Names of the letters in a folder, newest first. */
export async function caughtNames(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => [])
  return files
    .filter(file => file.endsWith('.json'))
    .map(file => file.slice(0, -'.json'.length))
    .filter(name => nameOfCaught.test(name))
    .sort()
    .reverse()
}

export async function caughtMail(folder: string, name: string): Promise<CaughtMail | undefined> {
  if (!nameOfCaught.test(name)) return
  const text = await readFile(path.join(folder, `${name}.json`), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (valuesIn(text) as CaughtMail | undefined)
}

/** Throws away the letters of a folder that are meant, by all that stands in them in small letters. */
export async function dropCaught(folder: string, isMeant: (text: string) => boolean): Promise<void> {
  for (const name of await caughtNames(folder)) {
    const mail = await caughtMail(folder, name)
    if (!mail || !isMeant(Object.values(mail).join('\n').toLowerCase())) continue
    // the list goes by this one: it first
    for (const ending of ['json', 'eml']) await rm(path.join(folder, `${name}.${ending}`), { force: true })
  }
}

/** Throws away the letters of a folder that were written before then. */
export async function dropCaughtBefore(folder: string, at: DateTime): Promise<void> {
  for (const name of await caughtNames(folder))
    if (Number(name.slice(0, 14)) < at.toMillis())
      for (const ending of ['json', 'eml']) await rm(path.join(folder, `${name}.${ending}`), { force: true })
}

export const rawOf = (folder: string, name: string): Promise<Buffer> => readFile(path.join(folder, `${name}.eml`))

/** For tests: the letters, kept in the order they were handed over. */
export function listMailer(list: Mail[]): Mailer {
  return {
    send: async mail => {
      list.push(mail)
      return { sent: '250 kept' }
    },
    close: () => {},
  }
}

/** How long each step may last; socketTimeout is idle time only, so the whole has a limit of its own (nodemailer#1479). */
const patience = { connect: 10_000, greet: 10_000, resolve: 10_000, idle: 20_000, whole: 45_000 }

export type Dkim = { domainName: string; keySelector: string; privateKey: string }

/** Letters go to another machine over an encrypted line alone, unless the address of the server says `?ignoreTLS=true`. */
export function mustBeEncrypted(url: string): boolean {
  const { protocol, hostname, searchParams } = new URL(url)
  return (
    protocol === 'smtp:' &&
    !/^(127(\.\d+){3}|localhost|\[::1\])$/.test(hostname) &&
    searchParams.get('ignoreTLS') !== 'true'
  )
}

/** A real server, four letters at a time, with limits at every step (reliability.md section 4). */
export function smtpMailer(url: string, limits: Partial<typeof patience> = {}, dkim?: Dkim): Mailer {
  const { connect, greet, resolve, idle, whole } = { ...patience, ...limits }
  const open = async () =>
    nodemailer().createTransport({
      url,
      pool: true,
      requireTLS: mustBeEncrypted(url),
      maxConnections: 4,
      connectionTimeout: connect,
      greetingTimeout: greet,
      dnsTimeout: resolve,
      socketTimeout: idle,
      ...(dkim ? { dkim } : {}),
    } as SMTPPool.Options)
  let transport: ReturnType<typeof open> | undefined
  return {
    send: async mail => {
      // in one piece: the library hands over each part as it makes it, in some twenty packets of a letter
      const letter = { raw: raw(mail), envelope: { from: mail.from, to: [mail.to] } }
      transport ??= open()
      const mine = transport
      let late: NodeJS.Timeout | undefined
      const tooLong = new Promise<never>((_, reject) => {
        late = setTimeout(() => {
          if (mine === transport) transport = undefined
          void mine.then(it => it.close())
          reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }))
        }, whole)
      })
      try {
        const info = (await Promise.race([(await mine).sendMail(letter as SMTPPool.MailOptions), tooLong])) as {
          response?: string
        }
        return { sent: info.response ?? '250' }
      } catch (error) {
        return verdict(error)
      } finally {
        clearTimeout(late)
      }
    },
    close: () => void transport?.then(it => it.close()),
  }
}

function verdict(error: unknown): Handed {
  const { code, responseCode, response, message } = error as {
    code?: string
    responseCode?: number
    response?: string
    message?: string
  }
  const reply = (response ?? message ?? 'no reply').slice(0, 300)
  if (code === 'EAUTH' || code === 'ETLS') return { broken: reply }
  if (responseCode !== undefined && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE'))
    return { never: reply }
  return { later: reply }
}
