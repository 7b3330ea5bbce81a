import t, { type Test } from 'tap'
import type { Db } from '../../src/base/db/open.ts'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'
import { booked, stand } from './booked.ts'

const coordinators = ['petrova@kezdesu.example', 'qalibek@kezdesu.example', cast.coordinator]
/** `kind version state` of each letter, which exactly the coordinators of the House get. */
async function told(t: Test, db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('messages')
    .select(['kind', 'address', 'version', 'state'])
    .orderBy('version')
    .orderBy('address')
    .execute()
  const letters = Map.groupBy(rows, ({ kind, version, state }) => `${kind} ${version} ${state}`)
  for (const its of letters.values())
    t.same(
      its.map(({ address }) => address),
      coordinators,
    )
  return [...letters.keys()]
}

t.test('the page of an invitation shows all facts, and looking changes nothing', async t => {
  const { app, db, clock } = await world(t)
  const { talkId, seats } = await booked(db, clock.now)
  const before = await stand(db, talkId)
  const [psychologist] = seats
  for (const method of ['GET', 'HEAD'] as const)
    for (const query of ['', '?response=accept', '?response=decline', '?response=other']) {
      const answer = await app.inject({ method, url: `/i/${psychologist?.token}${query}` })
      t.equal(answer.statusCode, 200)
      t.match(answer.headers, {
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'x-robots-tag': 'noindex, nofollow',
      })
    }
  t.same(await stand(db, talkId), before)
  const { body } = await app.inject(`/i/${psychologist?.token}`)
  for (const fact of [
    'Сейсенбі, 24 қараша',
    '14:00–14:45',
    'Алматы уақыты',
    '60 адам',
    '9-сынып',
    'қазақша',
    'заңгер',
    'Қатысамын',
    'Қатыса алмаймын',
  ])
    t.match(body, fact, fact)
  t.notMatch(body, '701', 'the phone of the contact comes with the answer')
  const forms = [...body.matchAll(/<form[^>]*action="([^"]*)"/g)].map(([, action]) => action)
  t.same(forms, [`/i/${psychologist?.token}/response`])
  t.match((await app.inject(`/i/${psychologist?.token}?l=ru`)).body, 'Приду')
  t.match((await app.inject(`/i/${psychologist?.token}?l=en`)).body, 'I will come')
})

t.test('accepting stands at once, shows the contact, and the same answer twice changes nothing', async t => {
  const { app, db, clock } = await world(t)
  const { talkId, seats } = await booked(db, clock.now)
  const token = seats[0]?.token
  const { action, fields } = formOn((await app.inject(`/i/${token}?response=accept`)).body, `/i/${token}/response`)
  for (const _ of [1, 2]) {
    const done = await submit(app, action, { ...fields, response: 'accept' })
    t.equal(done.statusCode, 303)
    t.equal(done.headers.location, `/i/${token}`)
  }
  t.equal((await submit(app, action, { response: 'accept' })).statusCode, 303, 'and without anything but the answer')
  t.same(
    await stand(db, talkId),
    [
      { email: cast.psychologist, state: 'accepted', reason: null },
      { email: cast.lawyer, state: 'invited', reason: null },
    ].sort((a, b) => (a.email < b.email ? -1 : 1)),
  )
  const { version, sequence } = await db
    .selectFrom('talks')
    .select(['version', 'sequence'])
    .where('id', '=', talkId)
    .executeTakeFirstOrThrow()
  t.same([version, sequence], [1, 0], 'an answer raises nothing')
  t.same(await told(t, db), [])
  const history = await db
    .selectFrom('changes')
    .select(['kind', 'by_whom', 'speaker_id'])
    .where('talk_id', '=', talkId)
    .execute()
  t.same(history, [{ kind: 'accepted', by_whom: 'speaker', speaker_id: seats[0]?.speakerId }])
  t.match((await app.inject(`/i/${token}`)).body, /\+7.701.000.00.08/)
})

t.test('declining frees the hour, tells the coordinators once, and may be taken back', async t => {
  const { app, db, clock } = await world(t)
  const { talkId, seats, requestId } = await booked(db, clock.now)
  const token = seats[0]?.token
  t.equal((await submit(app, `/i/${token}/response`, { response: 'decline', reason: 'too-far' })).statusCode, 303)
  t.equal((await submit(app, `/i/${token}/response`, { response: 'decline', reason: 'other' })).statusCode, 303)
  t.same(
    (await stand(db, talkId)).find(({ email }) => email === cast.psychologist),
    { email: cast.psychologist, state: 'declined', reason: 'too-far' },
  )
  t.equal(
    (await db.selectFrom('requests').select('state').where('id', '=', requestId).executeTakeFirstOrThrow()).state,
    'booked',
  )
  t.same(await told(t, db), ['answer-declined 1 waiting'])

  t.equal((await submit(app, `/i/${token}/response`, { response: 'accept' })).statusCode, 303)
  t.same(await told(t, db), ['answer-declined 1 superseded'])
  t.equal((await submit(app, `/i/${token}/response`, { response: 'decline', reason: 'health' })).statusCode, 303)
  t.same(await told(t, db), ['answer-declined 1 superseded', 'answer-declined 2 waiting'])
  t.same(
    (await stand(db, talkId)).find(({ email }) => email === cast.psychologist),
    { email: cast.psychologist, state: 'declined', reason: null },
    'an unknown reason is none',
  )

  // meanwhile the hour went to another talk
  await booked(db, clock.now, { team: [cast.psychologist], host: 1 })
  const late = await submit(app, `/i/${token}/response`, { response: 'accept' })
  t.equal(late.statusCode, 409)
  t.match(late.body, 'Бұл уақытта сізде басқа кездесу бар')
})
