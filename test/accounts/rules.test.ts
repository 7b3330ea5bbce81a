import { DateTime } from 'luxon'
import t from 'tap'
import { deviceOf, endOf, isNews, lasts, placeOf } from '../../src/accounts/rules.ts'
import { networkOf } from '../../src/base/limits.ts'

const now = DateTime.fromISO('2026-11-23T08:45:00+05:00')

t.test(
  'a session of staff ends after eight idle hours and after seven days, a speaker has thirty days from the last visit',
  async t => {
    const cases: [string, Parameters<typeof lasts>[0], boolean][] = [
      [
        'a coordinator seen a minute ago',
        { role: 'coordinator', seenAt: now.minus({ minutes: 1 }), endsAt: now.plus({ days: 1 }) },
        true,
      ],
      [
        'a coordinator seen eight hours ago',
        { role: 'coordinator', seenAt: now.minus({ hours: 8 }), endsAt: now.plus({ days: 1 }) },
        false,
      ],
      ['an administrator at the end of the seventh day', { role: 'administrator', seenAt: now, endsAt: now }, false],
      [
        'a viewer seen nine hours ago',
        { role: 'viewer', seenAt: now.minus({ hours: 9 }), endsAt: now.plus({ days: 1 }) },
        false,
      ],
      [
        'a speaker seen three weeks ago',
        { role: 'speaker', seenAt: now.minus({ weeks: 3 }), endsAt: now.plus({ days: 9 }) },
        true,
      ],
      ['a speaker after thirty days', { role: 'speaker', seenAt: now.minus({ days: 30 }), endsAt: now }, false],
    ]
    for (const [name, session, expected] of cases) t.equal(lasts(session, now), expected, name)
    const createdAt = now.minus({ days: 3 })
    t.equal(endOf({ role: 'coordinator', createdAt, seenAt: now }).toISO(), createdAt.plus({ days: 7 }).toISO())
    t.equal(endOf({ role: 'speaker', createdAt, seenAt: now }).toISO(), now.plus({ days: 30 }).toISO())
    t.same(
      [4, 5].map(minutes => isNews(now.minus({ minutes }), now)),
      [false, true],
    )
  },
)

t.test('a device is named as people know it', async t => {
  const android =
    'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36'
  const cases = [
    [android, 'Chrome, Android'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0', 'Firefox, Windows'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari, iPhone',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0',
      'Edge, Windows',
    ],
    ['curl/8.5', ''],
    ['', ''],
  ]
  for (const [agent = '', expected] of cases) t.equal(deviceOf(agent), expected)
  t.same(['203.0.113.77', '::ffff:10.1.2.3', '2001:db8:aa:bb::1'].map(placeOf), [
    '203.0.113.0',
    '10.1.2.0',
    '2001:db8:aa',
  ])
})

t.test('one customer is one network: an IPv4 address, or the /64 of an IPv6 one', async t => {
  const cases = [
    ['203.0.113.77', '203.0.113.77'],
    ['::ffff:203.0.113.77', '203.0.113.77'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ]
  for (const [ip = '', expected] of cases) t.equal(networkOf(ip), expected, ip)
})
