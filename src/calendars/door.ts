import { randomUUID } from 'node:crypto'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'
import type { Intake } from './intake.ts'
import { mostOctets } from './reply-reading.ts'
import { tokenIn } from './reply-rules.ts'

export type Door = {
  /** `lmtp` is what a mail server delivers by; `smtp` is for those that can only relay. */
  at: { protocol: 'lmtp' | 'smtp'; host: string; port: number }
  intake: Intake
  note: (code: string) => void
  onFault: (error: unknown) => void
}

const mostClients = 20
const refusal = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code })

/** Takes letters to addresses of invitations from our own mail server, and from nobody for anybody else. "250" is said after it is stored. */
export async function openDoor({
  at,
  intake,
  note,
  onFault,
}: Door): Promise<{ port: number; stop: () => Promise<void> }> {
  const server = new SMTPServer({
    name: 'kezdesu',
    banner: '',
    lmtp: at.protocol === 'lmtp',
    size: mostOctets,
    maxClients: mostClients,
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    socketTimeout: 30_000,
    closeTimeout: 5000,
    logger: false,
    onRcptTo: ({ address }, session, callback) => {
      if (tokenIn(address) === undefined) return callback(refusal(550, 'no such address'))
      if (session.envelope.rcptTo.length > 0) return callback(refusal(452, 'one recipient at a time'))
      intake.knows(address).then(
        known => callback(known ? null : refusal(550, 'no such address')),
        (error: unknown) => {
          onFault(error)
          callback(refusal(451, 'try again later'))
        },
      )
    },
    onData: (stream, session, callback) => {
      const [to] = session.envelope.rcptTo
      received(stream)
        .then(async raw => {
          if (!raw) return callback(refusal(552, 'too long'))
          note(await intake.take({ raw, octets: raw.length, envelope: to?.address, arrival: `door:${randomUUID()}` }))
          callback(null, 'taken')
        })
        .catch((error: unknown) => {
          onFault(error)
          callback(refusal(451, 'try again later'))
        })
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(at.port, at.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  // a client that hangs up is no fault of ours
  server.on('error', (error: Error & { code?: string }) => {
    if (!['ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(error.code ?? '')) onFault(error)
  })
  const address = server.server.address()
  return {
    port: typeof address === 'object' && address ? address.port : at.port,
    stop: () => new Promise(resolve => server.close(resolve)),
  }
}

/** The letter, or nothing when it is too long; it is drunk up either way, since the client says its piece to the end. */
async function received(stream: SMTPServerDataStream): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let octets = 0
  for await (const chunk of stream) {
    octets += (chunk as Buffer).length
    if (octets <= mostOctets) chunks.push(chunk as Buffer)
  }
  return octets > mostOctets || stream.sizeExceeded ? undefined : Buffer.concat(chunks)
}
