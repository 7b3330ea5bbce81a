import t from 'tap'
import { hashOf } from '../../src/base/secrets.ts'
import { cast } from '../cast.ts'
import { booked } from '../talks/booked.ts'
import { formOn, submit, world } from '../world.ts'

t.test('a speaker’s page shows each talk once, in its place', async t => {
  const { app, db, clock, signIn } = await world(t)
  const team = [cast.psychologist]
  const past = await booked(db, clock.now, { day: '2026-11-20', team })
  const today = await booked(db, clock.now, { day: '2026-11-23', host: 1, team: [cast.psychologist, cast.lawyer] })
  const invited = await booked(db, clock.now, { day: '2026-11-25', host: 2, team })
  const later = await booked(db, clock.now, { day: '2026-12-04', host: 3, team })
  const gone = await booked(db, clock.now, { day: '2026-12-05', host: 4, team })
  for (const { talkId } of [past, today, later])
    await db.updateTable('assignments').set({ state: 'accepted' }).where('talk_id', '=', talkId).execute()
  await db
    .updateTable('talks')
    .set({ state: 'cancelled', cancel_reason: 'host', cancelled_at: clock.now })
    .where('id', '=', gone.talkId)
    .execute()
  const cookie = await signIn(cast.psychologist)
  const { body } = await app.inject({ url: '/me?l=kk', headers: { cookie } })
  const forms = [...body.matchAll(/<form[^>]*action="([^"]*)"/g)].map(([, action]) => action)
  t.same(forms, [`/me/talks/${invited.talkId}/response`, `/me/talks/${past.talkId}/outcome`, '/me/busy'])
  t.match(body, 'Айгүл Серікқызы')
  t.match(body, 'Қайырлы таң')
  t.match(body, 'бүгін, 23 қараша')
  t.match(body, /href="geo:43\.\d+,76\.\d+/)
  t.match(body, 'href="tel:+77010000008"')
  t.match(body, 'Қасымов Бауыржан Ерланұлы, заңгер')
  t.match(body, `/me/talks/${later.talkId}`)
  t.notMatch(body, gone.talkId)
  const cancelled = await app.inject({ url: `/me/talks/${gone.talkId}?l=kk`, headers: { cookie } })
  t.match(cancelled.body, 'Кездесуден бас тартылды')
  t.notMatch(cancelled.body, '+77010000008')
  const one = await app.inject({ url: `/me/talks/${invited.talkId}`, headers: { cookie } })
  t.notMatch(one.body, '+77010000008', 'the phone comes with the answer')
})

t.test('the number of queries does not grow with the talks', async t => {
  const { app, db, clock, signIn } = await world(t)
  const cookie = await signIn(cast.psychologist)
  const counted = async () => {
    const run = db.getExecutor().executeQuery
    let count = 0
    const executor = Object.getPrototypeOf(db.getExecutor())
    executor.executeQuery = function (...all: Parameters<typeof run>) {
      count++
      return run.apply(this, all)
    }
    await app.inject({ url: '/me', headers: { cookie } })
    executor.executeQuery = run
    return count
  }
  await booked(db, clock.now, { host: 0, day: '2026-11-25' })
  const one = await counted()
  for (const host of [1, 2]) await booked(db, clock.now, { host, day: `2026-11-2${5 + host}` })
  t.ok(one > 0)
  t.equal(await counted(), one)
})

t.test('busy times are written in two taps and taken away in one, each form once', async t => {
  const { app, db, clock, signIn } = await world(t)
  const { talkId } = await booked(db, clock.now, { day: '2026-11-24', team: [cast.psychologist] })
  const cookie = await signIn(cast.psychologist)
  const page = async () => (await app.inject({ url: '/me/busy?l=kk', headers: { cookie } })).body
  const before = await db.selectFrom('weekly_hours').select('id').execute()
  const { action, fields } = formOn(await page(), '/me/busy')
  for (const _ of [1, 2]) t.equal((await submit(app, action, { ...fields, on: '2026-11-24' }, cookie)).statusCode, 303)
  t.equal(
    (await submit(app, action, { kind: 'days', on: '2026-11-24' }, cookie)).statusCode,
    303,
    'what stands is not written again',
  )
  const absences = await db.selectFrom('absences').select('id').execute()
  t.equal(absences.length, 1)
  const shown = await page()
  t.match(shown, 'Сейсенбі, 24 қараша')
  t.match(shown, `/me/talks/${talkId}`, 'a talk that stands in it is named')
  t.equal(
    (await submit(app, action, { kind: 'weekly', weekday: ['1', '3'], from: '09:00', to: '12:00' }, cookie)).statusCode,
    303,
  )
  t.equal((await db.selectFrom('weekly_hours').select('id').execute()).length, before.length + 2)
  t.equal(
    (await submit(app, action, { kind: 'hours', on: '2026-11-26', from: '09:00', to: '10:00' }, cookie)).statusCode,
    303,
  )

  const wrong = await submit(app, action, { kind: 'hours', on: '2026-11-20', from: '10:00', to: '09:00' }, cookie)
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, 'value="2026-11-20"')
  t.match(wrong.body, 'href="#hours-on"')
  for (const odd of [
    {},
    { kind: ['weekly', 'hours'] },
    { kind: 'weekly', weekday: 'x'.repeat(500) },
    { kind: 'days', on: '2026-02-30' },
    { kind: 'days', on: '\0' },
  ] as Record<string, string>[])
    t.equal((await submit(app, action, odd, cookie)).statusCode, 422, JSON.stringify(odd).slice(0, 40))

  const removal = { table: 'absences', id: absences[0]?.id ?? '' }
  const other = await signIn(cast.lawyer)
  await submit(app, '/me/busy/removal', removal, other)
  t.equal((await db.selectFrom('absences').select('id').execute()).length, 2, 'nobody removes what is not theirs')
  for (const _ of [1, 2]) t.equal((await submit(app, '/me/busy/removal', removal, cookie)).statusCode, 303)
  t.equal((await db.selectFrom('absences').select('id').execute()).length, 1)
  for (const odd of [{ table: 'accounts', id: removal.id }, { table: 'absences', id: 'x' }, {}] as Record<
    string,
    string
  >[])
    t.equal((await submit(app, '/me/busy/removal', odd, cookie)).statusCode, 404)
})

t.test('the profile keeps limits, reminders, phone, language and look', async t => {
  const { app, db, signIn } = await world(t)
  const cookie = await signIn(cast.psychologist)
  const page = await app.inject({ url: '/me/profile', headers: { cookie } })
  const { action, fields } = formOn(page.body, '/me/profile')
  t.match(fields, { day: '2', days: '', at: '', hours: '', language: 'ru' })
  const done = await submit(
    app,
    action,
    {
      ...fields,
      phone: '8 701 555 44 33',
      day: '1',
      days: '3',
      at: '19:00',
      hours: '4',
      language: 'kk',
      theme: 'dark',
    },
    cookie,
  )
  t.equal(done.statusCode, 303)
  const speaker = () =>
    db
      .selectFrom('speakers')
      .select(['phone', 'limit_day', 'reminder_days', 'reminder_day_before_at', 'reminder_hours', 'language'])
      .where('email', '=', cast.psychologist)
      .executeTakeFirstOrThrow()
  const kept = {
    phone: '+77015554433',
    limit_day: 1,
    reminder_days: 3,
    reminder_day_before_at: '19:00',
    reminder_hours: 4,
    language: 'kk',
  }
  t.same(await speaker(), kept)
  const wrong = await submit(app, action, { ...fields, phone: '12', day: '99', at: '23:00' }, cookie)
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, 'value="99"')
  t.same(
    [...wrong.body.matchAll(/<li><a href="#(\w+)">/g)].map(([, id]) => id),
    ['phone', 'day', 'at'],
  )
  t.equal((await submit(app, action, { day: ['1', '2'] as unknown as string }, cookie)).statusCode, 422)
  t.same(await speaker(), kept, 'nothing of a refused form is kept')
})

t.test('a calendar’s address is made by a button, changed by another, and the old one ends', async t => {
  const { app, db, signIn } = await world(t)
  const cookie = await signIn(cast.psychologist)
  const page = async () => (await app.inject({ url: '/me/calendar', headers: { cookie } })).body
  const feeds = () => db.selectFrom('feeds').select(['secret_hash', 'revoked_at']).orderBy('created_at').execute()
  await page()
  t.same(await feeds(), [], 'looking makes nothing')
  const { action, fields } = formOn(await page(), '/me/calendar/secret')
  for (const _ of [1, 2]) t.equal((await submit(app, action, fields, cookie)).statusCode, 303)
  const secret = /http:\/\/127\.0\.0\.1:3000\/f\/([\w-]+)\.ics/.exec(await page())?.[1] ?? ''
  t.same(await feeds(), [{ secret_hash: hashOf(secret), revoked_at: null }])
  t.match((await app.inject({ url: '/me', headers: { cookie } })).body, `webcal://127.0.0.1:3000/f/${secret}.ics`)
  t.equal((await app.inject(`/f/${secret}.ics`)).statusCode, 200)
  const again = formOn(await page(), '/me/calendar/secret')
  t.equal((await submit(app, again.action, again.fields, cookie)).statusCode, 303)
  t.equal((await feeds()).filter(feed => feed.revoked_at === null).length, 1)
  t.equal((await app.inject(`/f/${secret}.ics`)).statusCode, 404)
})

t.test('pages of speakers are for speakers', async t => {
  const { app, signIn } = await world(t)
  const staff = await signIn(cast.coordinator)
  for (const url of ['/me', '/me/busy', '/me/calendar', '/me/profile']) {
    t.equal((await app.inject({ url, headers: { cookie: staff } })).statusCode, 404, url)
    t.equal((await app.inject(url)).headers.location, '/sign-in', url)
  }
  for (const url of ['/me/busy', '/me/busy/removal', '/me/calendar/secret', '/me/profile']) {
    t.equal((await submit(app, url, {}, staff)).statusCode, 404, url)
    t.equal((await submit(app, url, {})).headers.location, '/sign-in', url)
  }
})
