import { sql } from 'kysely'
import t from 'tap'
import { transact } from '../../src/base/db/transact.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { tell } from '../../src/messages/store.ts'
import { planDigests } from '../../src/reminders/digest-actions.ts'
import { cast } from '../cast.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { formOn, submit, world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const { db, app, mails, clock } = here
const talkId = await bookedTalk(here, named, await ask(here, named), '2026-11-26T10:20', ['zhunisov'])
await here.deliver()
let coordinator = await here.signIn(cast.coordinator)
const page = async (key: string) =>
  (await app.inject({ url: `/app/messages/texts/${key}`, headers: { cookie: coordinator } })).body
async function send(key: string, texts: Record<string, string>, act = 'save') {
  const { action, fields } = formOn(await page(key), /messages\/texts/)
  return submit(app, action, { ...fields, ...texts, act }, coordinator)
}

t.test('a closure keeps what becomes of the talk, whatever a House says of its cause', async t => {
  t.equal((await send('closure', { body_kk: 'Жабық: {reason}.', body_ru: 'Закрыто: {reason}.' })).statusCode, 303)
  const { district } = await db
    .selectFrom('hosts')
    .select('district')
    .where('id', '=', named.host('school-907'))
    .executeTakeFirstOrThrow()
  const { id } = await db
    .insertInto('closures')
    .values({
      house_id: named.house,
      districts: [district],
      host_kinds: [],
      shifts: [],
      grades: [],
      from_on: '2026-11-26',
      to_on: '2026-11-26',
      outcome: 'online',
      name_kk: 'аяз',
      name_ru: 'мороз',
      name_en: 'frost',
      created_at: clock.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('closure_talks')
    .columns(['closure_id', 'talk_id', 'outcome', 'version', 'mode_before', 'during_before'])
    .expression(
      db
        .selectFrom('talks')
        .select(it => [
          it.val(id).as('closure'),
          'id',
          sql<'online'>`'online'::closing`.as('outcome'),
          'version',
          'mode',
          'during',
        ])
        .where('id', '=', talkId),
    )
    .execute()
  const contact = await db
    .selectFrom('contacts')
    .select('id')
    .where('email', '=', 'school@kezdesu.example')
    .executeTakeFirstOrThrow()
  const news = (version: number) =>
    transact(db, trx =>
      tell(trx, sleeping, clock.now, [
        {
          houseId: named.house,
          kind: 'closure',
          cause: `closure:${id}:${talkId}`,
          version,
          recipient: `contact:${contact.id}`,
          address: 'school@kezdesu.example',
          language: 'kk',
          dueAt: clock.now,
          talkId,
        },
      ]),
    )
  mails.length = 0
  await news(1)
  await here.deliver()
  t.match(mails[0]?.text, 'Жабық: аяз.\nКездесу сол уақытта онлайн форматта өтеді.')
  t.match(mails[0]?.text, 'Закрыто: мороз.\nВстреча пройдёт онлайн в то же время.')
  mails.length = 0
  await db.updateTable('closures').set({ lifted_at: clock.now }).execute()
  await db.updateTable('closure_talks').set({ restored_at: clock.now, restored_version: 2 }).execute()
  await news(2)
  await here.deliver()
  t.match(mails[0]?.text, 'Мекеме ашық.', 'its end is told in the standard words')
})

t.test('the overview of the day in own words, and back to the standard', async t => {
  const own = { subject_ru: 'Утро: {date}', body_ru: 'Доброе утро, {address}!' }
  t.equal((await send('digest-day', own)).statusCode, 303)
  const shown = await page('digest-day')
  t.match(shown, 'Доброе утро, {address}!')
  t.match(shown, /Доброе утро, [^{]+!/, 'shown as it arrives')
  clock.now = clock.now.set({ hour: 2, minute: 31 }).plus({ days: 1 })
  coordinator = await here.signIn(cast.coordinator)
  mails.length = 0
  await planDigests(db, sleeping, clock.now)
  await here.deliver()
  const mine = () => mails.find(mail => mail.kind === 'digest-day' && mail.to.address === cast.coordinator)
  t.equal(mine()?.subject, 'Утро: 24 ноября')
  t.match(mine()?.text, /Доброе утро, [^{]+!/)
  t.equal((await send('digest-day', own, 'standard-ru')).statusCode, 303)
  t.same(await db.selectFrom('letter_texts').select('kind').where('kind', '=', 'digest-day').execute(), [])
})

t.test(
  'the letter to sign in keeps its code and link; an unconfirmed address is told only what the House knows',
  async t => {
    t.equal((await send('sign-in', { body_ru: 'Код {code} действует до {until}.' })).statusCode, 303)
    t.equal((await send('address-confirmation', { body_kk: 'Растаңыз: {number}, {house}.' })).statusCode, 303)
    t.equal((await send('address-confirmation', { body_kk: '{host}' })).statusCode, 422)
    t.match(await page('sign-in'), '000 000')
    t.match(await page('address-confirmation'), 'Растаңыз: № ')
    mails.length = 0
    const form = formOn((await app.inject({ url: '/sign-in' })).body, '/sign-in')
    await submit(app, form.action, { ...form.fields, email: cast.coordinator })
    await here.deliver()
    const [mail] = mails.filter(({ kind }) => kind === 'sign-in')
    t.match(mail?.text, /Код \d{3} \d{3} действует до \d\d:\d\d\.\n[\s\S]*\/sign-in\//)
  },
)
