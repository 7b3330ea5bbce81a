import t from 'tap'
import { hashOf } from '../../src/base/secrets.ts'
import { cast } from '../cast.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { formOn, submit, world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const { app, db } = here
const get = async (url: string, cookie?: string) => app.inject({ url, headers: cookie ? { cookie } : {} })
const secrets = (html: string) =>
  [...html.matchAll(/readonly[^>]*>http:\/\/127\.0\.0\.1:3000(\/[^<]+)</g)].map(([, it]) => it)

t.test('a coordinator makes and changes the addresses of the House and its groups, and of no other House', async t => {
  const cookie = await here.signIn(cast.coordinator)
  const page = async () => (await get('/app/calendars', cookie)).body
  t.same(secrets(await page()), ['/public/almaty.ics?l=ru'], 'looking makes nothing')
  const { action, fields } = formOn(await page(), '/app/calendars/secret')
  for (const _ of [1, 2]) t.equal((await submit(app, action, fields, cookie)).statusCode, 303, 'sent twice, made once')
  const [house = '', open] = secrets(await page())
  t.equal(open, '/public/almaty.ics?l=ru', 'in the language of who hands it out')
  t.equal((await get(house)).statusCode, 200)
  const group = await db
    .selectFrom('groups')
    .select('id')
    .where('house_id', '=', named.house)
    .orderBy('slug')
    .executeTakeFirstOrThrow()
  const made = formOn(await page(), `/app/calendars/${group.id}/secret`)
  t.equal((await submit(app, made.action, made.fields, cookie)).headers.location, '/app/calendars')
  t.equal(secrets(await page()).length, 3)
  const again = formOn(await page(), '/app/calendars/secret')
  t.equal((await submit(app, again.action, again.fields, cookie)).statusCode, 303)
  t.equal((await get(house)).statusCode, 404, 'the old one ended')

  const other = await here.signIn(cast.coordinatorOfAnotherHouse)
  t.same(secrets((await get('/app/calendars', other)).body).length, 1)
  for (const id of [group.id, 'nobody', '%00'])
    t.equal((await submit(app, `/app/calendars/${id}/secret`, {}, other)).statusCode, 404, id)
  for (const email of [cast.viewer, cast.psychologist])
    t.equal((await get('/app/calendars', await here.signIn(email))).statusCode, 404, email)
})

t.test("a school subscribes by its link, once a talk was booked for it; others' links open nothing", async t => {
  const link = async (number: number, token: string) => {
    await db
      .updateTable('requests')
      .set({ token_hash: hashOf(token) })
      .where('number', '=', number)
      .execute()
    return `/r/${token}/calendar`
  }
  const waiting = await link(await ask(here, named, { host: 'school-904' }), 'waiting')
  t.equal((await get(waiting)).statusCode, 404, 'nobody of the House has looked who asks')
  t.equal((await submit(app, waiting, {})).statusCode, 404)
  const number = await ask(here, named, { host: 'school-912', windows: [{ from: '2026-11-26', to: '2026-11-27' }] })
  await bookedTalk(here, named, number, '2026-11-26T10:20', ['baizhan'])
  const booked = await link(number, 'booked')
  const shown = (await get(booked)).body
  t.notMatch(shown, /\/f\/|\/c\/|webcal/, 'whoever has the link of one talk sees no secret of the calendar')
  const { action, fields } = formOn(shown, booked)
  for (const _ of [1, 2]) t.equal((await submit(app, action, fields)).headers.location, `${booked}?sent=1`)
  t.equal((await submit(app, action, {})).headers.location, `${booked}?sent=1`, 'asked again on the same day')
  t.notMatch((await get(`${booked}?sent=1`)).body, /\/f\/|\/c\/|webcal/)
  await here.deliver()
  const letters = here.mails.filter(({ text }) => /\/c\//.test(text))
  t.equal(letters.length, 1, 'one letter a day')
  const { email } = await db
    .selectFrom('requests')
    .innerJoin('contacts', 'contacts.id', 'requests.contact_id')
    .select('email')
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  t.equal(letters[0]?.to.address, email, 'to the address of the request and nobody else')
  const own = /\/c\/[\w-]{43}/.exec(letters[0]?.text ?? '')?.[0] ?? ''
  const page = await get(own)
  const [feed = ''] = secrets(page.body)
  t.match((await get(feed)).body, 'SUMMARY:Кездесу')
  t.match((await get(`${feed}?l=ru`)).body, 'SUMMARY:Встреча')
  t.equal(page.headers['cache-control'], 'no-store')
  t.equal(page.headers['referrer-policy'], 'no-referrer')
  t.match((await get('/r/booked')).body, `href="${booked}"`)
  const chosen = await get(`${own}?cancelled=0&alarms=1&travel=1&l=ru`)
  t.same(secrets(chosen.body), [`${feed}?l=ru&#38;cancelled=0&#38;alarms=1`], 'only what a host may choose')
  t.match(chosen.body, '<input type="hidden" name="l" value="ru">', 'and goes on in the language of the page')
  t.equal((await get(`${own}?cancelled=0&cancelled=0`)).statusCode, 200)
  const renewal = formOn(page.body, `${own}/renewal`)
  const places = [await submit(app, renewal.action, renewal.fields), await submit(app, renewal.action, renewal.fields)]
  t.same(
    places.map(({ statusCode }) => statusCode),
    [303, 303],
  )
  t.equal(places[0]?.headers.location, places[1]?.headers.location, 'sent twice, changed once')
  t.equal((await get(own)).statusCode, 404, 'the old secret opens nothing')
  t.equal((await get(feed)).statusCode, 404)
  t.equal((await get(String(places[0]?.headers.location))).statusCode, 200)
  t.equal((await get('/r/nobody/calendar')).statusCode, 404)
})

t.test('a speaker chooses what the calendar holds; the address says it', async t => {
  const cookie = await here.signIn(cast.psychologist)
  const form = formOn((await get('/me/calendar', cookie)).body, '/me/calendar/secret')
  await submit(app, form.action, form.fields, cookie)
  const { body } = await get('/me/calendar?accepted=0&travel=1', cookie)
  t.match(secrets(body)[0], /^\/f\/[\w-]{43}\.ics\?accepted=0&#38;travel=1$/)
  t.match(body, /<input type="checkbox" name="accepted" value="0" checked>/)
  t.match(body, /<input type="checkbox" name="cancelled" value="0">/)
  t.match(body, '<svg')
  t.match(body, '8–24 часа')
})
