import { DateTime } from 'luxon'
import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { deliverDue } from '../../src/messages/actions.ts'
import { planDigests } from '../../src/reminders/digest-actions.ts'
import { digestsDue } from '../../src/reminders/digest-rules.ts'
import { dayShort, weekShort } from '../../src/reminders/short-mail.ts'
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
  t.match(letters[0]?.text, /\nhttp\S*\/me\/talks\/[\w-]+\n/, 'the address has a line of its own')
  t.match(letters[0]?.text, /\n(Время Алматы|Алматы уақыты)\.\n/)
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

const counts = { fresh: 3, waiting: 14, unanswered: 2, open: 1, unreported: 0, expired: 5 }
const weekly = (day: string, from: string) => ({
  ...{ id: '', day, from },
  ...{ topic: { kk: '', ru: '', en: '' }, host: { kk: '', ru: '', en: '' }, district: { kk: '', ru: '', en: '' } },
})

t.test('an overview in a short message says what is most needed, in 160 characters and with its page', async t => {
  const url = 'https://kezdesu.kz/app'
  t.equal(
    dayShort('kk', '2026-11-24', counts, 4, url).text,
    `Күн шолуы: 24 қараша. Орны бос кездесу: 1. Жауапсыз шақыру: 2. Жаңа өтінім: 3. Ертеңгі кездесу: 4. Мерзімі өткен өтінім: 5. ${url}`,
  )
  t.match(dayShort('ru', '2026-11-24', counts, 4, url).text, /^Сводка дня: 24 ноября\. Не хватает лектора: 1\. /)
  const talks = [weekly('2026-12-01', '10:20'), weekly('2026-12-03', '14:00')]
  t.equal(
    weekShort('ru', '2026-11-30', '2026-12-06', talks, 'https://kezdesu.kz/me').text,
    'Неделя впереди: 30 ноября – 6 декабря. Встречи: 2. Первая: 1 декабря, 10:20. https://kezdesu.kz/me',
  )
  const many = { fresh: 12345, waiting: 12345, unanswered: 12345, open: 12345, unreported: 12345, expired: 12345 }
  for (const language of ['kk', 'ru', 'en'] as const)
    for (const length of [10, 60, 100, 130, 200]) {
      const link = `https://k.kz/${'x'.repeat(length)}`
      for (const short of [
        dayShort(language, '2026-11-24', many, 60, link),
        dayShort(language, '2026-09-24', { ...many, open: 0, unanswered: 0 }, 0, link),
        weekShort(language, '2026-09-28', '2026-10-04', talks, link),
      ]) {
        t.ok(short.text.length <= 160, short.text)
        t.match(short.text, /\d/)
        t.equal(short.url, link, 'beside the text in any case')
        t.equal(short.text.includes(link), short.text.includes('https'), 'whole or not at all')
      }
    }
})

t.test('who prefers short messages gets the overview as one, instead of the letter', async t => {
  const accounts = db.updateTable('accounts').where('email', '=', cast.coordinator)
  const { house_id } = await db
    .selectFrom('roles')
    .innerJoin('accounts', 'accounts.id', 'account_id')
    .select('house_id')
    .where('email', '=', cast.coordinator)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('gateways')
    .values({ house_id, sealed_address: 'x', nonce: 'x', kept_at: clock.now, secret_at: clock.now })
    .execute()
  await accounts.set({ channel: 'webhook', phone: '+77010000001' }).execute()
  const said: string[] = []
  clock.now = almaty('2026-12-10T09:01')
  await planDigests(db, sleeping, clock.now)
  await deliverDue({
    ...here.post,
    shortMailer: {
      send: async (_, short) => {
        said.push(`${short.kind} ${short.to} ${short.text}`)
        return { sent: '200' }
      },
    },
  })
  t.equal(said.length, 1)
  t.match(said[0], /^digest-day \+77010000001 \S[^:]*: 10 /)
  t.match(said[0], 'http://127.0.0.1:3000/app')
  t.notOk(mails.some(mail => mail.kind === 'digest-day' && mail.to.address === cast.coordinator))
})
