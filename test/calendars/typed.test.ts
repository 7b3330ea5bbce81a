import assert from 'node:assert/strict'
import fc from 'fast-check'
import ICAL from 'ical.js'
import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { hashOf, tokenOf } from '../../src/base/secrets.ts'
import { cleanLine } from '../../src/base/text.ts'
import { move } from '../../src/talks/change-actions.ts'
import { type CalendarEvent, calendarOf, vevent } from '../../src/talks/ics.ts'
import { words } from '../../src/talks/ics-words.ts'
import { ask, at, bookedTalk, names } from '../talks/situation.ts'
import { world } from '../world.ts'
import { feedPath } from './feed-path.ts'
import { faultsOf } from './strict.ts'

const pieces = [
  ...['\r', '\n', '\r\n', '\r\n ', '\t', '\0', '\u0007', '\u007f', '\u0085', '\u2028', '\u2029'],
  ...['\ud800', '\udfff', '\u202e', '\ufeff', '"', "'", '^', '^n', "^'", ':', ';', ',', '\\', '\\n', '\\,', '%', '='],
  ...['ә', 'Қ', 'Ң', 'ы', 'é', 'e\u0301', '😀', '👩‍👩‍👧', '№', ' ', '  ', '<b>', '{{x}}', '&amp;'],
  ...['END:VEVENT\r\nBEGIN:VEVENT', 'END:VCALENDAR\r\n', '\r\nATTENDEE:mailto:x@y.kz', '\nMETHOD:CANCEL', '";X=":'],
]
/** What somebody may type or paste: pieces that break files, whatever else Unicode has, and very long texts of two octets a letter. */
const typed = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...pieces) },
      { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
      { weight: 1, arbitrary: fc.constantFrom('қазақша мәтін, ', 'русский текст; ').map(text => text.repeat(40)) },
      { weight: 1, arbitrary: fc.constant('ұзақ ').map(text => text.repeat(1000)) },
    ),
    { minLength: 1, maxLength: 30 },
  )
  .map(parts => parts.join('').slice(0, 5000))

type Found = { organizer: string; attendees: string[]; attendee: string; conference: string } & Record<
  'uid' | 'from' | 'summary' | 'location' | 'description' | 'calendar',
  string
>

/** The one event of a file, as an independent parser reads it. */
function read(file: string): Found {
  const calendar = new ICAL.Component(ICAL.parse(file))
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
  const [component, ...rest] = calendar.getAllSubcomponents('vevent')
  if (!component || rest.length > 0) throw new Error('not one event')
  const it = new ICAL.Event(component, { exceptions: [] })
  const first = (name: string) => String(component.getFirstPropertyValue(name) ?? '')
  const named = (name: string) => String(component.getFirstProperty(name)?.getParameter('cn') ?? '')
  return {
    uid: it.uid,
    from: it.startDate.toJSDate().toISOString(),
    summary: it.summary,
    location: it.location ?? '',
    description: it.description ?? '',
    organizer: named('organizer'),
    attendee: named('attendee'),
    attendees: component.getAllProperties('attendee').map(property => String(property.getFirstValue())),
    conference: first('conference'),
    // ical.js doesn't know this property for a TEXT
    calendar: String(calendar.getFirstPropertyValue('x-wr-calname') ?? '').replace(/\\([\\;,])/g, '$1'),
  }
}

/** A link has a test of its own below. */
const faultsIn = (file: string, feed = false): string[] =>
  faultsOf(file, { feed }).filter(fault => !fault.includes('CONFERENCE'))

/** A parameter has no backslashes, and is never empty. */
const inParameter = (name: string): string => cleanLine(name).replaceAll('\\', '/') || 'Kezdesu'

const here = await world(t)
const { db, clock, app, mails } = here
const { secret } = app.config
const named = await names(here)
const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
const team = ['isabekova', 'eskendir']
const number = await ask(here, named, {
  host: 'school-904',
  topic: 'parents-responsibility',
  audience: 'parents',
  grades: [],
  windows: [{ from: '2026-11-24', to: '2026-12-04', fromTime: '08:00', toTime: '20:00' }],
})
const talk = await bookedTalk(here, named, number, '2026-12-01T15:00', team)
const request = await db
  .selectFrom('requests')
  .select(['id', 'nonce'])
  .where('number', '=', number)
  .where('house_id', '=', named.house)
  .executeTakeFirstOrThrow()
const link = tokenOf(secret, 'request', request.nonce)
await db
  .updateTable('requests')
  .set({ token_hash: hashOf(link) })
  .where('id', '=', request.id)
  .execute()
await db.updateTable('talks').set({ public: true }).execute()
const { group_id: group } = await db
  .selectFrom('group_members')
  .select('group_id')
  .where('speaker_id', '=', named.speaker('isabekova'))
  .executeTakeFirstOrThrow()
const feedOf = (kind: 'group' | 'host' | 'speaker', ownerId: string) =>
  feedPath(db, secret, { kind, houseId: named.house, ownerId }, clock.now)
const feeds = {
  speaker: await feedOf('speaker', named.speaker('isabekova')),
  group: await feedOf('group', group),
  host: await feedOf('host', named.host('school-904')),
  house: await feedPath(db, secret, { kind: 'house', houseId: named.house }, clock.now),
  public: '/public/almaty.ics',
  link: `/r/${link}.ics`,
}

type Texts = Record<'house' | 'host' | 'address' | 'topic' | 'speaker' | 'group' | 'link', string>

/** As a database can hold it: PostgreSQL has no NUL in its texts, and no half characters. */
const stored = (text: string): string => text.replaceAll('\0', '').toWellFormed()
const inAll = (text: string) => ({ name_kk: text, name_ru: text, name_en: text })

async function write(texts: Texts) {
  await db.updateTable('houses').set(inAll(texts.house)).where('id', '=', named.house).execute()
  await db
    .updateTable('hosts')
    .set({ ...inAll(texts.host), address_kk: texts.address, address_ru: texts.address })
    .where('id', '=', named.host('school-904'))
    .execute()
  await db.updateTable('topics').set({ title_kk: texts.topic, title_ru: texts.topic, title_en: texts.topic }).execute()
  await db.updateTable('speakers').set(inAll(texts.speaker)).where('id', '=', named.speaker('isabekova')).execute()
  await db.updateTable('groups').set(inAll(texts.group)).where('id', '=', group).execute()
  await db
    .updateTable('talks')
    .set({ link: `https://meet.kz/${texts.link}` })
    .execute()
}

let turn = 0
/** The talk moves, so that everything about it is written anew, and its letters leave. */
async function changed(): Promise<string> {
  const startsAt = `2026-12-01T${++turn % 2 ? '16' : '15'}:00`
  clock.now = clock.now.plus({ seconds: 1 })
  const done = await move(
    db,
    sleeping,
    secret,
    { by, talkId: talk, location: '/x', startsAt: at(startsAt), waived: { windows: true } },
    clock.now,
  )
  if ('refused' in done) throw new Error(JSON.stringify(done.refused))
  mails.length = 0
  await here.deliver()
  // neither the number of letters to a person nor of copies an hour is the matter here
  await db.deleteFrom('messages').execute()
  await db.deleteFrom('limits').execute()
  return `${new Date(`${startsAt}:00+05:00`).toISOString()}`
}

t.test('nothing typed breaks out of its property, on the whole way from a row to a calendar', async () => {
  const every = fc.record<Texts>({
    house: typed,
    host: typed,
    address: typed,
    topic: typed,
    speaker: typed,
    group: typed,
    link: typed,
  })
  await fc.assert(
    fc.asyncProperty(every, fc.constantFrom('kk', 'ru', 'en'), async (drawn, language) => {
      // no form takes an empty name
      const texts = Object.fromEntries(Object.entries(drawn).map(([name, text]) => [name, stored(`Ү${text}`)])) as Texts
      await write(texts)
      const from = await changed()
      for (const [kind, url] of Object.entries(feeds)) {
        // a speaker reads their own language, whatever the address says
        const say = words[kind === 'speaker' ? 'kk' : language]
        const { statusCode, body } = await app.inject(`${url}?l=${language}&alarms=1`)
        const it = statusCode === 200 ? read(body) : undefined
        const same = it && {
          uid: it.uid,
          from: it.from,
          attendees: it.attendees,
          summary: it.summary,
          organizer: it.organizer,
          location: it.location.startsWith(cleanLine(`${texts.host},`).slice(0, -1)),
        }
        assert.deepEqual(
          [faultsIn(body, kind !== 'link'), same],
          [
            [],
            {
              uid: `talk-${talk}@kezdesu.example`,
              from,
              attendees: [],
              summary: cleanLine(say.talk(texts.host)),
              organizer: inParameter(texts.house),
              location: true,
            },
          ],
          kind,
        )
        const owner = {
          house: texts.house,
          public: texts.house,
          host: texts.host,
          group: texts.group,
          speaker: texts.speaker,
        }
        if (kind !== 'link')
          assert.equal(
            it?.calendar,
            cleanLine(`${say.feeds[kind as keyof typeof owner]} — ${owner[kind as keyof typeof owner]}`),
            `the name of ${kind}`,
          )
      }
      const letters = mails.filter(mail => mail.calendar)
      assert.deepEqual(letters.map(mail => mail.to.address.split('@')[0]).sort(), [...team, 'school'].sort())
      for (const { calendar, to } of letters) {
        const it = read(calendar?.content ?? '')
        assert.deepEqual(
          [faultsIn(calendar?.content ?? ''), it.attendees, it.from],
          [[], [`mailto:${to.address}`], from],
          to.address,
        )
        if (to.address.startsWith('isabekova')) assert.equal(it.attendee, inParameter(texts.speaker))
      }
    }),
    { numRuns: 12, endOnFailure: true },
  )
})

const instant = clock.now
const event: CalendarEvent = {
  talkId: '0c1f7a5e-1111-4222-8333-444455556666',
  sequence: 0,
  stamp: instant,
  created: instant,
  modified: instant,
  startsAt: instant.plus({ days: 2 }),
  endsAt: instant.plus({ days: 2, minutes: 45 }),
  zone: 'Asia/Almaty',
  status: 'TENTATIVE',
  summary: 'x',
  location: '',
  description: '',
  categories: ['Кездесу'],
  organizer: { name: 'x', email: 'bron+0@kezdesu.example' },
  private: false,
}

t.test('nor does anything on the short way, with what no database holds', async () => {
  fc.assert(
    fc.property(typed, typed, typed, typed, typed, (summary, location, description, name, link) => {
      const people = {
        organizer: { ...event.organizer, name },
        attendee: { name: summary, email: 'a@kezdesu.example', accepted: false, asked: true },
      }
      const texts = {
        summary: `x${summary}`,
        location,
        description,
        alarm: summary,
        conference: `https://meet.kz/${link}`,
      }
      const file = calendarOf(
        { method: 'REQUEST', name, description: location },
        ['Asia/Almaty'],
        [vevent({ ...event, ...texts, ...people }, 'kezdesu.example')],
      )
      const it = read(file)
      return (
        faultsIn(file).length === 0 &&
        it.summary === cleanLine(texts.summary) &&
        it.location === cleanLine(location) &&
        it.organizer === inParameter(name) &&
        it.attendee === inParameter(summary) &&
        it.calendar === cleanLine(name) &&
        it.attendees.length === 1
      )
    }),
    { numRuns: 300 },
  )
})

// `new URL` lets these pass in a query and `"` even in a name of a host; RFC 3986 section 2 has none of them
t.test('the address of an online talk is a URI', async t => {
  for (const conference of ['https://meet.kz/?a={b}|c\\d^e`f', 'https://";x=":/', 'https://meet.kz/a|b'])
    t.same(
      faultsOf(
        calendarOf({ method: 'PUBLISH' }, ['Asia/Almaty'], [vevent({ ...event, conference }, 'kezdesu.example')]),
      ),
      [],
      conference,
    )
})
