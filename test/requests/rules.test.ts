import t from 'tap'
import { classNames, readClasses } from '../../src/requests/class-rules.ts'
import { readContact } from '../../src/requests/contact-rules.ts'
import { readHost } from '../../src/requests/host-rules.ts'
import { countOf, dayOf, timeOf } from '../../src/requests/rules.ts'
import { readTopic } from '../../src/requests/topic-rules.ts'
import { readWhen, readWindow, slotOf } from '../../src/requests/when-rules.ts'

t.test('dates, times and numbers are read as people write them', async t => {
  t.strictSame(['2026-12-01', '1.12.2026', '01/12/2026', '2026-02-30', '31.04.2026', '', 'x'].map(dayOf), [
    '2026-12-01',
    '2026-12-01',
    '2026-12-01',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  t.strictSame(['9:05', '09.05', '24:00', '24:01', '9', ''].map(timeOf), [
    545,
    545,
    1440,
    undefined,
    undefined,
    undefined,
  ])
  t.strictSame(['0', '30', '-1', '3.5', '1e3', '١', '1234567'].map(countOf), [
    0,
    30,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

const topics = [
  { id: 'a', slug: 'one', audiences: ['pupils', 'parents'], grades: { from: 5, to: 9 } },
  { id: 'b', slug: 'two', audiences: ['parents'], grades: undefined },
]

t.test('a topic, its audience, and grades for pupils only', async t => {
  t.strictSame(readTopic({ topic: 'one', audience: 'pupils', grades: ['9', '5'] }, topics).value, {
    topicId: 'a',
    audience: 'pupils',
    grades: [5, 9],
  })
  t.strictSame(readTopic({ topic: 'one', audience: 'parents', grades: ['9'] }, topics).value, {
    topicId: 'a',
    audience: 'parents',
    grades: [],
  })
  t.strictSame(readTopic({ topic: 'two', audience: '', grades: [] }, topics).value, {
    topicId: 'b',
    audience: 'parents',
    grades: [],
  })
  const codes = (typed: Parameters<typeof readTopic>[0]) => readTopic(typed, topics).problems.map(({ code }) => code)
  t.strictSame(codes({ topic: 'none', audience: 'pupils', grades: [] }), ['topic-missing'])
  t.strictSame(codes({ topic: 'one', audience: '', grades: [] }), ['audience-missing'])
  t.strictSame(codes({ topic: 'one', audience: 'pupils', grades: [] }), ['grades-missing'])
  t.strictSame(codes({ topic: 'one', audience: 'pupils', grades: ['5', '10'] }), ['grades-outside'])
  t.strictSame(codes({ topic: 'one', audience: 'pupils', grades: ['five'] }), ['grades-outside'])
})

t.test('a host of the list that suits the audience, or a new one', async t => {
  const known = {
    found: { id: 'h', kind: 'school' },
    kinds: ['school', 'college'],
    suitable: ['school'],
    districts: ['d'],
  }
  const typed = { q: '', host: 'h', kind: '', name: '', district: '' }
  t.strictSame(readHost(typed, known), { problems: [], value: { id: 'h' } })
  t.strictSame(readHost(typed, { ...known, found: undefined }).problems, [{ field: 'host', code: 'host-missing' }])
  t.strictSame(readHost(typed, { ...known, suitable: ['college'] }).problems, [
    { field: 'host', code: 'host-kind-wrong' },
  ])
  t.strictSame(
    readHost({ ...typed, host: 'new', kind: 'college', name: 'x'.repeat(121), district: 'e' }, known).problems.map(
      ({ code }) => code,
    ),
    ['host-kind-wrong', 'text-long', 'district-missing'],
  )
})

const setting = {
  topic: { least: 5, most: 60, languages: ['kk', 'ru'] },
  online: false,
  today: '2026-11-23',
  minute: 525,
  zone: 'Asia/Almaty',
  possible: [{ day: '2026-12-01', from: 540, to: 585 }],
}
const none = { date: '', until: '', from: '', to: '' }
const when = {
  heads: '30',
  languages: ['kk', 'xx'],
  mode: 'onsite',
  slots: ['2026-12-01T09:00'],
  windows: [none, none],
  latest: '',
  note: '',
}

t.test('one to five wishes: possible times and times in one’s own words', async t => {
  const own = { date: '2026-12-02', until: '2026-12-04', from: '14:00', to: '18:00' }
  t.strictSame(readWhen({ ...when, windows: [own] }, setting).value, {
    heads: 30,
    languages: ['kk'],
    mode: 'onsite',
    latest: undefined,
    note: '',
    wishes: [
      { from: '2026-12-01', to: '2026-12-01', fromMinute: 540, toMinute: 585 },
      { from: '2026-12-02', to: '2026-12-04', fromMinute: 840, toMinute: 1080 },
    ],
  })
  const codes = (typed: Partial<typeof when>) =>
    readWhen({ ...when, ...typed }, setting).problems.map(({ field, code }) => `${field} ${code}`)
  t.strictSame(codes({ slots: [] }), ['slot wish-missing'])
  t.strictSame(codes({ slots: ['2026-12-01T10:00'] }), ['slot slot-gone'])
  t.strictSame(codes({ windows: [own, own, own, own, own] }), ['slot wishes-too-many'])
  t.strictSame(codes({ mode: 'online' }), ['mode mode-missing'])
  t.strictSame(codes({ heads: '61' }), ['heads heads-outside'])
  t.strictSame(codes({ latest: '2026-11-30' }), ['latest latest-before-wish'])
  t.equal(slotOf({ day: '2026-12-01', from: 545 }), '2026-12-01T09:05')
})

t.test('a window that names no time says so beside the right field', async t => {
  const codes = (typed: Partial<typeof none>) =>
    readWindow({ date: '2026-12-01', until: '', from: '10:00', to: '11:00', ...typed }, 'w0', setting).problems.map(
      ({ field, code }) => `${field} ${code}`,
    )
  t.strictSame(codes({}), [])
  t.strictSame(codes({ date: '2026-13-01' }), ['w0-date date-impossible'])
  t.strictSame(codes({ date: '2026-11-22' }), ['w0-date date-past'])
  t.strictSame(codes({ date: '2026-11-20', until: '2026-11-30' }), [], 'a window that has begun still goes on')
  t.strictSame(codes({ date: '2028-01-01' }), ['w0-date date-far'])
  t.strictSame(codes({ until: '2026-11-30' }), ['w0-until until-before'])
  t.strictSame(codes({ until: '2028-11-30' }), ['w0-until date-far'])
  t.strictSame(codes({ until: 'x' }), ['w0-until date-impossible'])
  t.strictSame(codes({ from: '24:00' }), ['w0-from time-impossible'])
  t.strictSame(codes({ to: '10:00' }), ['w0-to window-ends-first'])
  t.strictSame(codes({ date: '2026-11-23', from: '08:00', to: '08:45' }), ['w0-to window-over'])
  t.strictSame(
    readWindow({ date: '2024-02-29', until: '', from: '23:30', to: '23:59' }, 'w0', {
      today: '2024-02-20',
      minute: 0,
      zone: 'Asia/Almaty',
    }).problems,
    [{ field: 'w0-from', code: 'hour-twice' }],
  )
})

t.test('a visitor gives address, phone and consent; a caller one way to be reached', async t => {
  const typed = { name: 'Әсел', position: '', email: '', phone: '', consent: '' }
  const codes = (by: 'visitor' | 'coordinator', changed: Partial<typeof typed>) =>
    readContact({ ...typed, ...changed }, by).problems.map(({ code }) => code)
  t.strictSame(codes('visitor', {}), ['email-wrong', 'phone-wrong', 'consent-missing'])
  t.strictSame(codes('coordinator', {}), ['reach-missing'])
  t.strictSame(codes('coordinator', { email: 'a@b.kz' }), [])
  t.strictSame(codes('coordinator', { phone: '8 (701) 123-45-67' }), [])
  t.strictSame(codes('coordinator', { phone: '112', email: 'x' }), ['email-wrong', 'phone-wrong'])
  t.strictSame(readContact({ ...typed, email: ' A@B.kz ', phone: '87011234567', consent: 'yes' }, 'visitor').value, {
    name: 'Әсел',
    position: '',
    email: 'a@b.kz',
    phone: '+77011234567',
    consent: true,
  })
})

t.test('parallel classes: their names or how many, never a pupil', async t => {
  t.strictSame(readClasses(''), { count: 1, names: [] })
  t.strictSame(readClasses('4'), { count: 4, names: [] })
  t.strictSame(readClasses('9а; 9 «ә», 9-Б'), { count: 3, names: ['9А', '9Ә', '9Б'] })
  t.strictSame(readClasses('9А, 9а'), { count: 1, names: ['9А'] }, 'one class said twice')
  for (const typed of ['0', 'Айгүл', '9А Айгүл', 'А'.repeat(200), '9А–9Г', '-5', '3.5'])
    t.strictSame(readClasses(typed), { refused: 'unclear' }, typed)
  for (const typed of ['9', '999999', 'А Ә Б В Г Ғ Д Е Ж']) t.strictSame(readClasses(typed), { refused: 'many' }, typed)
  t.strictSame(classNames({ count: 2, names: ['А', '9Ә'] }, [9]), ['9А', '9Ә'])
  t.strictSame(classNames({ count: 3, names: [] }, [9]), ['9/1', '9/2', '9/3'])
  t.strictSame(classNames({ count: 2, names: [] }, [8, 9]), ['1', '2'])
})
