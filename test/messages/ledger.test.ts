import t from 'tap'
import { keepSetting } from '../../src/base/db/settings.ts'
import { cast } from '../cast.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { formOn, submit, world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const { db, app } = here
const talk = await bookedTalk(here, named, await ask(here, named), '2026-11-26T10:20', ['zhunisov'])
const coordinator = await here.signIn(cast.coordinator)
const stranger = await here.signIn(cast.coordinatorOfAnotherHouse)
const viewer = await here.signIn(cast.viewer)
const get = (url: string, cookie = coordinator) => app.inject({ url, headers: { cookie } })
const rows = (html: string) => html.match(/<td class="num">/g)?.length ?? 0
const one = await db.selectFrom('messages').select('id').where('kind', '=', 'talk-booked').executeTakeFirstOrThrow()

t.test('the ledger shows the House its letters, by state, kind and talk', async t => {
  t.equal(rows((await get('/app/messages')).body), 7)
  t.equal((await get('/app/messages', viewer)).statusCode, 404, 'names and addresses are not for a viewer')
  t.equal(rows((await get('/app/messages', stranger)).body), 0)
  t.equal(rows((await get('/app/messages?kind=invitation')).body), 1)
  t.equal(rows((await get('/app/messages?state=sent')).body), 0)
  t.equal(rows((await get(`/app/messages?talk=${talk}&state=waiting`)).body), 7)
  t.equal(rows((await get('/app/messages?page=2')).body), 0)
  for (const odd of ['?state=x', '?kind=%00', '?talk=1', '?page=-1', '?page=x', '?page=1e9'])
    t.equal((await get(`/app/messages${odd}`)).statusCode, 200, odd)
  t.equal((await app.inject({ url: '/app/messages' })).headers.location, '/sign-in')
})

t.test('a letter that was refused is sent again by its button, once, by its own House', async t => {
  await db
    .updateTable('messages')
    .set({ state: 'failed', reason: 'refused', smtp_reply: '550 no <such> box', attempt: 3 })
    .where('id', '=', one.id)
    .execute()
  const page = await get('/app/messages?state=failed')
  t.match(page.body, '550 no &#60;such&#62; box')
  const { action, fields } = formOn(page.body, /again$/)
  t.equal((await submit(app, action, fields, stranger)).statusCode, 403)
  const foreign = formOn((await get('/app/messages', stranger)).body, '/sign-out')
  t.equal((await submit(app, action, foreign.fields, stranger)).statusCode, 404)
  t.equal((await submit(app, action, fields, coordinator)).statusCode, 303)
  const row = await db
    .selectFrom('messages')
    .select(['state', 'attempt', 'reason'])
    .where('id', '=', one.id)
    .executeTakeFirstOrThrow()
  t.same(row, { state: 'waiting', attempt: 0, reason: null })
  t.equal((await submit(app, action, fields, coordinator)).statusCode, 404)
  t.equal((await submit(app, '/app/messages/x/again', fields, coordinator)).statusCode, 404)
})

t.test('only an administrator lets held mail go', async t => {
  await keepSetting(db, 'mail_hold', 'on')
  const administrator = await here.signIn(cast.administrator)
  t.notMatch((await get('/app/messages')).body, '/app/messages/release')
  const { action, fields } = formOn((await get('/app/messages', administrator)).body, '/app/messages/release')
  const other = formOn((await get('/app/messages')).body, '/sign-out')
  t.equal((await submit(app, action, other.fields, coordinator)).statusCode, 404)
  t.equal((await submit(app, action, fields, administrator)).statusCode, 303)
  t.equal(await here.deliver(), 2)
})
