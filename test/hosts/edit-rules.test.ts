import fc from 'fast-check'
import t from 'tap'
import { hostFields, hostLists, readHostForm } from '../../src/hosts/edit-rules.ts'
import { hoursIn, intervalOf, timesOf } from '../../src/hosts/hours-text-rules.ts'

t.test('hours are read as people write them', async t => {
  t.strictSame(intervalOf('8:00 - 8.45'), { from: 480, to: 525 })
  for (const text of ['', '08:00', '09:00–08:00', '08:00–25:00', '8–9', 'x']) t.equal(intervalOf(text), undefined, text)
  t.strictSame(hoursIn('8:00-8:45\n08:50–09:35; 10:00—11:00,'), [
    { from: 480, to: 525 },
    { from: 530, to: 575 },
    { from: 600, to: 660 },
  ])
  for (const text of [' ', ',', '08:00–09:00, 08:30–10:00', '08:00–09:00, x']) t.equal(hoursIn(text), undefined, text)
})

t.test('what the form shows of hours is read back as the same', async t => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 2, maxLength: 28 }), minutes => {
      const sorted = minutes.sort((a, b) => a - b)
      const parts = sorted.flatMap((from, at) => {
        const to = sorted[at + 1]
        return at % 2 === 0 && to !== undefined ? [{ from, to }] : []
      })
      t.strictSame(hoursIn(timesOf(parts)), parts)
    }),
  )
})

const texts = {
  ...Object.fromEntries(hostFields.map(field => [field, ''])),
  name_kk: 'а',
  name_ru: 'б',
  name_en: 'c',
  kind: 'workplace',
  district: '1',
  weekType: '6',
  'hours-2': '09:00–18:00',
  lunch: '13:00–14:00',
}
const lists = Object.fromEntries(hostLists.map((name): [string, string[]] => [name, []]))
const known = { districts: ['1'], halls: [], contacts: [{ id: 'old', used: true, channel: 'webhook' }] }
const read = (more: Record<string, string>, some = {}) =>
  readHostForm({ texts: { ...texts, ...more }, lists: { ...lists, ...some }, repeated: [] }, known)

t.test('an edited host is read whole or not at all', async t => {
  t.strictSame(read({}), {
    problems: [],
    value: {
      names: { kk: 'а', ru: 'б', en: 'c' },
      kind: 'workplace',
      addressKk: '',
      addressRu: '',
      district: '1',
      point: undefined,
      weekType: 6,
      classHour: undefined,
      seats: undefined,
      halls: [],
      online: false,
      visitorList: false,
      languages: [],
      shifts: [],
      hours: [{ weekday: 2, from: 540, to: 1080 }],
      lunch: { from: 780, to: 840 },
      windows: [],
      contacts: [],
    },
  })
  t.strictSame(read({ district: '2', seats: '5001', kind: 'ship' }), {
    problems: [
      { field: 'kind', code: 'unknown' },
      { field: 'district', code: 'unknown' },
      { field: 'seats', code: 'no-number', least: 0, most: 5000 },
    ],
    value: undefined,
  })
})

t.test(
  'a shift has a mark of its own and bells, a contact person can be reached and stays where a request names them',
  async t => {
    t.strictSame(
      read({ 'shift-name-1': 'I', 'shift-lessons-1': '08:00–08:45', 'shift-name-2': 'I', 'shift-grades-2': '14' })
        .problems,
      [
        { field: 'shift-name-2', code: 'taken' },
        { field: 'shift-grades-2', code: 'like', example: '1, 4, 5, 9' },
        { field: 'shift-lessons-2', code: 'empty' },
      ],
    )
    t.strictSame(
      read({ 'contact-id-1': 'old', 'contact-id-2': 'another', 'contact-name-3': 'Әсел', 'contact-email-4': 'x' })
        .problems,
      [
        { field: 'contact-name-1', code: 'in-use' },
        { field: 'contact-name-2', code: 'unknown' },
        { field: 'contact-phone-3', code: 'empty' },
        { field: 'contact-name-4', code: 'empty' },
        { field: 'contact-email-4', code: 'like', example: 'aigul@mektep.kz' },
      ],
    )
    t.strictSame(
      read(
        {
          'contact-id-1': 'old',
          'contact-name-1': 'Әсел',
          'contact-phone-1': '8 701 123 45 67',
          'contact-language-1': 'ru',
          'shift-name-1': 'I',
          'shift-grades-1': '9, 1',
          'shift-lessons-1': '08:00–08:45',
        },
        { 'shift-languages-1': ['kk'] },
      ).value,
      {
        ...read({}).value,
        shifts: [{ name: 'I', grades: [1, 9], languages: ['kk'], lessons: [{ from: 480, to: 525 }] }],
        contacts: [
          {
            ...{ id: 'old', name: 'Әсел', position: '', email: null, phone: '+77011234567', language: 'ru' },
            ...{ channel: 'webhook', reminders: { days: null, at: null, hours: null } },
          },
        ],
      },
    )
  },
)

t.test('short messages need a phone, and reminders are few, near and by day', async t => {
  const somebody = { 'contact-name-1': 'Әсел', 'contact-email-1': 'asel@mektep.kz' }
  const wishes = { 'contact-days-1': '3', 'contact-at-1': '17:30', 'contact-hours-1': '0' }
  t.match(read({ ...somebody, ...wishes }).value?.contacts, [
    { channel: 'mail', reminders: { days: 3, at: '17:30', hours: 0 } },
  ])
  t.strictSame(read({ ...somebody, 'contact-channel-1': 'webhook' }).problems, [
    { field: 'contact-phone-1', code: 'empty' },
  ])
  t.strictSame(
    read({
      ...somebody,
      'contact-channel-1': 'pigeon',
      'contact-days-1': '15',
      'contact-at-1': '23:00',
      'contact-hours-1': 'x',
    }).problems,
    [
      { field: 'contact-days-1', code: 'no-number', least: 0, most: 14 },
      { field: 'contact-at-1', code: 'like', example: '18:00' },
      { field: 'contact-hours-1', code: 'no-number', least: 0, most: 12 },
    ],
  )
})
