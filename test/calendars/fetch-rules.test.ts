import t from 'tap'
import { addressOf, isPublic, literalOf } from '../../src/calendars/fetch-rules.ts'

const own = ['kezdesu.example']
const judged = (text: string) => {
  const found = addressOf(text, own)
  return 'url' in found ? found.url.href : found.refused
}

t.test('an address of a calendar, and what is none', async t => {
  const cases: [string, string][] = [
    [
      'https://calendar.google.com/calendar/ical/x/private-1/basic.ics',
      'https://calendar.google.com/calendar/ical/x/private-1/basic.ics',
    ],
    [' webcal://p01.icloud.com/published/2/x ', 'https://p01.icloud.com/published/2/x'],
    ['WEBCALS://p01.icloud.com/x#part', 'https://p01.icloud.com/x'],
    ['https://calendar.example:443/x', 'https://calendar.example/x'],
    ['https://93.184.216.34/x', 'https://93.184.216.34/x'],
    ['https://[2606:2800:220:1::1]/x', 'https://[2606:2800:220:1::1]/x'],
    ['', 'no-address'],
    ['calendar.example/x.ics', 'no-address'],
    ['javascript:alert(1)', 'no-address'],
    ['https://', 'no-address'],
    [`https://calendar.example/${'x'.repeat(2000)}`, 'no-address'],
    ['http://calendar.example/x', 'not-https'],
    ['file:///etc/passwd', 'no-address'],
    ['ftp://calendar.example/x', 'not-https'],
    ['https://calendar.example:8443/x', 'other-port'],
    ['https://me:secret@calendar.example/x', 'holds-a-password'],
    ['https://me@calendar.example/x', 'holds-a-password'],
    ['https://kezdesu.example/f/x.ics', 'ours'],
    ['https://KEZDESU.example./f/x.ics', 'ours'],
    ['https://127.0.0.1/x', 'not-public'],
    ['https://2130706433/x', 'not-public'],
    ['https://0177.0.0.1/x', 'not-public'],
    ['https://0x7f.1/x', 'not-public'],
    ['https://127.1/x', 'not-public'],
    ['https://0/x', 'not-public'],
    ['https://[::1]/x', 'not-public'],
    ['https://[::ffff:127.0.0.1]/x', 'not-public'],
    ['https://[::ffff:7f00:1]/x', 'not-public'],
    ['https://[64:ff9b::7f00:1]/x', 'not-public'],
    ['https://169.254.169.254/latest/meta-data', 'not-public'],
  ]
  for (const [text, expected] of cases) t.equal(judged(text), expected, text.slice(0, 60))
})

t.test('which IP addresses belong to the public internet', async t => {
  for (const ip of ['8.8.8.8', '93.184.216.34', '95.56.0.1', '2606:4700:4700::1111', '2a00:1450:4010::5e'])
    t.equal(isPublic(ip), true, ip)
  for (const ip of [
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.255',
    '169.254.1.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:127.0.0.1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '4000::1',
    '',
    'localhost',
    'fe80::1%eth0',
  ])
    t.equal(isPublic(ip), false, ip)
  t.equal(literalOf(new URL('https://calendar.example/')), undefined)
})
