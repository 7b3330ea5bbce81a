import { sql } from 'kysely'
import t from 'tap'
import type { Db } from '../../src/base/db/open.ts'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'
import { pagesWithoutTopics, publicPages } from './public-pages.ts'
import { boxes, person, summary, toCheck, visitor } from './visitor.ts'

const w = await world(t)
const { app, db } = w
const publicUrl = 'http://127.0.0.1:3000'
const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })
const hrefs = (html: string) =>
  [...html.matchAll(/ (?:href|action|formaction)="(\/[^"]*)"/g)].map(([, href = '']) => href)
const pages = [...publicPages, '/help/sheet']
const idOf = async (db: Db, slug: string) =>
  (await db.selectFrom('houses').select('id').where('slug', '=', slug).executeTakeFirstOrThrow()).id
const [almaty, shymkent] = [await idOf(db, 'almaty'), await idOf(db, 'shymkent')]

t.test('where there are several Houses, the first address lists them by region and speaks for none', async t => {
  for (const [language, cities, name] of [
    ['kk', ['Алматы қаласы', 'Шымкент қаласы'], 'Достық үйлері'],
    ['ru', ['Город Алматы', 'Город Шымкент'], 'Дома дружбы'],
    ['en', ['Almaty', 'Shymkent'], 'Houses of Friendship'],
  ] as const) {
    const { body } = await get(`/${language}`)
    const links = [...body.matchAll(/<li><a href="([^"]*)"><span><b>([^<]*)</g)]
    t.strictSame(
      links.map(([, href, city]) => [href, city]),
      [
        [`/${language}/h/almaty`, cities[0]],
        [`/${language}/h/shymkent`, cities[1]],
      ],
    )
    t.match(body, `— ${name}</title>`)
    t.match(body, `<link rel="canonical" href="${publicUrl}/${language}">`)
    t.notMatch(body, 'tel:+7', 'no House’s phone')
  }
})

t.test('each page of a House leads on to that House, in each language', async t => {
  for (const page of pages) {
    const { body, statusCode } = await get(`/ru/h/shymkent${page}`)
    t.equal(statusCode, 200, page)
    const astray = hrefs(body).filter(
      href => /^\/(kk|ru|en)(\/|$)/.test(href) && !/^\/\w\w\/h\/shymkent(\/|\?|$)/.test(href),
    )
    t.strictSame([...new Set(astray)], page.startsWith('/help') ? [] : ['/ru'], `${page}: only the list of all Houses`)
    t.notMatch(body, 'almaty', page)
    for (const language of ['kk', 'en'])
      t.ok(hrefs(body).includes(`/${language}/h/shymkent${page}`), `${page} ${language}`)
  }
})

t.test('a page has one address, whichever was asked for', async t => {
  for (const page of publicPages)
    for (const [house, asked] of [
      ['almaty', `/kk/h/almaty${page}`] as const,
      ...(page ? [['almaty', `/kk${page}`] as const] : []),
      ['shymkent', `/kk/h/shymkent${page}?from=x`] as const,
    ]) {
      const twins = [...(await get(asked)).body.matchAll(/<link rel="(canonical|alternate)"[^>]*href="([^"]*)"/g)]
      t.strictSame(
        twins.map(([, , href]) => href),
        ['kk', 'kk', 'ru', 'en', 'kk'].map(language => `${publicUrl}/${language}/h/${house}${page}`),
        asked,
      )
    }
})

t.test('the sitemap has the list and the pages of each House', async t => {
  const { body } = await get('/sitemap.xml')
  const found = [...body.matchAll(/<loc>[^<]*?(\/kk[^<]*)<\/loc>/g)].map(([, path = '']) => path)
  const topics = await db.selectFrom('topics').select(['house_id', 'slug']).where('open', '=', true).execute()
  const own = (house: string, id: string) => [
    ...pagesWithoutTopics.map(page => `/kk/h/${house}${page}`),
    ...topics
      .filter(({ house_id, slug }) => house_id === id && slug !== 'life-after-prison')
      .map(({ slug }) => `/kk/h/${house}/topics/${slug}`),
  ]
  t.strictSame(found.toSorted(), ['/kk', ...own('almaty', almaty), ...own('shymkent', shymkent)].toSorted())
})

t.test('a House that does not exist, and what another House has, are the same nothing', async t => {
  await db
    .updateTable('topics')
    .set({ slug: 'of-almaty' })
    .where('house_id', '=', almaty)
    .where('slug', '=', 'stop-bullying')
    .execute()
  t.equal((await get('/kk/h/almaty/topics/of-almaty')).statusCode, 200)
  const none = await get('/kk/h/shymkent/topics/none')
  const others = await get('/kk/h/shymkent/topics/of-almaty')
  t.equal(none.statusCode, 404)
  t.strictSame([others.statusCode, others.body], [404, none.body])
  t.match(none.body, 'href="/kk/h/shymkent"', 'and it leads back to its House')
  for (const path of ['/nothing', '/topics/none/further', '/request', '/request/nothing'])
    for (const house of ['almaty', 'shymkent'])
      for (const method of ['GET', 'POST'] as const) {
        const { statusCode, body } = await app.inject({ method, url: `/kk/h/${house}${path}` })
        t.strictSame(
          [statusCode, hrefs(body).filter(href => /^\/kk/.test(href))],
          [404, Array(2).fill(`/kk/h/${house}`)],
          path,
        )
      }
  const nowhere = await get('/kk/h/none')
  t.equal(nowhere.statusCode, 404)
  t.match(nowhere.body, 'href="/kk"')
  for (const path of [...pages.slice(1), '/request/when', '/request/sent?number=1', '/none'])
    for (const house of ['none', 'Shymkent', '%00', "'; --", 'x'.repeat(90)]) {
      const answer = await get(`/kk/h/${encodeURIComponent(house)}${path}`)
      t.strictSame([answer.statusCode, answer.body], [404, nowhere.body], `${house} ${path}`)
    }
  t.equal((await app.inject({ method: 'POST', url: '/kk/h/none/request/topic' })).statusCode, 404)
})

t.test('a House’s form finds its own places alone, and keeps the answers given to another', async t => {
  const school = visitor(w)
  await toCheck(school)
  const asked = school.cookies()
  const found = async (house: string) => (await school.get(`/kk/h/${house}/request/hosts?audience=pupils&q=901`)).body
  t.match(await found('almaty'), '901')
  t.notMatch(await found('shymkent'), 'name="host" value="0')
  t.equal(
    (await school.get('/kk/h/shymkent/request/check')).headers.location,
    '/kk/h/shymkent/request/topic?lost=1',
    'what was told to Almaty is not told to Shymkent',
  )
  const place = await db
    .selectFrom('hosts')
    .select('id')
    .where('house_id', '=', almaty)
    .limit(1)
    .executeTakeFirstOrThrow()
  const other = visitor(w)
  await other.get(`/kk/h/shymkent/request/topic?place=${place.id}&topic=cyber-bullying`)
  await other.follow(await other.send(/topic/, { grades: ['9'] }))
  t.notMatch(other.page(), place.id, 'a place of Almaty is none of Shymkent')
  t.equal((await get('/kk/request/check', { cookie: asked })).statusCode, 200, 'another tab goes on')
})

t.test('a request is asked of the House whose site it is, and its letter and link lead there', async t => {
  const school = visitor(w)
  const home = '/ru/h/shymkent'
  await school.get(`${home}/request/topic?topic=cyber-bullying`)
  await school.follow(await school.send(`${home}/request/topic`, { grades: ['9'] }))
  await school.follow(await school.send(`${home}/request/when`, { q: 'Школа 77', do: 'find' }))
  const district = (/<option value="(79[^"]*)"/.exec(school.page()) ?? [])[1]
  const fresh = { host: 'new', kind: 'school', name: 'Школа № 77', district }
  await school.follow(await school.send(`${home}/request/when`, { ...fresh, do: 'host' }))
  t.strictSame(boxes(school.page(), 'slot'), [], 'nobody is there yet')
  const own = { 'w0-date': '2026-12-08', 'w0-from': '10:00', 'w0-to': '12:00' }
  const when = await school.send(`${home}/request/when`, { heads: '30', ...own, do: 'next' })
  t.strictSame(summary(when.body), [])
  await school.follow(when)
  await school.follow(await school.send(`${home}/request/contact`, { ...person, email: 'shymkent@mektep.example' }))
  const sent = await school.follow(await school.send(`${home}/request/check`, {}))
  t.match(sent.body, 'Дом дружбы Шымкента')
  const { house_id, id } = await db
    .selectFrom('requests')
    .select(['house_id', 'id'])
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  t.equal(house_id, shymkent)
  const inbox = async (email: string) => (await get('/app/search?q=77&l=ru', { cookie: await w.signIn(email) })).body
  t.notMatch(await inbox(cast.coordinator), 'Школа № 77')
  await w.deliver()
  const letter = w.mails.find(({ to }) => to.address === 'shymkent@mektep.example')
  t.match(letter?.html, 'Дом дружбы Шымкента')
  const link = /\/r\/[\w-]+/.exec(letter?.text ?? '')?.[0] ?? ''
  const status = (await school.get(`${link}?l=ru`)).body
  t.ok(hrefs(status).includes(`${home}/help/sheet`))
  t.ok(hrefs(status).includes(home))
  t.notMatch(hrefs(status).join(' '), /\/ru\/(help|privacy)/)
  await db.updateTable('requests').set({ state: 'withdrawn', ended_at: w.clock.now }).where('id', '=', id).execute()
  await school.get(`${link}?l=ru`)
  const again = await school.send(/\/again/, {})
  t.equal(again.headers.location, `${home}/request/topic?all=1`)
  // what this phone keeps of its place is of no use to another House; who asks is the same person
  const almatys = '/ru/h/almaty/request'
  const next = visitor(
    w,
    school
      .cookies()
      .split('; ')
      .find(each => each.startsWith('again=')) ?? '',
  )
  await next.get(`${almatys}/topic?topic=cyber-bullying`)
  await next.follow(await next.send(`${almatys}/topic`, { grades: ['9'] }))
  t.notMatch(next.page(), 'Школа № 77')
})

t.test('local lines of help stand on the site of the House that keeps them', async t => {
  const cookie = await w.signIn(cast.coordinator)
  const form = formOn((await get('/app/support/new?l=ru', { cookie })).body, '/app/support/new')
  const line = {
    ...{
      name_kk: 'Алматы орталығы',
      name_ru: 'Центр Алматы',
      name_en: 'Centre of Almaty',
      kind: 'family',
      phone: '8 727 312 00 00',
    },
    ...{ url: '', days: '1-5', from: '9:00', to: '18:00', free: 'yes', anonymous: 'yes' },
  }
  const added = await submit(app, '/app/support/new?l=ru', { ...form.fields, ...line }, cookie)
  await submit(app, `/app/support/${String(added.headers.location).split('/').at(-1)}/check`, {}, cookie)
  t.match((await get('/ru/h/almaty/help')).body, 'Центр Алматы')
  const there = (await get('/ru/h/shymkent/help')).body
  t.notMatch(there, 'Центр Алматы')
  for (const code of ['111', '150', '102', '112']) t.match(there, `tel:${code}`)
  t.match((await get('/ru/h/shymkent/help/sheet')).body, '127.0.0.1:3000/ru/h/shymkent/help')
})

t.test('a coordinator who is signed in reads the site of another House as everybody does', async t => {
  const cookie = await w.signIn(cast.coordinator)
  const { body } = await get('/ru/h/shymkent/topics', { cookie })
  t.match(body, 'Дом дружбы Шымкента')
  t.match((await get('/app/support?l=ru', { cookie })).body, 'href="/ru/h/almaty/help"')
})

t.test('a House that is alone has the first address, and no name in any', async t => {
  const alone = await world(t)
  await sql`alter table journal_heads disable trigger user`.execute(alone.db)
  for (const table of ['roles', 'topics', 'travel_speeds', 'support_lines', 'house_parents', 'journal_heads'] as const)
    await alone.db
      .deleteFrom(table)
      .where('house_id', '=', await idOf(alone.db, 'shymkent'))
      .execute()
  await alone.db.deleteFrom('houses').where('slug', '=', 'shymkent').execute()
  for (const page of pages) {
    const { body } = await alone.app.inject({ url: `/ru${page}` })
    if (!page.startsWith('/help')) t.match(body, '<small>город Алматы</small>', page)
    t.strictSame(
      hrefs(body).filter(href => /\/h\//.test(href)),
      [],
      page,
    )
  }
  const { body } = await alone.app.inject({ url: '/kk/h/almaty/topics' })
  t.match(
    body,
    `<link rel="canonical" href="${publicUrl}/kk/topics">`,
    'what was sent out while there were two still leads there',
  )
  t.notMatch((await alone.app.inject('/sitemap.xml')).body, '/h/')
  t.equal((await alone.app.inject('/kk/h/shymkent')).statusCode, 404)
})
