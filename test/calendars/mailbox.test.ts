import { ImapFlow } from 'imapflow'
import t from 'tap'
import { endLease, takeLease } from '../../src/base/db/lease.ts'
import { watchMailbox } from '../../src/calendars/mailbox.ts'
import { dovecot, hasDovecot } from '../dovecot.ts'
import { replySituation, type Situation } from './reply-situation.ts'

if (!hasDovecot()) t.plan(0, 'no dovecot-imapd here: replies are not read from a real IMAP server')
else {
  /** A client that puts letters into the box, as a mail server delivers them. */
  async function postman(url: string) {
    const { hostname, port, username, password } = new URL(url)
    const client = new ImapFlow({
      host: hostname,
      port: Number(port),
      secure: false,
      auth: { user: username, pass: decodeURIComponent(password) },
      logger: false,
    })
    await client.connect()
    await client.mailboxOpen('INBOX')
    return client
  }

  /** A worker that reads the box; `read` waits until it has told of so many letters. */
  function reader(it: Situation, url: string, holder: string, take = it.intake.take) {
    const codes: string[] = []
    const faults: unknown[] = []
    let waiting: { count: number; go: () => void } | undefined
    const { db } = it.here
    const box = watchMailbox({
      url,
      intake: { take },
      lease: {
        take: () => takeLease(db, 'mailbox', holder, 40),
        end: () => endLease(db, 'mailbox', holder),
      },
      note: code => {
        codes.push(code)
        if (waiting && codes.length >= waiting.count) waiting.go()
      },
      onFault: error => faults.push(error),
      patience: { every: 200, least: 20 },
    })
    const read = async (count: number) => {
      if (codes.length < count)
        await new Promise<void>(go => {
          waiting = { count, go }
        })
      return codes
    }
    return { box, codes, faults, read }
  }

  t.test('letters in a real mailbox become answers, once, and are marked afterwards', async t => {
    const it = await replySituation(t)
    const { url } = await dovecot(t)
    const client = await postman(url)
    t.teardown(() => client.close())
    const accepted = await it.letter('gmail')
    // somebody looked at it by hand before: that is no mark of ours
    await client.append('INBOX', accepted, ['\\Seen'])
    await client.append('INBOX', Buffer.from(`To: ${it.to}\r\nSubject: x\r\n\r\n${'x'.repeat(300_000)}`))
    await client.append('INBOX', Buffer.from('Subject: no address of ours\r\n\r\nhello'))
    const first = reader(it, url, 'first')
    t.same(await first.read(3), ['taken', 'ignored', 'no-token'])
    t.same((await it.kept()).sort(), ['accepted taken', 'none ignored too-big'])
    await client.noop()
    const marked = await client.search({ keyword: '$KezdesuRead' }, { uid: true })
    t.same((marked || []).length, 3)

    // while it runs: told by the server, read by one of two
    const second = reader(it, url, 'second')
    it.here.clock.now = it.here.clock.now.plus({ minutes: 1 })
    await client.append('INBOX', await it.letter('apple', { partstat: 'DECLINED' }))
    await client.append('INBOX', accepted)
    t.same((await first.read(5)).slice(3), ['taken', 'again'])
    t.same(second.codes, [])
    t.match(await it.stands(), [/declined$/])
    await first.box.stop()
    it.here.clock.now = it.here.clock.now.plus({ minutes: 1 })
    await client.append('INBOX', await it.letter('outlook'))
    t.same(await second.read(1), ['taken'], 'the other takes over')
    t.match(await it.stands(), [/accepted$/])
    await second.box.stop()
    t.same([...first.faults, ...second.faults], [])
  })

  t.test('whoever dies between the answer and the mark leaves a letter that changes nothing more', async t => {
    const it = await replySituation(t)
    const mail = await dovecot(t)
    const client = await postman(mail.url)
    t.teardown(() => client.close())
    await client.append('INBOX', await it.letter('thunderbird'))
    let died = false
    const mortal = reader(it, mail.url, 'mortal', async letter => {
      const code = await it.intake.take(letter)
      if (died) return code
      died = true
      throw new Error('killed after the answer was stored')
    })
    t.same(await mortal.read(1), ['again'])
    t.same(await it.kept(), ['accepted taken'], 'one answer, and the same delivery is no second copy')
    t.equal(mortal.faults.length, 1)

    // the mail server goes away and comes back
    client.close()
    await mail.restart()
    const later = await postman(mail.url)
    t.teardown(() => later.close())
    it.here.clock.now = it.here.clock.now.plus({ minutes: 1 })
    await later.append('INBOX', await it.letter('gmail', { partstat: 'DECLINED' }))
    t.same((await mortal.read(2)).slice(1), ['taken'])
    await mortal.box.stop()
  })
}
