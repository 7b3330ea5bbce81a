import t from 'tap'
import { allowed } from '../../src/base/limits.ts'
import { formOn, submit, world } from '../world.ts'
import { boxes, person, summary, toCheck, visitor } from './visitor.ts'

const w = await world(t)

t.test('a school asks in three steps and a check page', async t => {
  const school = visitor(w)
  const slot = await toCheck(school)
  const page = school.page()
  t.match(page, 'Жауаптарыңызды тексеріңіз')
  t.match(page, '№ 901 мектеп (үлгі)')
  const sent = await school.send('/kk/request/check', {})
  t.equal(sent.statusCode, 303)
  t.equal(sent.headers.location, '/kk/request/sent?number=1')
  t.match((await school.follow(sent)).body, '№ 1')
  t.strictSame(
    await w.db
      .selectFrom('requests')
      .select([
        'number',
        'state',
        'source',
        'heads',
        'mode',
        'audience',
        'grades',
        'language',
        'version',
        'confirmed_at',
      ])
      .execute(),
    [
      {
        number: 1,
        state: 'unconfirmed',
        source: 'form',
        heads: 30,
        mode: 'onsite',
        audience: 'pupils',
        grades: [9],
        language: 'kk',
        version: 1,
        confirmed_at: null,
      },
    ],
  )
  t.strictSame(
    await w.db.selectFrom('contacts').select(['name', 'position', 'email', 'phone', 'consent_version']).execute(),
    [
      {
        name: person.name,
        position: person.position,
        email: person.email,
        phone: '+77011234567',
        consent_version: '1',
      },
    ],
  )
  t.strictSame(
    await w.db.selectFrom('request_windows').select(['from_on', 'to_on', 'from_time', 'to_time']).execute(),
    [{ from_on: slot.slice(0, 10), to_on: slot.slice(0, 10), from_time: slot.slice(11), to_time: '09:35' }],
  )
  t.strictSame(
    await w.db.selectFrom('messages').select(['kind', 'address', 'language', 'state', 'version']).execute(),
    [{ kind: 'address-confirmation', address: person.email, language: 'kk', state: 'waiting', version: 1 }],
  )
  t.strictSame(await w.db.selectFrom('changes').select(['kind', 'by_whom', 'detail']).execute(), [
    { kind: 'request-asked', by_whom: 'contact', detail: { source: 'form' } },
  ])
})

t.test('the same form sent twice is one request, and both answers are the same', async t => {
  const school = visitor(w)
  await toCheck(school)
  const [first, second] = [await school.send('/kk/request/check', {}), await school.send('/kk/request/check', {})]
  t.equal(first.headers.location, '/kk/request/sent?number=2')
  t.equal(second.headers.location, '/kk/request/sent?number=2')
  t.equal(second.statusCode, 303)
  const form = formOn(school.page(), '/kk/request/check')
  const elsewhere = await submit(w.app, '/ru/request/check', form.fields)
  t.equal(elsewhere.headers.location, '/kk/request/sent?number=2', 'the same in another language, over another network')
  t.equal((await w.db.selectFrom('requests').select('id').execute()).length, 2)
  t.equal((await w.db.selectFrom('messages').select('id').execute()).length, 2)
})

t.test('only times at which the engine finds a team may be chosen', async t => {
  const school = visitor(w)
  await toCheck(school)
  await school.get('/kk/request/when')
  const offered = boxes(school.page(), 'slot')
  t.ok(offered.length > 5)
  // grade 9 studies in the first shift: nothing is offered after 13:15, and nothing before the notice of a day is over
  t.ok(offered.every(slot => slot.slice(11) < '13:15' && slot > '2026-11-24T08:45'))
  const answer = await school.send('/kk/request/when', { slot: '2026-11-28T03:00', do: 'next' })
  t.equal(answer.statusCode, 422)
  t.strictSame(summary(answer.body), ['Белгіленген уақыттың бірі енді бос емес. Басқа уақытты белгілеңіз'])
})

t.test('a time that has gone since it was chosen stops the request on the check page, with the way back', async t => {
  const school = visitor(w)
  await toCheck(school)
  const before = w.clock.now
  const count = (await w.db.selectFrom('requests').select('id').execute()).length
  w.clock.now = before.plus({ hours: 5 })
  const answer = await school.send('/kk/request/check', {})
  t.equal(answer.statusCode, 422)
  t.strictSame(summary(answer.body), ['Белгіленген уақыттың бірі енді бос емес. Басқа уақытты белгілеңіз'])
  t.match(answer.body, 'href="/kk/request/when#slot"')
  t.equal((await w.db.selectFrom('requests').select('id').execute()).length, count)
  w.clock.now = before
})

t.test('a school reads its lessons beside the times, where it has told its bells', async t => {
  const school = visitor(w)
  const slot = await toCheck(school)
  const day = /<dd>([^<]*), \d\d:\d\d \((\d)-сабақ\)/.exec(school.page())
  t.ok(day, 'also on the check page')
  const starts = (html: string) =>
    [...html.matchAll(/name="slot" value="[^T]*T([^"]*)"[^>]*><span>([^<]*)</g)].map(([, time, text]) => ({
      time,
      text,
    }))
  for (const [language, said] of [
    ['kk', /^(\d)-сабақ · \d\d:\d\d$/],
    ['ru', /^урок (\d) · \d\d:\d\d$/],
    ['en', /^lesson (\d) · \d\d:\d\d$/],
  ] as const) {
    await school.get(`/${language}/request/when`)
    const shown = starts(school.page())
    t.ok(shown.length > 5)
    for (const { time, text = '' } of shown) t.match(text, said, `${time}: ${text}`)
    const first = shown.find(({ time }) => time === slot.slice(11))
    t.equal(said.exec(first?.text ?? '')?.[1], day?.[2])
  }
})

t.test('what was ticked stays ticked when other days are shown', async t => {
  const school = visitor(w)
  const slot = await toCheck(school)
  await school.get('/kk/request/when')
  const later = /value="(days:\d[^"]*)"/.exec(school.page())?.[1] ?? ''
  await school.follow(await school.send('/kk/request/when', { do: later }))
  const kept = /name="slot" value="([^"]*)" checked/.exec(school.page())?.[1]
  t.equal(kept, slot)
  t.not(boxes(school.page(), 'slot')[1]?.slice(0, 10), slot.slice(0, 10))
})

t.test('who has times of their own adds rows up to five, and loses nothing on the way', async t => {
  const school = visitor(w)
  await toCheck(school)
  await school.get('/kk/request/when')
  t.strictSame(boxes(school.page(), 'w1-date'), [''])
  t.strictSame(boxes(school.page(), 'w2-date'), [])
  await school.follow(await school.send('/kk/request/when', { 'w1-date': '2026-12-01', do: 'more' }))
  await school.follow(await school.send('/kk/request/when', { 'w2-date': '2026-12-02', do: 'more' }))
  const full = await school.send('/kk/request/when', { do: 'more' })
  t.equal(full.headers.location, '/kk/request/when#w4-date')
  await school.follow(full)
  t.strictSame(
    [0, 1, 2, 3, 4, 5].flatMap(row => boxes(school.page(), `w${row}-date`)),
    ['', '2026-12-01', '2026-12-02', '', ''],
  )
  t.notMatch(school.page(), 'value="more"')
})

t.test('a host that is not in the list is written down with the usual timetable of its kind', async t => {
  const school = visitor(w)
  await toCheck(school)
  await school.get('/kk/request/when?host=change')
  await school.send('/kk/request/when', { q: 'жаңа мектеп 555', do: 'find' })
  await school.get('/kk/request/when?host=change')
  t.equal(
    /name="name" value="([^"]*)"/.exec(school.page())?.[1],
    'жаңа мектеп 555',
    'what was sought need not be typed again',
  )
  const empty = await school.send('/kk/request/when', { host: 'new', kind: '', name: ' ', district: '', do: 'host' })
  t.equal(empty.statusCode, 422)
  t.strictSame(summary(empty.body), ['Ұйымның түрін таңдаңыз', 'Ұйымның атауын жазыңыз', 'Ауданды таңдаңыз'])
  await school.follow(
    await school.send('/kk/request/when', {
      host: 'new',
      kind: 'school',
      name: '№ 555 мектеп',
      district: '751110000',
      do: 'host',
    }),
  )
  const [slot = ''] = boxes(school.page(), 'slot')
  await school.follow(await school.send('/kk/request/when', { slot, heads: '30', do: 'next' }))
  await school.get('/kk/request/check')
  t.match(school.page(), '№ 555 мектеп (жаңа ұйым, мектеп)')
  t.equal((await school.send('/kk/request/check', {})).statusCode, 303)
  const host = await w.db
    .selectFrom('hosts')
    .select(['id', 'name_kk', 'folded', 'kind', 'checked_at'])
    .where('name_kk', '=', '№ 555 мектеп')
    .executeTakeFirstOrThrow()
  t.strictSame(
    { ...host, id: '' },
    { id: '', name_kk: '№ 555 мектеп', folded: '555 мектеп', kind: 'school', checked_at: null },
  )
  t.strictSame(
    await w.db
      .selectFrom('host_shifts')
      .select(['shift', 'grades'])
      .where('host_id', '=', host.id)
      .orderBy('shift')
      .execute(),
    [
      { shift: 'I', grades: [] },
      { shift: 'II', grades: [] },
    ],
  )
  t.equal((await w.db.selectFrom('host_lessons').select('n').where('host_id', '=', host.id).execute()).length, 12)
})

t.test('hosts are found by folded letters, and places in custody are not shown', async t => {
  await w.db.updateTable('hosts').set({ kind: 'custody' }).where('name_ru', '=', 'Школа № 902 (пример)').execute()
  const school = visitor(w)
  await school.get('/ru/request/topic?topic=cyber-bullying')
  await school.follow(await school.send('/ru/request/topic', { grades: ['9'] }))
  await school.follow(await school.send('/ru/request/when', { q: 'МЕКТЕП № 901', do: 'find' }))
  t.match(school.page(), 'Школа № 901 (пример)')
  await school.get('/ru/request/when?host=change')
  await school.follow(await school.send('/ru/request/when', { q: '902', do: 'find' }))
  t.notMatch(school.page(), 'Школа № 902 (пример)')
  t.match(school.page(), 'В списке такой организации нет')
})

t.test('a step that comes too early leads to the one before', async t => {
  for (const [step, place] of [
    ['when', 'topic'],
    ['contact', 'topic'],
    ['check', 'topic'],
    ['sent', ''],
  ])
    t.equal(
      (await visitor(w).get(`/kk/request/${step}`)).headers.location,
      place ? `/kk/request/${place}?lost=1` : '/kk',
    )
})

t.test('a draft that somebody touched is no draft', async t => {
  const answer = await w.app.inject({ url: '/kk/request/when', headers: { cookie: 'draft=eyJ0b3BpYyI6e319.forged' } })
  t.equal(answer.headers.location, '/kk/request/topic?lost=1')
})

t.test('a sixth request within the hour from one connection waits, with its answers kept', async t => {
  const school = visitor(w)
  await toCheck(school)
  for (let n = 1; n <= 5; n++)
    await allowed(w.db, 'a secret of the tests, 32 characters or more', 'request-ip', school.ip, w.clock.now)
  const refused = await school.send('/kk/request/check', {})
  t.equal(refused.statusCode, 429)
  t.match(refused.headers['retry-after'], /^\d+$/)
  t.match(refused.body, 'Сұраныс тым көп')
  t.equal((await school.get('/kk/request/check')).statusCode, 200)
})
