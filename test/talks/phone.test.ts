import { gzipSync } from 'node:zlib'
import t from 'tap'
import { asset } from '../../src/base/http/assets.ts'
import { hashOf } from '../../src/base/secrets.ts'
import { findRoster } from '../../src/matching/roster-store.ts'
import { proposalOf } from '../../src/talks/proposal-rules.ts'
import { wishOver, workOf } from '../../src/talks/work-rules.ts'
import { cast } from '../cast.ts'
import { counting } from '../counting.ts'
import { formOn, submit, world } from '../world.ts'
import { booked } from './booked.ts'
import { ask, bookedTalk, names } from './situation.ts'

const here = await world(t)
const { app, db, clock, mails, deliver } = here
const named = await names(here)
const cookie = await here.signIn(cast.psychologist)
const get = async (url: string, as = cookie) => (await app.inject({ url, headers: { cookie: as } })).body
const psychologist = named.speaker('nurlanova')
const kept = (speakerId: string) =>
  db.selectFrom('changes').select(['kind', 'detail']).where('speaker_id', '=', speakerId).orderBy('id').execute()

t.test('a proposed time is a day of the next ninety, by day', async t => {
  const zone = 'Asia/Almaty'
  for (const [fields, expected] of [
    [{}, undefined],
    [{ on: '', at: '' }, undefined],
    [{ on: '2026-11-23' }, { on: '2026-11-23', from: undefined }],
    [
      { on: '2027-02-21', at: '21:00' },
      { on: '2027-02-21', from: 1260 },
    ],
    [{ on: '2026-11-22' }, { mistakes: ['on'] }],
    [{ on: '2027-02-22', at: '06:59' }, { mistakes: ['on', 'at'] }],
    [{ at: '10:00' }, { mistakes: ['on'] }],
    [{ on: '2026-02-30', at: '25:00' }, { mistakes: ['on', 'at'] }],
  ] as const)
    t.same(proposalOf(fields, zone, clock.now), expected, JSON.stringify(fields))
})

t.test('what a speaker gives is read of what there is', async t => {
  const known = { languages: ['kk', 'ru'], districts: ['a', 'b', 'c'], ofGroups: ['b', 'c'], topics: ['x', 'y'] }
  t.same(workOf({ languages: ['ru', 'zz'], home: 'a', districts: ['a', 'c'], topics: ['y', 'z'] }, known), {
    languages: ['ru'],
    home: 'a',
    districts: ['c'],
    topics: ['y'],
  })
  t.match(workOf({ languages: ['kk'], home: 'b', districts: ['c', 'b'], topics: [] }, known), { districts: [] })
  t.same(workOf({ languages: [], home: 'z', districts: [], topics: [] }, known), { mistakes: ['languages', 'home'] })
  t.same(wishOver(['x'], [], ['x', 'y']), ['x'])
  t.same(wishOver(['x', 'y'], [], ['x', 'y']), [], 'no topics of one’s own are all of them')
  t.same(wishOver(['y'], ['y'], ['x', 'y']), [])
  t.same(wishOver([], ['y'], ['x', 'y']), [])
})

t.test('a place is found by its point, else by its address, and called once accepted', async t => {
  const { talkId, hostId } = await booked(db, clock.now, { team: [cast.psychologist], day: '2026-11-26', host: 5 })
  const place = await db
    .selectFrom('hosts')
    .select(['lat', 'lon', 'address_ru'])
    .where('id', '=', hostId)
    .executeTakeFirstOrThrow()
  const page = await get(`/me/talks/${talkId}`)
  t.match(page, `href="geo:${place.lat},${place.lon}?q=`)
  t.match(page, `href="https://2gis.kz/geo/${place.lon},${place.lat}"`)
  t.notMatch(page, 'tel:+77010000008')
  await db
    .updateTable('hosts')
    .set({ lat: null, lon: null, address_ru: 'ул. Абая, 42 & 7' })
    .where('id', '=', hostId)
    .execute()
  await db.updateTable('assignments').set({ state: 'accepted' }).where('talk_id', '=', talkId).execute()
  await db
    .updateTable('topics')
    .set({ equipment_ru: 'проектор' })
    .where('id', 'in', db.selectFrom('talks').select('topic_id').where('id', '=', talkId))
    .execute()
  const later = await get(`/me/talks/${talkId}?l=ru`)
  const address = encodeURIComponent('ул. Абая, 42 & 7')
  t.match(later, `href="geo:0,0?q=${address}"`)
  t.match(later, `href="https://2gis.kz/search/${address}"`)
  t.match(later, 'tel:+77010000008')
  t.match(later, 'проектор')
  await db.updateTable('hosts').set({ lat: place.lat, lon: place.lon, address_ru: place.address_ru }).execute()
})

t.test('who can’t come proposes a time, and a coordinator reads it beside the refusal', async t => {
  const { talkId, seats } = await booked(db, clock.now, { team: [cast.psychologist], day: '2026-11-27', host: 6 })
  const url = `/i/${seats[0]?.token}`
  const { action, fields } = formOn((await app.inject(`${url}?response=decline&l=ru`)).body, /response/)
  const seat = () =>
    db
      .selectFrom('assignments')
      .select(['state', 'reason', 'proposed_on', 'proposed_from'])
      .where('talk_id', '=', talkId)
      .executeTakeFirstOrThrow()
  const no = { ...fields, response: 'decline' }
  const wrong = await submit(app, action, { ...no, reason: 'too-far', on: '2026-11-01', at: '10:00' })
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, /value="too-far" checked/)
  t.match(wrong.body, 'value="2026-11-01"')
  t.match(wrong.body, 'href="#on"')
  t.equal((await seat()).state, 'invited', 'nothing is answered by half')
  t.equal((await submit(app, action, { ...no, on: '2026-11-30', at: '10:30' })).statusCode, 303)
  t.same(await seat(), {
    state: 'declined',
    reason: 'another-time',
    proposed_on: '2026-11-30',
    proposed_from: '10:30',
  })
  const coordinator = await here.signIn(cast.coordinator)
  t.match(await get(`/app/talks/${talkId}?l=ru`, coordinator), /предлагает время: понедельник, 30 ноября[^<]*, 10:30/)
  await deliver()
  t.match(mails.find(({ kind }) => kind === 'answer-declined')?.text ?? '', '10:30')

  const own = formOn(await get(`/me/talks/${talkId}`), `/me/talks/${talkId}/response`)
  const again = { ...own.fields, response: 'decline', reason: 'too-far', on: '2026-12-01' }
  t.equal((await submit(app, own.action, again, cookie)).statusCode, 303, 'a reason may follow')
  t.match(await seat(), { state: 'declined', reason: 'too-far', proposed_on: '2026-12-01', proposed_from: null })
  const yes = { ...own.fields, response: 'accept', on: '2026-11-30' }
  t.equal((await submit(app, own.action, { ...yes, _key: 'another-key-of-this-form' }, cookie)).statusCode, 303)
  t.match(await seat(), { state: 'accepted', reason: null, proposed_on: null })
})

t.test('busy in one tap, and back in one, with the talk in it named', async t => {
  const { talkId } = await booked(db, clock.now, { team: [cast.psychologist], day: '2026-11-24', host: 7 })
  const taps = [...(await get('/me')).matchAll(/name="tap" value="([^"]*)"/g)].map(([, value = '']) => value)
  t.same(taps, ['2026-11-23', '2026-11-23 13:00 23:59', '2026-11-24'])
  const form = formOn(await get('/me'), '/me/busy')
  const done = await submit(app, form.action, { ...form.fields, tap: taps[2] ?? '' }, cookie)
  const location = String(done.headers.location)
  t.match(location, /^\/me\?busy=[\da-f-]{36}$/)
  const page = await get(`${location}&l=kk`)
  t.match(page, 'Сейсенбі, 24 қараша')
  t.match(page, new RegExp(`role="status"[\\s\\S]*/me/talks/${talkId}[\\s\\S]*/me/busy/removal`))
  const undo = formOn(page, '/me/busy/removal')
  const id = location.split('=')[1] ?? ''
  t.equal((await submit(app, undo.action, { ...undo.fields, id }, cookie)).headers.location, '/me?busy=off')
  t.same(await db.selectFrom('absences').select('id').execute(), [])
  t.equal((await submit(app, form.action, { ...form.fields, tap: 'yesterday', _key: 'k2' }, cookie)).statusCode, 422)
  const lawyer = await here.signIn(cast.lawyer)
  t.notMatch(await get(`/me?busy=${id}`, lawyer), '/me/busy/removal')
})

t.test('languages and districts are the speaker’s own; talks that no longer fit are named and stay', async t => {
  const windows = [{ from: '2026-12-02', to: '2026-12-02' }]
  const number = await ask(here, named, {
    host: 'school-907',
    topic: 'self-control',
    heads: 25,
    languages: ['kk'],
    windows,
  })
  const talk = await bookedTalk(here, named, number, '2026-12-02T10:20', ['nurlanova'])
  const url = '/me/profile/talks'
  const { fields } = formOn(await get(url), url)
  t.same(fields['languages'], ['kk', 'ru'])
  const nothing = await submit(app, url, { ...fields, languages: [] }, cookie)
  t.equal(nothing.statusCode, 422)
  const topics = [fields['topics']].flat().filter(each => each !== undefined)
  const [district = ''] = [formOn(await get(url), url).fields['home']].flat().map(String)
  const sent = { ...fields, languages: ['ru'], districts: [district], topics: topics.slice(1) }
  const saved = await submit(app, url, sent, cookie)
  t.equal(saved.headers.location, `${url}?done=saved`)
  const page = await get(`${url}?done=saved&l=ru`)
  t.match(page, `/me/talks/${talk}`)
  t.match(page, 'Ваше пожелание ждёт решения координатора.')
  t.equal(
    (await db.selectFrom('assignments').select('state').where('talk_id', '=', talk).executeTakeFirstOrThrow()).state,
    'invited',
  )
  const known = async () =>
    (await findRoster(db, named.house, clock.now))?.speakers.find(({ id }) => id === psychologist)
  t.match(await known(), { languages: ['ru'], districts: [district] }, 'the engine knows it at once')
  const change = (await kept(psychologist)).findLast(({ kind }) => kind === 'work-changed')
  t.match(change?.detail, { languages: 'ru', languagesBefore: 'kk ru', wishes: topics.length - 1 })

  const coordinator = await here.signIn(cast.coordinator)
  const person = `/app/speakers/${psychologist}`
  t.match(await get(`${person}?l=ru`, coordinator), 'Пожелание по темам')
  t.equal((await known())?.topics.length, 0, 'a wish decides nothing')
  const edit = formOn(await get(`${person}/edit`, coordinator), `${person}/edit`)
  const decided = { ...edit.fields, topics: topics.slice(1), anyway: '1' }
  t.equal((await submit(app, edit.action, decided, coordinator)).statusCode, 303)
  t.equal((await known())?.topics.length, topics.length - 1)
  t.notMatch(await get(`${person}?l=ru`, coordinator), 'Пожелание по темам')
})

t.test('a speaker sees their own share, and nobody else’s', async t => {
  const { talkId } = await booked(db, clock.now, { team: [cast.psychologist], day: '2026-11-19', host: 8 })
  await db.updateTable('assignments').set({ state: 'accepted' }).where('talk_id', '=', talkId).execute()
  await db.updateTable('talks').set({ state: 'held', heads_counted: 43 }).where('id', '=', talkId).execute()
  await db
    .insertInto('credentials')
    .values({
      speaker_id: psychologist,
      kind: 'training',
      valid_from: '2024-05-02',
      valid_until: '2026-05-02',
      note: '',
    })
    .execute()
  const page = await get('/me/balance?l=ru')
  t.match(page, '43 человека')
  t.match(page, '0,8 ч')
  t.match(page, 'дата выдачи: 02.05.2024, последний день: 02.05.2026')
  t.match(page, 'срок прошёл')
  t.match(page, 'Доля = (встречи + дорога + встречи впереди) / предложенное время.')
  t.notMatch(page, 'Касымов')
  t.match(await get('/me/balance?l=ru', await here.signIn(cast.lawyer)), '0 человек')
  t.equal((await app.inject('/me/balance')).statusCode, 303)
  const staff = { cookie: await here.signIn(cast.coordinator) }
  t.equal((await app.inject({ url: '/me/balance', headers: staff })).statusCode, 404)
})

t.test('the pages are a program that a phone can take, and keep nothing for anybody else', async t => {
  const page = await app.inject({ url: '/me', headers: { cookie } })
  t.match(page.headers['content-security-policy'], "worker-src 'self'; manifest-src 'self'")
  t.equal(page.headers['cache-control'], 'no-store')
  const [, link = ''] = /rel="manifest" href="([^"]*)"/.exec(page.body) ?? []
  const manifest = await app.inject(link)
  t.match(manifest.headers['content-type'], 'application/manifest+json')
  t.match(manifest.json(), { start_url: '/me', display: 'standalone', theme_color: '#0a4654', name: 'Кездесу' })
  for (const { src, type } of manifest.json().icons) {
    const icon = await app.inject(src)
    t.equal(icon.statusCode, 200, src)
    t.equal(icon.headers['content-type'], type)
  }
  t.equal((await app.inject(asset('me.js'))).headers['service-worker-allowed'], '/me')
  t.equal((await app.inject(asset('form.js'))).headers['service-worker-allowed'], undefined)
  t.equal((await app.inject('/manifest.webmanifest?l=en')).json().name, 'Kezdesu')
  const [mine] = /data-of="([\w-]{22})"/.exec(page.body) ?? []
  const session = cookie.split('=')[1] ?? ''
  t.ok(mine && !mine.includes(hashOf(session).slice(0, 22)), 'the name tells nothing of the session')
  t.notMatch(await get('/me', await here.signIn(cast.psychologist)), mine ?? '', 'and is of this one alone')
  const out = await submit(app, '/sign-out', {}, await here.signIn(cast.lawyer))
  t.equal(out.headers['clear-site-data'], '"storage"')
})

t.test('no page of a speaker weighs more than 14 kB, nor asks the database more where there is more', async t => {
  const size = async (url: string) => gzipSync((await app.inject({ url, headers: { cookie } })).rawPayload).length
  const script = await size(asset('me.js'))
  t.ok(script <= 2048, `script: ${script}`)
  const shared = script + (await size(asset('speaker.css')))
  const { id: talk } = await db
    .selectFrom('talks')
    .innerJoin('assignments', 'talk_id', 'talks.id')
    .select('talks.id')
    .where('speaker_id', '=', psychologist)
    .executeTakeFirstOrThrow()
  const urls = ['/me', `/me/talks/${talk}`, '/me/busy', '/me/profile', '/me/profile/talks', '/me/balance', '/me/houses']
  for (const url of [...urls, '/me/calendar'])
    for (const l of ['kk', 'ru', 'en']) {
      const sum = shared + (await size(`${url}?l=${l}`))
      t.ok(sum <= 14_336, `${url} ${l}: ${sum}`)
    }
  const queriesOf = counting(here)
  const counted = async () => {
    const all = []
    for (const url of urls) {
      all.push(`${url} ${await queriesOf(() => get(url))}`)
    }
    return all
  }
  await counted()
  const before = await counted()
  for (const host of [10, 11, 12])
    await booked(db, clock.now, { host, day: `2026-12-${host}`, team: [cast.psychologist] })
  await counted()
  t.same(await counted(), before)
  Object.assign(app, { db })
})
