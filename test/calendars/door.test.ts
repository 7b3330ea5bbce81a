import { connect } from 'node:net'
import fc from 'fast-check'
import nodemailer from 'nodemailer'
import t, { type Test } from 'tap'
import { openDoor } from '../../src/calendars/door.ts'
import { damaged } from '../damaged.ts'
import { replySituation } from './reply-situation.ts'

type Answered = { rejectedErrors?: { responseCode?: number }[] }
type Refused = { responseCode?: number }
/** What the door said at the end: in LMTP a refusal after the letter is one recipient's, and no error of the whole. */
const codeOf = (sending: Promise<unknown>) =>
  sending.then(
    info => (info as Answered).rejectedErrors?.[0]?.responseCode ?? 250,
    (error: Refused) => error.responseCode,
  )

function transportTo(t: Test, port: number, protocol = 'lmtp') {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port,
    lmtp: protocol === 'lmtp',
    ignoreTLS: true,
  } as object)
  t.teardown(() => transport.close())
  return transport
}

for (const protocol of ['lmtp', 'smtp'] as const)
  t.test(`a mail server delivers by ${protocol}, to addresses of invitations alone`, async t => {
    const it = await replySituation(t)
    const codes: string[] = []
    const door = await openDoor({
      at: { protocol, host: '127.0.0.1', port: 0 },
      intake: it.intake,
      note: code => codes.push(code),
      onFault: error => {
        throw error
      },
    })
    t.teardown(door.stop)
    const transport = transportTo(t, door.port, protocol)
    const send = (raw: Buffer, to: string[]) =>
      codeOf(transport.sendMail({ raw, envelope: { from: 'mx@kezdesu.example', to } }))
    const accepted = await it.letter('gmail', { to: 'hidden@kezdesu.example' })
    t.equal(await send(accepted, [it.to]), 250)
    t.equal(await send(accepted, [it.to.toUpperCase()]), 250, 'servers fold case')
    t.same(codes, ['taken', 'again'])
    t.match(await it.stands(), [/accepted$/])
    for (const to of [
      'info@kezdesu.example',
      `bron+${'0'.repeat(32)}@kezdesu.example`,
      it.to.replace('kezdesu.example', 'evil.example'),
    ])
      t.equal(await send(accepted, [to]), 550, to)
    t.equal(await send(Buffer.from(`To: ${it.to}\r\n\r\n${'x'.repeat(300_000)}`), [it.to]), 552)
    t.equal(await send(Buffer.alloc(20 * 2 ** 20, 'x\r\n'), [it.to]), 552, '20 MB')
    t.same(await it.kept(), ['accepted taken x2'])
  })

t.test('a letter that could not be stored is asked for again', async t => {
  const it = await replySituation(t)
  const faults: unknown[] = []
  const door = await openDoor({
    at: { protocol: 'lmtp', host: '127.0.0.1', port: 0 },
    intake: { ...it.intake, take: async () => Promise.reject(new Error('the database is away')) },
    note: () => {},
    onFault: error => faults.push(error),
  })
  t.teardown(door.stop)
  const transport = transportTo(t, door.port)
  const raw = await it.letter('gmail')
  const code = await codeOf(transport.sendMail({ raw, envelope: { from: 'a@b.example', to: [it.to] } }))
  t.equal(code, 451)
  t.equal(faults.length, 1)
})

t.test('whatever is said at the door, it answers in lines, breaks nothing, and takes the next letter', async t => {
  const it = await replySituation(t)
  const faults: unknown[] = []
  const door = await openDoor({
    at: { protocol: 'lmtp', host: '127.0.0.1', port: 0 },
    intake: it.intake,
    note: () => {},
    onFault: error => faults.push(error),
  })
  t.teardown(door.stop)
  const letter = await it.letter('gmail', {}, null)
  const said = Buffer.from(
    `LHLO mx.example\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<${it.to}>\r\nDATA\r\n${letter}\r\n.\r\nRSET\r\nVRFY x\r\nNOOP\r\n`,
  )
  /** All that the door answers until it is left. */
  const answers = (bytes: Buffer) =>
    new Promise<string>((resolve, reject) => {
      let text = ''
      const socket = connect(door.port, '127.0.0.1')
      socket.setTimeout(10_000, () => reject(new Error('the door is silent')))
      socket.on('data', data => {
        // whoever talks before the greeting is shown out at once; in the middle of a letter the door waits for its end
        if (text === '') socket.write(Buffer.concat([bytes, Buffer.from('\r\n.\r\nQUIT\r\n')]))
        text += data
      })
      // after too many unknown commands it hangs up in the middle of ours
      socket.on('close', () => resolve(text)).on('error', () => resolve(text))
    })
  await fc.assert(
    fc.asyncProperty(damaged(said), async bytes => {
      await it.here.db.deleteFrom('replies').execute()
      const text = await answers(bytes)
      t.match(text, /^220 [^\r\n]*\r\n(?:\d{3}[ -][^\r\n]*\r\n)*$/, bytes.toString('base64'))
    }),
    { numRuns: 30 },
  )
  t.same(faults, [])
  t.match(await it.stands(), [/invited$/])
  const transport = transportTo(t, door.port)
  const last = { raw: await it.letter('gmail'), envelope: { from: 'a@b.example', to: [it.to] } }
  t.equal(await codeOf(transport.sendMail(last)), 250)
  t.match(await it.stands(), [/accepted$/])
})
