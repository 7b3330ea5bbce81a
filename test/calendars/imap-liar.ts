import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import type { Test } from 'tap'

/** What a server says of people where nobody asked it to: none of it may come into the log. */
export const contact = 'Сәуле Ахметқызы saule@mektep.example +7 701 000 00 08'
export const letter = `From: ${contact}\r\nTo: x@y.kz\r\nSubject: ${contact}\r\n\r\nҚұрметті ${contact}!\r\n`

/** Numbers that look drawn by lot and are the same in each run (mulberry32). */
export function lots(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

type Draw = (below: number) => number
type Said = { tag: string; command: string; honest: Buffer; socket: Socket; draw: Draw }
type Lie = (said: Said) => Buffer | string | undefined

const pick = <Item>(draw: Draw, items: readonly Item[]): Item => items[draw(items.length)] as Item
const number = (draw: Draw) => pick(draw, ['0', '-1', '1', '7', '4294967296', '99999999999999999999', 'x', 'NIL', ''])
/** Sends what has no end, as fast as it is taken, until the other side hangs up. */
function pour(socket: Socket, piece: Buffer): undefined {
  const more = () => {
    while (!socket.destroyed) if (!socket.write(piece)) return
  }
  socket.on('drain', more)
  more()
}

/** Ways to answer one command otherwise than a server should; each by its name. */
export const lies: Record<string, Lie> = {
  'says no': ({ tag, draw }) =>
    `${tag} ${pick(draw, ['NO', 'BAD'])} [${pick(draw, ['ALERT', 'AUTHENTICATIONFAILED', contact])}] ${contact}\r\n`,
  'says goodbye': ({ socket }) => {
    socket.end(`* BYE ${contact}\r\n`)
    return undefined
  },
  'hangs up': ({ socket }) => {
    socket.destroy()
    return undefined
  },
  'is silent': () => undefined,
  'talks on and never answers': ({ socket }) => {
    const talk = () => {
      if (!socket.destroyed) socket.write(`* OK ${contact}\r\n`, () => setTimeout(talk, 2).unref())
    }
    talk()
  },
  'answers another command': ({ tag, honest }) => honest.toString('latin1').replaceAll(tag, `${tag}9`),
  'answers twice': ({ honest }) => Buffer.concat([honest, honest]),
  'stops in the middle': ({ honest, socket, draw }) => {
    socket.end(honest.subarray(0, draw(honest.length)))
    return undefined
  },
  'sends bytes that went astray': ({ honest, draw }) => {
    const bytes = Buffer.from(honest)
    for (let count = 1 + draw(8); count > 0; count--) bytes[draw(bytes.length)] = draw(256)
    return bytes
  },
  'sends rubbish': ({ draw, tag }) =>
    Buffer.concat([
      Buffer.from(Array.from({ length: 1 + draw(3000) }, () => draw(256))),
      Buffer.from(`\r\n${tag} OK\r\n`),
    ]),
  'opens brackets without end': ({ tag, draw }) => `* 1 FETCH ${'('.repeat(1 + draw(60_000))}\r\n${tag} OK\r\n`,
  'sends a line without end': ({ socket }) => pour(socket, Buffer.alloc(65_536, 'x')),
  'sends words without end': ({ socket }) => pour(socket, Buffer.from('* 1 FETCH (FLAGS (\\Seen))\r\n'.repeat(2500))),
  'announces more than it may': ({ draw }) =>
    `* 1 FETCH (UID 7 BODY[] {${pick(draw, ['600000', '5000000000', '9'.repeat(40)])}}\r\n`,
  'announces more than it sends': () => `* 1 FETCH (UID 7 BODY[] {5000}\r\n${letter}`,
  'announces less than it sends': ({ tag }) => `* 1 FETCH (UID 7 BODY[] {5}\r\n${letter})\r\n${tag} OK\r\n`,
  'sends more than the size it said': ({ tag, socket }) => {
    socket.write(`* 1 FETCH (UID 7 RFC822.SIZE 3 BODY[] {400000}\r\n`)
    return `${'x'.repeat(400_000)})\r\n${tag} OK\r\n`
  },
  'has letters that nobody can have': ({ tag, draw }) =>
    `* SEARCH ${Array.from({ length: 1 + draw(30) }, () => number(draw)).join(' ')}\r\n${tag} OK\r\n`,
  'has a hundred thousand letters': ({ tag }) =>
    `* SEARCH ${Array.from({ length: 100_000 }, (_, at) => at + 1).join(' ')}\r\n${tag} OK\r\n`,
  'speaks of other letters': ({ tag, draw }) =>
    `* ${number(draw)} FETCH (UID ${number(draw)} RFC822.SIZE ${number(draw)} FLAGS (${contact}))\r\n${tag} OK\r\n`,
  'always has more': ({ honest, draw }) => Buffer.concat([Buffer.from(`* ${1 + draw(9)} EXISTS\r\n`), honest]),
  'has no validity': ({ honest, draw }) =>
    honest
      .toString('latin1')
      .replace(/UIDVALIDITY \d+/, pick(draw, ['X 1', 'UIDVALIDITY', `UIDVALIDITY ${number(draw)}`])),
  'can everything': ({ tag }) =>
    `* CAPABILITY IMAP4rev2 IMAP4rev1 COMPRESS=DEFLATE STARTTLS LOGINDISABLED UTF8=ACCEPT CONDSTORE QRESYNC IDLE ID ESEARCH BINARY OBJECTID\r\n${tag} OK [CAPABILITY ${contact}] yes\r\n`,
  'sets flags of its own': ({ tag }) =>
    `* FLAGS (${contact})\r\n* 1 FETCH (FLAGS (\\Seen ${contact}))\r\n${tag} OK [READ-ONLY] ${contact}\r\n`,
}

/** A server with one letter that nobody has read. Until it is told to be honest, it lies somewhere in each connection, in each way by turns. */
export async function liar(t: Test, draw: Draw, names = Object.keys(lies)) {
  const state = { honest: false, connections: 0, unread: new Set([7]), broken: 0, told: new Set<string>(), taken: 0 }
  let wake = () => {}
  const server = createServer(socket => {
    state.connections++
    // each lie has its turn; which command it falls on is drawn
    const name = state.honest ? undefined : names[state.connections % names.length]
    let until = draw(9)
    let left = 14
    if (name !== undefined) state.unread.add(7)
    socket
      .on('error', () => {})
      .on('close', () => {
        if (name === 'sends a line without end') state.taken = Math.max(state.taken, socket.bytesWritten)
      })
    socket.write('* OK [CAPABILITY IMAP4rev1 UIDPLUS] ready\r\n')
    let text = ''
    socket.setEncoding('latin1').on('data', part => {
      text += part
      const lines = text.split('\r\n')
      text = lines.pop() ?? ''
      for (const line of lines) {
        const [, tag = '', command = ''] = /^(\S+) (.*)$/.exec(line) ?? []
        if (tag === '') continue
        const honest = Buffer.from(honestly(tag, command, state))
        // what endures a lie is let go all the same: the next one has its turn
        if (name !== undefined && left-- <= 0) return void socket.destroy()
        const lie = name !== undefined && until-- <= 0 ? lies[name] : undefined
        if (lie && name) state.told.add(name)
        const answer = lie ? lie({ tag, command, honest, socket, draw }) : honest
        if (answer !== undefined && !socket.destroyed) socket.write(answer)
        wake()
      }
    })
    wake()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  return {
    url: `imap://bron:secret@127.0.0.1:${(server.address() as AddressInfo).port}/INBOX`,
    state,
    until: async (isThere: () => boolean) => {
      while (!isThere())
        await new Promise<void>(resolve => {
          wake = resolve
        })
    },
  }
}

/** `broken`: a letter whose text is announced as more than may be. */
function honestly(tag: string, command: string, state: { unread: Set<number>; broken: number }): string {
  const uid = Number(/^UID \w+ (\d+)/.exec(command)?.[1])
  const done = `${tag} OK done\r\n`
  if (command.startsWith('CAPABILITY')) return `* CAPABILITY IMAP4rev1 UIDPLUS\r\n${done}`
  if (/^LIST|^LSUB/.test(command)) return `* LIST (\\HasNoChildren) "/" INBOX\r\n${done}`
  if (/^SELECT|^EXAMINE/.test(command))
    return `* FLAGS (\\Seen)\r\n* 1 EXISTS\r\n* 0 RECENT\r\n* OK [PERMANENTFLAGS (\\Seen \\*)] x\r\n* OK [UIDVALIDITY 3] x\r\n* OK [UIDNEXT 8] x\r\n${tag} OK [READ-WRITE] done\r\n`
  if (command.startsWith('UID SEARCH'))
    return `* SEARCH ${[...state.unread].sort().join(' ')}\r\n${done}`.replace('SEARCH \r', 'SEARCH\r')
  if (/^UID FETCH.*RFC822\.SIZE/.test(command))
    return `* 1 FETCH (UID ${uid} RFC822.SIZE ${Buffer.byteLength(letter)})\r\n${done}`
  if (command.startsWith('UID FETCH'))
    return `* 1 FETCH (UID ${uid} BODY[] {${uid === state.broken ? 9e9 : Buffer.byteLength(letter)}}\r\n${letter})\r\n${done}`
  if (command.startsWith('UID STORE')) {
    state.unread.delete(uid)
    return `* 1 FETCH (UID ${uid} FLAGS (\\Seen $KezdesuRead))\r\n${done}`
  }
  if (command.startsWith('LOGOUT')) return `* BYE bye\r\n${done}`
  return done
}
