import t from 'tap'
import { cast } from '../cast.ts'
import { formOn, server, submit, world } from '../world.ts'
import { booked, stand } from './booked.ts'

t.test('what is over, called off or given away says so and takes no answer', async t => {
  const { app, db, clock } = await world(t)
  const closed = async (
    said: string,
    change: (talk: Awaited<ReturnType<typeof booked>>) => Promise<unknown>,
    host: number,
  ) => {
    const talk = await booked(db, clock.now, { host, team: [cast.psychologist], minute: 600 + host * 60 })
    const token = talk.seats[0]?.token
    await change(talk)
    const page = await app.inject(`/i/${token}`)
    t.equal(page.statusCode, 200)
    t.match(page.body, said)
    t.notMatch(page.body, '<form')
    const done = await submit(app, `/i/${token}/response`, { response: 'accept' })
    t.equal(done.statusCode, 409)
    t.match(done.body, said)
    t.equal(done.body.split(said).length, 2, 'said once')
  }
  await closed(
    'Кездесуден бас тартылды',
    ({ talkId }) =>
      db
        .updateTable('talks')
        .set({ state: 'cancelled', cancel_reason: 'weather', cancelled_at: clock.now })
        .where('id', '=', talkId)
        .execute(),
    0,
  )
  await closed(
    'Бұл орынға басқа дәріскер барады',
    ({ talkId }) =>
      db
        .updateTable('assignments')
        .set({ state: 'replaced', ended_at: clock.now })
        .where('talk_id', '=', talkId)
        .execute(),
    1,
  )
  const { seats } = await booked(db, clock.now, { host: 3, team: [cast.lawyer] })
  clock.now = clock.now.plus({ days: 1, hours: 8 })
  t.match((await app.inject(`/i/${seats[0]?.token}`)).body, 'жауап қабылданбайды')
  t.equal((await submit(app, `/i/${seats[0]?.token}/response`, { response: 'decline' })).statusCode, 409)
})

t.test('a page from before the move is out of date, and shows the new time', async t => {
  const { app, db, clock } = await world(t)
  const { talkId, seats, houseId } = await booked(db, clock.now, { team: [cast.psychologist] })
  const token = seats[0]?.token
  const { action, fields } = formOn((await app.inject(`/i/${token}`)).body, /response$/)
  await db.updateTable('talks').set({ version: 2, sequence: 1 }).where('id', '=', talkId).execute()
  await db
    .insertInto('changes')
    .values({
      house_id: houseId,
      talk_id: talkId,
      kind: 'moved',
      at: clock.now,
      by_whom: 'account',
      detail: JSON.stringify({ dayBefore: '2026-11-23', fromBefore: 540 }),
    })
    .execute()
  const done = await submit(app, action, { ...fields, response: 'accept' })
  t.equal(done.statusCode, 409)
  t.match(done.body, 'шақыру өзгерді')
  t.match(done.body, 'Ескі уақыты: 23 қараша, 09:00')
  const again = formOn(done.body, /response$/)
  t.equal((await submit(app, again.action, { ...again.fields, response: 'accept' })).statusCode, 303)
})

t.test('bad input is answered in words, and no link opens what is not its own', async t => {
  const { app, db, clock } = await world(t)
  const { seats, talkId } = await booked(db, clock.now)
  const token = seats[0]?.token
  for (const fields of [
    {},
    { response: '' },
    { response: 'maybe' },
    { response: ['accept', 'decline'] },
    { response: 'x'.repeat(5000) },
    { response: 'accept\0' },
  ] as Record<string, string>[])
    t.equal((await submit(app, `/i/${token}/response`, fields)).statusCode, 422, JSON.stringify(fields).slice(0, 40))
  for (const wrong of ['nothing', 'x'.repeat(150), '%00', 'a%2fb', `${token}x`]) {
    t.equal((await app.inject(`/i/${wrong}`)).statusCode, 404, wrong)
    t.equal((await submit(app, `/i/${wrong}/response`, { response: 'accept' })).statusCode, 404)
  }
  t.equal(
    (
      await app.inject({
        method: 'POST',
        url: `/i/${token}/response`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
        payload: 'response=accept',
      })
    ).statusCode,
    403,
  )
  t.ok((await stand(db, talkId)).every(({ state }) => state === 'invited'))
})

const postgres = server()
t.test(
  'two tabs that answer differently at once leave one answer, and the other hears of it',
  { skip: postgres ? false : 'no PostgreSQL' },
  async t => {
    const { app, db, clock } = await world(t, postgres)
    for (const round of [0, 1, 2, 3]) {
      const { talkId, seats } = await booked(db, clock.now, {
        team: [cast.psychologist],
        host: round,
        minute: 600 + 60 * round,
      })
      const token = seats[0]?.token
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, tab) =>
          submit(app, `/i/${token}/response`, { response: tab % 2 ? 'accept' : 'decline', seen: 'invited.1' }),
        ),
      )
      const [seat] = await stand(db, talkId)
      const winners = answers.filter(
        (answer, tab) => answer.statusCode === 303 && (tab % 2 ? 'accepted' : 'declined') === seat?.state,
      )
      t.same([winners.length, answers.filter(answer => answer.statusCode === 409).length], [5, 5])
      const history = await db.selectFrom('changes').select('kind').where('talk_id', '=', talkId).execute()
      t.same(history, [{ kind: seat?.state }])
    }
  },
)
