import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { comeBack, setOut } from '../../../src/base/proofs/oidc.ts'

const [own, strange] = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 })) as [
  { publicKey: KeyObject; privateKey: KeyObject },
  { publicKey: KeyObject; privateKey: KeyObject },
]
let idToken = ''
const http = createServer((request, response) => {
  const issuer = `http://${request.headers.host}`
  const answers: Record<string, unknown> = {
    '/.well-known/openid-configuration': {
      ...{
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
      },
      ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
      id_token_signing_alg_values_supported: ['RS256'],
    },
    '/keys': { keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'a', use: 'sig', alg: 'RS256' }] },
    '/token': { access_token: 'x', token_type: 'Bearer', id_token: idToken },
  }
  response.setHeader('content-type', 'application/json').end(JSON.stringify(answers[request.url ?? ''] ?? {}))
})
http.listen(0, '127.0.0.1')
await once(http, 'listening')
t.teardown(() => http.close())
const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
const provider = { issuer, clientId: 'kezdesu', clientSecret: 'a secret of the test' }
const redirect = 'http://127.0.0.1:3000/sign-in/oidc/back'

/** Who comes back with a token that says this, signed by this key. */
async function back(claims: object, key = own.privateKey, head: object = { alg: 'RS256', kid: 'a' }) {
  const { journey } = await setOut(provider, redirect)
  const now = Math.floor(Date.now() / 1000)
  const all = { iss: issuer, sub: 'aidana', aud: 'kezdesu', iat: now, exp: now + 60, nonce: journey.nonce, ...claims }
  const text = [head, all].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  idToken = `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
  return comeBack(provider, new URL(`${redirect}?code=x&state=${journey.state}`), journey)
}

t.test('an identity is believed that the provider has signed, for us, now and for this journey', async t => {
  t.same(await back({}), { issuer, subject: 'aidana' })
  t.equal(await back({}, strange.privateKey), undefined, 'signed by another key')
  t.equal(await back({}, own.privateKey, { alg: 'none' }), undefined, 'said to be unsigned')
  t.equal(await back({ aud: 'another' }), undefined, 'for another application')
  t.equal(await back({ iss: 'https://elsewhere.example' }), undefined, 'of another issuer')
  t.equal(await back({ exp: 1_000_000_000 }), undefined, 'of long ago')
  t.equal(await back({ nonce: 'another' }), undefined, 'of another journey')
})
