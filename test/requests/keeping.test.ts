import t from 'tap'
import { tokenOf } from '../../src/base/secrets.ts'
import { cast } from '../cast.ts'
import { formOn, world } from '../world.ts'
import { boxes, person, summary, toCheck, type Visitor, visitor } from './visitor.ts'

const w = await world(t)
const secret = 'a secret of the tests, 32 characters or more'
const typedIn = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
const listed = (html: string): string[] => [...html.matchAll(/<dd>([^<]*)<\/dd>/g)].map(([, text = '']) => text)
const lastRequest = () =>
  w.db
    .selectFrom('requests')
    .innerJoin('topics', 'topics.id', 'topic_id')
    .select(['requests.id', 'number', 'nonce', 'slug', 'heads', 'class_count', 'class_names', 'requests.language'])
    .orderBy('number', 'desc')
    .executeTakeFirstOrThrow()

/** A phone that sends no cookie back, and whose browser says nothing of where a form comes from. */
function withoutCookies() {
  let page = ''
  let at = ''
  const keep = (answer: Awaited<ReturnType<typeof w.app.inject>>) => {
    if (answer.body) page = answer.body
    return answer
  }
  const get = async (url: string) => keep(await w.app.inject({ url, remoteAddress: '10.9.9.9' }))
  return {
    get,
    page: () => page,
    at: () => at,
    send: async (action: string, changed: Record<string, string | string[] | undefined>) => {
      const form = formOn(page, action)
      const fields = Object.entries({ ...form.fields, ...changed }).flatMap(([name, value]) =>
        [value ?? []].flat().map(each => [name, each] as [string, string]),
      )
      at = form.action
      return keep(
        await w.app.inject({
          method: 'POST',
          url: form.action,
          remoteAddress: '10.9.9.9',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          payload: new URLSearchParams(fields).toString(),
        }),
      )
    },
  }
}

t.test('a phone that keeps no cookies asks all the same, and its forms are vouched for by their token', async t => {
  const phone = withoutCookies()
  await phone.get('/kk/request/topic?topic=cyber-bullying')
  t.equal((await phone.send('/kk/request/topic', { grades: ['9'] })).statusCode, 200)
  await phone.send('/kk/request/when', { q: '901', do: 'find' })
  const [host = ''] = boxes(phone.page(), 'host')
  await phone.send('/kk/request/when', { host, do: 'host' })
  const [slot = ''] = boxes(phone.page(), 'slot')
  await phone.send('/kk/request/when', { slot, heads: '31', do: 'next' })
  await phone.send('/kk/request/contact', { ...person, email: 'no-cookies@mektep.example' })
  t.match(phone.page(), 'Жауаптарыңызды тексеріңіз')
  await phone.send('/kk/request/check', { do: 'go:when#heads' })
  t.match(phone.page(), 'value="31"', 'the way back has the answers, too')
  await phone.send('/kk/request/when', { heads: '32', do: 'next' })
  await phone.send('/kk/request/contact', {})
  const sent = await phone.send('/kk/request/check', {})
  t.equal(sent.statusCode, 303)
  t.match(await lastRequest(), { heads: 32, slug: 'cyber-bullying' })
  const untrue = await phone.send('/kk/request/check', { _csrf: 'x.y.z' })
  t.equal(untrue.statusCode, 403)
})

t.test('two tabs: what a tab showed is what it sends', async t => {
  const first = visitor(w)
  await toCheck(first, { language: 'ru', email: 'tabs@mektep.example' })
  const shown = first.page()
  await first.get('/ru/request/topic?all=1')
  await first.follow(await first.send('/ru/request/topic', { topic: 'stop-bullying' }))
  await first.send('/ru/request/topic', { grades: ['7'] })
  await first.get('/ru/request/check')
  t.match(first.page(), 'ДосболLIKE', 'the other tab has changed the topic')
  const { _draft } = formOn(shown, '/ru/request/check').fields
  const sent = await first.send('/ru/request/check', { _draft })
  t.equal(sent.statusCode, 303)
  t.match(await lastRequest(), { slug: 'cyber-bullying', heads: 30 })
})

t.test('the language is changed in the middle of a step, and what was typed and not sent is still there', async t => {
  const school = visitor(w)
  await toCheck(school, { language: 'kk' })
  await school.get('/kk/request/contact')
  const page = school.page()
  t.match(page, /<button form="ask" formaction="\/ru\/request\/contact"[^>]*name="do" value="stay"/)
  const form = formOn(page, '/kk/request/contact')
  const turned = await w.app.inject({
    method: 'POST',
    url: '/ru/request/contact',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    payload: new URLSearchParams({
      ...(form.fields as Record<string, string>),
      name: 'Жаңа Есім',
      do: 'stay',
    }).toString(),
  })
  t.match(turned.body, 'lang="ru"')
  t.equal(typedIn(turned.body, 'name'), 'Жаңа Есім')
  await school.get('/kk/request/when')
  const stayed = await school.send('/kk/request/when', { heads: '17', note: 'әлі жазылып жатыр', do: 'stay' })
  t.equal(stayed.headers.location, '/kk/request/when')
  t.match((await school.get('/en/request/when')).body, /value="17"[\s\S]*әлі жазылып жатыр/)
})

t.test('a filter of the list of topics stays when the language is changed', async t => {
  const { body } = await visitor(w).get('/kk/topics?audience=pupils&grades=5-7')
  t.match(body, 'href="/ru/topics?audience=pupils&#38;grades=5-7"')
})

t.test('back between the steps: each shows what was answered, and sends it again', async t => {
  const school = visitor(w)
  const slot = await toCheck(school)
  for (const [step, kept] of [
    ['contact', person.phone],
    ['when', slot],
    ['topic', 'cyber-bullying'],
  ] as const)
    t.match((await school.get(`/kk/request/${step}`)).body, kept, step)
  const again = await school.send('/kk/request/topic', {})
  t.equal(again.headers.location, '/kk/request/when')
  t.match((await school.get('/kk/request/check')).body, '30')
})

t.test('answers that are lost are said to be, kindly, and the last page is not lost with them', async t => {
  const school = visitor(w)
  await toCheck(school, { language: 'ru' })
  await school.get('/ru/request/contact')
  const { _draft, ...fields } = formOn(school.page(), '/ru/request/contact').fields
  const stranger = visitor(w)
  await stranger.get('/ru/request/topic')
  const answer = await stranger.send('/ru/request/topic', {})
  t.equal(answer.statusCode, 422)
  const later = visitor(w)
  await later.get('/ru/request/topic')
  const posted = await w.app.inject({
    method: 'POST',
    url: '/ru/request/contact',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    payload: new URLSearchParams({ ...(fields as Record<string, string>), ...person, name: 'Қалған Есім' }).toString(),
  })
  t.match(posted.body, 'Прежние ответы на этом устройстве не нашлись')
  const kept = /name="_draft" value="([^"]*)"/.exec(posted.body)?.[1] ?? ''
  const next = await w.app.inject({
    method: 'POST',
    url: '/ru/request/topic',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    payload: new URLSearchParams({ _draft: kept, topic: 'cyber-bullying', asked: '1', grades: '9' }).toString(),
  })
  t.match(next.body, 'name="q"', 'the second step follows')
})

t.test('looking changes nothing: GET and HEAD of every page of the form and of the link', async t => {
  const { nonce } = await lastRequest()
  const link = `/r/${tokenOf(secret, 'request', nonce)}`
  const before = await w.db.selectFrom('requests').selectAll().orderBy('number').execute()
  for (const method of ['GET', 'HEAD'] as const)
    for (const url of [link, `${link}/again`, `${link}/confirm`, '/kk/request/check', '/kk/request/forget'])
      t.ok((await w.app.inject({ method, url })).statusCode < 500, `${method} ${url}`)
  for (const step of ['when', 'contact', 'check']) {
    const head = await w.app.inject({ method: 'HEAD', url: `/kk/request/${step}` })
    t.strictSame([head.statusCode, head.headers['set-cookie']], [303, undefined], step)
  }
  t.strictSame(await w.db.selectFrom('requests').selectAll().orderBy('number').execute(), before)
})

async function send(school: Visitor, email: string): Promise<void> {
  await toCheck(school, { email })
  t.equal((await school.send('/kk/request/check', {})).statusCode, 303)
}

t.test('the next request from the same phone begins with the last one’s place and contact', async t => {
  const school = visitor(w)
  await send(school, 'again@mektep.example')
  t.match((await school.get('/kk/request/sent?number=1')).body, '90 күн')
  await school.get('/kk/request/topic?topic=stop-bullying')
  t.match(school.page(), /value="pupils"[^>]* checked/)
  await school.follow(await school.send('/kk/request/topic', { grades: ['9'] }))
  t.match(school.page(), '№ 901 мектеп (үлгі)', 'the place is known')
  const [slot = ''] = boxes(school.page(), 'slot')
  await school.follow(await school.send('/kk/request/when', { slot, heads: '30', do: 'next' }))
  t.equal(typedIn(school.page(), 'email'), 'again@mektep.example')
  t.notMatch(school.page(), /name="consent"[^>]* checked/, 'consent is given each time')
  await school.follow(await school.send('/kk/request/contact', { do: 'forget' }))
  t.equal(typedIn(school.page(), 'email'), '')
  const other = visitor(w)
  await other.get('/kk/request/topic')
  t.strictSame(typedIn(other.page(), 'email'), '')
})

t.test(
  'the link of a request begins another with its place, and shows nobody’s name to whoever was shown it',
  async t => {
    const school = visitor(w)
    await send(school, 'link@mektep.example')
    const { id, nonce } = await lastRequest()
    await w.db
      .updateTable('requests')
      .set({ state: 'declined', decline_reason: 'no-time', ended_at: w.clock.now })
      .where('id', '=', id)
      .execute()
    const link = `/r/${tokenOf(secret, 'request', nonce)}`
    const colleague = visitor(w)
    await colleague.get(link)
    await colleague.follow(await colleague.send(`${link}/again`, {}))
    await colleague.get('/kk/request/topic?topic=cyber-bullying')
    await colleague.follow(await colleague.send('/kk/request/topic', { grades: ['9'] }))
    t.match(colleague.page(), '№ 901 мектеп (үлгі)')
    const [slot = ''] = boxes(colleague.page(), 'slot')
    await colleague.follow(await colleague.send('/kk/request/when', { slot, heads: '30', do: 'next' }))
    t.strictSame(
      ['name', 'email', 'phone'].map(field => typedIn(colleague.page(), field)),
      ['', '', ''],
    )
    const wrong = await colleague.send('/kk/request/contact', {})
    t.equal(wrong.statusCode, 422)
    t.equal(
      (await w.app.inject({ method: 'POST', url: '/r/nobody/again', headers: { 'sec-fetch-site': 'same-origin' } }))
        .statusCode,
      404,
    )
  },
)

t.test('a place that came with the link and has no such listeners is explained, and no mistake yet', async t => {
  const { nonce } = await lastRequest()
  const colleague = visitor(w)
  const link = `/r/${tokenOf(secret, 'request', nonce)}`
  await colleague.get(link)
  await colleague.follow(await colleague.send(`${link}/again`, {}))
  await colleague.get('/kk/request/topic?topic=young-family')
  const sent = await colleague.send('/kk/request/topic', { audience: 'university-students' })
  const place = await colleague.follow(sent)
  t.equal(place.statusCode, 200)
  t.strictSame(summary(place.body), [])
  t.notMatch(place.body, /<title>Қате/)
  t.match(place.body, /role="status">Таңдалған тыңдаушылар мұндай ұйымда болмайды/, 'why the place is asked for again')
  const nothing = await colleague.send('/kk/request/when', { do: 'host' })
  t.equal(nothing.statusCode, 422)
  t.equal(summary(nothing.body).length, 1)
})

t.test('parallel classes are one request, shown wherever it is, and a series with one click', async t => {
  const school = visitor(w)
  await toCheck(school, { language: 'ru', email: 'classes@mektep.example' })
  for (const [typed, said] of [
    ['Асель Нурланова', 'Напишите классы так: 9А, 9Ә, 9Б, или их число: 3'],
    ['9', 'В одной заявке не больше 8 классов. Для остальных подайте ещё одну'],
    ['А Ә Б В Г Д Е Ж З', 'В одной заявке не больше 8 классов. Для остальных подайте ещё одну'],
  ] as const) {
    await school.get('/ru/request/when')
    const answer = await school.send('/ru/request/when', { classes: typed, do: 'next' })
    t.strictSame([answer.statusCode, summary(answer.body), typedIn(answer.body, 'classes')], [422, [said], typed])
  }
  await school.get('/ru/request/when')
  await school.send('/ru/request/when', { classes: '9 а, «Ә», 9-Б', do: 'next' })
  await school.get('/ru/request/check')
  t.ok(listed(school.page()).includes('3 (9А, Ә, 9Б)'))
  await school.send('/ru/request/check', {})
  const asked = await lastRequest()
  t.match(asked, { class_count: 3, class_names: ['9А', 'Ә', '9Б'] })
  const link = `/r/${tokenOf(secret, 'request', asked.nonce)}`
  await school.get(link)
  await school.follow(await school.send(`${link}/confirm`, {}))
  t.match(school.page(), 'параллельные классы: 3 (9А, Ә, 9Б)')
  await w.deliver()
  t.match(w.mails.findLast(mail => mail.kind === 'request-received')?.text, /Параллельные классы: 3 \(9А, Ә, 9Б\)/)
  const staff = visitor(w, await w.signIn(cast.coordinator))
  await staff.get('/app?l=ru')
  t.match(staff.page(), 'Параллельные классы: 3 (9А, Ә, 9Б)', 'the inbox says how many talks are meant')
  await staff.get(`/app/requests/${asked.number}?l=ru`)
  t.match(staff.page(), '3 (9А, Ә, 9Б)')
  const series = new RegExp(`href="(/app/requests/${asked.number}/series)"[^>]*>([^<]*: 3)<`).exec(staff.page())
  await staff.get(series?.[1] ?? '')
  t.strictSame(
    [1, 2, 3, 4].map(n => typedIn(staff.page(), `class-${n}`)),
    ['9А', '9Ә', '9Б', ''],
  )
  t.strictSame(
    [1, 2, 3, 4].map(n => typedIn(staff.page(), `heads-${n}`)),
    ['30', '30', '30', ''],
  )
})

t.test('hours of one’s own are judged sensibly: long enough, and by day', async t => {
  const school = visitor(w)
  await toCheck(school, { language: 'en' })
  for (const [from, to, said] of [
    ['10:00', '10:20', 'The talk takes 45 minutes: give a longer stretch of time'],
    ['22:00', '23:30', 'There are no talks at night. Write a time between 07:00 and 21:00'],
  ]) {
    await school.get('/en/request/when')
    const own = { slot: [], 'w0-date': '2026-12-01', 'w0-from': from, 'w0-to': to, do: 'next' }
    t.strictSame(summary((await school.send('/en/request/when', own)).body), [said])
  }
})

t.test('places are found while they are typed: a part of the page, for the audience, without custody', async t => {
  const find = (q: string, audience = 'pupils') =>
    w.app.inject({ url: `/ru/request/hosts?audience=${audience}&q=${encodeURIComponent(q)}` })
  const { body, headers } = await find('901')
  t.match(body, /data-said="Найдено: 1"[\s\S]*name="host"/)
  t.equal(headers['cache-control'], 'no-store')
  t.match((await find('90')).body, '901 (', 'a number that goes on')
  t.match((await find('90 школа')).body, '901 (', 'and where a word follows')
  t.equal((await find('9')).statusCode, 204)
  t.match((await find('<script>жоқ')).body, 'Ничего не нашлось')
  t.notMatch((await find('901', 'college-students')).body, '901 (')
})
