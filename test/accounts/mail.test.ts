import t from 'tap'
import { askToSignIn } from '../../src/accounts/actions.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { codeOf, tokenOf } from '../../src/base/secrets.ts'
import { cast } from '../cast.ts'
import { world } from '../world.ts'

const here = await world(t)
const { db, clock, app, mails } = here
const { secret } = app.config

t.test("a sign-in letter holds the link and the six digits, in the reader's language", async t => {
  await askToSignIn(db, sleeping, secret, { email: cast.coordinator, browser: 'b' }, clock.now)
  await here.deliver()
  const { nonce } = await db.selectFrom('sign_in_links').select('nonce').executeTakeFirstOrThrow()
  const code = codeOf(secret, nonce)
  const digits = `${code.slice(0, 3)} ${code.slice(3)}`
  t.equal(mails.length, 1)
  const [mail] = mails
  t.equal(mail?.to.address, cast.coordinator)
  t.equal(mail?.subject, `Код для входа: ${digits}`)
  t.equal(
    mail?.text,
    `Здравствуйте, Жаксыбек Айнур Каировна!
Чтобы войти, нажмите кнопку или введите код.

${digits}

Войти: http://127.0.0.1:3000/sign-in/${tokenOf(secret, 'sign-in', nonce)}

Срок действия: 08:55. Только один раз.
Если вы не просили это письмо, ничего делать не нужно.

С уважением, Дом дружбы
Есть вопрос: +7 727 000 00 00
`.replace('+7 727 000 00 00', '+7\u00a0727\u00a0000\u00a000\u00a000'),
  )
})

t.test('a link that was used or has ended is not sent any more', async t => {
  mails.length = 0
  await askToSignIn(db, sleeping, secret, { email: cast.coordinator, browser: 'b' }, clock.now)
  await db.updateTable('sign_in_links').set({ used_at: clock.now }).where('used_at', 'is', null).execute()
  await here.deliver()
  await askToSignIn(db, sleeping, secret, { email: cast.coordinator, browser: 'b' }, clock.now)
  clock.now = clock.now.plus({ minutes: 11 })
  await here.deliver()
  t.same(mails, [])
  const rows = await db
    .selectFrom('messages')
    .select(['state', 'reason'])
    .where('state', '<>', 'sent')
    .orderBy('created_at')
    .execute()
  t.same(rows.map(row => `${row.state} ${row.reason}`).sort(), ['skipped too-late', 'superseded answered'])
})
