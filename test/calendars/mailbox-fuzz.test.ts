import t from 'tap'
import { watchMailbox } from '../../src/calendars/mailbox.ts'
import { contact, liar, lies, lots } from './imap-liar.ts'

/** The reader at such a server; letters that it hands in are kept. */
function reading(url: string, patience = { every: 5, least: 1, step: 150, stop: 150 }) {
  const [codes, faults, letters]: [string[], unknown[], string[]] = [[], [], []]
  const box = watchMailbox({
    url,
    intake: {
      take: async ({ raw }) => {
        letters.push(raw.toString('utf8'))
        return 'taken'
      },
    },
    lease: { take: async () => true, end: async () => {} },
    note: code => codes.push(code),
    onFault: error => faults.push(error),
    patience,
  })
  return { box, codes, faults, letters }
}

for (const seed of [1, 20_261_127])
  t.test(`a server that lies in every way is endured, and a good one is read afterwards (lot ${seed})`, async t => {
    const escaped: unknown[] = []
    const note = (error: unknown) => escaped.push(error)
    process.on('unhandledRejection', note).on('uncaughtExceptionMonitor', note)
    t.teardown(() => process.off('unhandledRejection', note).off('uncaughtExceptionMonitor', note))
    const server = await liar(t, lots(seed))
    const { box, codes, faults, letters } = reading(server.url)
    await server.until(() => server.state.connections > 2 * Object.keys(lies).length)
    server.state.honest = true
    server.state.unread.add(7)
    letters.length = 0
    await server.until(() => server.state.unread.size === 0)
    const begun = performance.now()
    await box.stop()
    t.ok(performance.now() - begun < 2000, 'it stops whatever the server does')

    t.same([...server.state.told].sort(), Object.keys(lies).sort(), 'each lie was told')
    t.ok(server.state.taken < 8e6, `a line of ${server.state.taken} octets is not listened to`)
    t.same(escaped, [])
    t.match(letters.at(-1), contact)
    t.same(
      [...new Set(codes)].filter(code => !['taken', 'given-up'].includes(code)),
      [],
    )
    t.equal(codes.at(-1), 'taken')
    t.same(
      faults.filter(
        it => !(it instanceof Error && /^the mailbox: [A-Za-z -]+$/.test(it.message) && it.cause === undefined),
      ),
      [],
      'what is logged are codes alone',
    )
    t.ok(faults.length > 20)
  })

t.test('a reader that is to stop does so while a server is silent', async t => {
  const server = await liar(t, lots(3), ['is silent'])
  const { box, faults } = reading(server.url, { every: 5, least: 1, step: 60_000, stop: 50 })
  await server.until(() => server.state.told.size > 0)
  await box.stop()
  t.same(faults, [])
})

t.test('a letter at which the line breaks each time keeps no other waiting, and is given up', async t => {
  const server = await liar(t, lots(4))
  Object.assign(server.state, { honest: true, broken: 7 })
  server.state.unread.add(8)
  const { box, codes, letters } = reading(server.url)
  await server.until(() => server.state.unread.size === 0)
  await box.stop()
  t.same(codes, ['taken', 'given-up'])
  t.equal(letters.length, 1)
  t.ok(server.state.connections >= 5)
})
