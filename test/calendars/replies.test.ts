import fc from 'fast-check'
import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { move } from '../../src/talks/change-actions.ts'
import { damaged } from '../damaged.ts'
import { at } from '../talks/situation.ts'
import { formOn, submit } from '../world.ts'
import { coordinator, replySituation } from './reply-situation.ts'

const panel = (page: string) => page.slice(page.indexOf('class="replies"'), page.indexOf('aria-labelledby="ld"'))
const invited = (stands: string[]) => stands.map(line => line.split(' ')[1])

t.test(
  'what Gmail, Outlook, Apple and Thunderbird answer is the speaker’s answer, and the same twice is once',
  async t => {
    const it = await replySituation(t)
    const { clock, db } = it.here
    const step = () => {
      clock.now = clock.now.plus({ minutes: 1 })
    }
    t.same(invited(await it.stands()), ['invited'])
    const gmail = await it.letter('gmail')
    t.equal(await it.take(gmail), 'taken')
    t.same(invited(await it.stands()), ['accepted'])
    t.equal(await it.take(gmail), 'again')
    t.same(await it.kept(), ['accepted taken x2'])
    step()
    t.equal(await it.take(await it.letter('outlook', { partstat: 'DECLINED' })), 'taken', 'Outlook names no organizer')
    t.same(invited(await it.stands()), ['declined'])
    step()
    t.equal(await it.take(await it.letter('apple')), 'taken')
    t.same(invited(await it.stands()), ['accepted'])
    step()
    t.equal(await it.take(await it.letter('thunderbird', { partstat: 'TENTATIVE' })), 'taken')
    t.same(invited(await it.stands()), ['accepted'], 'perhaps changes nothing')
    step()
    t.equal(await it.take(await it.letter('thunderbird', { partstat: 'DECLINED' })), 'taken')
    t.same(invited(await it.stands()), ['declined'])
    t.same(
      (
        await db
          .selectFrom('changes')
          .select(['kind', 'detail', 'by_whom'])
          .where('kind', 'in', ['accepted', 'declined'])
          .orderBy('id')
          .execute()
      ).map(({ kind, by_whom }) => `${kind} ${by_whom}`),
      ['accepted speaker', 'declined speaker', 'accepted speaker', 'declined speaker'],
    )
    t.equal(
      (await db.selectFrom('messages').select('id').where('kind', '=', 'answer-declined').execute()).length > 0,
      true,
      'a refusal is told to those who decide, like the button’s',
    )
    t.equal(
      await it.take(await it.letter('gmail', { stamp: '20261123T034900Z' })),
      'ignored',
      'an older one, sent anew',
    )
    t.same(invited(await it.stands()), ['declined'])
  },
)

t.test('forged, misdirected, late and broken replies change nothing', async t => {
  const it = await replySituation(t)
  const { app, clock, db } = it.here
  const cases: [string, Buffer, string][] = [
    ['unsigned', await it.letter('gmail', {}, null), 'accepted open unproven'],
    ['signed by a stranger', await it.letter('gmail', {}, 'evil.example'), 'accepted open unproven'],
    ['no key published', await it.letter('gmail', {}, 'unsigned.example'), 'accepted open unproven'],
    ['another sender', await it.letter('gmail', { from: 'evil@evil.example' }, 'evil.example'), 'accepted open sender'],
    ['a party crasher', await it.letter('apple', { attendee: 'crasher@evil.example' }), 'accepted open attendee'],
    [
      'another talk',
      await it.letter('outlook', { uid: 'talk-00000000-0000-4000-8000-000000000000@kezdesu.example' }),
      'accepted ignored other-talk',
    ],
    ['neither yes nor no', await it.letter('gmail', { partstat: 'NEEDS-ACTION' }), 'none ignored undecided'],
    ['an unknown word', await it.letter('gmail', { partstat: 'X-PERHAPS' }), 'none ignored undecided'],
    ['no stamp', await it.letter('thunderbird', { stamp: 'yesterday' }), 'accepted open undated'],
  ]
  const changed = Buffer.from(
    (await it.letter('gmail', { partstat: 'DECLINED' }))
      .toString()
      .replaceAll('PARTSTAT=DECLINED', 'PARTSTAT=ACCEPTED'),
  )
  cases.push(['changed on the way', changed, 'accepted open unproven'])
  for (const [name, raw, expected] of cases) {
    clock.now = clock.now.plus({ minutes: 1 })
    await it.take(raw)
    t.equal((await it.kept()).at(-1), expected, name)
  }
  t.same(invited(await it.stands()), ['invited'])
  t.same(
    await db
      .selectFrom('assignments')
      .select('id')
      .execute()
      .then(rows => rows.length),
    1,
    'nobody has joined',
  )

  const before = (await it.kept()).length
  const nowhere = await it.letter('gmail', { to: `bron+${'0'.repeat(32)}@kezdesu.example` })
  t.equal(await it.take(nowhere), 'unknown')
  t.equal(await it.take(await it.letter('gmail', { to: 'info@kezdesu.example' })), 'no-token')
  t.equal(
    await it.take(Buffer.from(`To: ${it.to}\r\nAuto-Submitted: auto-replied\r\nMessage-ID: <a@b>\r\n\r\nI am away`)),
    'silent',
  )
  t.same((await it.kept()).length, before)
  clock.now = clock.now.plus({ minutes: 1 })
  t.equal(await it.take(Buffer.from(`To: ${it.to}\r\nMessage-ID: <h@b>\r\n\r\nI will come`)), 'ignored')
  t.equal((await it.kept()).at(-1), 'none ignored no-calendar')

  t.equal(
    await it.take(await it.letter('gmail', { to: 'other@kezdesu.example' }), it.to),
    'taken',
    'the envelope alone will do',
  )
  t.same(invited(await it.stands()), ['accepted'])
  const named = it.named
  await move(
    db,
    sleeping,
    app.config.secret,
    {
      by: { houseId: named.house, whom: 'account', accountId: named.actor.accountId },
      talkId: it.talkId,
      location: '/',
      startsAt: at('2026-11-26T10:20'),
      waived: { windows: true, latest: true },
    },
    clock.now,
  )
  clock.now = clock.now.plus({ minutes: 1 })
  t.equal(
    await it.take(await it.letter('gmail', { partstat: 'DECLINED' })),
    'ignored',
    'moved, the letter not yet sent',
  )
  await it.here.deliver()
  clock.now = clock.now.plus({ minutes: 10 })
  await it.here.deliver()
  t.equal(await it.take(await it.letter('gmail', { partstat: 'DECLINED' })), 'ignored', 'moved, the letter sent')
  t.same((await it.kept()).slice(-2), ['declined ignored outdated', 'declined ignored outdated'])
  t.same(invited(await it.stands()), ['invited'])
  t.equal(
    await it.take(
      await it.letter('gmail', {
        partstat: 'DECLINED',
        sequence: 1,
        stamp: clock.now.plus({ seconds: 1 }).toUTC().toFormat("yyyyMMdd'T'HHmmss'Z'"),
      }),
    ),
    'taken',
  )
  t.same(invited(await it.stands()), ['declined'])
})

t.test('whatever a letter is turned into, nobody answers by it but who signed it', async t => {
  const it = await replySituation(t)
  const forms = ['gmail', 'outlook', 'apple', 'thunderbird', 'counter'] as const
  const unsigned = await Promise.all(forms.map(form => it.letter(form, {}, null)))
  const signed = await Promise.all(forms.map(form => it.letter(form, { partstat: 'DECLINED' })))
  await fc.assert(
    fc.asyncProperty(damaged(...unsigned), async raw => {
      await it.here.db.deleteFrom('replies').execute()
      const became = await it.take(raw, it.to)
      t.ok(['open', 'ignored', 'silent', 'unreadable'].includes(became), `${became}: ${raw.toString('base64')}`)
      t.same(invited(await it.stands()), ['invited'])
    }),
    { numRuns: 40 },
  )
  await fc.assert(
    fc.asyncProperty(damaged(...signed), async raw => {
      await it.here.db.deleteFrom('replies').execute()
      const became = await it.take(raw, it.to)
      const states = invited(await it.stands())
      // what was signed may still be whole, and then it says no
      t.same(
        states,
        became === 'taken' || states[0] === 'declined' ? ['declined'] : ['invited'],
        raw.toString('base64'),
      )
    }),
    { numRuns: 40 },
  )
})

t.test('our own mail server’s word is enough, another’s is not', async t => {
  const it = await replySituation(t)
  const { email } = await it.here.db
    .selectFrom('speakers')
    .select('email')
    .where('id', '=', it.named.speaker('baizhan'))
    .executeTakeFirstOrThrow()
  const vouched = (server: string, raw: Buffer) =>
    Buffer.concat([
      Buffer.from(`Authentication-Results: ${server}; dmarc=pass header.from=${email.split('@')[1]}\r\n`),
      raw,
    ])
  t.equal(await it.take(vouched('mx.evil.example', await it.letter('gmail', {}, null))), 'open')
  t.equal(
    await it.take(vouched('mx.evil.example', vouched('mx.kezdesu.example', await it.letter('gmail', {}, null)))),
    'open',
  )
  t.equal(await it.take(vouched('mx.kezdesu.example', await it.letter('gmail', {}, null))), 'taken')
})

t.test('a doubtful answer waits for the coordinator, who takes it or leaves it', async t => {
  const it = await replySituation(t)
  const { app } = it.here
  const cookie = await it.here.signIn(coordinator)
  const page = async (url: string) => (await app.inject({ url, headers: { cookie } })).body
  await it.take(await it.letter('gmail', { comment: 'Приду <b>вовремя</b>' }, null))
  for (const language of ['kk', 'ru', 'en']) {
    await it.here.db
      .updateTable('accounts')
      .set({ language: language as 'kk' })
      .where('email', '=', coordinator)
      .execute()
    const inbox = await page('/app')
    t.match(inbox, `/app/talks/${it.talkId}#replies`, language)
  }
  const shown = await page(`/app/talks/${it.talkId}`)
  t.match(shown, 'The sender&#39;s mail server does not vouch')
  t.match(shown, 'Приду &#60;b')
  t.notMatch(shown, '<b>вовремя')
  const accept = formOn(shown, /\/acceptance$/)
  const dismiss = formOn(shown, /\/dismissal$/)
  const stranger = await it.here.signIn('orazbaeva@kezdesu.example')
  t.equal((await submit(app, accept.action, {}, stranger)).statusCode, 404, 'another House has no such talk')
  t.equal((await submit(app, dismiss.action, {}, stranger)).statusCode, 404)
  t.equal(
    (await submit(app, accept.action.replace(/replies\/[^/]+/, 'replies/nothing'), accept.fields, cookie)).statusCode,
    404,
  )
  const done = await submit(app, accept.action, accept.fields, cookie)
  t.same([done.statusCode, done.headers.location], [303, `/app/talks/${it.talkId}#replies`])
  t.equal((await submit(app, accept.action, accept.fields, cookie)).statusCode, 303, 'the same form again')
  t.same(invited(await it.stands()), ['accepted'])
  t.same(await it.kept(), ['accepted accepted unproven'])
  t.equal((await submit(app, dismiss.action, dismiss.fields, cookie)).statusCode, 409, 'it is decided')
  t.notMatch(await page('/app'), '#replies')

  it.here.clock.now = it.here.clock.now.plus({ minutes: 1 })
  await it.take(await it.letter('gmail', { partstat: 'DECLINED' }, null))
  const again = formOn(await page(`/app/talks/${it.talkId}`), /\/dismissal$/)
  t.equal((await submit(app, again.action, again.fields, cookie)).statusCode, 303)
  t.same(invited(await it.stands()), ['accepted'])
})

t.test('a proposed time is a task with a way to move, or with what is in the way', async t => {
  const it = await replySituation(t)
  const { app, clock } = it.here
  const cookie = await it.here.signIn(coordinator)
  const page = async () => (await app.inject({ url: `/app/talks/${it.talkId}`, headers: { cookie } })).body
  // a Sunday, in a Windows zone that means the zone of the talk
  t.equal(
    await it.take(await it.letter('counter', { proposedFrom: '20261129T102000', proposedTo: '20261129T110500' })),
    'open',
  )
  t.same(await it.kept(), ['proposal open'])
  const sunday = await page()
  t.throws(() => formOn(panel(sunday), /\/move$/), 'nothing to press')
  const gone = formOn(sunday, /\/dismissal$/)
  t.equal((await submit(app, gone.action, gone.fields, cookie)).statusCode, 303)

  clock.now = clock.now.plus({ minutes: 1 })
  t.equal(
    await it.take(await it.letter('counter', { proposedFrom: '20261126T102000', proposedTo: '20261126T110500' })),
    'open',
  )
  const thursday = await page()
  const { action, fields } = formOn(panel(thursday), /\/move$/)
  t.equal(fields['startsAt'], '2026-11-26T10:20')
  t.equal((await submit(app, action, fields, cookie)).statusCode, 303)
  const { held_on: day } = await it.here.db
    .selectFrom('talks')
    .select('held_on')
    .where('id', '=', it.talkId)
    .executeTakeFirstOrThrow()
  t.equal(day, '2026-11-26')
  t.notMatch((await app.inject({ url: '/app', headers: { cookie } })).body, '#replies', 'moving has seen to it')

  await it.take(await it.letter('gmail', { partstat: 'DELEGATED' }, null))
  t.equal((await it.kept()).at(-1), 'delegated ignored outdated')
})
