import { existsSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { BrowserContext } from 'playwright-core'
import t from 'tap'
import { executablePath } from './chromium.ts'
import { fullHouse, inLanguage } from './full-house.ts'

// design/ux.md section 13: public and speaker pages, thousands of bytes, gzipped
const most = { text: 14_000, publicScript: 1000, speakerScript: 2000, fonts: 26_000, first: 8, again: 1 }
const skip = existsSync(executablePath) ? false : 'no Chromium here'
t.setTimeout(240_000)

// one of each area: what is kept is the same for all of its pages
const returning = new Set(['/kk', '/me'])

type Got = { url: string; kind: string; bytes: number }

t.test(
  'pages for schools and speakers are light, and nearly nothing is fetched twice',
  { skip, timeout: 240_000 },
  async t => {
    const { base, pages, enter } = await fullHouse(t)
    for (const { who, path } of pages) {
      if (who !== 'anybody' && who !== 'psychologist') continue
      // Russian has the most bytes
      const url = inLanguage(path, 'ru')
      const context = await enter(who, { viewport: { width: 390, height: 844 } })
      const first = await visit(context, `${base}${url}`)
      const sum = (...kinds: string[]) =>
        first.filter(({ kind }) => kinds.includes(kind)).reduce((all, { bytes }) => all + bytes, 0)
      const [text, script, fonts] = [sum('document', 'stylesheet', 'script'), sum('script'), sum('font')]
      t.ok(text <= most.text, `${url}: ${text} bytes of HTML, CSS and JS`)
      t.ok(script <= (who === 'anybody' ? most.publicScript : most.speakerScript), `${url}: ${script} bytes of JS`)
      t.ok(fonts <= most.fonts, `${url}: ${fonts} bytes of fonts`)
      t.ok(first.length <= most.first, `${url}: ${first.map(each => each.url.replace(base, '')).join(' ')}`)
      const again = returning.has(path) ? await visit(context, `${base}${url}`) : []
      t.ok(again.length <= most.again, `${url} again: ${again.map(each => each.url.replace(base, '')).join(' ')}`)
      await context.close()
    }
  },
)

/** What came over the wire for this page; what the browser had kept is not among it. */
async function visit(context: BrowserContext, url: string): Promise<Got[]> {
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
