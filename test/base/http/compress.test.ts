import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import Fastify from 'fastify'
import t from 'tap'
import { compress, takesGzip } from '../../../src/base/http/compress.ts'

const text = 'Кездесу '.repeat(1000)

t.test('a whole page is packed for who takes it, and says so', async t => {
  const app = Fastify()
  await app.register(compress)
  app.get('/page', async (_, reply) => reply.type('text/html; charset=utf-8').header('vary', 'Cookie').send(text))
  app.get('/short', async (_, reply) => reply.type('text/html; charset=utf-8').send('short'))
  app.get('/font', async (_, reply) => reply.type('font/woff2').send(Buffer.from(text)))
  t.teardown(() => app.close())
  const ask = (url: string, encoding: string, method: 'GET' | 'HEAD' = 'GET') =>
    app.inject({ method, url, headers: encoding === '' ? {} : { 'accept-encoding': encoding } })

  const packed = await ask('/page', 'br, gzip')
  t.equal(packed.headers['content-encoding'], 'gzip')
  t.equal(packed.headers.vary, 'cookie, accept-encoding')
  t.equal(gunzipSync(packed.rawPayload).toString(), text)
  t.equal(Number(packed.headers['content-length']), packed.rawPayload.length)

  const head = await ask('/page', 'gzip', 'HEAD')
  t.equal(head.headers['content-length'], packed.headers['content-length'], 'HEAD tells of the same bytes')
  t.equal(head.body, '')

  const plain = await ask('/page', '')
  t.equal(plain.headers['content-encoding'], undefined)
  t.equal(plain.headers.vary, 'cookie, accept-encoding', 'a cache must know that there is another form')
  t.equal(plain.body, text)

  t.equal((await ask('/short', 'gzip')).headers['content-encoding'], undefined)
  t.equal((await ask('/font', 'gzip')).headers['content-encoding'], undefined)
  t.equal((await ask('/page', 'gzip;q=0, *')).headers['content-encoding'], undefined)
})

t.test('what a reader takes is read as RFC 9110 says', async t => {
  for (const [header, takes] of [
    ['gzip', true],
    ['GZIP;q=0.5', true],
    ['deflate, gzip ; q=1.0', true],
    ['*', true],
    ['*;q=0', false],
    ['gzip;q=0.000', false],
    ['identity', false],
    ['br', false],
    ['', false],
    [undefined, false],
  ] as const)
    t.equal(takesGzip(header), takes, String(header))
  fc.assert(fc.property(fc.string({ maxLength: 200 }), header => typeof takesGzip(header) === 'boolean'))
})
