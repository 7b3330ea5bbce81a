import { DateTime } from 'luxon'
import t from 'tap'
import { raw } from '../../src/base/mail.ts'
import { messageKinds } from '../../src/messages/rules.ts'
import { optionalOf } from '../../src/messages/unsubscribe-rules.ts'
import { monday } from '../cast.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const { app, db, clock, mails } = here
const start = DateTime.fromISO(monday, { zone: 'utc' })
clock.now = start
await bookedTalk(here, named, await ask(here, named), '2026-11-26T10:20', ['zhunisov'])
await here.deliver()
const needed = mails.splice(0)
clock.now = start.set({ day: 25, hour: 13, minute: 0 })
await here.deliver()
const toSpeaker = mails.find(mail => mail.kind === 'reminder-day' && !mail.to.address.includes('school'))
const link = new URL(toSpeaker?.unsubscribe ?? 'http://nowhere')
const left = () => db.selectFrom('unsubscriptions').select(['recipient', 'kind']).execute()
const speaker = `speaker:${named.speaker('zhunisov')}`

t.test('only what one can do without can be left', async t => {
  t.same(
    messageKinds.filter(kind => optionalOf(kind) !== undefined),
    [
      ...['reminder-days', 'reminder-day', 'reminder-hours', 'outcome-asked', 'digest-day', 'digest-week'],
      ...['feedback-asked', 'talk-offered'],
    ],
  )
  t.ok(needed.length > 0)
  for (const mail of needed) t.notOk(mail.unsubscribe, mail.kind)
})

t.test('programs find the way in the headers, people in both halves', async t => {
  if (!toSpeaker) throw new Error('no letter')
  const bytes = String(await raw(toSpeaker)).replaceAll(/\r\n[ \t]/g, ' ')
  t.match(bytes, new RegExp(`^List-Unsubscribe: <${link.href}>\r$`, 'm'))
  t.match(bytes, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
  t.ok(toSpeaker.text.includes(link.href))
  t.ok(toSpeaker.html.includes(link.href))
})

t.test('looking changes nothing', async t => {
  const page = await app.inject(link.pathname)
  t.equal(page.statusCode, 200)
  t.equal(page.headers['referrer-policy'], 'no-referrer')
  t.match(page.body, /method="post"/)
  t.same(await left(), [])
})

t.test('a wrong link leads nowhere', async t => {
  const [, , id = '', token = ''] = link.pathname.split('/')
  for (const path of [
    `/u/${id}/${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`,
    `/u/${id.replace(/.$/, last => (last === '0' ? '1' : '0'))}/${token}`,
    `/u/x/${token}`,
  ]) {
    t.equal((await app.inject(path)).statusCode, 404, path)
    t.equal(
      (
        await app.inject({
          method: 'POST',
          url: path,
          payload: 'List-Unsubscribe=One-Click',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        })
      ).statusCode,
      404,
    )
  }
  const [invitation] = await db.selectFrom('messages').select('id').where('kind', '=', 'invitation').execute()
  t.equal((await app.inject(`/u/${invitation?.id}/${token}`)).statusCode, 404, 'nor for what is needed')
  t.same(await left(), [])
})

t.test('one click of a mail program, from nowhere and without a form of ours, ends this kind and no other', async t => {
  const answer = await app.inject({
    method: 'POST',
    url: link.pathname,
    payload: 'List-Unsubscribe=One-Click',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://mail.example',
      'sec-fetch-site': 'cross-site',
    },
  })
  t.equal(answer.statusCode, 303)
  t.same(await left(), [{ recipient: speaker, kind: 'reminder' }])
  mails.length = 0
  clock.now = start.set({ day: 26, hour: 3, minute: 20 })
  await here.deliver()
  t.same(
    mails.map(mail => [mail.kind, mail.to.address]),
    [['reminder-hours', 'school@kezdesu.example']],
  )
  const row = await db
    .selectFrom('messages')
    .select(['state', 'reason'])
    .where('recipient', '=', speaker)
    .where('kind', '=', 'reminder-hours')
    .executeTakeFirst()
  t.same(row, { state: 'skipped', reason: 'left' })
  clock.now = start.set({ day: 26, hour: 7, minute: 30 })
  await here.deliver()
  t.ok(mails.some(mail => mail.kind === 'outcome-asked'))
})

t.test('who has left can come back, by a form of ours only', async t => {
  const page = await app.inject(link.pathname)
  const back = /action="([^"]+\/back)"/.exec(page.body)?.[1] ?? ''
  t.equal(
    (
      await app.inject({
        method: 'POST',
        url: back,
        payload: '',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
      })
    ).statusCode,
    403,
  )
  t.equal((await left()).length, 1)
  const answer = await app.inject({
    method: 'POST',
    url: back,
    payload: '',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })
  t.equal(answer.statusCode, 303)
  t.same(await left(), [])
})
