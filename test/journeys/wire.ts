import { gzipSync } from 'node:zlib'
import type { BrowserContext } from 'playwright-core'

type Got = { url: string; kind: string; bytes: number }

/** What came over the wire for this page; what the browser had kept is not among it. */
export async function visit(context: BrowserContext, url: string): Promise<Got[]> {
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  const kept = new Set<string>()
  devtools.on('Network.requestServedFromCache', ({ requestId }) => kept.add(requestId))
  const answers = new Map<string, { url: string; kind: string }>()
  devtools.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (response.fromDiskCache || response.url.startsWith('data:')) kept.add(requestId)
    answers.set(requestId, { url: response.url, kind: type.toLowerCase() })
  })
  await page.goto(url)
  await page.evaluate('document.fonts.ready.then(() => undefined)')
  const got: Got[] = []
  for (const [id, { url: address, kind }] of answers) {
    if (kept.has(id)) continue
    const { body, base64Encoded } = await devtools.send('Network.getResponseBody', { requestId: id })
    const bytes = Buffer.from(body, base64Encoded ? 'base64' : 'utf8')
    got.push({ url: address, kind, bytes: kind === 'font' ? bytes.length : gzipSync(bytes).length })
  }
  await page.close()
  return got
}
