import t from 'tap'
import { cast } from '../cast.ts'
import { world } from '../world.ts'
import { ask, bookedTalk, names } from './situation.ts'

const here = await world(t)
const named = await names(here)
const cookie = await here.signIn(cast.coordinator)
const get = (url: string, as = cookie) => here.app.inject({ url, headers: { cookie: as } })
const talk = await bookedTalk(here, named, await ask(here, named), '2026-11-26T10:20', ['zhunisov'])

t.test('the week shows who speaks where, in three languages', async t => {
  for (const language of ['kk', 'ru', 'en']) {
    const page = await get(`/app/week?week=2026-W48&l=${language}`)
    t.equal(page.statusCode, 200)
    t.ok(page.body.includes(`href="/app/talks/${talk}"`), language)
    t.notMatch(page.body, /undefined|\[object|NaN/)
  }
  t.notOk((await get('/app/week?week=2026-W49')).body.includes(talk))
  t.ok(
    (await get('/app/week?week=9999-W52&day=0000-01-01')).body.includes(talk),
    'a week that no date can name is none',
  )
  t.ok((await get('/app/week?week=2026-W99&day=nonsense')).body.includes(talk), 'nonsense means this week')
})

t.test('the sheet of a day names place, listeners and people', async t => {
  for (const language of ['kk', 'ru', 'en'])
    t.equal((await get(`/app/day?date=2026-11-26&l=${language}`)).statusCode, 200)
  const sheet = (await get('/app/day?date=2026-11-26')).body
  for (const part of ['№ 907', '10:20', '40 человек', 'Жунисов', 'Сәуле Мұхтарқызы']) t.ok(sheet.includes(part), part)
  t.ok((await get('/app/day?date=2026-11-27')).body.includes('В этот день встреч нет'))
  t.equal((await get('/app/day?date=2026-02-30')).statusCode, 200)
})

t.test('speakers have a list and a page each; those of another House are not there', async t => {
  for (const language of ['kk', 'ru', 'en']) t.equal((await get(`/app/speakers?l=${language}`)).statusCode, 200)
  const person = `/app/speakers/${named.speaker('zhunisov')}`
  t.ok((await get(person)).body.includes(`/app/talks/${talk}`))
  const stranger = await here.signIn(cast.coordinatorOfAnotherHouse)
  t.equal((await get(person, stranger)).statusCode, 404)
  t.notMatch((await get('/app/speakers', stranger)).body, /\/app\/speakers\/(?!new)/)
  t.equal((await get('/app/speakers/nobody')).statusCode, 404)
  t.equal((await get('/app/speakers', await here.signIn(cast.psychologist))).statusCode, 404)
})

t.test('a viewer sees no week of persons, named or not, and comes to the figures', async t => {
  const viewer = await here.signIn(cast.viewer)
  t.equal((await get('/app', viewer)).headers.location, '/app/reports')
  for (const url of ['/app/week', '/app/day', '/app/requests', `/app/talks/${talk}`])
    t.equal((await get(url, viewer)).statusCode, 404, url)
})
