import t from 'tap'
import { weighed } from '../../src/matching/reason-rules.ts'
import { findAsked, findWorld, rangeOf } from '../../src/matching/store.ts'
import { shareOf } from '../../src/speakers/burden-rules.ts'
import { daysAway, offeredOf } from '../../src/speakers/fairness-rules.ts'
import { cast } from '../cast.ts'
import { summary, visitor } from '../requests/visitor.ts'
import { booked } from '../talks/booked.ts'
import { ask, names } from '../talks/situation.ts'
import { world } from '../world.ts'

t.test('who was away has offered less, and nobody offers more than the weekly hours hold', t => {
  const person = { hoursOffered: 90, hours: [], pausedFrom: undefined, pausedTo: undefined }
  t.equal(offeredOf(person, '2026-11-23'), 90)
  t.equal(offeredOf({ ...person, leave: [{ from: '2026-11-01', to: '2026-11-30' }] }, '2026-11-23'), 68)
  t.equal(
    daysAway({ ...person, pausedFrom: '2026-11-13', leave: [{ from: '2026-11-13', to: '2026-11-14' }] }, '2026-11-23'),
    10,
  )
  t.equal(offeredOf({ ...person, hours: [{ weekday: 1, from: 540, to: 540 + 7 * 30 }] }, '2026-11-23'), 45)
  t.equal(offeredOf({ ...person, pausedFrom: '2026-01-01' }, '2026-11-23'), 0)
  t.end()
})

t.test('a share counts for nothing less than none and nothing more than three', t => {
  const said = (hoursServed: number, weight?: number) =>
    shareOf({
      hoursServed,
      hoursOffered: 40,
      override: weight === undefined ? undefined : { weight, until: '2026-12-01' },
    })
  t.same([said(20), said(20, 1), said(20, -1), said(400), said(400, 1)], [0.5, 1.5, 0, 3, 3])
  t.end()
})

const w = await world(t)
const named = await names(w)
const staff = visitor(w, await w.signIn(cast.coordinator))
const theirs = visitor(w, await w.signIn(cast.coordinatorOfAnotherHouse))
const speakerOf = async (email: string) =>
  await w.db
    .selectFrom('speakers')
    .select(['id', 'name_ru as name'])
    .where('email', '=', email)
    .where('house_id', '=', named.house)
    .executeTakeFirstOrThrow()
const aigul = await speakerOf(cast.psychologist)
const asked = await ask(w, named, {})
const engine = async () => {
  const found = await findAsked(w.db, named.house, { number: asked })
  if (!found) throw new Error('no request')
  const it = await findWorld(w.db, found, rangeOf(found.request, '2026-11-23'), w.clock.now)
  if (!it) throw new Error('no world')
  const moment = { day: '2026-11-26', from: 840, to: 885 }
  const member = { speakerId: aigul.id, profession: 'psychologist' }
  const speaker = it.speakers.find(({ id }) => id === aigul.id)
  return { share: speaker && shareOf(speaker), reasons: weighed(it, found.request, moment, [member]).reasons }
}
const row = (html: string) =>
  /<tr><th scope="row"><a class="link" href="[^"]*">[^<]*<\/a>[\s\S]*?<\/tr>/g[Symbol.matchAll](html)
const mine = () => [...row(staff.page())].map(([text]) => text).find(text => text.includes(aigul.id)) ?? ''
const cells = (text: string) => [...text.matchAll(/<td class="n">(?:<b>)?([^<]*)/g)].map(([, value]) => value)

t.test('the page shows the hours and the share that the engine ranks by', async t => {
  await w.db.updateTable('speakers').set({ hours_offered_a_quarter: '10' }).where('id', '=', aigul.id).execute()
  const past = await booked(w.db, w.clock.now, { day: '2026-11-10', minutes: 60, team: [cast.psychologist] })
  await w.db.updateTable('assignments').set({ travel_minutes: 30 }).where('talk_id', '=', past.talkId).execute()
  await booked(w.db, w.clock.now, { day: '2026-08-20', minutes: 60, team: [cast.psychologist] })
  await booked(w.db, w.clock.now, { day: '2026-12-21', minutes: 90, team: [cast.psychologist] })
  await booked(w.db, w.clock.now, { day: '2026-12-22', minutes: 90, team: [cast.psychologist] })
  await staff.get('/app/speakers')
  t.match(staff.page(), 'href="/app/fairness"')
  await staff.get('/app/fairness?l=ru')
  t.same(cells(mine()), ['35\u00a0%', '1,0', '1,0', '1,5', '10,0'])
  t.equal((await engine()).share, 0.35)
  const order = [...row(staff.page())].map(([text]) => Number(cells(text)[0]?.replace(/\D/g, '')))
  t.same(
    order,
    order.toSorted((a, b) => b - a),
    'the greatest share first',
  )
  await staff.get('/app/fairness?by=name&l=ru')
  const listed = [...row(staff.page())].map(([text]) => /">([^<]*)<\/a>/.exec(text)?.[1] ?? '')
  t.same(listed, listed.toSorted(new Intl.Collator('kk').compare))
  await w.db
    .insertInto('absences')
    .values({
      speaker_id: aigul.id,
      during: {
        from: w.clock.now.minus({ days: 50 }).setZone('Asia/Almaty').startOf('day'),
        to: w.clock.now.minus({ days: 41 }).setZone('Asia/Almaty').startOf('day'),
      },
    })
    .execute()
  await staff.get('/app/fairness?l=ru')
  t.equal(cells(mine())[4], '9,0')
  await staff.get(`/app/speakers/${aigul.id}?l=ru`)
  t.match(staff.page(), '4 ч, предложено 9 ч', 'the same figures stand on the page of the person')
})

t.test('a coordinator overrides the share with a reason and an end, and it shows', async t => {
  t.equal((await theirs.get(`/app/fairness/${aigul.id}`)).statusCode, 404)
  const page = `/app/fairness/${aigul.id}?l=ru`
  await staff.get(page)
  const wrong = await staff.send(/fairness/, { wish: 'fewer', until: '2026-11-23' })
  t.equal(wrong.statusCode, 422)
  t.equal(summary(wrong.body).length, 2)
  t.match(wrong.body, /value="fewer"[^>]* checked/)
  const { share = 0 } = await engine()
  t.equal((await staff.send(/fairness\/[\w-]+$/, { reason: 'own-wish', until: '2026-12-20' })).statusCode, 303)
  const overridden = await engine()
  t.equal(overridden.share, share + 1)
  await staff.get('/app/fairness?l=ru')
  t.match(mine(), /Меньше встреч, последний день: 20\.12\.2026/)
  t.equal(cells(mine())[0], '39\u00a0%', 'the reckoned share stays to be seen')
  await staff.get(page)
  await staff.send(/fairness\/[\w-]+$/, { wish: 'more', reason: 'learning', until: '2026-12-01' })
  const wanted = await engine()
  t.equal(wanted.share, 0)
  t.same(
    wanted.reasons.filter(({ code }) => code === 'overridden'),
    [{ code: 'overridden', speakerId: aigul.id, wish: 'more', until: '2026-12-01' }],
    'an offer with this person says so',
  )
  await staff.get(page)
  const lines = [...staff.page().matchAll(/<ol class="hist">([\s\S]*?)<\/ol>/g)].flatMap(([, list = '']) =>
    list.split('<li>').slice(1),
  )
  t.equal(lines.length, 2)
  t.match(lines[0], /Больше встреч · набирает опыт/)
  t.match(lines[1], /прекращено: 23\.11\.2026/)
  const before = w.clock.now
  w.clock.now = before.plus({ days: 9 })
  await staff.get('/app/fairness?l=ru')
  t.notMatch(mine(), 'Больше встреч', 'it ends by itself')
  w.clock.now = before
  await staff.get(page)
  t.equal((await staff.send(/end$/, {})).statusCode, 303)
  t.equal((await engine()).share, share)
  const kinds = await w.db
    .selectFrom('changes')
    .select('kind')
    .where('speaker_id', '=', aigul.id)
    .where('kind', 'like', 'fairness%')
    .execute()
  t.same(
    kinds.map(({ kind }) => kind).sort(),
    ['fairness-overridden', 'fairness-overridden', 'fairness-override-ended'].sort(),
  )
})
