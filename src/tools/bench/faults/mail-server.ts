import { createHash } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { freePort } from './port.ts'

export const letterModes = [
  'ok',
  'slow',
  '451',
  '550',
  'hangs before DATA',
  'hangs during DATA',
  'drops after DATA',
  'drops before the answer',
] as const
/** What the server does to one letter, or, where TLS fails, to a whole connection. */
export type Mode = (typeof letterModes)[number] | 'TLS fails'

/** A letter that has reached the server whole. Times are this process's `performance.now()`. */
export type Copy = {
  messageId: string
  kind: string
  digest: string
  /** The name by which the sender greeted. */
  by: string
  mode: Mode
  begun: number
  reached: number
  /** When the answer was written; undefined when the sender never got one. */
  answered: number | undefined
}
export type MailServer = {
  port: number
  copies: Copy[]
  /** Letters refused for good, by Message-ID or, as that is unknown before DATA, by address. */
  refused: Set<string>
  met: Map<Mode, number>
  close: () => void
}

const slowFor = 300

/** A mail server of its own that fails as it is told: `turn` names the mode of the next connection or letter. */
export async function mailServer(turn: (of: 'connection' | 'letter') => Mode): Promise<MailServer> {
  const [copies, refused, met] = [[] as Copy[], new Set<string>(), new Map<Mode, number>()]
  const sockets = new Set<Socket>()
  const next = (of: 'connection' | 'letter') => {
    const mode = turn(of)
    if (of === 'letter' || mode === 'TLS fails') met.set(mode, (met.get(mode) ?? 0) + 1)
    return mode
  }
  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => {}))
    converse(socket, next, { copies, refused })
  })
  const port = await freePort(21_000)
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const close = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { port, copies, refused, met, close }
}

function converse(
  socket: Socket,
  next: (of: 'connection' | 'letter') => Mode,
  { copies, refused }: Pick<MailServer, 'copies' | 'refused'>,
): void {
  const whole = next('connection')
  let [by, to, mode, begun] = ['', '', 'ok' as Mode, 0]
  let receiving: Buffer[] | undefined
  let line = ''
  const say = (text: string) => socket.write(`${text}\r\n`)
  const command = (text: string) => {
    const verb = text.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') {
      by = text.slice(5)
      return say(whole === 'TLS fails' ? '250-mail\r\n250 STARTTLS' : '250 mail')
    }
    if (verb === 'STAR') {
      say('220 begin')
      return void setImmediate(() => socket.end('this is no handshake\r\n'))
    }
    if (verb === 'MAIL') {
      mode = next('letter')
      begun = performance.now()
      return say('250 go on')
    }
    if (verb === 'RCPT') {
      to = /<(.*?)>/.exec(text)?.[1] ?? ''
      if (mode === 'hangs before DATA') return
      if (mode === '550') refused.add(to)
      return say(mode === '451' ? '451 later' : mode === '550' ? '550 no such box' : '250 go on')
    }
    if (verb === 'DATA') {
      receiving = []
      return say('354 send')
    }
    if (verb === 'QUIT') return socket.end('221 bye\r\n')
    return say('250 ok')
  }
  const finish = (bytes: Buffer) => {
    const head = bytes.toString('latin1', 0, Math.max(0, bytes.indexOf('\r\n\r\n')))
    const copy: Copy = {
      messageId: /^Message-ID: <(.*?)>/im.exec(head)?.[1] ?? '',
      kind: /^X-Kezdesu-Kind: (.*)$/im.exec(head)?.[1] ?? '',
      digest: createHash('sha256').update(bytes).digest('hex'),
      by,
      mode,
      begun,
      reached: performance.now(),
      answered: undefined,
    }
    copies.push(copy)
    if (mode === 'drops before the answer') return void socket.destroy()
    const answer = () => {
      if (socket.destroyed) return
      copy.answered = performance.now()
      say('250 taken')
    }
    if (mode === 'slow') setTimeout(answer, slowFor)
    else answer()
  }
  const take = (chunk: Buffer) => {
    if (mode === 'hangs during DATA') return
    if (mode === 'drops after DATA') return void socket.destroy()
    receiving?.push(chunk)
    const tail = Buffer.concat((receiving ?? []).slice(-3))
    if (tail.toString('latin1', Math.max(0, tail.length - 5)) !== '\r\n.\r\n') return
    const bytes = Buffer.concat(receiving ?? [])
    receiving = undefined
    finish(bytes)
  }
  socket.on('data', (chunk: Buffer) => {
    if (receiving) return take(chunk)
    line += chunk.toString('latin1')
    for (let end = line.indexOf('\r\n'); end >= 0 && !receiving; end = line.indexOf('\r\n')) {
      const text = line.slice(0, end)
      line = line.slice(end + 2)
      command(text)
    }
  })
  say('220 mail')
}
