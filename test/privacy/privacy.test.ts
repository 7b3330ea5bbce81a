import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
import { tokenOf } from '../../src/base/secrets.ts'
import { eraseAddress, eraseAgain, keepAll } from '../../src/privacy/erase.ts'
import { runRetention } from '../../src/privacy/retention.ts'
import { readTombstones } from '../../src/privacy/tombstones.ts'
import { cast } from '../cast.ts'
import { booked, secret } from '../talks/booked.ts'
import { formOn, submit, world } from '../world.ts'
import { unasked } from './columns.ts'
import { asTyped, leaveTraces, where } from './traces.ts'

const here = await world(t)
const { app, db, clock, signIn } = here
const dataDir = mkdtempSync(path.join(tmpdir(), 'kezdesu-privacy-'))
t.teardown(() => rmSync(dataDir, { recursive: true, force: true }))
Object.assign(app.config, { dataDir })
const grave = { secret, dataDir }
const start = clock.now
const coordinator = await signIn(cast.coordinator)
const talk = await booked(db, clock.now)
const speaker = await leaveTraces(db, talk, start)
const get = (url: string, cookie = coordinator) => app.inject({ url, headers: { cookie } })
const { number } = await db
  .selectFrom('requests')
  .select('number')
  .where('id', '=', talk.requestId)
  .executeTakeFirstOrThrow()

t.test('all that is held on a person stands on a page and in a file, to those who may see it', async t => {
  for (const url of [`/app/speakers/${speaker.id}/data`, `/app/requests/${number}/contact/data`]) {
    const page = await get(url)
    t.equal(page.statusCode, 200)
    const file = await get(`${url}.json`)
    t.match(file.headers['content-disposition'], /attachment/)
    const held = file.json() as { section: string; rows: Record<string, unknown>[] }[]
    t.ok(held.some(it => it.section === 'person'))
    t.notMatch(file.body, /nonce|token_hash|secret_hash|id_hash/)
    for (const language of ['kk', 'ru']) {
      const { body } = await get(`${url}?l=${language}`)
      const codes =
        /<dd>(invited|accepted|booked|talk-booked|waiting|psychologist|transit|written|request-[a-z]+|mail|kk|thanks|\d{9})<\/dd>/g
      t.same(
        [...body.matchAll(codes)].map(([, code]) => code),
        [],
        language,
      )
    }
    t.equal((await get(url, await signIn(cast.viewer))).statusCode, 404)
    t.equal((await get(url, await signIn(cast.coordinatorOfAnotherHouse))).statusCode, 404)
  }
  const mine = await get('/me/data.json', await signIn(cast.psychologist))
  t.match(mine.body, speaker.email)
  const nonce = await db
    .selectFrom('requests')
    .select('nonce')
    .where('id', '=', talk.requestId)
    .executeTakeFirstOrThrow()
  const token = tokenOf(secret, 'request', nonce.nonce)
  const held = (await app.inject({ url: `/r/${token}/data`, headers: { 'accept-language': 'en' } })).body
  t.match(held, /saule@mektep.example/)
  t.match(held, '<html lang="kk">', 'in the language of the request, as the page that leads here')
  const write = `/r/${token}/message`
  const { fields } = formOn((await app.inject({ url: write })).body, write)
  t.equal((await submit(app, write, { ...fields, message: 'Рақмет!' })).statusCode, 303)
  const theirs = (await app.inject({ url: `/r/${token}/data.json` })).json<{ section: string; rows: object[] }[]>()
  t.match(theirs.find(it => it.section === 'journal')?.rows, [{ kind: 'written', ip_prefix: /^127/ }])
  t.equal((await app.inject({ url: `/r/${token}x/data` })).statusCode, 404)
  const seen = await db
    .selectFrom('journal')
    .select(['kind', 'thing', 'thing_id'])
    .where('thing', '=', 'person')
    .orderBy('n')
    .execute()
  t.same(
    seen,
    [
      { kind: 'seen', thing: 'person', thing_id: speaker.id },
      { kind: 'seen', thing: 'person', thing_id: String(number) },
    ],
    'one row a person and day, of the page and the file together',
  )
})

t.test('whatever points at a person is in the data on them, and staff have theirs as well', async t => {
  t.same(await unasked(db), [])
  for (const who of [cast.viewer, cast.coordinator, cast.administrator]) {
    const cookie = await signIn(who)
    t.match((await get('/account/data', cookie)).body, who)
    const held = (await get('/account/data.json', cookie)).json() as {
      section: string
      rows: Record<string, unknown>[]
    }[]
    const [account] = held.find(it => it.section === 'account')?.rows ?? []
    t.match(account, { email: who })
    t.ok(held.some(it => it.section === 'sessions'))
  }
  t.equal((await get('/account/data', await signIn(cast.psychologist))).statusCode, 404)
})

t.test('who is still counted on is not erased, and it is said why', async t => {
  for (const url of [`/app/speakers/${speaker.id}/erasure`, `/app/requests/${number}/contact/erasure`]) {
    const { fields } = formOn((await get(url)).body, url)
    const refused = await submit(app, url, fields, coordinator)
    t.equal(refused.statusCode, 409)
    t.match(refused.body, new RegExp(`/app/talks/${talk.talkId}`))
  }
  t.match(await eraseAddress(db, grave, cast.psychologist, clock.now), { refused: 'ahead' })
  t.equal(
    (await db.selectFrom('speakers').select('email').where('id', '=', speaker.id).executeTakeFirstOrThrow()).email,
    cast.psychologist,
  )
})

t.test('erasure reaches every table; counts and talks stay', async t => {
  await db
    .updateTable('talks')
    .set({ state: 'held', heads_counted: 61, outcome_at: start })
    .where('id', '=', talk.talkId)
    .execute()
  await db.updateTable('requests').set({ state: 'held', ended_at: start }).where('id', '=', talk.requestId).execute()
  clock.now = start.plus({ days: 2 })
  const cookie = await signIn(cast.coordinator)
  const names = [
    ...new Set([speaker.name_kk, speaker.name_ru, speaker.name_en, speaker.address_kk, speaker.address_ru]),
  ]
  const needles = [
    ...names,
    speaker.email,
    speaker.phone ?? '+70000000000',
    'Сәуле Ахметқызы',
    'saule@mektep.example',
    '+77010000008',
    ...asTyped,
  ]
  t.not((await where(db, needles)).length, 0)
  t.same(await where(db, asTyped), ['talks.note'])
  for (const url of [`/app/speakers/${speaker.id}/erasure`, `/app/requests/${number}/contact/erasure`]) {
    const { fields } = formOn((await get(url, cookie)).body, url)
    t.equal((await submit(app, url, fields, cookie)).statusCode, 303)
  }
  t.same(await where(db, needles), [])
  const after = await db.selectFrom('assignments').select('token_hash').where('talk_id', '=', talk.talkId).execute()
  t.equal(after.length, 2)
  t.match(
    await db.selectFrom('talks').select(['state', 'heads_counted']).where('id', '=', talk.talkId).executeTakeFirst(),
    { heads_counted: 61 },
  )
  t.equal((await app.inject({ url: `/i/${talk.seats[0]?.token}` })).statusCode, 404, 'the link of the invitation ends')
  const erased = await db
    .selectFrom('journal')
    .select(['by_whom', 'thing'])
    .where('kind', '=', 'person-erased')
    .orderBy('n')
    .execute()
  t.same(erased, [
    { by_whom: 'account', thing: 'speaker' },
    { by_whom: 'account', thing: 'contact' },
  ])
  t.equal(
    (await readTombstones(dataDir)).length,
    3,
    'the speaker, the account and the contact are remembered by keyed hashes of their ids',
  )
})

t.test('after a restore the same people are erased again, and who came later is left alone', async t => {
  const back = await booked(db, start, { day: '2026-11-20', team: [] })
  await db
    .updateTable('speakers')
    .set({ email: cast.psychologist, name_kk: speaker.name_kk, left_on: null })
    .where('id', '=', speaker.id)
    .execute()
  await db
    .updateTable('contacts')
    .set({ created_at: clock.now.plus({ days: 1 }) })
    .where('host_id', '=', back.hostId)
    .execute()
  await db
    .updateTable('speakers')
    .set({ created_at: start.minus({ days: 9 }) })
    .where('id', '=', speaker.id)
    .execute()
  t.equal(await eraseAgain(db, grave, clock.now), 1)
  t.same(await where(db, [cast.psychologist]), [])
  t.not((await where(db, ['saule@mektep.example'])).length, 0)
  t.equal(await eraseAgain(db, { ...grave, secret: 'another key of 32 characters or more' }, clock.now), 0)
  await keepAll(db, dataDir)
  t.equal(await eraseAgain(db, grave, clock.now), 0)
})

t.test(
  'terms run once a day by the clock, are shown, and the page for everybody says them in three languages',
  async t => {
    await db
      .insertInto('replies')
      .values({
        ...{ house_id: talk.houseId, talk_id: talk.talkId, speaker_id: speaker.id, message_id: 'm', body_hash: 'b' },
        ...{ arrival: 'DKIM of elsewhere.example', came_at: start, sender: 'somebody@elsewhere.example' },
        ...{
          comment: 'nobody decided on this',
          answer: 'declined',
          state: 'open',
          during: sql`tstzrange(${start}, ${start.plus({ hours: 1 })})`,
        },
      })
      .execute()
    clock.now = start.plus({ months: 14 })
    t.ok((await runRetention(db, clock.now, dataDir)) > 0)
    t.same(await where(db, ['saule@mektep.example']), [], 'a contact goes a year after the last event')
    t.same(await where(db, ['elsewhere.example', 'nobody decided']), [], 'nor does a reply wait for ever')
    const links = sql`select 'link' as it from sign_in_links where expires_at < ${clock.now.minus({ months: 12 })}`
    const over = sql`select 'session' as it from sessions where ends_at < ${clock.now.minus({ days: 1 })} union all ${links}`
    t.same((await over.execute(db)).rows, [], 'nor a sign-in of who never comes again')
    const run = () =>
      db
        .selectFrom('retention_runs')
        .select(['rule', 'ran_at'])
        .where('rule', '=', 'contacts')
        .executeTakeFirstOrThrow()
    const first = await run()
    await runRetention(db, clock.now.plus({ hours: 5 }))
    t.same(await run(), first)
    await runRetention(db, clock.now.plus({ days: 1 }))
    t.not((await run()).ran_at.toMillis(), first.ran_at.toMillis())

    const cookie = await signIn(cast.administrator)
    const { fields } = formOn((await get('/admin/privacy', cookie)).body, '/admin/privacy/contacts')
    t.equal((await submit(app, '/admin/privacy/contacts', { ...fields, amount: '99' }, cookie)).statusCode, 422)
    t.equal((await submit(app, '/admin/privacy/contacts', { ...fields, amount: '7' }, cookie)).statusCode, 303)
    const said = {
      kk: /соңғы кездесуден кейін: 7 ай/,
      ru: /после последней встречи: 7 месяцев/,
      en: /after the last talk: 7 months/,
    }
    for (const [language, text] of Object.entries(said))
      t.match((await app.inject({ url: `/${language}/privacy` })).body, text)
    t.match(
      await db.selectFrom('journal').select(['old', 'new']).where('kind', '=', 'retention-kept').executeTakeFirst(),
      {
        old: '{"amount":12}',
        new: '{"amount":7,"rule":"contacts"}',
      },
    )
  },
)
