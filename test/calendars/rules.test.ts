import { DateTime } from 'luxon'
import t from 'tap'
import { clientName, isFresh, latest, windowStart } from '../../src/calendars/rules.ts'

const at = DateTime.fromISO('2026-11-23T03:45:10.500Z', { zone: 'utc' })

t.test('a copy is fresh by its tag, in lists and weakly, and only without one by its date', async t => {
  const tag = 'W/"abc"'
  const cases: [string | undefined, string | undefined, boolean][] = [
    ['W/"abc"', undefined, true],
    ['"abc"', undefined, true],
    ['*', undefined, true],
    ['"x", W/"abc"', undefined, true],
    ['"x"', undefined, false],
    ['', undefined, false],
    ['"x"', 'Mon, 23 Nov 2026 03:45:10 GMT', false],
    [undefined, 'Mon, 23 Nov 2026 03:45:10 GMT', true],
    [undefined, 'Mon, 23 Nov 2026 03:45:09 GMT', false],
    [undefined, 'yesterday', false],
    [undefined, undefined, false],
  ]
  for (const [given, since, fresh] of cases)
    t.equal(isFresh({ tag: given, since }, tag, at), fresh, `${given} ${since}`)
})

t.test('the window moves at local midnight', async t => {
  const start = (text: string) => windowStart(DateTime.fromISO(text), 'Asia/Almaty').toISO()
  t.equal(start('2026-11-23T00:00:00+05:00'), '2026-10-24T00:00:00.000+05:00')
  t.equal(start('2026-11-23T23:59:59+05:00'), '2026-10-24T00:00:00.000+05:00')
  t.equal(start('2026-11-24T00:00:00+05:00'), '2026-10-25T00:00:00.000+05:00')
})

t.test('calendar programs have names that people know', async t => {
  t.same(
    [
      'Google-Calendar-Importer',
      'Mozilla/5.0 (X11) Thunderbird/153.0',
      'Microsoft Office/16.0 Outlook',
      'iOS/17 dataaccessd/1.0',
      'vdirsyncer/0.19',
      '<script>',
    ].map(clientName),
    ['Google', 'Thunderbird', 'Outlook', 'Apple', 'vdirsyncer', '?'],
  )
})

t.test('the latest of instants', async t => {
  t.equal(latest(at, at.minus({ days: 1 }), at.plus({ days: 1 }), at).toISO(), at.plus({ days: 1 }).toISO())
})
