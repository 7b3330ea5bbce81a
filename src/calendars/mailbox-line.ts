import { ImapFlow } from 'imapflow'
import { mostOctets } from './reply-reading.ts'

export type Line = ImapFlow

const minute = 60_000
const megabyte = 1_048_576

/** A line to the mailbox that is not open yet. What a server may send at once is bounded: it is believed nothing. */
export function lineTo(url: string): Line {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'imaps:'
  return new ImapFlow({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (secure ? 993 : 143)),
    secure,
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
    emitLogs: false,
    // a few bytes may unpack to a gigabyte
    disableCompression: true,
    // a letter, or some 140,000 numbers of letters; the library's own bounds are gigabytes
    maxLiteralSize: 2 * mostOctets,
    maxLineLength: megabyte,
    maxResponseSize: 2 * megabyte,
    maxResponseTokens: 10_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 5 * minute,
  })
}

/** What went wrong, by codes alone: the words of a server, and of a letter in them, are of no concern to the log. */
export function faultOf(error: unknown): Error {
  const { code, responseStatus, serverResponseCode, authenticationFailed } = (error ?? {}) as Record<string, unknown>
  const said = [code, responseStatus, serverResponseCode, authenticationFailed === true ? 'AUTHENTICATION' : '']
  const codes = said.filter(it => typeof it === 'string' && /^[A-Za-z][A-Za-z-]{1,30}$/.test(it))
  return new Error(`the mailbox: ${codes.join(' ') || 'not understood'}`)
}

/** One step of the dialogue. A server that has not said its piece in time is hung up on, however busily it talks. */
export async function within<Result>(line: Line, milliseconds: number, step: () => Promise<Result>): Promise<Result> {
  let late: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_, reject) => {
    late = setTimeout(() => {
      reject(Object.assign(new Error(), { code: 'no-answer-in-time' }))
      line.close()
    }, milliseconds)
  })
  try {
    return await Promise.race([step(), tooLong])
  } catch (error) {
    throw faultOf(error)
  } finally {
    clearTimeout(late)
  }
}
