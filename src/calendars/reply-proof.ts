import { resolve } from 'node:dns/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { aligned, vouched } from './reply-rules.ts'

export type Resolver = (name: string, type: string) => Promise<string[][] | string[]>
export type Proof = {
  /** The name by which our own mail server signs its Authentication-Results. */
  mailServer: string | undefined
  /** Answers of the DNS; tests bring their own. */
  resolver?: Resolver | undefined
}

const mostSignatures = 5
const patience = 10_000

/**
 * Whether the domain of From stands behind the letter: by our own mail server's word (DMARC, so SPF too), or by an
 * aligned signature over the whole body. Without the sender's connection SPF says nothing here, so an aligned DKIM
 * signature is all that DMARC could pass by.
 */
export async function isProven(
  raw: Buffer,
  mail: { from: string[]; results: string[]; signatures: number },
  { mailServer, resolver }: Proof,
): Promise<boolean> {
  const domain = mail.from.length === 1 ? mail.from[0]?.split('@').at(-1) : undefined
  if (!domain) return false
  if (mailServer && vouched(mail.results, mailServer, domain)) return true
  if (mail.signatures === 0 || mail.signatures > mostSignatures) return false
  const late = new AbortController()
  const verified = await Promise.race([
    dkimVerify(raw, { resolver: resolver ?? resolve, rejectRsaSha1: true }).catch(() => undefined),
    pause(patience, undefined, { signal: late.signal, ref: false }).catch(() => undefined),
  ])
  late.abort()
  if (verified?.fromFields !== 1) return false
  return verified.results.some(
    ({ status, signingDomain = '', canonBodyLengthLimited }) =>
      // a signature over part of the body lets anybody write the rest
      status.result === 'pass' && !canonBodyLengthLimited && aligned(signingDomain.toLowerCase(), domain),
  )
}
