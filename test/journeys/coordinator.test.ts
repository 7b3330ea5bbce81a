import t from 'tap'
import { cast } from '../cast.ts'
import { ask, names } from '../talks/situation.ts'
import { formOn, submit, world } from '../world.ts'

t.test("a coordinator's morning: the inbox, the best team, a refusal, a substitute, another time, the end", async t => {
  const here = await world(t)
  const named = await names(here)
  const { app, db, clock } = here
  const cookie = await here.signIn(cast.coordinator)
  const page = async (url: string) => {
    const answer = await app.inject({ url, headers: { cookie } })
    t.equal(answer.statusCode, 200, url)
    return answer.body
  }
  const send = async (html: string, action: string, fields: Record<string, string> = {}) => {
    const form = formOn(html, action)
    const answer = await submit(app, form.action, { ...form.fields, ...fields }, cookie)
    t.equal(answer.statusCode, 303, action)
    return String(answer.headers.location)
  }
  const number = await ask(here, named, { host: 'school-912', topic: 'secular-state', grades: [10], heads: 60 })

  const inbox = await page('/app')
  const talk = await send(inbox, `/app/requests/${number}/booking`)
  t.notOk((await page('/app')).includes(`/app/requests/${number}/booking`), 'it waits no more')

  const [first] = await db
    .selectFrom('assignments')
    .select(['id', 'speaker_id'])
    .where('talk_id', '=', talk.split('/').at(-1) ?? '')
    .orderBy('id')
    .execute()
  await db
    .updateTable('assignments')
    .set({ state: 'declined', reason: 'another-time', answered_at: clock.now })
    .where('id', '=', first?.id ?? '')
    .execute()
  const returned = await page('/app')
  t.ok(returned.indexOf(`${talk}"`) > 0 && returned.indexOf(`${talk}"`) < returned.indexOf('</main>'))
  await send(returned, `${talk}/team`)

  await send(await page(talk), `${talk}/move`)
  const moved = await page(talk)
  for (const line of ['Перенесена', 'Состав изменён', 'Встреча назначена']) t.ok(moved.includes(line), line)

  const { during } = await db
    .selectFrom('talks')
    .select('during')
    .where('id', '=', talk.split('/').at(-1) ?? '')
    .executeTakeFirstOrThrow()
  const day = clock.now
  clock.now = during.to.plus({ minutes: 10 })
  const later = await here.signIn(cast.coordinator)
  const after = await app.inject({ url: talk, headers: { cookie: later } })
  const outcome = formOn(after.body, `${talk}/outcome`)
  t.equal((await submit(app, outcome.action, { ...outcome.fields, heads: 'many' }, later)).statusCode, 422)
  t.equal((await submit(app, outcome.action, { ...outcome.fields, heads: '57' }, later)).statusCode, 303)
  const held = await app.inject({ url: talk, headers: { cookie: later } })
  t.ok(held.body.includes('проведено: 57 человек'))
  const request = await db.selectFrom('requests').select('state').where('number', '=', number).executeTakeFirstOrThrow()
  t.equal(request.state, 'held')
  clock.now = day
})
