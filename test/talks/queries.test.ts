import t from 'tap'
import { cast } from '../cast.ts'
import { counting } from '../counting.ts'
import { world } from '../world.ts'
import { ask, bookedTalk, names } from './situation.ts'

t.test('no page asks the database more often because there is more to show', async t => {
  const here = await world(t)
  const named = await names(here)
  const { app, db, clock } = here
  const queriesOf = counting(here)
  const cookie = await here.signIn(cast.coordinator)
  const schools = [
    'school-907',
    'school-912',
    'school-913',
    'school-917',
    'school-918',
    'school-908',
    'school-901',
    'school-904',
    'school-909',
  ]
  const people = ['zhunisov', 'suleimenova', 'baizhan']
  /** One more request that waits, one more talk, and one more with an open place. */
  const more = async (each: number) => {
    await ask(here, named, { host: schools[each * 3] ?? '', windows: [{ from: '2026-12-01', to: '2026-12-02' }] })
    const windows = [{ from: '2026-11-26', to: '2026-11-27' }]
    const bell = (school: number) => (school > 5 ? '10:50' : '10:20')
    await bookedTalk(
      here,
      named,
      await ask(here, named, { host: schools[each * 3 + 1] ?? '', windows }),
      `2026-11-26T${bell(each * 3 + 1)}`,
      [people[each] ?? ''],
    )
    const talk = await bookedTalk(
      here,
      named,
      await ask(here, named, { host: schools[each * 3 + 2] ?? '', windows }),
      `2026-11-27T${bell(each * 3 + 2)}`,
      [people[each] ?? ''],
    )
    await db
      .updateTable('assignments')
      .set({ state: 'declined', answered_at: clock.now })
      .where('talk_id', '=', talk)
      .execute()
    return talk
  }
  const talk = await more(0)
  const urls = [
    '/app',
    '/app?request=1&week=2026-W48',
    '/app/requests',
    '/app/requests/1',
    '/app/requests/1/offers',
    `/app/talks/${talk}`,
    '/app/week',
    '/app/day?date=2026-11-26',
    '/app/speakers',
    '/app/fairness',
    '/app/hosts',
    '/app/closures',
    '/app/closures/new?from=2026-11-26&to=2026-11-27&outcome=online&cause=frost&kinds=school&districts=751210000&name_kk=&name_ru=&name_en=',
  ]
  const count = async (url: string) => {
    // as after a change: what a process keeps of the House's diary is read anew
    await db.updateTable('requests').set({ heads: 40 }).where('number', '=', 1).execute()
    return queriesOf(async () => {
      const page = await app.inject({ url, headers: { cookie } })
      t.equal(page.statusCode, 200, url)
    })
  }
  // the first time fills what a process keeps of a House
  for (const url of urls) await count(url)
  const one = new Map<string, number>()
  for (const url of urls) one.set(url, await count(url))
  await more(1)
  await more(2)
  for (const url of urls) await count(url)
  for (const url of urls) t.equal(await count(url), one.get(url), url)
})
