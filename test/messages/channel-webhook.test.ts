import { createHmac } from 'node:crypto'
import { DateTime } from 'luxon'
import t from 'tap'
import { newNonce, seal } from '../../src/base/secrets.ts'
import { gatewaySecret, shortMailer } from '../../src/messages/channel-webhook.ts'
import { gatewayAddress, isTlsFault, loopbackPlace, verdictOf } from '../../src/messages/gateway-rules.ts'
import { calendarServer } from '../calendars/calendar-server.ts'
import { gatewayServer, genuine } from './gateway-server.ts'

const desk = { publicUrl: 'https://kezdesu.example', secret: 'a secret of the tests, 32 characters or more' }
const nonce = newNonce()
const key = gatewaySecret(desk.secret, nonce)
const sentAt = DateTime.fromISO('2026-11-23T08:45:00+05:00')
const short = {
  id: '00000000-0000-4000-8000-000000000001',
  kind: 'invitation',
  language: 'kk' as const,
  to: '+77010000001',
  text: 'Кездесуге шақыру',
  sentAt,
}
const at = (address: string) => ({ sealedAddress: seal(desk.secret, address), nonce })
const here = shortMailer(desk, { loopback: true })

t.test('a gateway gets a signed request that it can check by itself', async t => {
  const { address, taken } = await gatewayServer(t, response =>
    response.writeHead(202, { 'content-type': 'text/plain' }).end('queued\n17'),
  )
  t.same(await here.send(at(address), { ...short, url: 'https://kezdesu.example/i/x' }), { sent: '202 queued 17' })
  const [one] = taken
  if (!one) return t.fail('nothing came')
  t.same(JSON.parse(one.body), {
    id: short.id,
    kind: 'invitation',
    language: 'kk',
    to: '+77010000001',
    text: 'Кездесуге шақыру',
    url: 'https://kezdesu.example/i/x',
    sentAt: '2026-11-23T03:45:00.000Z',
  })
  t.match(one.headers, { 'content-type': 'application/json', 'idempotency-key': short.id })
  t.equal(one.url, '/sms?key=1')
  const now = sentAt.toSeconds()
  const signed = createHmac('sha256', key).update(`${now}.${one.body}`).digest('hex')
  t.match(one.headers, { 'x-kezdesu-timestamp': String(now), 'x-kezdesu-signature': `sha256=${signed}` })
  t.ok(genuine(key, one, now))
  t.ok(genuine(key, one, now + 299))
  t.notOk(genuine(key, one, now + 301), 'an old request played again')
  t.notOk(genuine(key, { ...one, body: one.body.replace('0001"', '0002"') }, now), 'another phone')
  t.notOk(genuine(gatewaySecret(desk.secret, newNonce()), one, now), 'the secret of another House')
  t.notOk(
    genuine(key, { ...one, headers: { ...one.headers, 'x-kezdesu-timestamp': String(now + 1) } }, now),
    'a time that was not signed',
  )
  return
})

t.test('what a gateway answers decides: taken, later, never, or an address that is wrong', async t => {
  let status = 200
  const { address, taken } = await gatewayServer(t, response =>
    response
      .writeHead(status, { 'content-type': 'application/json', location: 'http://127.0.0.1:1/other' })
      .end('{"e":1}'),
  )
  const verdicts = [
    [200, 'sent'],
    [204, 'sent'],
    [301, 'broken'],
    [302, 'broken'],
    [307, 'broken'],
    [400, 'never'],
    [401, 'never'],
    [408, 'later'],
    [422, 'never'],
    [429, 'later'],
    [500, 'later'],
    [503, 'later'],
  ] as const
  for (const [given, verdict] of verdicts) {
    status = given
    t.equal(verdictOf(given), verdict)
    t.same(
      await here.send(at(address), short),
      { [verdict]: given === 204 ? '204' : `${given} {"e":1}` },
      String(given),
    )
  }
  t.equal(taken.length, verdicts.length, 'no redirect was followed')
})

t.test('a page of an error is not kept, and an endless one not read', async t => {
  let html = true
  const { address } = await gatewayServer(t, response => {
    if (html) return response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Oops</h1>')
    response.writeHead(200, { 'content-type': 'text/plain' })
    const timer = setInterval(() => response.write('x'.repeat(1000)), 5)
    response.on('close', () => clearInterval(timer))
    return
  })
  t.same(await here.send(at(address), short), { later: '500' })
  html = false
  t.same(await here.send(at(address), short), { sent: `200 ${'x'.repeat(200)}` })
})

t.test('who answers too late, cuts off or is not there is asked later', async t => {
  const { reach } = await calendarServer(t, () => {}, 300)
  t.same(await shortMailer(desk, { reach }).send(at('https://calendar.test/sms'), short), {
    later: 'no answer in time',
  })
  const { address } = await gatewayServer(t, response => response.destroy())
  t.same(await here.send(at(address), short), { later: 'ECONNRESET' })
  t.same(await here.send(at('http://127.0.0.1:1/'), short), { later: 'ECONNREFUSED' })
  const stuck = shortMailer(desk, { reach: { ...reach, resolve: () => new Promise(() => {}) } })
  t.same(await stuck.send(at('https://calendar.test/sms'), short), { later: 'no answer in time' })
  const nowhere = shortMailer(desk, { reach: { ...reach, resolve: async () => [] } })
  t.same(await nowhere.send(at('https://calendar.test/sms'), short), { later: 'ENOTFOUND' })
})

t.test('over TLS the same, and a certificate that nobody vouches for is our own fault', async t => {
  const { reach, asked } = await calendarServer(t, (_, response) => response.end())
  const way = shortMailer(desk, { reach })
  t.same(await way.send(at('https://calendar.test/sms'), short), { sent: '200' })
  const { ca: _, ...unknown } = reach
  t.match(await shortMailer(desk, { reach: unknown }).send(at('https://calendar.test/sms'), short), {
    broken: /^TLS: (DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED|UNABLE_TO)/,
  })
  t.same(await way.send(at('https://inside.test/sms'), short), { broken: 'address refused: not-public' })
  const two = shortMailer(desk, {
    reach: {
      ...reach,
      resolve: async () => [
        { address: '127.0.0.1', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
    },
  })
  t.same(await two.send(at('https://calendar.test/sms'), short), { broken: 'address refused: not-public' })
  t.equal(asked.length, 1, 'none of these was asked')
  for (const code of ['ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED', 'EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER'])
    t.ok(isTlsFault(code), code)
  for (const code of ['ECONNRESET', 'ETIMEDOUT', undefined]) t.notOk(isTlsFault(code), String(code))
})

t.test('an address is judged when it is typed and when it is used', async t => {
  const typed = (text: string, loopback = false) => {
    const judged = gatewayAddress(text, { own: ['kezdesu.example'], loopback })
    return 'refused' in judged ? judged.refused : judged.url.href
  }
  t.equal(typed(' https://sms.example/in?key=1#x '), 'https://sms.example/in?key=1')
  const refused = {
    '': 'empty',
    sms: 'no-address',
    'http://sms.example/': 'not-https',
    'webcal://sms.example/': 'not-https',
    'ftp://sms.example/': 'not-https',
    'https://a:b@sms.example/': 'holds-a-password',
    'https://sms.example:22/': 'other-port',
    'https://kezdesu.example/': 'ours',
    'https://10.0.0.1/': 'not-public',
    'https://[::1]/': 'not-public',
    'https://169.254.169.254/': 'not-public',
    'http://127.0.0.1:9/': 'not-https',
    'http://localhost/': 'not-https',
  }
  for (const [text, why] of Object.entries(refused)) t.equal(typed(text), why, text)
  t.equal(typed('http://127.0.0.1:9/x', true), 'http://127.0.0.1:9/x')
  t.equal(typed('http://localhost:9/x', true), 'http://localhost:9/x')
  for (const text of [
    'http://a:b@127.0.0.1/',
    'http://10.0.0.1/',
    'http://127.0.0.1.sms.example/',
    'http://sms.example/',
  ])
    t.equal(typed(text, true), 'not-https', text)
  t.same(loopbackPlace('[::1]'), { address: '::1', family: 6 })
  t.same(loopbackPlace('localhost'), { address: '127.0.0.1', family: 4 })
  t.equal(loopbackPlace('sms.example'), undefined)
  const strict = shortMailer(desk)
  t.same(await strict.send(at('http://127.0.0.1:9/'), short), { broken: 'address refused: not-https' })
  t.same(await strict.send({ sealedAddress: 'x', nonce }, short), { broken: 'address lost' }, 'sealed with another key')
})
