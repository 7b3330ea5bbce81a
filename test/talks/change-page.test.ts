import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { instantOrThrow } from '../../src/base/time.ts'
import { move } from '../../src/talks/change-actions.ts'
import { cast } from '../cast.ts'
import { formOn, server, submit, world } from '../world.ts'
import { ask, at, bookedTalk, bookTalk, names } from './situation.ts'

const here = await world(t)
const named = await names(here)
const { app, db } = here
const cookie = await here.signIn(cast.coordinator)
const stranger = await here.signIn(cast.coordinatorOfAnotherHouse)
const get = async (url: string, as = cookie) => app.inject({ url, headers: { cookie: as } })
const wide = { windows: [{ from: '2026-11-24', to: '2027-02-24' }] }

t.test('other times come with what they upset, the least first, and what they bring', async t => {
  const talk = await bookedTalk(here, named, await ask(here, named, wide), '2026-12-08T10:20', ['zhunisov'])
  const { body } = await get(`/app/talks/${talk}?out=${named.speaker('zhunisov')}`)
  const form = /<form[^>]*\/move">[\s\S]*?<\/form>/.exec(body)?.[0] ?? ''
  const choices = [...form.matchAll(/<b>([^<]*)<\/b> <span class="why">([^<]*)<\/span> <span class="why xs">([^<]*)</g)]
  t.equal(choices.length, 4)
  t.match(choices[0]?.[2], /^Тот же день, на [^,]* (раньше|позже), тот же состав, спросим заново: 1$/)
  for (const [, , why, will] of choices) {
    t.match(why, /состав|замена/)
    t.match(will, /^Что будет: Жунисов, в пути: \d+ мин/)
  }
  const swap = /<form[^>]*\/team">[\s\S]*?<\/form>/.exec(body)?.[0] ?? ''
  t.match(swap, /Что будет: [^<,]+, в пути: \d+ мин · Жунисов, за неделю: было 1, станет 0/)
  t.match(swap, /за неделю: было 0, станет 1/)
  t.match(swap, /за неделю: было 1, станет 0/)
})

t.test('on the same day a time with one substitute is offered before a far one, and moves with its people', async t => {
  const talk = await bookedTalk(here, named, await ask(here, named, wide), '2026-12-10T10:20', ['zhunisov'])
  // the whole rest of the speaker's day is taken
  const [from, to] = ['11:15', '20:00'].map(time => instantOrThrow('2026-12-10', at(`T${time}`).minute, 'Asia/Almaty'))
  const [speaker_id, now] = [named.speaker('zhunisov'), here.clock.now]
  const read = { added_at: now, read_at: now, whole_at: now, tried_at: now, doubtful: false }
  await db
    .insertInto('busy_calendars')
    .values({ speaker_id, kind: 'upload', ...read, events: 1, unreadable: 0, digest: '' })
    .execute()
  if (from && to) await db.insertInto('busy_intervals').values({ speaker_id, during: { from, to } }).execute()
  const { body } = await get(`/app/talks/${talk}`)
  const chosen = [...body.matchAll(/name="startsAt" value="(2026-12-10T[\d:]+)((?: [0-9a-f-]{36})+)"/g)][0]
  t.ok(chosen, 'a time of the same day with somebody else')
  t.match(body, /замена: Жунисов – /)
  const { action, fields } = formOn(body, `/app/talks/${talk}/move`)
  const done = await submit(app, action, { ...fields, startsAt: `${chosen?.[1]}${chosen?.[2]}` }, cookie)
  t.equal(done.statusCode, 303)
  const team = await db
    .selectFrom('assignments')
    .select('speaker_id')
    .where('talk_id', '=', talk)
    .where('state', '=', 'invited')
    .execute()
  t.same(
    team.map(({ speaker_id }) => ` ${speaker_id}`),
    [chosen?.[2]],
  )
  const after = (await get(String(done.headers.location))).body
  t.match(after, /Перенесена \([^<]*было: [^<]*10:20, Жунисов[^<]* – /, 'the history says both')
  const back = formOn(after, `/app/talks/${talk}/undo`)
  t.equal((await submit(app, back.action, back.fields, cookie)).statusCode, 303)
  const { from_time } = await db
    .selectFrom('talks')
    .select('from_time')
    .where('id', '=', talk)
    .executeTakeFirstOrThrow()
  t.equal(from_time, '10:20')
})

t.test('the note of the coordinators stands on the page and the day sheet, and nowhere else', async t => {
  const talk = await bookedTalk(here, named, await ask(here, named, wide), '2026-12-09T10:20', ['zhunisov'])
  const first = formOn((await get(`/app/talks/${talk}`)).body, `/app/talks/${talk}/note`)
  const said = 'Ключ от зала у завхоза\nВход со двора & "чёрный"'
  t.equal((await submit(app, first.action, { ...first.fields, own: said }, cookie)).statusCode, 303)
  const { body } = await get(`/app/talks/${talk}`)
  t.match(body, 'Ключ от зала у завхоза')
  t.match(body, 'Изменена служебная заметка')
  t.match((await get('/app/day?date=2026-12-09')).body, 'Ключ от зала у завхоза')
  const other = await submit(app, first.action, { ...first.fields, own: 'другое' }, cookie)
  t.equal(other.statusCode, 409, 'somebody wrote meanwhile')
  t.match(other.body, 'Ключ от зала у завхоза')
  t.match(other.body, '>другое</textarea>')
  const mended = formOn(other.body, first.action)
  t.equal((await submit(app, first.action, { ...mended.fields, own: '' }, cookie)).statusCode, 303)
  for (const [bad, words] of [
    ['ы'.repeat(1001), 'не больше 1000 знаков'],
    ['скрыто\u202eздесь', 'невидимые знаки'],
  ] as const) {
    const answer = await submit(app, first.action, { ...first.fields, own: bad }, cookie)
    t.equal(answer.statusCode, 422)
    t.match(answer.body, words)
    t.match(answer.body, `>${bad}</textarea>`)
  }
  t.equal((await submit(app, first.action, { own: 'x' }, stranger)).statusCode, 404)
  const row = await db.selectFrom('talks').select(['note', 'version']).where('id', '=', talk).executeTakeFirstOrThrow()
  t.same(row, { note: '', version: 1 })
  const changes = await db.selectFrom('changes').select('detail').where('kind', '=', 'noted').execute()
  t.notMatch(JSON.stringify(changes), 'Ключ')
})

t.test('the list of visitors says who comes in both languages, and is nobody else’s', async t => {
  const number = await ask(here, named, wide)
  const talk = await bookedTalk(here, named, number, '2026-12-11T10:20', ['zhunisov'])
  const { body } = await get(`/app/talks/${talk}/visitors`)
  const [kk = '', ru = ''] = body.split('<section lang="').slice(1)
  t.match(kk, /Келушілер тізімі[\s\S]*№ 907[\s\S]*Жүнісов/)
  t.match(ru, /Список посетителей[\s\S]*Жунисов/)
  t.match(ru, `№\u00a0${number}`)
  t.match(ru, '23.11.2026')
  t.match(body, /<footer[\s\S]*Дом дружбы/)
  t.match((await get(`/app/talks/${talk}`)).body, `/app/talks/${talk}/visitors`)
  t.equal((await get(`/app/talks/${talk}/visitors`, stranger)).statusCode, 404)
  t.equal((await get('/app/talks/x/visitors')).statusCode, 404)
  await submit(app, `/app/talks/${talk}/cancellation`, { reason: 'weather' }, cookie)
  t.match((await get(`/app/talks/${talk}/visitors`)).body, 'список недействителен')
})

const postgres = server()
if (postgres)
  t.test('on a real server: of two at once one wins, and the other hears what is in the way', async t => {
    const there = await world(t, postgres)
    const its = await names(there)
    const as = await there.signIn(cast.coordinator)
    const page = async (url: string) => (await there.app.inject({ url, headers: { cookie: as } })).body
    const talk = await bookedTalk(there, its, await ask(there, its, wide), '2026-12-08T10:20', ['zhunisov'])
    const { action, fields } = formOn(await page(`/app/talks/${talk}`), `/app/talks/${talk}/move`)
    const moves = await Promise.all(
      ['2026-12-08T11:20', '2026-12-09T10:20'].map((otherTime, key) =>
        submit(there.app, action, { ...fields, _key: `move-${key}`, otherTime }, as),
      ),
    )
    t.same(moves.map(({ statusCode }) => statusCode).sort(), [303, 409])
    const { version } = await there.db
      .selectFrom('talks')
      .select('version')
      .where('id', '=', talk)
      .executeTakeFirstOrThrow()
    t.equal(version, 2)

    const day = '2026-12-15'
    const held = await bookedTalk(there, its, await ask(there, its, wide), `${day}T10:20`, ['zhunisov'])
    const other = await ask(there, its, { ...wide, host: 'school-912' })
    const out = its.speaker('zhunisov')
    const into = its.speaker('suleimenova')
    const team = formOn(await page(`/app/talks/${held}?out=${out}`), `/app/talks/${held}/team`)
    const [swapped, booked] = await Promise.all([
      submit(there.app, team.action, { ...team.fields, in: into }, as),
      bookTalk(there, its, other, `${day}T10:20`, ['suleimenova']),
    ])
    t.equal(Number(swapped.statusCode === 303) + Number('id' in booked), 1, 'the same hour, two schools: one gets her')
    if (swapped.statusCode === 409) t.match(swapped.body, /Ближайшие возможности[\s\S]*name="in"/)

    // an undoing and a second coordinator's move at once
    const { location, ...revision } = {
      by: { houseId: its.house, accountId: its.actor.accountId, whom: 'account' as const },
      talkId: talk,
      location: '/x',
    }
    const back = formOn(await page(`/app/talks/${talk}?done=1`), `/app/talks/${talk}/undo`)
    const [undone, moved] = await Promise.all([
      submit(there.app, back.action, back.fields, as),
      move(
        there.db,
        sleeping,
        there.app.config.secret,
        {
          ...revision,
          location,
          shown: { version: 2, seen: undefined },
          startsAt: at('2026-12-10T10:20'),
          waived: { windows: true },
        },
        there.clock.now,
      ),
    ])
    t.equal(Number(undone.statusCode === 303) + Number('location' in moved), 1)
  })
