import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { databaseNow } from '../../src/base/db/moment.ts'
import { keepSetting } from '../../src/base/db/settings.ts'
import { folderMailer } from '../../src/base/mail.ts'
import { deliverDue } from '../../src/messages/actions.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-mailbox-'))
t.teardown(() => rmSync(folder, { recursive: true }))
await bookedTalk(here, named, await ask(here, named), '2026-11-26T10:20', ['zhunisov'])
await deliverDue({ ...here.post, mailer: folderMailer(path.join(folder, 'mail')) })
const appWith = async (development: boolean) => {
  const { db, jobs, now, config } = here.app
  const app = await buildApp({ db, jobs, now, config: { ...config, dataDir: folder }, development })
  t.teardown(() => app.close())
  return app
}

t.test('in the demonstration caught letters can be listed and read', async t => {
  const app = await appWith(true)
  const list: { to: string; subject: string; messageId: string; kind: string; raw: string }[] = (
    await app.inject('/dev/mail.json')
  ).json()
  t.same(list.map(mail => [mail.to, mail.kind]).sort(), [
    ['school@kezdesu.example', 'talk-booked'],
    ['zhunisov@kezdesu.example', 'invitation'],
  ])
  const invitation = list.find(mail => mail.kind === 'invitation')
  t.same(Object.keys(invitation ?? {}).sort(), ['kind', 'messageId', 'raw', 'subject', 'to'])
  t.match(invitation?.messageId, /^<[0-9a-f-]{36}@kezdesu\.example>$/)
  t.match(invitation?.raw, 'method=REQUEST')
  const page = await app.inject('/dev/mail')
  const names = [...page.body.matchAll(/href="(\/dev\/mail\/\d[^"]*)"/g)].map(([, href = '']) => href)
  t.equal(names.length, 2)
  for (const href of names) {
    const shown = await app.inject(href)
    t.equal(shown.statusCode, 200)
    t.match(
      shown.body,
      `<iframe class="caught-html" sandbox="allow-popups allow-top-navigation-by-user-activation" src="${href}/html"`,
    )
    const html = await app.inject(`${href}/html`)
    t.match(html.headers['content-security-policy'], /^default-src 'none'; style-src 'unsafe-inline';.* sandbox/)
    t.match((await app.inject(`${href}/raw`)).headers['content-type'], /^text\/plain/)
  }
  for (const odd of ['/dev/mail/x', '/dev/mail/x/html', '/dev/mail/..%2f..%2fsecret/raw', '/dev/mail/%00/raw'])
    t.equal((await app.inject(odd)).statusCode, 404, odd)
})

t.test('elsewhere there is no such page', async t => {
  const app = await appWith(false)
  for (const url of ['/dev/mail', '/dev/mail.json']) t.equal((await app.inject(url)).statusCode, 404)
})

t.test('probes say whether the process serves and can work, and details only to itself', async t => {
  const app = await appWith(false)
  // probes read the database's clock: it stands where the test's does, whatever the day
  await keepSetting(
    here.db,
    'clock_shift_ms',
    String(here.clock.now.toMillis() - (await databaseNow(here.db)).toMillis()),
  )
  t.same([(await app.inject('/healthz')).statusCode, (await app.inject('/healthz')).body], [200, 'ok\n'])
  t.same((await app.inject('/readyz')).json(), {
    ...{ database: 'ok', schema: 'ok', mail: 'ok', oldestLetterWaits: 0 },
    backup: 'off',
  })
  t.equal((await app.inject({ url: '/readyz', remoteAddress: '203.0.113.7' })).body, 'ok\n')
})
