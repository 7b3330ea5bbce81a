import { DateTime } from 'luxon'
import t from 'tap'
import { choiceOf, clientName, latest, windowOf } from '../../src/calendars/rules.ts'

const at = DateTime.fromISO('2026-11-23T03:45:10Z', { zone: 'utc' })

t.test('the window moves at local midnight', async t => {
  const start = (text: string) => windowOf(DateTime.fromISO(text), 'Asia/Almaty').from.toISO()
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

t.test('who asks for nothing gets every talk, without alarms and journeys', async t => {
  t.strictSame(choiceOf({}), { cancelled: true, accepted: true, alarms: false, travel: false })
  t.strictSame(choiceOf({ cancelled: '0', accepted: '0', alarms: '1', travel: '1' }), {
    cancelled: false,
    accepted: false,
    alarms: true,
    travel: true,
  })
  t.strictSame(choiceOf({ cancelled: 'x', accepted: '', alarms: '2', travel: 'yes' }), choiceOf({}))
})
