import fc from 'fast-check'
import { DateTime } from 'luxon'
import t from 'tap'
import {
  acceptable,
  afterRefusal,
  aligned,
  answers,
  judge,
  type Known,
  type ReplyEvent,
  type ReplyMail,
  responseTo,
  tokenIn,
  type Verdict,
  vouched,
} from '../../src/calendars/reply-rules.ts'

const now = DateTime.fromISO('2026-11-23T08:45:00+05:00', { zone: 'utc' })
const at = (minutes: number) => now.plus({ minutes })
const own = 'speaker@mail.example'

const known: Known = {
  uid: 'talk-1@kezdesu.example',
  address: own,
  sequence: 2,
  moved: false,
  takenStamp: at(-60),
  answeredByPage: undefined,
  invitation: { state: 'invited', endedAt: null, talkState: 'booked', startsAt: at(2000) },
}
const event: ReplyEvent = {
  uid: known.uid,
  sequence: 2,
  stamp: at(-5),
  recurrence: false,
  attendees: [{ address: own, partstat: 'ACCEPTED', sentBy: undefined }],
  comment: '',
  proposed: undefined,
}
type Change = {
  mail?: Partial<ReplyMail>
  calendar?: { method?: string | undefined; partMethod?: string | undefined; events?: ReplyEvent[] }
  event?: Partial<ReplyEvent>
  known?: Partial<Known>
}
function verdict(change: Change = {}): Verdict {
  const calendar = {
    method: 'REPLY',
    partMethod: 'REPLY',
    events: [{ ...event, ...change.event }],
    ...change.calendar,
  }
  const mail = { from: [own], automatic: false, proven: true, calendar, ...change.mail }
  return judge(mail, { ...known, ...change.known }, now)
}
const attended = (partstat: string, address = own, sentBy?: string) => ({
  attendees: [{ address, partstat, sentBy }],
})
const proposed = { from: at(3000), to: at(3045) }

t.test('a reply that keeps every rule is the answer of the speaker', async t => {
  t.same(verdict(), { state: 'taken', answer: 'accepted', response: 'accept', stamp: at(-5) })
  t.same(verdict({ event: attended('DECLINED') }), {
    state: 'taken',
    answer: 'declined',
    response: 'decline',
    stamp: at(-5),
  })
  t.same(
    verdict({ event: attended('TENTATIVE') }),
    { state: 'taken', answer: 'tentative', response: undefined, stamp: at(-5) },
    'perhaps is noted and answers nothing',
  )
  t.match(verdict({ event: { sequence: 7 } }), { state: 'taken' }, 'a program may have counted on')
  t.match(verdict({ known: { takenStamp: undefined } }), { state: 'taken' })
  t.match(verdict({ known: { invitation: { ...known.invitation, state: 'declined' } } }), { state: 'taken' })
})

t.test('another time and another person are for the coordinator, however well proven', async t => {
  const counter = { calendar: { method: 'COUNTER', partMethod: 'COUNTER', events: [{ ...event, proposed }] } }
  t.same(verdict(counter), { state: 'open', answer: 'proposal', reasons: [], stamp: at(-5) })
  t.same(verdict({ event: attended('DELEGATED') }), {
    state: 'open',
    answer: 'delegated',
    reasons: [],
    stamp: at(-5),
  })
  t.same(verdict({ calendar: { method: 'COUNTER', partMethod: 'COUNTER' } }), {
    state: 'ignored',
    answer: 'none',
    reasons: ['undecided'],
  })
})

const doubtful: [string, Change, string[]][] = [
  ['another sender', { mail: { from: ['other@mail.example'] } }, ['sender']],
  ['no sender', { mail: { from: [] } }, ['sender']],
  ['two senders', { mail: { from: [own, 'other@mail.example'] } }, ['sender']],
  [
    'an assistant',
    { mail: { from: ['office@mail.example'] }, event: attended('ACCEPTED', own, 'office@mail.example') },
    ['on-behalf'],
  ],
  [
    'a stranger who writes the invited address into SENT-BY',
    { mail: { from: ['evil@mail.example'] }, event: attended('ACCEPTED', own, own) },
    ['sender'],
  ],
  ['nobody vouches', { mail: { proven: false } }, ['unproven']],
  ['no method of the part', { calendar: { partMethod: undefined } }, ['method']],
  ['another method of the part', { calendar: { partMethod: 'REQUEST' } }, ['method']],
  ['a party crasher', { event: attended('ACCEPTED', 'crasher@mail.example') }, ['attendee']],
  [
    'the invited one and a party crasher',
    {
      event: {
        attendees: [...attended('ACCEPTED').attendees, ...attended('ACCEPTED', 'crasher@mail.example').attendees],
      },
    },
    ['attendee'],
  ],
  ['one date of a series', { event: { recurrence: true } }, ['recurrence']],
  ['no stamp', { event: { stamp: undefined } }, ['undated']],
  ['a stamp from the future', { event: { stamp: at(16) } }, ['future']],
  ['older than the answer on the page', { known: { answeredByPage: at(-4) } }, ['before-page']],
  ['two at once', { mail: { proven: false, from: ['other@mail.example'] } }, ['sender', 'unproven']],
]
for (const [name, change, reasons] of doubtful)
  t.test(`doubtful: ${name}`, async t => t.same(verdict(change), { state: 'open', answer: 'accepted', reasons }))

const refused: [string, Change, Verdict][] = [
  ['no calendar', { mail: { calendar: undefined } }, { state: 'ignored', answer: 'none', reasons: ['no-calendar'] }],
  ['too big', { mail: { calendar: 'too-big' } }, { state: 'ignored', answer: 'none', reasons: ['too-big'] }],
  ['garbage', { mail: { calendar: 'garbage' } }, { state: 'ignored', answer: 'none', reasons: ['garbage'] }],
  ['an automatic note', { mail: { calendar: undefined, automatic: true } }, { state: 'silent' }],
  ['no event', { calendar: { events: [] } }, { state: 'ignored', answer: 'none', reasons: ['garbage'] }],
  ['two events', { calendar: { events: [event, event] } }, { state: 'ignored', answer: 'none', reasons: ['several'] }],
  ...['REQUEST', 'PUBLISH', 'CANCEL', undefined].map((method): [string, Change, Verdict] => [
    `METHOD ${method}`,
    { calendar: { method } },
    { state: 'ignored', answer: 'none', reasons: ['not-a-reply'] },
  ]),
  [
    'another talk',
    { event: { uid: 'talk-2@kezdesu.example' } },
    { state: 'ignored', answer: 'accepted', reasons: ['other-talk'] },
  ],
  ['an older letter', { event: { sequence: 1 } }, { state: 'ignored', answer: 'accepted', reasons: ['outdated'] }],
  [
    'moved, and not told yet',
    { known: { moved: true } },
    { state: 'ignored', answer: 'accepted', reasons: ['outdated'] },
  ],
  [
    'neither yes nor no',
    { event: attended('NEEDS-ACTION') },
    { state: 'ignored', answer: 'none', reasons: ['undecided'] },
  ],
  [
    'the stamp taken last',
    { event: { stamp: at(-60) } },
    { state: 'ignored', answer: 'accepted', reasons: ['replayed'] },
  ],
  ['an older stamp', { event: { stamp: at(-61) } }, { state: 'ignored', answer: 'accepted', reasons: ['replayed'] }],
  [
    'a cancelled talk',
    { known: { invitation: { ...known.invitation, talkState: 'cancelled' } } },
    { state: 'ignored', answer: 'accepted', reasons: ['cancelled'] },
  ],
  [
    'a seat somebody else has',
    { known: { invitation: { ...known.invitation, state: 'replaced', endedAt: at(-1) } } },
    { state: 'ignored', answer: 'accepted', reasons: ['filled'] },
  ],
  [
    'a talk that has begun',
    { known: { invitation: { ...known.invitation, startsAt: at(0) } } },
    { state: 'ignored', answer: 'accepted', reasons: ['begun'] },
  ],
]
for (const [name, change, expected] of refused) t.test(`ignored: ${name}`, async t => t.same(verdict(change), expected))

t.test('only what keeps every rule at once is taken', async () => {
  const breaks = [...doubtful, ...refused.map(([name, change]): [string, Change] => [name, change])]
  fc.assert(
    fc.property(fc.subarray(breaks.map((_, index) => index)), chosen => {
      const change = chosen.reduce<Change>((whole, index) => {
        const [, one = {}] = breaks[index] ?? []
        return {
          mail: { ...whole.mail, ...one.mail },
          calendar: { ...whole.calendar, ...one.calendar },
          event: { ...whole.event, ...one.event },
          known: { ...whole.known, ...one.known },
        }
      }, {})
      return (verdict(change).state === 'taken') === (chosen.length === 0)
    }),
    { numRuns: 2000 },
  )
})

t.test('what the answer command refuses is a line, or a task when the speaker is elsewhere', async t => {
  t.same(afterRefusal('accepted', 'busy'), { state: 'open', answer: 'accepted', reasons: ['busy'] })
  t.same(
    (['missing', 'changed', 'cancelled', 'filled', 'begun'] as const).map(each => afterRefusal('accepted', each)),
    ['filled', 'outdated', 'cancelled', 'filled', 'begun'].map(reason => ({
      state: 'ignored',
      answer: 'accepted',
      reasons: [reason],
    })),
  )
})

t.test('a coordinator may say yes to a yes or a no alone', async t => {
  t.same(answers.filter(acceptable), ['accepted', 'declined'])
  t.same(answers.map(responseTo), ['accept', 'decline', undefined, undefined, undefined, undefined])
})

t.test('the token is read in any case and from no other shape', async t => {
  const token = '0123456789abcdef0123456789abcdef'
  t.equal(tokenIn(`bron+${token}@kezdesu.example`), token)
  t.equal(tokenIn(` BRON+${token.toUpperCase()}@kezdesu.example`), token)
  for (const text of [
    '',
    'bron@kezdesu.example',
    `bron+${token}`,
    `bron+${token}0@x`,
    `xbron+${token}@x`,
    `${token}@x`,
  ])
    t.equal(tokenIn(text), undefined, text)
})

t.test('our own mail server vouches, nobody else does', async t => {
  const yes = (...headers: string[]) => vouched(headers, 'mx.kezdesu.example', 'mail.example')
  t.ok(yes('mx.kezdesu.example; dmarc=pass (p=REJECT) header.from=mail.example'))
  t.ok(yes('MX.kezdesu.example 1; spf=pass smtp.mailfrom=x; dkim=pass header.d=mail.example header.s=a'))
  t.ok(yes('mx.kezdesu.example; dkim=pass header.i=@sub.mail.example'))
  t.ok(
    yes(
      'mx.kezdesu.example; dkim=fail header.d=mail.example',
      'mx.kezdesu.example; dmarc=pass header.from=mail.example',
    ),
  )
  for (const headers of [
    [],
    ['mx.other.example; dmarc=pass header.from=mail.example'],
    ['mx.other.example; none', 'mx.kezdesu.example; dmarc=pass header.from=mail.example'],
    ['mx.kezdesu.example; dmarc=fail header.from=mail.example'],
    ['mx.kezdesu.example; dmarc=pass header.from=evil.example'],
    ['mx.kezdesu.example; dkim=pass header.d=evil.example'],
    ['mx.kezdesu.example; dkim=pass'],
    ['mx.kezdesu.example; spf=pass smtp.mailfrom=mail.example'],
    ['mx.kezdesu.example; spf=fail (dmarc=pass (x) ; dmarc=pass header.from=mail.example) smtp.mailfrom=x'],
  ])
    t.notOk(yes(...headers), headers.join(' | '))
})

t.test('a signature speaks for its domain, those below and the one above', async t => {
  t.ok(aligned('mail.example', 'mail.example'))
  t.ok(aligned('mail.example', 'a.mail.example'))
  t.ok(aligned('a.mail.example', 'mail.example'))
  for (const [signer, domain] of [
    ['example', 'mail.example'],
    ['evil.example', 'mail.example'],
    ['xmail.example', 'mail.example'],
    ['mail.example', 'xmail.example'],
    ['', 'mail.example'],
    ['mail.example', 'example'],
  ] as const)
    t.notOk(aligned(signer, domain), `${signer} for ${domain}`)
})
