import t from 'tap'
import { cast } from '../cast.ts'
import { boxes, summary, visitor } from '../requests/visitor.ts'
import { booked } from '../talks/booked.ts'
import { names } from '../talks/situation.ts'
import { world } from '../world.ts'

const w = await world(t)
const { db } = w
const named = await names(w)
const staff = visitor(w, await w.signIn(cast.coordinator))
const theirs = visitor(w, await w.signIn(cast.coordinatorOfAnotherHouse))
const me = visitor(w, await w.signIn(cast.psychologist))
const { id: aigul } = await db
  .selectFrom('speakers')
  .select('id')
  .where('email', '=', cast.psychologist)
  .where('house_id', '=', named.house)
  .executeTakeFirstOrThrow()
const weekly = async () =>
  (
    await db
      .selectFrom('weekly_hours')
      .select(['weekday', 'from_time', 'to_time', 'given'])
      .where('speaker_id', '=', aigul)
      .orderBy('weekday')
      .orderBy('from_time')
      .execute()
  ).map(row => `${row.given ? '+' : '-'}${row.weekday} ${row.from_time}-${row.to_time}`)
const ticked = (html: string) => [...html.matchAll(/name="cell" value="([^"]*)" checked/g)].map(([, cell = '']) => cell)

t.test('a week is painted by plain boxes, and a day that stays keeps its minutes', async t => {
  const before = await weekly()
  t.ok(before.length > 0)
  await me.get('/me/busy/week')
  t.equal(boxes(me.page(), 'cell').length, 144)
  t.match(me.page(), /paint\.\w+\.js/)
  const cells = ticked(me.page())
  t.equal((await me.send('/me/busy/week', {})).headers.location, '/me/busy')
  t.same(await weekly(), before, 'sent as it was')
  await me.get('/me/busy/week')
  await me.send('/me/busy/week', { cell: cells.filter(cell => cell !== '5-08:00' && cell !== '5-08:30') })
  t.same(await weekly(), [...before, '-5 08:00-09:00'])
  await me.get('/me/busy/week?paint=first')
  t.equal(ticked(me.page()).length, 66, 'a preset paints the page and keeps nothing')
  await me.send('/me/busy/week', { outside: 'only' })
  t.same(
    await weekly(),
    [1, 2, 3, 4, 5, 6].map(day => `+${day} 08:00-13:30`),
  )
  await me.get('/me/busy/week')
  const refused = await me.send('/me/busy/week', { cell: undefined, outside: 'only' })
  t.equal(refused.statusCode, 422)
  t.equal(summary(refused.body).length, 1)
  t.equal((await weekly()).length, 6)
})

t.test('a coordinator paints it, too, and sees first which talks it would leave', async t => {
  const { talkId } = await booked(db, w.clock.now, { day: '2026-12-02', team: [cast.psychologist] })
  t.equal((await theirs.get(`/app/speakers/${aigul}/week`)).statusCode, 404)
  await staff.get(`/app/speakers/${aigul}/week`)
  const wrong = await staff.send(/week/, { cell: ticked(staff.page()).filter(cell => cell.startsWith('1-')) })
  t.equal(wrong.statusCode, 409)
  t.match(wrong.body, `/app/talks/${talkId}`)
  t.equal(ticked(wrong.body).length, 11, 'what was painted stays')
  const done = await staff.send(/week/, { anyway: '1' })
  t.equal(done.headers.location, `/app/speakers/${aigul}?done=saved`)
  t.same(await weekly(), ['+1 08:00-13:30'])
  await me.get('/me/busy')
  t.match(me.page(), `/me/talks/${talkId}`, 'the speaker is told which talk lies outside')
})

t.test('training is a credential with dates and a note, and its end is announced 30 and 7 days before', async t => {
  await staff.get(`/app/speakers/${aigul}/edit`)
  const kept = await staff.send(/edit/, {
    'credential-kind-1': 'training',
    'credential-from-1': '2026-01-10',
    'credential-until-1': '2026-12-20',
    'credential-note-1': 'Курс «Медиация», № 14',
    anyway: '1',
  })
  t.equal(kept.statusCode, 303)
  const untils: [string, RegExp | undefined][] = [
    ['2026-12-24', undefined],
    ['2026-12-23', /class="tag wait">[^<]*23\.12\.2026/],
    ['2026-11-30', /class="tag bad">[^<]*30\.11\.2026/],
    ['2026-11-22', /class="tag bad">[^<]*22\.11\.2026/],
  ]
  for (const [until, tag] of untils) {
    await db.updateTable('credentials').set({ valid_until: until }).where('speaker_id', '=', aigul).execute()
    await staff.get('/app/speakers')
    await me.get('/me/profile')
    await staff.get('/app/speakers')
    if (tag) t.match(staff.page(), tag)
    else t.notMatch(staff.page(), /class="tag (wait|bad)"/)
    t.equal(/id="pw"/.test(me.page()), tag !== undefined)
    await staff.get(`/app/speakers/${aigul}`)
    t.equal(/id="pw"/.test(staff.page()), tag !== undefined)
    t.match(staff.page(), 'Курс «Медиация», № 14')
  }
})
