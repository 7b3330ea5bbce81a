import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { move, swap } from '../../src/talks/change-actions.ts'
import { cast } from '../cast.ts'
import { server, submit, world } from '../world.ts'
import { ask, at, bookedTalk, bookTalk, names } from './situation.ts'

const postgres = server()
if (!postgres) t.plan(0, 'no PostgreSQL here')
else {
  const here = await world(t, postgres)
  const named = await names(here)
  const { app, db, clock } = here
  const cookie = await here.signIn(cast.coordinator)
  const schools = [
    '901',
    '904',
    '909',
    '907',
    '908',
    '912',
    '913',
    '917',
    '918',
    '902',
    '910',
    '905',
    '906',
    '911',
    '914',
    '919',
  ].map(number => `school-${number}`)
  const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }

  t.test('of two hundred bookings of the same people and hour one wins, the others hear why', async t => {
    const numbers: number[] = []
    for (let each = 0; each < 200; each++)
      numbers.push(
        await ask(here, named, {
          host: schools[each % 3] ?? '',
          mode: 'online',
          windows: [{ from: '2026-11-26', to: '2026-11-26' }],
        }),
      )
    const url = (number: number) => `/app/requests/${number}/booking`
    const answers = await Promise.all(
      numbers.map(number =>
        submit(app, url(number), { startsAt: '2026-11-26T10:50', speakers: named.speaker('bekuly') }, cookie),
      ),
    )
    const codes = Map.groupBy(answers, ({ statusCode }) => statusCode)
    t.same([...codes].map(([code, list]) => `${code}: ${list.length}`).sort(), ['303: 1', '409: 199'])
    t.equal((await db.selectFrom('talks').select('id').execute()).length, 1)
    t.equal((await db.selectFrom('messages').select('id').where('kind', '=', 'invitation').execute()).length, 1)
    const late = codes.get(409)?.[0]?.body ?? ''
    t.ok(late.includes('10:50–11:35'))
  })

  t.test('two talks twenty minutes apart and forty minutes away never get the same speaker', async t => {
    for (let round = 0; round < 8; round++) {
      const day = `2026-12-${String(7 + (round % 4)).padStart(2, '0')}`
      const speaker = ['zhunisov', 'suleimenova'][round >> 2] ?? ''
      const wanted = { windows: [{ from: day, to: day }] }
      const [near, far] = [
        await ask(here, named, { ...wanted, host: 'school-907' }),
        await ask(here, named, { ...wanted, host: 'school-908' }),
      ]
      const done = await Promise.all([
        bookTalk(here, named, near, `${day}T10:20`, [speaker]),
        bookTalk(here, named, far, `${day}T11:20`, [speaker]),
      ])
      t.equal(done.filter(each => 'id' in each).length, 1, `round ${round}`)
    }
  })

  t.test('one request booked twenty times at once has one talk', async t => {
    const number = await ask(here, named, { host: 'school-912', windows: [{ from: '2026-12-14', to: '2026-12-14' }] })
    const people = ['zhunisov', 'suleimenova', 'baizhan', 'bekuly']
    const times = ['09:20', '10:20', '11:20', '12:15', '13:10']
    const done = await Promise.all(
      times.flatMap(time => people.map(person => bookTalk(here, named, number, `2026-12-14T${time}`, [person]))),
    )
    t.equal(done.filter(each => 'id' in each).length, 1)
    t.ok(done.every(each => 'id' in each || ['request-ended', 'taken'].includes(each.refused.code)))
  })

  t.test('the same form sent twenty times at once is one booking, and all are led to it', async t => {
    const number = await ask(here, named, { host: 'school-913', windows: [{ from: '2026-12-15', to: '2026-12-15' }] })
    const fields = { _key: 'one-form', startsAt: '2026-12-15T10:20', speakers: named.speaker('baizhan') }
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => submit(app, `/app/requests/${number}/booking`, fields, cookie)),
    )
    t.same(new Set(answers.map(({ statusCode }) => statusCode)), new Set([303]))
    t.equal(new Set(answers.map(({ headers }) => headers.location)).size, 1)
    const request = await db.selectFrom('requests').select('id').where('number', '=', number).executeTakeFirstOrThrow()
    t.equal((await db.selectFrom('talks').select('id').where('request_id', '=', request.id).execute()).length, 1)
  })

  t.test('a hall holds one talk, however simultaneous', async t => {
    const wanted = { host: 'school-917', windows: [{ from: '2026-12-17', to: '2026-12-17' }] }
    const people = ['zhunisov', 'suleimenova', 'baizhan', 'bekuly']
    const numbers = await Promise.all(people.map(() => ask(here, named, wanted)))
    const done = await Promise.all(
      people.map((person, each) => bookTalk(here, named, numbers[each] ?? 0, '2026-12-17T10:20', [person])),
    )
    t.equal(done.filter(each => 'id' in each).length, 1)
  })

  t.test('a swap and a move at once both end in one true talk', async t => {
    for (let round = 0; round < 5; round++) {
      const day = `2026-12-${21 + round}`
      const talk = await bookedTalk(
        here,
        named,
        await ask(here, named, {
          host: schools[round] ?? '',
          grades: [9],
          windows: [{ from: day, to: day, fromTime: '08:00', toTime: '15:00' }],
        }),
        `${day}T${round < 3 ? '10:50' : '10:20'}`,
        ['suleimenova'],
      )
      const revision = { by, talkId: talk, location: '/x' }
      const other = round < 3 ? '11:40' : '11:20'
      const done = await Promise.all([
        swap(
          db,
          sleeping,
          app.config.secret,
          { ...revision, out: named.speaker('suleimenova'), in: named.speaker('zhunisov') },
          clock.now,
        ),
        move(
          db,
          sleeping,
          app.config.secret,
          { ...revision, startsAt: at(`${day}T${other}`), waived: { windows: true } },
          clock.now,
        ),
      ])
      t.same(done, [{ location: '/x' }, { location: '/x' }], `round ${round}`)
      const row = await db
        .selectFrom('talks')
        .select(['version', 'sequence', 'from_time'])
        .where('id', '=', talk)
        .executeTakeFirstOrThrow()
      t.same(row, { version: 3, sequence: 2, from_time: other })
      const standing = await db
        .selectFrom('assignments')
        .select('speaker_id')
        .where('talk_id', '=', talk)
        .where('state', '=', 'invited')
        .execute()
      t.same(standing, [{ speaker_id: named.speaker('zhunisov') }])
    }
  })
}
