import { gzipSync } from 'node:zlib'
import t from 'tap'
import { asset } from '../../src/base/http/assets.ts'
import { booked } from '../talks/booked.ts'
import { world } from '../world.ts'
import { pagesWithoutTopics, publicPages } from './public-pages.ts'

const w = await world(t)
const get = (url: string, headers: Record<string, string> = {}) => w.app.inject({ url, headers })
const publicUrl = 'http://127.0.0.1:3000'
const every = publicPages.flatMap(page => ['kk', 'ru', 'en'].map(language => `/${language}/h/almaty${page}`))
const titles = (html: string) => [...html.matchAll(/<h3><a href="[^"]*">([^<]*)</g)].map(([, title]) => title)
const weigh = (body: string | Buffer) => gzipSync(body, { level: 9 }).length

t.test('each page names its one address without what only counts visitors, its twins and a picture', async t => {
  for (const url of every) {
    const { body, statusCode } = await get(`${url}?utm_source=x&audience=pupils`)
    t.equal(statusCode, 200, url)
    t.match(body, `<link rel="canonical" href="${publicUrl}${url}">`)
    const twins = [...body.matchAll(/<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">/g)]
    const rest = url.slice(3)
    t.strictSame(
      twins.map(([, language, href]) => [language, href]),
      [
        ['kk', `${publicUrl}/kk${rest}`],
        ['ru', `${publicUrl}/ru${rest}`],
        ['en', `${publicUrl}/en${rest}`],
        ['x-default', `${publicUrl}/kk${rest}`],
      ],
    )
    t.match(body, `<meta property="og:url" content="${publicUrl}${url}">`)
    t.match(body, `<meta property="og:image" content="${publicUrl}${asset('og.png')}">`)
    t.notMatch(body, 'name="robots"')
  }
  const picture = await get(asset('og.png'))
  t.equal(picture.headers['content-type'], 'image/png')
  t.ok(picture.rawPayload.length <= 30_000)
})

t.test('what is nobody’s business names nothing and is kept out of search engines', async t => {
  for (const url of ['/kk/request/sent?number=1', '/sign-in']) {
    const { body } = await get(url)
    t.notMatch(body, 'rel="canonical"', url)
    t.notMatch(body, 'og:url', url)
  }
  t.match((await get('/kk/request/sent?number=1')).body, '<meta name="robots" content="noindex">')
  const robots = await get('/robots.txt')
  t.match(robots.headers['content-type'], 'text/plain')
  for (const line of ['Disallow: /app', 'Disallow: /r/', 'Disallow: /me', `Sitemap: ${publicUrl}/sitemap.xml`])
    t.ok(robots.body.split('\n').includes(line), line)
})

t.test('the sitemap has every public page in three languages, and dates only where they are known', async t => {
  const { body, headers } = await get('/sitemap.xml')
  t.match(headers['content-type'], 'application/xml')
  const found = [...body.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, loc = '']) => loc)
  for (const url of every) t.ok(found.includes(`${publicUrl}${url}`), url)
  t.equal(
    found.length,
    (1 + 2 * (pagesWithoutTopics.length + 21)) * 3,
    'the list of Houses, and of each its pages and the 21 topics that are open',
  )
  t.equal(body.match(/<lastmod>/g)?.length, 2 * 21 * 3)
  t.equal(body.match(/hreflang="x-default"/g)?.length, found.length)
  t.notMatch(body, 'life-after-prison')
  for (const loc of found.filter((_, at) => at % 7 === 0))
    t.equal((await get(loc.slice(publicUrl.length))).statusCode, 200, loc)
})

t.test('whoever asks for no page gets their own language, Kazakh when none of ours is theirs', async t => {
  for (const [wished, language] of [
    ['ru-RU,ru;q=0.9', 'ru'],
    ['fr,de', 'kk'],
    ['', 'kk'],
    ['de,en-GB;q=0.8', 'en'],
  ] as const)
    t.equal((await get('/', { 'accept-language': wished })).headers.location, `/${language}`, wished)
})

t.test('topics are found by the ages of a school, and a filter says where one is', async t => {
  const middle = titles((await get('/ru/topics?audience=pupils&grades=5-7')).body)
  const oldest = titles((await get('/ru/topics?audience=pupils&grades=10-11')).body)
  t.ok(middle.includes('Кибербуллинг: защити себя и друга'))
  t.notOk(oldest.includes('Кибербуллинг: защити себя и друга'))
  const { body } = await get('/ru/topics?grades=10-11')
  t.strictSame(titles(body), oldest)
  t.match(body, '<a href="/ru/topics?audience=pupils&#38;grades=10-11" aria-current="true">10–11 классы</a>')
  t.match(body, '<a href="/ru/topics?audience=pupils" aria-current="true">')
  t.notMatch((await get('/ru/topics?audience=parents')).body, 'grades=', 'residents have no grades')
  const all = (await get('/ru/topics')).body
  for (const odd of ['7-5', '1-11', "'; --"])
    t.strictSame(titles((await get(`/ru/topics?grades=${encodeURIComponent(odd)}`)).body), titles(all))
})

t.test('open talks stand on the home page and in the calendar; others, closed and past ones nowhere', async t => {
  const none = (await get('/ru/h/almaty')).body
  t.match(none, 'На ближайшие дни открытых встреч нет')
  const open = await booked(w.db, w.clock.now, { minute: 600 })
  const hidden = await booked(w.db, w.clock.now, { minute: 720, host: 1 })
  const begun = await booked(w.db, w.clock.now, { day: '2026-11-23', minute: 500, host: 2 })
  const cancelled = await booked(w.db, w.clock.now, { minute: 840, host: 3 })
  const closed = await booked(w.db, w.clock.now, { minute: 960, host: 4 })
  const shown = [open, begun, cancelled, closed].map(({ talkId }) => talkId)
  await w.db.updateTable('talks').set({ public: true }).where('id', 'in', shown).execute()
  await w.db
    .updateTable('talks')
    .set({ state: 'cancelled', cancel_reason: 'host', cancelled_at: w.clock.now })
    .where('id', '=', cancelled.talkId)
    .execute()
  await w.db.updateTable('hosts').set({ kind: 'custody' }).where('id', '=', closed.hostId).execute()
  for (const url of ['/ru/h/almaty', '/ru/calendar']) {
    const { body } = await get(url)
    t.strictSame(body.match(/<b class="nb">[^<]*/g), ['<b class="nb">10:00–10:45'], url)
    t.match(body, 'вторник, 24 ноября')
    t.match(body, 'webcal://127.0.0.1:3000/public/almaty.ics?l=ru')
    t.notMatch(body, 'Сәуле', 'a contact is nobody’s business')
  }
  t.match((await get('/kk/calendar')).body, `${publicUrl}/public/almaty.ics<`)
  t.ok(hidden.talkId)
  w.clock.now = w.clock.now.plus({ days: 1, hours: 2 })
  t.match((await get('/ru/calendar')).body, 'На ближайшие дни открытых встреч нет', 'it has begun')
})

t.test('a public page with its styles and script weighs 14 kB at most, the script 1 kB', async t => {
  const css = weigh((await get(asset('public.css'))).rawPayload)
  const js = ['form.js', 'print.js', 'hosts.js'] as const
  const scripts = await Promise.all(js.map(async name => weigh((await get(asset(name))).rawPayload)))
  const script = scripts.reduce((sum, each) => sum + each, 0)
  t.ok(script <= 1000, `${script} bytes of script`)
  for (const url of every) {
    const whole = weigh((await get(url)).body) + css + script
    t.ok(whole <= 14_000, `${url}: ${whole}`)
  }
})
