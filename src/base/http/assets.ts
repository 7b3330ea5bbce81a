import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

const folder = path.join(import.meta.dirname, '../../../views/assets')

/** One style sheet an area, made of these parts in this order (ux.md section 5). */
const bundles = {
  'public.css': ['tokens.css', 'base.css', 'form.css', 'public.css', 'factors.css'],
  'speaker.css': ['tokens.css', 'base.css', 'form.css', 'grid.css', 'me.css'],
  'help.css': ['tokens.css', 'help.css'],
  'staff.css': [
    'tokens.css',
    'base.css',
    'form.css',
    'staff.css',
    'board.css',
    'day.css',
    'talk.css',
    'pages.css',
    'grid.css',
    'keep.css',
    'plan.css',
    'factors.css',
    'report.css',
  ],
  'paper.css': ['tokens.css', 'base.css', 'paper.css'],
}
const files = [
  'onest-cyr.woff2',
  'onest-kk.woff2',
  'onest-lat.woff2',
  'icon.svg',
  'og.png',
  'form.js',
  'me.js',
  'icon-192.png',
  'icon-512.png',
  'icon-mask.png',
  'icon-touch.png',
  'hosts.js',
  'print.js',
  'board.js',
  'paint.js',
  'leave.js',
  'plan.js',
  'passkey.js',
] as const
const types = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

export type Asset = keyof typeof bundles | (typeof files)[number]

const hashed = (name: string, content: Buffer) =>
  name.replace(/\.(\w+)$/, `.${createHash('sha256').update(content).digest('hex').slice(0, 10)}.$1`)

// comments and the white space round them say nothing to a browser
const lean = (css: string) =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '\n')
    // before a colon a space may part two elements: `.a :is(b)`
    .replace(/ ?([{};,>]) ?\n?|: /g, (found, sign: string | undefined) => sign ?? found.trim())

// without whole lines of comment and what lines are set in by: 2,276 bytes of a speaker's scripts become 1,956
const brief = (script: string) => script.replace(/^ *(?:\/\/.*)?\n?/gm, '')

/** Name → address with the content's hash, so that a browser may keep it for ever. */
export const addresses = new Map<string, string>()
const contents = new Map<string, { type: string; body: Buffer }>()

function keep(name: string, body: Buffer): void {
  const address = hashed(name, body)
  addresses.set(name, `/assets/${address}`)
  contents.set(address, { type: types[path.extname(name).slice(1) as keyof typeof types], body })
}

for (const name of files) {
  const body = readFileSync(path.join(folder, name))
  keep(name, name.endsWith('.js') ? Buffer.from(brief(body.toString())) : body)
}
for (const [name, parts] of Object.entries(bundles)) {
  const css = parts.map(part => readFileSync(path.join(folder, part), 'utf8')).join('\n')
  keep(
    name,
    Buffer.from(
      lean(css).replace(/url\("?(onest-\w+\.woff2)"?\)/g, (_, font: string) => `url(${addresses.get(font)})`),
    ),
  )
}

const worker = path.basename(addresses.get('me.js') ?? '')

export const asset = (name: Asset): string => addresses.get(name) ?? ''

export const assets = fp(
  async (app: FastifyInstance) => {
    app.get<{ Params: { file: string } }>('/assets/:file', { config: { access: 'static' } }, async (request, reply) => {
      const found = contents.get(request.params.file)
      if (!found) return reply.callNotFound()
      // the worker of a speaker's pages stands here and serves there
      if (request.params.file === worker) reply.header('service-worker-allowed', '/me')
      return reply.type(found.type).header('cache-control', 'public, max-age=31536000, immutable').send(found.body)
    })
  },
  { name: 'assets' },
)
