import { gzipSync } from 'node:zlib'
import t from 'tap'
import { asset } from '../../src/base/http/assets.ts'
import { cast } from '../cast.ts'
import { world } from '../world.ts'

const w = await world(t)
const get = (url: string, headers: Record<string, string> = {}) => w.app.inject({ url, headers })
const titles = (html: string) => [...html.matchAll(/<h3><a href="[^"]*">([^<]*)</g)].map(([, title]) => title)

t.test('the catalogue shows what visitors may ask for, by audience', async t => {
  const all = titles((await get('/ru/topics')).body)
  t.equal(all.length, 21, 'one of the 22 is a closed event')
  t.notOk(all.some(title => title?.includes('после заключения')))
  const pupils = titles((await get('/ru/topics?audience=pupils')).body)
  t.ok(pupils.length > 5 && pupils.length < all.length)
  t.strictSame(titles((await get('/ru/topics?audience=nobody')).body), all)
})

t.test('one topic says for whom, how long, in which languages, who comes', async t => {
  const page = (await get('/ru/topics/cyber-bullying')).body
  for (const text of [
    '5–9 классы',
    '45 минут',
    'казахский, русский',
    '5–60',
    'психолог',
    'или',
    'юрист',
    '/ru/request/topic?topic=cyber-bullying',
    'tel:111',
  ])
    t.match(page, text)
  t.equal((await get('/ru/topics/life-after-prison')).statusCode, 404)
  t.equal((await get('/ru/topics/none')).statusCode, 404)
})

t.test('a topic that is closed is gone', async t => {
  await w.db.updateTable('topics').set({ open: false }).where('slug', '=', 'stop-bullying').execute()
  t.equal((await get('/kk/topics/stop-bullying')).statusCode, 404)
})

t.test('home leads to a request in the language of the browser, with free times, topics and help', async t => {
  t.equal((await get('/', { 'accept-language': 'ru-KZ,ru;q=0.9' })).headers.location, '/ru')
  t.equal((await get('/')).headers.location, '/kk')
  t.equal((await get('/', { 'accept-language': 'de' })).headers.location, '/kk')
  const page = (await get('/kk/h/almaty')).body
  t.match(page, 'href="/kk/h/almaty/request/topic"')
  t.equal(titles(page).length, 6)
  t.equal([...page.matchAll(/\/kk\/h\/almaty\/request\/topic\?topic=/g)].length, 3, 'three next free times')
  t.strictSame(
    [...page.matchAll(/href="tel:(\d{3})"/g)].map(([, code]) => code),
    ['111', '150', '102'],
  )
})

t.test('help comes without a cookie, the short codes first', async t => {
  const answer = await get('/ru/help')
  t.strictSame(answer.cookies, [])
  t.strictSame(
    [...answer.body.matchAll(/<li><a class="tel" href="tel:(\d+)"/g)].slice(0, 4).map(([, code]) => code),
    ['111', '150', '102', '112'],
  )
  t.match(answer.body, '<title>Справка')
  t.notMatch(answer.body, /насили[ея][^<]*<\/title>/)
})

t.test('plain pages stand in three languages', async t => {
  for (const page of ['privacy', 'accessibility'])
    for (const [language, word] of [
      ['kk', 'Достық үйі'],
      ['ru', 'Дом дружбы'],
      ['en', 'House of Friendship'],
    ]) {
      const answer = await get(`/${language}/${page}`)
      t.equal(answer.statusCode, 200)
      t.match(answer.body, word ?? '')
    }
})

t.test('a page of the public site with its style is at most 14 kB', async t => {
  const style = gzipSync((await get(asset('public.css'))).rawPayload).length
  for (const url of [
    '/kk',
    '/ru/h/almaty',
    '/kk/topics',
    '/kk/topics/cyber-bullying',
    '/kk/help',
    '/kk/privacy',
    '/kk/request/topic',
    '/ru/request/topic?topic=cyber-bullying',
  ]) {
    const sum = style + gzipSync((await get(url)).rawPayload).length
    t.ok(sum <= 14_336, `${url}: ${sum}`)
  }
})

t.test('coordinators check the help lines, viewers read them', async t => {
  const cookie = await w.signIn(cast.coordinator)
  const page = (await get('/app/support?l=ru', { cookie })).body
  const action = /action="(\/app\/support\/[^"]*\/check)"/.exec(page)?.[1] ?? ''
  const check = (as: string, url: string) =>
    w.app.inject({
      method: 'POST',
      url,
      payload: '',
      headers: { cookie: as, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    })
  t.equal((await check(cookie, action)).statusCode, 303)
  t.match((await get('/app/support?l=ru', { cookie })).body, 'Проверено: 23.11.2026')
  t.equal((await check(cookie, '/app/support/x/check')).statusCode, 404)
  const viewer = await w.signIn(cast.viewer)
  t.notMatch((await get('/app/support?l=ru', { cookie: viewer })).body, '/check"')
  t.equal((await check(viewer, action)).statusCode, 404)
})
