import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { move } from '../../src/talks/change-actions.ts'
import { close } from '../../src/talks/closing-actions.ts'
import { lift } from '../../src/talks/lifting-actions.ts'
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
  const schools = ['907', '912', '913', '917', '918', '908', '901', '904', '909', '902'].map(
    number => `school-${number}`,
  )
  const people = ['zhunisov', 'suleimenova', 'baizhan', 'bekuly']
  const districts = (
    await db
      .selectFrom('hosts')
      .select('district')
      .distinct()
      .where('house_id', '=', named.house)
      .where('kind', '=', 'school')
      .execute()
  ).map(({ district }) => district)
  let key = 0
  const form = () => ({
    key: `closing ${key++}`,
    url: '/app/closures',
    by: named.actor.accountId,
    body: {},
    now: clock.now,
  })
  const closing = (day: string, outcome: 'online' | 'postponed') =>
    close(db, sleeping, {
      by: named.actor,
      value: {
        districts,
        hostKinds: ['school'],
        shifts: [],
        grades: [],
        from: day,
        to: day,
        outcome,
        cause: 'frost',
        link: null,
        names: { kk: '', ru: '', en: '' },
      },
      fates: new Map(),
      links: new Map(),
      form: form(),
    })
  /** Talks that stand in a room on a day. */
  const inRooms = (day: string) =>
    db
      .selectFrom('talks')
      .select('id')
      .where('held_on', '=', day)
      .where('state', '=', 'booked')
      .where('mode', '=', 'onsite')
      .execute()

  t.test('a closure among twenty bookings touches those before it and refuses those after it', async t => {
    for (const [round, outcome] of (['postponed', 'online'] as const).entries()) {
      const day = `2026-12-0${round + 1}`
      const numbers = await Promise.all(
        Array.from({ length: 20 }, (_, each) =>
          ask(here, named, { host: schools[each % 10] ?? '', windows: [{ from: day, to: day }] }),
        ),
      )
      const times = ['10:20', '10:50', '11:20', '11:40', '12:15']
      const booking = (number: number, each: number) =>
        submit(
          app,
          `/app/requests/${number}/booking`,
          { startsAt: `${day}T${times[each % 5]}`, speakers: named.speaker(people[each % 4] ?? '') },
          cookie,
        )
      const [closed, ...answers] = await Promise.all([
        round === 1
          ? closing(day, outcome)
          : new Promise(done => setTimeout(done, 40)).then(() => closing(day, outcome)),
        ...numbers.map(booking),
      ])
      t.match(closed, { location: String })
      t.same(
        answers.map(({ statusCode }) => statusCode).filter(code => code !== 303 && code !== 409),
        [],
      )
      t.same(
        await inRooms(day),
        [],
        `round ${round}: ${answers.filter(({ statusCode }) => statusCode === 303).length} booked`,
      )
      const loose = await db
        .selectFrom('talks')
        .leftJoin('closure_talks', 'closure_talks.talk_id', 'talks.id')
        .select('talks.id')
        .where('held_on', '=', day)
        .where('closure_talks.talk_id', 'is', null)
        .execute()
      t.same(loose, [], 'no talk of that day was missed')
    }
  })

  t.test('moves into a closure, changes of what it touches and two liftings at once end in one true state', async t => {
    const [day, other] = ['2026-12-08', '2026-12-09']
    const talks: string[] = []
    for (let each = 0; each < 4; each++) {
      const windows = [{ from: day, to: other }]
      const number = await ask(here, named, { host: schools[each] ?? '', windows })
      talks.push(await bookedTalk(here, named, number, `${each < 2 ? day : other}T10:20`, [people[each] ?? '']))
    }
    const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
    const moving = (talkId: string, to: string) =>
      move(db, sleeping, app.config.secret, { by, talkId, location: '/x', startsAt: at(to), waived: {} }, clock.now)
    const [closed] = await Promise.all([
      closing(day, 'postponed'),
      ...talks.map((talk, each) => moving(talk, `${each < 2 ? other : day}T11:20`)),
    ])
    t.same(await inRooms(day), [])
    const id = 'location' in closed ? (closed.location.split('/').at(-1) ?? '') : ''
    const lifted = await Promise.all([0, 1].map(() => lift(db, sleeping, { by: named.actor, id, form: form() })))
    t.same(lifted, [{ location: `/app/closures/${id}` }, { location: `/app/closures/${id}` }])
    const left = await db
      .selectFrom('closure_talks')
      .innerJoin('talks', 'talks.id', 'talk_id')
      .select(['state', 'restored_at'])
      .where('closure_id', '=', id)
      .execute()
    t.ok(left.every(({ state, restored_at }) => state === 'booked' && restored_at !== null))
    const windows = [{ from: day, to: day }]
    const number = await ask(here, named, { host: schools[5] ?? '', windows })
    const done = await bookTalk(here, named, number, `${day}T12:15`, ['bekuly'])
    t.notMatch(JSON.stringify(done), '"closure"', 'open again')
  })
}
