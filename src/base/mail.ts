import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import nodemailer from 'nodemailer'
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js'
import type { Language } from './i18n/language.ts'
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
  calendar?: { method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; content: string }
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
  headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.language, 'X-Kezdesu-Kind': mail.kind },
  ...(mail.calendar ? { icalEvent: { method: mail.calendar.method, filename: 'invite.ics', content: mail.calendar.content } } : {}),
  disableFileAccess: true,
  disableUrlAccess: true,
})

/** A letter as the bytes that go over the wire. */
export async function raw(mail: Mail): Promise<Buffer> {
  const built = await nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' }).sendMail(options(mail))
  if (!Buffer.isBuffer(built.message)) throw new Error('the letter was not built')
  return built.message
}

/** Without a mail server: each letter becomes a file of the folder, named by its moment and id. */
export function folderMailer(folder: string): Mailer {
  return {
    send: async mail => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFile(path.join(folder, `${mail.date.toMillis()}-${mail.id}.eml`), await raw(mail), { mode: 0o600 })
      return { sent: '250 written to a file' }
    },
    close: () => {},
  }
}

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

/** A real server, four letters at a time, with limits at every step (reliability.md section 4). */
export function smtpMailer(url: string): Mailer {
  const open = () =>
    nodemailer.createTransport({
      url,
      pool: true,
      maxConnections: 4,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      dnsTimeout: 10_000,
      socketTimeout: 20_000,
    } as SMTPPool.Options)
  let transport = open()
  return {
    send: async mail => {
      const mine = transport
      let late: NodeJS.Timeout | undefined
      // socketTimeout is idle time only (nodemailer#1479): a server that drips keeps a letter for ever without this
      const tooLong = new Promise<never>((_, reject) => {
        late = setTimeout(() => {
          if (mine === transport) transport = open()
          mine.close()
          reject(Object.assign(new Error('no answer in 45 s'), { code: 'ETIMEDOUT' }))
        }, 45_000)
      })
      try {
        const info = (await Promise.race([mine.sendMail(options(mail)), tooLong])) as { response?: string }
        return { sent: info.response ?? '250' }
      } catch (error) {
        return verdict(error)
      } finally {
        clearTimeout(late)
      }
    },
    close: () => transport.close(),
  }
}

function verdict(error: unknown): Handed {
  const { code, responseCode, response, message } = error as { code?: string; responseCode?: number; response?: string; message?: string }
  const reply = (response ?? message ?? 'no reply').slice(0, 300)
  if (code === 'EAUTH' || code === 'ETLS') return { broken: reply }
  if (responseCode !== undefined && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')) return { never: reply }
  return { later: reply }
}
