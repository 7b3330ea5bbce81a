import t from 'tap'
import { world } from '../../world.ts'

const { app } = await world(t)

t.test('an address that is none is answered like any that leads nowhere: same headers, reader’s language', async t => {
  const spoken = { 'accept-language': 'ru-RU,ru;q=0.9' }
  const missing = await app.inject({ url: '/nowhere', headers: spoken })
  for (const [url, language] of [
    ['/%ff', 'ru'],
    ['/%', 'ru'],
    ['/en/%c3%28', 'en'],
    [`/i/${'z'.repeat(300)}`, 'ru'],
  ] as const) {
    const answer = await app.inject({ url, headers: spoken })
    t.equal(answer.statusCode, 404, url)
    t.equal(answer.headers['content-language'], language, url)
    for (const name of Object.keys(missing.headers).filter(
      name => !['content-length', 'x-robots-tag', 'date'].includes(name),
    ))
      t.ok(answer.headers[name], `${url} has ${name}`)
  }
})
