import fc from 'fast-check'
import t from 'tap'
import { cast } from '../cast.ts'
import { formOn, type TestWorld, world } from '../world.ts'
import { person, summary, toCheck, visitor } from './visitor.ts'

const post = ({ app }: TestWorld, url: string, payload: string | Buffer, cookie = '') =>
  app.inject({
    method: 'POST',
    url,
    payload,
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })

const w = await world(t)

t.test('every mistake of the second step is said beside its field, and everything typed stays', async t => {
  const school = visitor(w)
  await toCheck(school, { language: 'ru' })
  const cases: [Record<string, string | string[] | undefined>, string[]][] = [
    [{ heads: '', slot: [] }, ['Напишите число слушателей: 5–60', 'Отметьте хотя бы одно время']],
    [{ heads: '0' }, ['Напишите число слушателей: 5–60']],
    [{ heads: '10000' }, ['Напишите число слушателей: 5–60']],
    [{ heads: ['30', '40'] }, ['Здесь нужен один ответ']],
    [{ languages: [] }, ['Отметьте хотя бы один язык', 'Одно из отмеченных времён уже занято. Отметьте другое']],
    [{ mode: 'broadcast' }, ['Выберите, как пройдёт встреча']],
    [
      { 'w0-date': '2026-02-30', 'w0-from': '10:00', 'w0-to': '11:00' },
      ['Такой даты нет. Напишите дату так: 25.11.2026'],
    ],
    [{ 'w0-date': '22.11.2026', 'w0-from': '10:00', 'w0-to': '11:00' }, ['Эта дата прошла. Напишите дату впереди']],
    [{ 'w0-date': '2026-12-01', 'w0-from': '11:00', 'w0-to': '10:00' }, ['Конец должен быть позже начала']],
    [
      { 'w0-date': '2026-12-01', 'w0-from': '25:00', 'w0-to': '' },
      ['Напишите время так: 10:00', 'Напишите время так: 10:00'],
    ],
    [
      { 'w0-date': '2029-12-01', 'w0-from': '10:00', 'w0-to': '11:00' },
      ['Эта дата слишком далеко. Напишите дату в пределах года'],
    ],
    [{ latest: '2026-11-24' }, []],
    [{ latest: '2026-11-23' }, ['Самый поздний срок стоит раньше отмеченного времени']],
    [{ latest: 'завтра' }, ['Такой даты нет. Напишите дату так: 25.11.2026']],
    [{ note: 'ж'.repeat(501) }, ['Примечание слишком длинное: не больше 500 знаков']],
  ]
  for (const [fields, said] of cases) {
    await school.get('/ru/request/when')
    const answer = await school.send('/ru/request/when', { ...fields, do: 'next' })
    t.equal(answer.statusCode, said.length > 0 ? 422 : 303, JSON.stringify(fields))
    t.strictSame(summary(answer.body), said, JSON.stringify(fields))
    for (const text of said)
      t.equal(answer.body.split(text).length - 1 >= 2, true, `${text} stands beside its field, too`)
    for (const value of Object.values(fields).flat())
      if (said.length > 0 && value && value.length < 100 && value !== 'broadcast') t.match(answer.body, value)
  }
})

t.test('an hour that occurs twice is refused in words', async t => {
  const before = w.clock.now
  w.clock.now = before.set({ year: 2024, month: 2, day: 20 })
  const school = visitor(w)
  await toCheck(school, { language: 'ru' })
  await school.get('/ru/request/when')
  const answer = await school.send('/ru/request/when', {
    slot: [],
    'w0-date': '29.02.2024',
    'w0-from': '23:30',
    'w0-to': '23:59',
    do: 'next',
  })
  t.equal(answer.statusCode, 422)
  t.strictSame(summary(answer.body), ['В эту ночь такой час повторяется дважды. Напишите другой'])
  t.match(answer.body, '23:30')
  w.clock.now = before
})

t.test('the third step says what is wrong with a name, an address, a phone, a missing consent', async t => {
  const school = visitor(w)
  await toCheck(school, { language: 'en' })
  await school.get('/en/request/contact')
  const answer = await school.send('/en/request/contact', {
    name: '42',
    position: 'x'.repeat(121),
    email: 'asel@',
    phone: '112',
    consent: undefined,
  })
  t.equal(answer.statusCode, 422)
  t.strictSame(summary(answer.body), [
    'Write your name',
    'The text is too long: 120 characters at most',
    'Write the e-mail address like this: name@school.kz',
    'Write the phone like this: 8\u00a0701\u00a0123\u00a045\u00a067',
    'Please tick your consent',
  ])
  t.match(answer.body, 'value="asel@"')
})

t.test('control characters and bytes that are no text neither break a form nor reach the database', async t => {
  const school = visitor(w)
  await toCheck(school)
  await school.get('/kk/request/contact')
  await school.follow(
    await school.send('/kk/request/contact', { ...person, name: 'Ә\u0000сел\u0007 \u202eНұр', position: 'a\r\nb' }),
  )
  t.equal((await school.send('/kk/request/check', {})).statusCode, 303)
  const contact = await w.db
    .selectFrom('contacts')
    .select(['name', 'position'])
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow()
  t.strictSame(contact, { name: 'Әсел Нұр', position: 'a b' })
  for (const url of ['/kk/request/topic', '/kk/request/when', '/kk/request/contact', '/kk/request/check'])
    for (const payload of [
      'topic=%ff%fe&q=%c3%28&name=%80',
      Buffer.from([0x71, 0x3d, 0xff, 0xfe, 0x00]),
      'topic[]=1&__proto__=x&constructor=y',
      '=&&&=%00',
    ])
      t.ok((await post(w, url, payload)).statusCode < 500, `${url} ${String(payload)}`)
})

t.test('every field as full as it may be, and nothing that was typed is lost on the way', async t => {
  const school = visitor(w)
  const random = (count: number, from: number, kinds: number) =>
    Array.from({ length: count }, (_, at) => String.fromCodePoint(from + ((at * 7919 + at * at * 31) % kinds))).join('')
  const own = Object.fromEntries(
    [0, 1, 2, 3].flatMap(at =>
      Object.entries({ date: `2026-12-0${at + 1}`, until: `2026-12-1${at}`, from: `1${at}:05`, to: `1${at}:55` }).map(
        ([name, value]) => [`w${at}-${name}`, value],
      ),
    ),
  )
  for (const [from, kinds] of [
    [0x0430, 32],
    [0x4e00, 20_000],
  ] as const) {
    await toCheck(school, { language: 'ru' })
    await school.get('/ru/request/when')
    for (let more = 0; more < 3; more++) await school.follow(await school.send('/ru/request/when', { do: 'more' }))
    const note = random(500, from, kinds)
    const when = await school.send('/ru/request/when', { ...own, note, do: 'next' })
    t.equal(when.statusCode, 303, summary(when.body).join())
    await school.follow(when)
    const [name, position] = [random(120, from, kinds), random(120, from + 5, kinds)]
    const contact = await school.send('/ru/request/contact', { ...person, name, position })
    if (contact.statusCode === 303) {
      await school.follow(contact)
      t.match(school.page(), note)
    } else t.equal(contact.statusCode, 422)
    for (const text of [name, position]) t.match(school.page(), text)
  }
})

const names = [
  'topic',
  'audience',
  'grades',
  'asked',
  'q',
  'host',
  'kind',
  'name',
  'district',
  'do',
  'heads',
  'languages',
  'mode',
  'slot',
  'latest',
  'note',
  'w0-date',
  'w0-until',
  'w0-from',
  'w0-to',
  'position',
  'email',
  'phone',
  'consent',
  'source',
  'contact-name',
  'contact-phone',
  'duplicate',
  'kk',
  'lunch',
  'hours-1',
  '_key',
]
const likely = [
  'cyber-bullying',
  'pupils',
  'new',
  'find',
  'next',
  'times',
  'days:2026-12-01',
  'days:9999-99-99',
  '9',
  'school',
  '751110000',
  '2026-12-01',
  '2024-02-29',
  '23:30',
  '10:00',
  'kk',
  'yes',
  'onsite',
  'call',
  'save',
  '00000000-0000-4000-8000-000000000000',
]
const values = fc.oneof(
  fc.constantFrom(...likely),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 600 }),
)
const bodies = fc.array(fc.tuple(fc.constantFrom(...names), values), { maxLength: 12 })

t.test('whatever is sent, the answer is never a fault', async t => {
  const school = visitor(w)
  await toCheck(school)
  const signed = await w.signIn(cast.coordinator)
  const { id } = await w.db.selectFrom('hosts').select('id').limit(1).executeTakeFirstOrThrow()
  const draft = (await w.app.inject({ url: '/kk/request/topic' })).cookies
  const urls = [
    '/kk/request/topic',
    '/ru/request/when',
    '/en/request/contact',
    '/kk/request/check',
    '/app/requests/new',
    `/app/hosts/${id}`,
    `/app/hosts/${id}/merge`,
    '/r/x/confirm',
    '/r/x/cancel',
  ]
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...urls), bodies, async (url, body) => {
      const payload = new URLSearchParams(body.map(([name, value]) => [name, value.toWellFormed()])).toString()
      const answer = await post(
        w,
        url,
        payload,
        [signed, ...draft.map(({ name, value }) => `${name}=${value}`)].join('; '),
      )
      return answer.statusCode < 500
    }),
    { numRuns: 120 },
  )
  // the same with the draft of a visitor who is half way
  await fc.assert(
    fc.asyncProperty(bodies, async body => {
      await school.get('/kk/request/when')
      const fields = Object.fromEntries(
        body.filter(([name]) => name !== '_key').map(([name, value]) => [name, value.toWellFormed()]),
      )
      return (await school.send('/kk/request/when', { host: undefined, ...fields, do: 'next' })).statusCode < 500
    }),
    { numRuns: 40 },
  )
  t.pass('no answer above 499')
})

t.test('queries and paths may be anything', async t => {
  const signed = await w.signIn(cast.coordinator)
  const strange = [
    '%00',
    '%ff',
    "';--",
    '../..',
    'a'.repeat(180),
    '%F0%9F%98%80',
    '-1',
    '99999999999999999999',
    'null',
    '%E2%80%A8',
    '%D3%99',
    '%0d%0aset-cookie:a',
  ]
  for (const text of strange)
    for (const url of [
      `/kk/topics/${text}`,
      `/kk/topics?audience=${text}&audience=x`,
      `/kk/request/topic?topic=${text}`,
      `/kk/request/when?from=${text}`,
      `/kk/request/sent?number=${text}`,
      `/kk/request/hosts?q=${text}`,
      `/r/${text}`,
      ...['heads', 'feedback', 'visitors', 'calendar', 'cancel'].map(part => `/r/${text}/${part}`),
      ...[`/o/${text}`, `/i/${text}`, `/s/${text}`, `/c/${text}`, `/u/${text}/${text}`],
      ...['check', 'silent', ''].map(part => `/app/support/${text}/${part}`),
      ...['choices', 'confirmation', 'removal'].map(part => `/app/imports/${text}/${part}`),
      ...['letter', 'visitors', 'listeners', 'letter.pdf'].map(part => `/app/talks/${text}/${part}`),
      `/app/words?q=${text}&feature=${text}`,
      `/app/hosts/${text}`,
      `/app/hosts?q=${text}&district=${text}`,
      `/app/search?q=${text}&q=2`,
      `/app/requests/new?host=${text}&q=${text}`,
    ])
      t.ok((await w.app.inject({ url, headers: { cookie: signed } })).statusCode < 500, url)
})

t.test('a button that no page has leads nowhere, and sends nothing', async t => {
  const school = visitor(w)
  await toCheck(school)
  const before = await w.db.selectFrom('requests').select('number').execute()
  for (const way of ['go:constructor', 'go:x', 'go:', 'go:topic#__proto__']) {
    const answer = await school.send('/kk/request/check', { do: way })
    t.match(answer.headers.location, /^\/kk\/request\/(check|topic)/, way)
    const bare = await w.app.inject({
      method: 'POST',
      url: '/kk/request/topic',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      payload: new URLSearchParams({ ...formOn(school.page(), '/kk/request/check').fields, do: way }).toString(),
    })
    t.ok(bare.statusCode < 500, way)
  }
  t.strictSame(await w.db.selectFrom('requests').select('number').execute(), before)
})
