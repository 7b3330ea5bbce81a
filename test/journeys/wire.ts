import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import type { Page } from 'playwright-core'

export type Got = { url: string; kind: string; bytes: number }

/** What comes over the wire for pages of one window: `anew` as on the first visit, else without what the browser has kept. */
export async function wireOf(page: Page): Promise<(url: string, anew: boolean) => Promise<Got[]>> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  const kept = new Set<string>()
  const answers = new Map<string, { url: string; kind: string }>()
  // an answer has begun before all of it is there
  const whole = new Map<string, PromiseWithResolvers<void>>()
  const wholeOf = (id: string) => {
    const known = whole.get(id) ?? Promise.withResolvers<void>()
    whole.set(id, known)
    return known
  }
  devtools.on('Network.loadingFinished', ({ requestId }) => wholeOf(requestId).resolve())
  devtools.on('Network.loadingFailed', ({ requestId }) => wholeOf(requestId).resolve())
  devtools.on('Network.requestServedFromCache', ({ requestId }) => kept.add(requestId))
  devtools.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (response.fromDiskCache || response.url.startsWith('data:')) kept.add(requestId)
    answers.set(requestId, { url: response.url, kind: type.toLowerCase() })
  })
  return async (url, anew) => {
    await page.goto('about:blank')
    if (anew) await devtools.send('Network.clearBrowserCache')
    kept.clear()
    answers.clear()
    whole.clear()
    await page.goto(url)
    await page.evaluate('document.fonts.ready.then(() => undefined)')
    const got: Got[] = []
    for (const [id, { url: address, kind }] of answers) {
      if (kept.has(id)) continue
      await wholeOf(id).promise
      const { body, base64Encoded } = await devtools.send('Network.getResponseBody', { requestId: id })
      const bytes = Buffer.from(body, base64Encoded ? 'base64' : 'utf8')
      got.push({ url: address, kind, bytes: kind === 'font' ? bytes.length : gzipSync(bytes).length })
    }
    return got
  }
}

const gzipped = new Map<string, number>()

/** Gzipped bytes of a page with the style sheets and scripts that it names, and of its scripts alone. */
export async function linked(app: FastifyInstance, html: string): Promise<{ text: number; script: number }> {
  const weightOf = async (url: string) => {
    const known = gzipped.get(url) ?? gzipSync((await app.inject({ url })).rawPayload).length
    gzipped.set(url, known)
    return known
  }
  const sumOf = async (pattern: RegExp) => {
    const all = await Promise.all([...html.matchAll(pattern)].map(([, url = '']) => weightOf(url)))
    return all.reduce((sum, each) => sum + each, 0)
  }
  const script = await sumOf(/<script[^>]*\bsrc="([^"]+)"/g)
  const styles = await sumOf(/<link[^>]*\brel="stylesheet"[^>]*\bhref="([^"]+)"/g)
  return { text: gzipSync(html).length + styles + script, script }
}
