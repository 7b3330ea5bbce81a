import { Agent, get, type IncomingHttpHeaders } from 'node:http'

const kept = new Agent({ keepAlive: true })

/**
 * Reads a page to its last byte, packed as a browser takes it, and says its bytes on the way; anything but 200 is a fault.
 * `fetch` is no measure: it and its unpacking took as long as the server itself.
 */
export const ask = (url: string, headers: IncomingHttpHeaders = {}, agent = kept): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { agent, headers: { 'accept-encoding': 'gzip', ...headers } }, answer => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`))
      let bytes = 0
      answer.on('data', (part: Buffer) => {
        bytes += part.length
      })
      answer.on('end', () => resolve(bytes)).on('error', reject)
    }).on('error', reject)
  })
