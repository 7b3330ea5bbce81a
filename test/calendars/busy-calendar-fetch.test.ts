import { gzipSync } from 'node:zlib'
import t from 'tap'
import { fetchCalendar, type Validators } from '../../src/calendars/busy-calendar-fetch.ts'
import { calendarServer } from './calendar-server.ts'

const never: Validators = { etag: null, lastModified: null }
const own = ['kezdesu.example']
const address = 'https://calendar.test/x.ics'

t.test('a calendar comes with what the server says of it, plain and packed', async t => {
  const { reach, asked } = await calendarServer(t, (request, response) => {
    if (request.headers['if-none-match'] === '"one"') return response.writeHead(304).end()
    const packed = request.url === '/packed.ics'
    response
      .writeHead(200, {
        etag: '"one"',
        'last-modified': 'Mon, 23 Nov 2026 03:00:00 GMT',
        'set-cookie': 'a=b',
        ...(packed ? { 'content-encoding': 'gzip' } : {}),
      })
      .end(packed ? gzipSync('BEGIN') : 'BEGIN')
  })
  const validators = { etag: '"one"', lastModified: 'Mon, 23 Nov 2026 03:00:00 GMT' }
  for (const path of ['x.ics', 'packed.ics']) {
    const found = await fetchCalendar(`webcal://calendar.test/${path}`, never, own, reach)
    t.ok(found !== 'unchanged' && 'bytes' in found)
    if (found === 'unchanged' || !('bytes' in found)) continue
    t.equal(Buffer.from(found.bytes).toString(), 'BEGIN')
    t.same(found.validators, validators)
  }
  t.equal(await fetchCalendar(address, validators, own, reach), 'unchanged')
  t.match(asked[2]?.headers, {
    'if-none-match': '"one"',
    'if-modified-since': validators.lastModified,
    host: /^calendar\.test/,
  })
  t.same(
    [...new Set(asked.flatMap(({ headers }) => Object.keys(headers)))].sort(),
    ['accept', 'accept-encoding', 'connection', 'host', 'if-modified-since', 'if-none-match', 'user-agent'],
    'no cookie, no referrer',
  )
})

t.test('each hop is judged anew, and three are enough', async t => {
  const { reach, asked } = await calendarServer(t, (request, response) => {
    const to = decodeURIComponent(/^\/to\?(.*)$/.exec(request.url ?? '')?.[1] ?? '')
    const [, left] = /^\/hops\/(\d+)$/.exec(request.url ?? '') ?? []
    if (to) return response.writeHead(302, { location: to }).end()
    if (Number(left) > 0)
      return response.writeHead(301, { location: `https://other.test/hops/${Number(left) - 1}` }).end()
    response.end('BEGIN')
  })
  const ask = async (url: string) => {
    const found = await fetchCalendar(url, never, own, reach)
    return found === 'unchanged' ? found : 'refused' in found ? found.refused : 'read'
  }
  t.equal(await ask('https://calendar.test/hops/3'), 'read')
  t.equal(await ask('https://calendar.test/hops/4'), 'too-many-redirects')
  t.equal(await ask(`https://calendar.test/to?${encodeURIComponent('/hops/0')}`), 'read', 'a relative one')
  const before = asked.length
  const away = [
    'http://calendar.test/x',
    'https://inside.test/x',
    'https://127.0.0.2/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://10.0.0.1/x',
    'https://169.254.169.254/latest',
    'https://kezdesu.example/f/x.ics',
    'https://calendar.test:22/x',
    'https://a:b@calendar.test/x',
    'file:///etc/passwd',
  ]
  for (const target of away)
    t.equal(await ask(`https://calendar.test/to?${encodeURIComponent(target)}`), 'address-refused', target)
  t.equal(asked.length, before + away.length, 'none of these was asked')
  t.equal(await ask('https://inside.test/x'), 'address-refused', 'a name that lies inside')
  t.equal(await ask('https://nobody.test/x'), 'unreachable')
  const two = {
    ...reach,
    resolve: async () => [
      { address: '127.0.0.1', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ],
  }
  t.same(
    await fetchCalendar(address, never, own, two),
    { refused: 'address-refused' },
    'a private address among others',
  )
  const stranger = { ...reach, ca: undefined }
  const { ca: _, ...withoutCa } = stranger
  t.same(
    await fetchCalendar(address, never, own, withoutCa),
    { refused: 'unreachable' },
    'a certificate nobody vouches for',
  )
})

t.test('what is too much, too slow or cut off is not taken', async t => {
  const { reach } = await calendarServer(
    t,
    (request, response) => {
      const kind = request.url?.slice(1)
      if (kind === 'large') response.end(Buffer.alloc(5 * 1_048_576 + 1, 'x'))
      else if (kind === 'fits') response.end(Buffer.alloc(5 * 1_048_576, 'x'))
      else if (kind === 'bomb')
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(200_000_000)))
      else if (kind === 'rubbish') response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip')
      else if (kind === 'zstd') response.writeHead(200, { 'content-encoding': 'zstd' }).end('x')
      else if (kind === 'cut') {
        response.writeHead(200, { 'content-length': '100' }).write('BEGIN')
        setImmediate(() => response.destroy())
      } else if (kind === 'drip') response.writeHead(200).write('BEGIN')
      else if (kind !== 'silent') response.writeHead(Number(kind)).end('no')
    },
    1500,
  )
  const ask = async (kind: string) => {
    const found = await fetchCalendar(`https://calendar.test/${kind}`, never, own, reach)
    return found === 'unchanged' ? found : 'refused' in found ? found.refused : found.bytes.length
  }
  const patient = { ...reach, milliseconds: 30_000 }
  const slowly = async (kind: string) => {
    const found = await fetchCalendar(`https://calendar.test/${kind}`, never, own, patient)
    return found === 'unchanged' ? found : 'refused' in found ? found.refused : found.bytes.length
  }
  t.equal(await slowly('fits'), 5 * 1_048_576)
  t.equal(await slowly('large'), 'too-large')
  t.equal(await slowly('bomb'), 'too-large')
  t.equal(await slowly('rubbish'), 'unreachable')
  t.equal(await slowly('zstd'), 'unreachable')
  t.equal(await slowly('cut'), 'unreachable')
  t.equal(await ask('drip'), 'too-slow')
  t.equal(await ask('silent'), 'too-slow')
  for (const [status, code] of [
    [404, 'gone'],
    [410, 'gone'],
    [401, 'denied'],
    [403, 'denied'],
    [500, 'failed'],
    [204, 'failed'],
    [302, 'failed'],
  ] as const)
    t.equal(await slowly(String(status)), code, String(status))
  const stuck = { ...reach, milliseconds: 200, resolve: () => new Promise<never>(() => {}) }
  t.same(await fetchCalendar(address, never, own, stuck), { refused: 'too-slow' }, 'a resolver that never answers')
})
