import { DateTime } from 'luxon'
import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { planDigests } from '../../src/reminders/digest-actions.ts'
import { digestsDue } from '../../src/reminders/digest-rules.ts'
import { cast, monday } from '../cast.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { world } from '../world.ts'

const almaty = (text: string) => DateTime.fromISO(`${text}+05:00`, { zone: 'utc' })
const due = (text: string, zone = 'Asia/Almaty') =>
  digestsDue(almaty(text), zone, { dayAt: 450, weekAt: 1080 }).map(({ kind, day }) => `${kind} ${day}`)

t.test('the overview of the day from 07:30 to noon, of the week from Sunday 18:00 to Monday noon', async t => {
  t.same(due('2026-11-25T07:29'), [])
  t.same(due('2026-11-25T07:30'), ['digest-day 2026-11-25'])
  t.same(due('2026-11-25T11:59'), ['digest-day 2026-11-25'])
  t.same(due('2026-11-25T12:00'), [])
  t.same(due('2026-11-29T17:59'), [])
  t.same(due('2026-11-29T18:00'), ['digest-week 2026-11-29'])
  t.same(due('2026-11-30T08:00'), ['digest-day 2026-11-30', 'digest-week 2026-11-29'])
  t.same(due('2026-11-30T12:00'), [])
  t.same(due('2026-11-25T07:45', 'Europe/Berlin'), [], "by the House's own walls")
})

const here = await world(t)
const named = await names(here)
const { db, clock, mails } = here
const look = async (text: string) => {
  clock.now = almaty(text)
  await planDigests(db, sleeping, clock.now)
  await here.deliver()
  return mails.splice(0).filter(mail => mail.kind.startsWith('digest-'))
}

t.test('a coordinator reads in the morning what is new, what is missing and who goes where tomorrow', async t => {
  clock.now = DateTime.fromISO(monday, { zone: 'utc' })
  await bookedTalk(here, named, await ask(here, named), '2026-11-25T10:20', ['zhunisov'])
  await ask(here, named, { windows: [{ from: '2026-11-26', to: '2026-12-10' }] })
  await here.deliver()
  mails.length = 0
  const letters = await look('2026-11-24T07:31')
  const mine = letters.find(mail => mail.to.address === cast.coordinator)
  t.ok(mine)
  t.match(mine?.text, /Новые заявки: 1\n/)
  t.match(mine?.text, /Встречи завтра: 1\n10:20: /)
  t.match(mine?.html, 'Новые заявки')
  t.match(mine?.unsubscribe, '/u/')
  t.notOk(
    letters.some(mail => mail.to.address === 'orazbaeva@kezdesu.example'),
    'a House with nothing to say says nothing',
  )
  const quiet = await db
    .selectFrom('messages')
    .select(['state', 'reason'])
    .where('kind', '=', 'digest-day')
    .where('address', '=', 'orazbaeva@kezdesu.example')
    .executeTakeFirst()
  t.same(quiet, { state: 'skipped', reason: 'nothing' })
  t.same(await look('2026-11-24T07:32'), [], 'once a day, however often one looks')
  t.equal(
    (await look('2026-11-25T11:00')).some(mail => mail.to.address === cast.coordinator),
    true,
    'late after downtime',
  )
  t.same(await look('2026-11-26T13:00'), [], 'and not in the afternoon')
})

t.test('a speaker reads on Sunday evening where the week leads', async t => {
  clock.now = almaty('2026-11-27T09:00')
  await bookedTalk(
    here,
    named,
    await ask(here, named, { windows: [{ from: '2026-11-28', to: '2026-12-20' }] }),
    '2026-12-02T10:20',
    ['zhunisov'],
  )
  await here.deliver()
  mails.length = 0
  const letters = await look('2026-11-29T18:05')
  const { email } = await db
    .selectFrom('speakers')
    .select('email')
    .where('id', '=', named.speaker('zhunisov'))
    .executeTakeFirstOrThrow()
  t.same(
    letters.map(mail => [mail.kind, mail.to.address]),
    [['digest-week', email]],
  )
  t.match(letters[0]?.text, '10:20')
  t.match(letters[0]?.html, '/me/talks/')
})

t.test('a House says when its overviews go out, and a speaker when theirs does', async t => {
  clock.now = almaty('2026-12-04T09:00')
  const number = await ask(here, named, { windows: [{ from: '2026-12-05', to: '2026-12-20' }] })
  await bookedTalk(here, named, number, '2026-12-08T10:20', ['zhunisov'])
  await here.deliver()
  await db.updateTable('houses').set({ digest_day_at: '09:00', digest_week_at: '12:00' }).execute()
  t.same(await look('2026-12-05T08:59'), [])
  t.ok((await look('2026-12-05T09:01')).some(mail => mail.to.address === cast.coordinator))
  await db
    .updateTable('speakers')
    .set({ digest_week_at: '20:00' })
    .where('id', '=', named.speaker('zhunisov'))
    .execute()
  const weekly = async (text: string) => (await look(text)).filter(mail => mail.kind === 'digest-week').length
  t.equal(await weekly('2026-12-06T12:30'), 0)
  t.equal(await weekly('2026-12-06T20:01'), 1)
  t.equal(await weekly('2026-12-07T08:00'), 0)
})
