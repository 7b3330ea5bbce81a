import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import nodemailer from 'nodemailer'
import type { Resolver } from '../../src/calendars/reply-proof.ts'

export type Form = 'gmail' | 'outlook' | 'apple' | 'thunderbird' | 'counter'
export type Facts = {
  to: string
  from: string
  attendee: string
  uid: string
  id: string
  stamp: string
  partstat: string
  sequence: string | number
  comment: string
  proposedFrom?: string
  proposedTo?: string
}

/** A recorded reply in the form of a program, with the facts of a test in its places. */
export const recorded = (form: Form, facts: Facts): Buffer =>
  Buffer.from(
    readFileSync(path.join(import.meta.dirname, 'mails', `${form}.eml`), 'utf8')
      .replace(/\{(\w+)\}/g, (_, name: keyof Facts) => String(facts[name] ?? ''))
      .replace(/\r?\n/g, '\r\n'),
  )

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`

/** The DNS of the tests: every domain but `unsigned.example` publishes the one key. */
export const resolver: Resolver = async (name, type) => {
  if (type === 'TXT' && name.startsWith('test._domainkey.') && !name.endsWith('.unsigned.example')) return [[record]]
  throw Object.assign(new Error(`no ${type} of ${name}`), { code: 'ENOTFOUND' })
}

/** The same letter with the signature of a domain, made as a mail server makes it. */
export async function signed(raw: Buffer, domainName: string): Promise<Buffer> {
  const transport = nodemailer.createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    dkim: {
      domainName,
      keySelector: 'test',
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
  })
  const { message } = await transport.sendMail({ raw, envelope: { from: 'a@b.example', to: ['c@d.example'] } })
  if (!Buffer.isBuffer(message)) throw new Error('the letter was not signed')
  return message
}
