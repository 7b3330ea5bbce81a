import ICAL from 'ical.js'
import { simpleParser } from 'mailparser'
import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { type Mail, raw } from '../../src/base/mail.ts'
import { cancel, move, swap } from '../../src/talks/change-actions.ts'
import { faultsOf } from '../calendars/strict.ts'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'
import { ask, at, bookedTalk, names } from './situation.ts'

const here = await world(t)
const named = await names(here)
const { db, clock, app, mails } = here
const { secret } = app.config
const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }

let weeks = 0
/** A talk for parents with a psychologist and a mentor, each in a week of its own. */
async function newTalk(): Promise<{ talkId: string; day: (time: string) => { day: string; minute: number } }> {
  const tuesday = clock.now.setZone('Asia/Almaty').plus({ weeks: ++weeks, days: 1 }).toISODate()
  const windows = [{ from: '2026-11-24', to: '2027-03-01', fromTime: '08:00', toTime: '20:00' }]
  const number = await ask(here, named, {
    host: 'school-904',
    topic: 'parents-responsibility',
    audience: 'parents',
    grades: [],
    windows,
  })
  const talkId = await bookedTalk(here, named, number, `${tuesday}T15:00`, ['isabekova', 'eskendir'])
  return { talkId, day: time => at(`${tuesday}T${time}`) }
}

/** The letters that leave now, each as who gets which kind with which calendar. */
async function sent(): Promise<Mail[]> {
  mails.length = 0
  await here.deliver()
  return [...mails]
}
const said = (letters: Mail[]) =>
  letters.map(({ kind, to, calendar }) => `${to.address.split('@')[0]} ${kind} ${calendar?.method ?? '-'}`).sort()

type Invited = {
  uid: string
  sequence: number
  status: string
  from: string
  partstat: string
  rsvp: string
  organizer: string
  name: string
  by: string
}
/** What the calendar part of somebody's letter says. */
function invited(letters: Mail[], person: string): Invited {
  const content = letters.find(({ to, calendar }) => calendar && to.address.startsWith(person))?.calendar?.content
  const event = new ICAL.Component(ICAL.parse(content ?? '')).getFirstSubcomponent('vevent')
  const parameter = (property: string, name: string) =>
    String(event?.getFirstProperty(property)?.getParameter(name) ?? '')
  const value = (property: string) => String(event?.getFirstPropertyValue(property) ?? '')
  return {
    uid: value('uid'),
    sequence: Number(value('sequence')),
    status: value('status'),
    from: value('dtstart'),
    partstat: parameter('attendee', 'partstat'),
    rsvp: parameter('attendee', 'rsvp'),
    organizer: value('organizer'),
    name: parameter('organizer', 'cn'),
    by: parameter('organizer', 'sent-by'),
  }
}

async function accepts(letters: Mail[], person: string) {
  const letter = letters.find(({ to }) => to.address.startsWith(person))
  const [, token] = /\/i\/([\w-]{43})/.exec(letter?.text ?? '') ?? []
  const { action, fields } = formOn((await app.inject(`/i/${token}`)).body, `/i/${token}/response`)
  t.equal((await submit(app, action, { ...fields, response: 'accept' })).statusCode, 303)
}
const later = () => {
  clock.now = clock.now.plus({ minutes: 5 })
}
const swapped = (talkId: string, out: string, into: string) =>
  swap(
    db,
    sleeping,
    secret,
    { by, talkId, location: '/x', out: named.speaker(out), in: named.speaker(into) },
    clock.now,
  )

t.test('an update is the same event with a higher sequence, and asks again as the time is another', async t => {
  const { talkId, day } = await newTalk()
  const first = await sent()
  t.same(said(first), ['eskendir invitation REQUEST', 'isabekova invitation REQUEST', 'school talk-booked REQUEST'])
  await accepts(first, 'isabekova')
  later()
  await move(db, sleeping, secret, { by, talkId, location: '/x', startsAt: day('16:00') }, clock.now)
  const second = await sent()
  t.same(said(second), [
    'eskendir invitation-update REQUEST',
    'isabekova invitation-update REQUEST',
    'school talk-changed REQUEST',
  ])
  const [before, after] = [invited(first, 'isabekova'), invited(second, 'isabekova')]
  t.equal(after.uid, before.uid)
  t.same([before.sequence, after.sequence], [0, 1])
  t.match(after.from, /T16:00:00$/)
  t.same([after.partstat, after.rsvp], ['NEEDS-ACTION', 'TRUE'])
})

t.test('who has accepted this very time before the letter left is told without being asked', async t => {
  const { talkId, day } = await newTalk()
  const first = await sent()
  later()
  await move(db, sleeping, secret, { by, talkId, location: '/x', startsAt: day('16:00') }, clock.now)
  await accepts(first, 'isabekova')
  const second = await sent()
  const [who, other] = [invited(second, 'isabekova'), invited(second, 'eskendir')]
  t.same([who.partstat, who.rsvp, who.status, who.sequence], ['ACCEPTED', '', 'CONFIRMED', 1])
  t.same([other.partstat, other.rsvp, other.status, other.sequence], ['NEEDS-ACTION', 'TRUE', 'TENTATIVE', 1])
})

t.test('a swap sends one CANCEL, one REQUEST and nothing to the rest; so does the way back', async t => {
  const { talkId } = await newTalk()
  const first = await sent()
  await accepts(first, 'isabekova')
  await accepts(first, 'eskendir')
  later()
  t.same(await swapped(talkId, 'isabekova', 'aidarqyzy'), { location: '/x' })
  const second = await sent()
  t.same(said(second), [
    'aidarqyzy invitation REQUEST',
    'isabekova invitation-cancellation CANCEL',
    'school talk-changed -',
  ])
  const [left, joined] = [invited(second, 'isabekova'), invited(second, 'aidarqyzy')]
  t.same([left.uid, joined.uid], Array(2).fill(invited(first, 'isabekova').uid))
  t.same([left.sequence, joined.sequence], [1, 1])
  t.same([left.status, joined.status, joined.partstat, joined.rsvp], ['CANCELLED', 'TENTATIVE', 'NEEDS-ACTION', 'TRUE'])
  t.equal(left.from, invited(first, 'isabekova').from)
  later()
  t.same(await swapped(talkId, 'aidarqyzy', 'isabekova'), { location: '/x' })
  const third = await sent()
  t.same(said(third), [
    'aidarqyzy invitation-cancellation CANCEL',
    'isabekova invitation REQUEST',
    'school talk-changed -',
  ])
  t.equal(invited(third, 'isabekova').sequence, 2)
  later()
  await cancel(db, sleeping, { by, talkId, location: '/x', reason: 'weather' }, clock.now)
  t.same(said(await sent()), [
    'eskendir invitation-cancellation CANCEL',
    'isabekova invitation-cancellation CANCEL',
    'school talk-cancelled CANCEL',
  ])
})

const unheard = async () => {
  const { talkId } = await newTalk()
  await cancel(db, sleeping, { by, talkId, location: '/x', reason: 'weather' }, clock.now)
  return sent()
}

t.test('a speaker who never heard of a talk hears nothing of its end', async t => {
  t.same(
    said(await unheard()).filter(line => !line.startsWith('school')),
    [],
  )
})

t.test('a host is told, since its page may have shown the talk, but its calendar has nothing to cancel', async t => {
  t.same(said(await unheard()), ['school talk-cancelled -'])
})

t.test('a team changed together with the time: one CANCEL, one REQUEST, one update', async t => {
  const { talkId, day } = await newTalk()
  await sent()
  later()
  const speakers = [named.speaker('aidarqyzy'), named.speaker('eskendir')]
  t.same(
    await move(db, sleeping, secret, { by, talkId, location: '/x', startsAt: day('16:00'), speakers }, clock.now),
    { location: '/x' },
  )
  const second = await sent()
  t.same(said(second), [
    'aidarqyzy invitation REQUEST',
    'eskendir invitation-update REQUEST',
    'isabekova invitation-cancellation CANCEL',
    'school talk-changed REQUEST',
  ])
  t.equal(invited(second, 'isabekova').sequence, 1)
})

t.test('a move that nobody heard of yet, and a cancellation: one letter, and no sequence used twice', async t => {
  const { talkId, day } = await newTalk()
  await sent()
  later()
  await move(db, sleeping, secret, { by, talkId, location: '/x', startsAt: day('16:00') }, clock.now)
  await cancel(db, sleeping, { by, talkId, location: '/x', reason: 'illness' }, clock.now)
  const second = await sent()
  t.same(said(second), [
    'eskendir invitation-cancellation CANCEL',
    'isabekova invitation-cancellation CANCEL',
    'school talk-cancelled CANCEL',
  ])
  t.equal(invited(second, 'eskendir').sequence, 2)
})

t.test('a cancellation names the time that its reader knows', async t => {
  const left = await newTalk()
  const first = await sent()
  later()
  const speakers = [named.speaker('aidarqyzy'), named.speaker('eskendir')]
  const moving = { by, talkId: left.talkId, location: '/x', startsAt: left.day('16:00'), speakers }
  await move(db, sleeping, secret, moving, clock.now)
  t.equal(invited(await sent(), 'isabekova').from, invited(first, 'isabekova').from)

  const unheard = await newTalk()
  const before = await sent()
  later()
  const revision = { by, talkId: unheard.talkId, location: '/x' }
  await move(db, sleeping, secret, { ...revision, startsAt: unheard.day('16:00') }, clock.now)
  await cancel(db, sleeping, { ...revision, reason: 'illness' }, clock.now)
  t.equal(invited(await sent(), 'eskendir').from, invited(before, 'eskendir').from)
})

t.test('the organizer is the House for the whole life of a talk, whoever acts', async t => {
  const { talkId, day } = await newTalk()
  const letters = [await sent()]
  later()
  await move(db, sleeping, secret, { by, talkId, location: '/x', startsAt: day('16:00') }, clock.now)
  letters.push(await sent())
  later()
  await cancel(db, sleeping, { by, talkId, location: '/x', reason: 'weather' }, clock.now)
  letters.push(await sent())
  for (const person of ['isabekova', 'eskendir']) {
    const its = letters.map(each => invited(each, person))
    t.equal(new Set(its.map(({ organizer, name }) => `${name} ${organizer}`)).size, 1)
    t.match(its[0]?.organizer, /^mailto:bron\+[0-9a-f]{32}@kezdesu\.example$/)
  }
  const [first] = letters
  t.equal(new Set(['isabekova', 'eskendir'].map(person => invited(first ?? [], person).organizer)).size, 2)
})

t.test('the coordinator who acts stands beside the organizer', async t => {
  const { talkId, day } = await newTalk()
  const letters = [await sent()]
  later()
  await move(db, sleeping, secret, { by, talkId, location: '/x', startsAt: day('16:00') }, clock.now)
  letters.push(await sent())
  later()
  await cancel(db, sleeping, { by, talkId, location: '/x', reason: 'weather' }, clock.now)
  letters.push(await sent())
  t.same(
    letters.map(each => invited(each, 'eskendir').by),
    Array(3).fill(`mailto:${cast.coordinator}`),
  )
})

t.test(
  'each letter with a calendar has the shape that mail programs know, with the method that its text has',
  async t => {
    const { talkId, day } = await newTalk()
    const letters = await sent()
    later()
    await move(db, sleeping, secret, { by, talkId, location: '/x', startsAt: day('16:00') }, clock.now)
    letters.push(...(await sent()))
    later()
    await cancel(db, sleeping, { by, talkId, location: '/x', reason: 'weather' }, clock.now)
    letters.push(...(await sent()))
    const withCalendar = letters.filter(mail => mail.calendar)
    t.equal(withCalendar.length, 9)
    for (const mail of withCalendar) {
      const { method, content } = mail.calendar ?? { method: '', content: '' }
      t.same(faultsOf(content), [])
      t.match(content, `METHOD:${method}\r\n`)
      const bytes = (await raw(mail)).toString('latin1')
      t.same(
        [...bytes.matchAll(/^Content-Type: ([\s\S]*?)\r\n(?=\S|\r\n)/gm)].map(([, type = '']) =>
          type.replace(/\r\n\s+/g, ' ').replace(/; boundary="[^"]*"/, ''),
        ),
        [
          'multipart/mixed',
          'multipart/alternative',
          'text/plain; charset=utf-8',
          'text/html; charset=utf-8',
          `text/calendar; charset=utf-8; method=${method}`,
          'application/ics; name=invite.ics',
        ],
      )
      const { to } = await simpleParser(bytes)
      t.same(to && 'value' in to ? to.value.map(it => it.address) : [], [mail.to.address])
      t.match(bytes, 'Content-Disposition: attachment; filename=invite.ics')
      t.match(bytes, /^From: .*@kezdesu\.example>?\r$/m)
      t.notMatch(bytes, /^(Cc|Bcc):/m)
    }
  },
)

t.test('the host gets letters of its own, with an event that asks for nothing and a file to download', async t => {
  await newTalk()
  const letter = (await sent()).find(({ to }) => to.address === 'school@kezdesu.example')
  const it = invited(letter ? [letter] : [], 'school')
  t.same([it.partstat, it.rsvp, it.status, it.sequence], ['ACCEPTED', '', 'CONFIRMED', 0])
  t.match(letter?.text, /\/r\/[\w-]{43}\.ics/)
})
