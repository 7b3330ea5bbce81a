import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { valuesIn } from '../base/text.ts'
import { Mistake } from '../config.ts'

/** What a command may ask the process that has the embedded database open. */
export type Asked = { file: string; passphrase: string | undefined }
type Answered = { rows: number } | { mistake: string }

// a path of a socket has 107 bytes at most
const longest = 100

/** A socket in a folder that only the owner of the data can enter: whoever reaches it could read the database as well. */
function placeOf(dataDir: string): string {
  const near = path.join(dataDir, 'door')
  if (Buffer.byteLength(near) <= longest) return near
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  return path.join(tmpdir(), `kezdesu-${process.getuid?.() ?? 0}-${name}`, 'door')
}

/** All that the other side says; an iterator would close our side with theirs. */
async function heard(socket: Socket): Promise<string> {
  let said = ''
  socket.setEncoding('utf8').on('data', part => {
    said += part
  })
  await once(socket, 'end')
  return said
}

/** Answers commands as long as this process runs; the folder is ours alone, so what stands there is of the dead. */
export async function openDoor(
  dataDir: string,
  backUp: (asked: Asked) => Promise<{ rows: number }>,
  onFault: (error: unknown) => void,
): Promise<{ close: () => Promise<void> }> {
  const place = placeOf(dataDir)
  mkdirSync(path.dirname(place), { recursive: true, mode: 0o700 })
  rmSync(place, { force: true })
  const server = createServer({ allowHalfOpen: true }, async socket => {
    socket.on('error', () => {})
    try {
      const asked = valuesIn(await heard(socket)) as Asked | undefined
      if (typeof asked?.file !== 'string') throw new Mistake('that is no command')
      socket.end(JSON.stringify({ rows: (await backUp(asked)).rows } satisfies Answered))
    } catch (error) {
      if (!(error instanceof Mistake)) onFault(error)
      const mistake = error instanceof Mistake ? error.message : 'the running process could not do it: see its log'
      socket.end(JSON.stringify({ mistake } satisfies Answered))
    }
  })
  server.listen(place)
  await once(server, 'listening')
  chmodSync(place, 0o600)
  return {
    close: async () => {
      server.close()
      rmSync(place, { force: true })
    },
  }
}

/** Has the running process make a backup. */
export async function askForBackup(dataDir: string, asked: Asked): Promise<{ rows: number }> {
  const socket = connect({ path: placeOf(dataDir), allowHalfOpen: true })
  try {
    await once(socket, 'connect')
  } catch {
    throw new Mistake(`${dataDir} is in use by a process that answers no commands: try again in a moment`)
  }
  socket.end(JSON.stringify(asked))
  const answer = valuesIn(await heard(socket).catch(() => '')) as Answered | undefined
  if (!answer) throw new Mistake(`the process that uses ${dataDir} ended before it had answered: try again in a moment`)
  if ('mistake' in answer) throw new Mistake(answer.mistake)
  return answer
}
