import t from 'tap'
import { cast } from '../cast.ts'
import { ask, names } from '../talks/situation.ts'
import { formOn, server, submit, world } from '../world.ts'

const postgres = server()
if (!postgres) t.plan(0, 'no PostgreSQL here')
else {
  const here = await world(t, postgres)
  const named = await names(here)
  const { app, db, clock, mails } = here
  const coordinators = await Promise.all([cast.coordinator, cast.administrator].map(email => here.signIn(email)))

  t.test('two coordinators book the same series at once: every date is booked once, and told once', async t => {
    const number = await ask(here, named, { windows: [{ from: '2026-12-02', to: '2026-12-02' }] })
    const [one = ''] = coordinators
    const url = `/app/requests/${number}/series`
    const get = async (path: string, cookie: string) => (await app.inject({ url: path, headers: { cookie } })).body
    const form = formOn(await get(`${url}?kind=weekly`, one), url)
    const typed = { ...form.fields, first: '2026-12-02', time: '10:20', weeks: '3' }
    const made = await Promise.all([submit(app, url, typed, one), submit(app, url, typed, one)])
    t.same(
      made.map(({ statusCode }) => statusCode),
      [303, 303],
      'the form sent twice makes one series',
    )
    t.equal((await db.selectFrom('series').select('id').execute()).length, 1)

    const plan = String(made[0]?.headers.location)
    const forms = await Promise.all(coordinators.map(async cookie => formOn(await get(plan, cookie), plan).fields))
    const answers = await Promise.all(coordinators.map((cookie, at) => submit(app, plan, forms[at] ?? {}, cookie)))
    for (const { statusCode } of answers) t.ok(statusCode === 303 || statusCode === 409, String(statusCode))
    t.ok(answers.some(({ statusCode }) => statusCode === 409))
    const talks = await db.selectFrom('talks').select(['request_id', 'state']).execute()
    t.equal(talks.length, 3)
    t.equal(new Set(talks.map(({ request_id }) => request_id)).size, 3)
    clock.now = clock.now.plus({ minutes: 3 })
    await here.deliver()
    t.equal(mails.filter(({ kind }) => kind === 'talk-booked').length, 1)
  })
}
