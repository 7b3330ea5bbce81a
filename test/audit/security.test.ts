import { sql } from 'kysely'
import t from 'tap'
import { verify } from '../../src/audit/verify-actions.ts'
import { tokenOf } from '../../src/base/secrets.ts'
import { ask, newest, wrongCode } from '../accounts/asking.ts'
import { browser, byLetter, codeNow, takeCodes } from '../accounts/factors.ts'
import { cast } from '../cast.ts'
import { booked, secret } from '../talks/booked.ts'
import { formOn, submit, world } from '../world.ts'

type Line = Record<string, unknown>
const text: string[] = []
const here = await world(t, undefined, { log: line => text.push(line) })
const { app, db, clock, signIn } = here
const idOf = async (email: string) =>
  (await db.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id
const [coordinator, psychologist] = [await idOf(cast.coordinator), await idOf(cast.psychologist)]
const password = 'алма ағашы көктемде гүлдейді'

/** Rows of the journal that came since, as `kind new`, each with the place it came from. */
async function journalOf<Result>(work: () => Promise<Result>): Promise<{ rows: string[]; result: Result }> {
  const heads = await db.selectFrom('journal_heads').select(['house_id', 'n']).execute()
  const result = await work()
  const rows = await db
    .selectFrom('journal')
    .innerJoin('houses', 'houses.id', 'journal.house_id')
    .select(['house_id', 'n', 'kind', 'new', 'slug', 'actor_id', 'place', 'thing', 'thing_id'])
    .orderBy('n')
    .execute()
  const fresh = rows.filter(row => row.n > (heads.find(it => it.house_id === row.house_id)?.n ?? 0))
  for (const row of fresh) {
    t.equal(row.place, '127.0.0.0')
    if (!row.kind.startsWith('/')) t.match(row, { actor_id: row.thing_id, thing: 'account' })
  }
  return { result, rows: fresh.map(row => `${row.slug} ${row.kind} ${row.new}`) }
}
/** Lines of the log about somebody who was turned away since. */
async function turnedAway(work: () => Promise<unknown>): Promise<Line[]> {
  const before = text.length
  await work()
  return text
    .slice(before)
    .map(line => JSON.parse(line) as Line)
    .filter(({ event }) => event === 'turned-away')
}
const codes = { secret: '' }

t.test('the journal knows who came in by which way, proved themselves again, changed factors and left', async t => {
  const letter = await journalOf(() => byLetter(here, cast.coordinator))
  t.same(letter.rows, ['almaty signed-in {"way":"link"}'])
  const one = letter.result
  const factors = await journalOf(async () => {
    codes.secret = (await takeCodes(here, one)).secret
    await one.get('/account/factors')
    await one.post('/account/password', { password })
  })
  t.same(factors.rows, [
    'almaty /account/codes {}',
    'almaty factors-changed {"change":"codes-set"}',
    'almaty factors-changed {"change":"password-set"}',
  ])

  const desk = browser(here)
  const proof = { email: cast.coordinator, password, code: codeNow(here, codes.secret, 1) }
  const strong = await journalOf(() => desk.post('/sign-in/password', proof))
  t.same(strong.rows, ['almaty signed-in {"way":"password"}'])
  clock.now = clock.now.plus({ minutes: 20 })
  const again = await journalOf(() => desk.post('/account/again', { code: codeNow(here, codes.secret) }))
  t.same(again.rows, ['almaty proved {"way":"code"}'])
  const ended = await journalOf(() => desk.post('/account/sessions', { session: 'others' }))
  t.same(ended.rows, ['almaty sessions-ended {"which":"others"}'])
  const left = await journalOf(() => desk.post('/sign-out'))
  t.same(left.rows, ['almaty signed-out {"which":"one"}'])

  const asked = await ask(app, cast.psychologist)
  const { code } = await newest(db)
  const speaker = await journalOf(() => submit(app, '/sign-in/code', { code }, asked.asked))
  t.same(speaker.rows, ['almaty signed-in {"way":"code"}'])

  const other = await db.selectFrom('houses').select(['id', 'slug']).where('slug', '<>', 'almaty').executeTakeFirst()
  if (!other) throw new Error('there is one House only')
  await db.insertInto('roles').values({ account_id: coordinator, house_id: other.id, role: 'viewer' }).execute()
  const cookie = await signIn(cast.coordinator)
  const moved = await journalOf(() => submit(app, '/account/house', { house: other.id }, cookie))
  t.same(moved.rows.sort(), ['almaty signed-out {"way":"house"}', `${other.slug} signed-in {"way":"house"}`])
  await db.deleteFrom('roles').where('account_id', '=', coordinator).where('house_id', '=', other.id).execute()
  t.ok((await verify(db)).every(it => it.fault === undefined))
  for (const language of ['kk', 'ru', 'en'])
    t.notMatch(
      (await app.inject({ url: `/admin/audit?l=${language}`, headers: { cookie: await signIn(cast.coordinator) } }))
        .body,
      /<th scope="row">(signed-in|signed-out|proved|sessions-ended)</,
    )
})

t.test('who is turned away stands in the log, by door and way, and not in the journal', async t => {
  const cookie = await signIn(cast.coordinator)
  const asked = await ask(app, cast.lawyer)
  const { code, token } = await newest(db)
  clock.now = clock.now.plus({ milliseconds: 1 })
  const expected: [string, string, () => Promise<unknown>, Line?][] = [
    ['sign-in', 'code', () => submit(app, '/sign-in/code', { code: wrongCode(code) }, asked.asked)],
    ['sign-in', 'link', () => submit(app, `/sign-in/${token}x`, {})],
    ['sign-in', 'password', () => submit(app, '/sign-in/password', { email: cast.coordinator, password: 'x', code })],
    ['sign-in', 'passkey', () => submit(app, '/sign-in/passkey', { answer: '{}' })],
    ['proof', 'code', () => submit(app, '/account/again', { code: '000000' }, cookie), { who: coordinator }],
    ['proof', 'passkey', () => submit(app, '/account/again/passkey', { answer: '{}' }, cookie), { who: coordinator }],
    ['role', '', async () => get('/app', await signIn(cast.psychologist)), { who: psychologist, route: '/app' }],
    ['forged', '', () => app.inject({ method: 'POST', url: '/sign-out', headers: { 'sec-fetch-site': 'cross-site' } })],
    ['unproved', '', async () => submit(app, '/app/closures', {}, (await weak()).jar.header), { who: coordinator }],
  ]
  const get = (url: string, as: string) => app.inject({ url, headers: { cookie: as } })
  const weak = () => byLetter(here, cast.coordinator)
  for (const [what, way, work, more] of expected) {
    const lines = await turnedAway(work)
    t.match(lines, [{ what, way, place: '127.0.0.0', level: 40, ...more }], `${what} ${way}`)
    t.equal(lines.length, 1)
    t.match(String(lines[0]?.['reqId']), /^\d{8}$/)
  }
  const marks = await turnedAway(async () => {
    for (const email of [cast.coordinator, cast.coordinator, 'nobody@kezdesu.example'])
      await submit(app, '/sign-in/password', { email, password: 'x', code: '1' })
  })
  const [a, b, c] = marks.map(({ mark }) => mark)
  t.ok(a === b && a !== c && String(a).length === 12, 'tries of one address are told from those of another')
})

t.test('a flood of tries is counted, and neither fills the journal nor holds it', async t => {
  const asked = await ask(app, cast.viewer)
  let lines: Line[] = []
  const { rows } = await journalOf(async () => {
    lines = await turnedAway(() =>
      Promise.all(Array.from({ length: 200 }, () => submit(app, '/sign-in/code', { code: '000000' }, asked.asked))),
    )
  })
  t.same(rows, [])
  t.equal(lines.length, 200)
  t.equal(lines.filter(({ what }) => what === 'sign-in').length, 5)
  t.equal(lines.filter(({ what }) => what === 'limit').length, 195)
  const { body } = await app.inject({ url: '/metrics', remoteAddress: '127.0.0.1' })
  t.match(body, /kezdesu_turned_away_total\{what="sign-in",way="code"\} \d/)
  t.match(body, /kezdesu_turned_away_total\{what="limit",way=""\} (19[5-9]|2\d\d)/)
})

t.test('no line of the log holds a secret, an address, a name or what somebody wrote, whatever was asked', async t => {
  const talk = await booked(db, clock.now)
  const { nonce } = await db
    .selectFrom('requests')
    .select('nonce')
    .where('id', '=', talk.requestId)
    .executeTakeFirstOrThrow()
  const cookie = await signIn(cast.administrator)
  const link = tokenOf(secret, 'request', nonce)
  const written = 'Сәуле Ахметқызы келе алмайды'
  const secrets = [
    ...[link, ...talk.seats.map(it => it.token), cookie.slice(4), password, codes.secret, written],
    ...['Сәуле Ахметқызы', 'saule@mektep.example', '+77010000008', '77010000008', secret],
    ...Object.values(cast).filter(it => it.includes('@')),
  ]
  const before = text.length
  const values = [link, 'saule@mektep.example', written, talk.seats[0]?.token ?? '']
  const body = {
    email: cast.viewer,
    password,
    code: '123456',
    note: written,
    name: written,
    message: written,
    phone: '+77010000008',
  }
  let at = 0
  for (const { method, url } of app.doors) {
    const value = values[at++ % values.length] ?? ''
    const address = url.replace(/:(\w+)(\([^)]*\))?/g, (_, name: string, pattern?: string) =>
      pattern ? 'kk' : name === 'id' && at % 2 ? talk.talkId : encodeURIComponent(value),
    )
    if (method === 'GET') await app.inject({ url: `${address}?q=${encodeURIComponent(value)}`, headers: { cookie } })
    else if (method === 'POST' && !url.includes('sign-out')) await submit(app, address, body, cookie)
  }
  // a fault, and a value that the database refuses
  await sql`alter table talks add constraint nobody_writes_a_note check (note not like '%келе%')`.execute(db)
  const page = await app.inject({ url: `/app/talks/${talk.talkId}`, headers: { cookie } })
  const form = formOn(page.body, `/app/talks/${talk.talkId}/note`)
  t.equal((await submit(app, form.action, { ...form.fields, own: written }, cookie)).statusCode, 422)
  await sql`alter table requests rename column token_hash to hash`.execute(db)
  t.equal((await app.inject({ url: `/r/${link}`, headers: { cookie } })).statusCode, 500)
  await sql`alter table requests rename column hash to token_hash`.execute(db)

  const lines = text.slice(before).map(line => JSON.parse(line) as Line)
  t.ok(lines.length > 200, `${lines.length} lines`)
  for (const line of lines) {
    const said = JSON.stringify(line)
    for (const one of secrets)
      if (said.includes(one) || said.includes(encodeURIComponent(one))) t.fail(`${one} in ${said}`)
    t.type(line['time'], 'number')
  }
  t.ok(lines.some(({ msg, err }) => msg === 'the database refused a value' && err))
  t.ok(lines.some(({ msg, err }) => msg === 'fault' && err))
  t.ok(
    lines.some(({ msg, who }) => msg === 'answered' && who),
    'a line says who asked',
  )
  t.notOk(
    lines.some(({ route, who }) => route === '/:l(^(?:kk|ru|en)$)/privacy' && who),
    'but not who looked at a page for everybody',
  )
})
