import t from 'tap'
import { transact } from '../../src/base/db/transact.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { tokenOf } from '../../src/base/secrets.ts'
import type { MessageKind } from '../../src/messages/rules.ts'
import { tell } from '../../src/messages/store.ts'
import { cast } from '../cast.ts'
import { ask, names } from '../talks/situation.ts'
import { world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const { db, clock, app, mails } = here
const number = await ask(here, named, { state: 'unconfirmed' })
const request = await db
  .selectFrom('requests')
  .select(['id', 'nonce', 'contact_id'])
  .where('number', '=', number)
  .executeTakeFirstOrThrow()
const page = `http://127.0.0.1:3000/r/${tokenOf(app.config.secret, 'request', request.nonce)}`
await db
  .updateTable('contacts')
  .set({ name: 'Buy now http://spam.example' })
  .where('id', '=', request.contact_id ?? '')
  .execute()
let version = 0

async function letter(kind: MessageKind, language: 'kk' | 'ru' | 'en', accountId?: string) {
  version++
  const whom =
    accountId === undefined
      ? { recipient: `contact:${request.contact_id}`, address: 'school@kezdesu.example' }
      : { recipient: `account:${accountId}`, address: cast.coordinator, accountId }
  await transact(db, trx =>
    tell(trx, sleeping, clock.now, [
      {
        houseId: named.house,
        kind,
        cause: `request:${request.id}:${version}`,
        version,
        language,
        dueAt: clock.now,
        requestId: request.id,
        ...whom,
      },
    ]),
  )
  mails.length = 0
  await here.deliver()
  return mails[0]
}
const state = (to: 'waiting' | 'withdrawn') =>
  db.updateTable('requests').set({ state: to }).where('id', '=', request.id).execute()

t.test('an address that nobody confirmed is told nothing that was typed', async t => {
  const mail = await letter('address-confirmation', 'en')
  t.equal(mail?.subject, `Confirm request № ${number}`)
  t.equal(mail?.to.name, '')
  t.equal(
    mail?.text,
    `Құрметті әріптестер!
Осы мекенжайдан кездесуге өтінім берілді. Өтінім өзіңіздікі болса, оны растаңыз.

Нөмірі: № ${number}

Өтінімді растау: ${page}

Өтінім бермеген болсаңыз, ештеңе істеудің қажеті жоқ.

Құрметпен, Достық үйі
Сұрағыңыз болса: +7\u00a0727\u00a0000\u00a000\u00a000

* * *

Dear colleagues,
A talk was asked for from this address. If it was you, please confirm the request.

Number: № ${number}

Confirm the request: ${page}

If it was not you, there is nothing to do.

Kind regards, House of Friendship
Questions: +7\u00a0727\u00a0000\u00a000\u00a000
`,
  )
  t.notMatch(`${mail?.html}${mail?.subject}`, /spam|Buy now/)
})

t.test('nothing else is written to it, and after the confirmation not this letter again', async t => {
  for (const kind of ['request-received', 'request-declined', 'request-withdrawn'] as const)
    t.equal(await letter(kind, 'ru'), undefined, kind)
  await state('waiting')
  t.equal(await letter('address-confirmation', 'ru'), undefined)
})

t.test('a confirmed request is repeated with its number and its wishes', async t => {
  const mail = await letter('request-received', 'ru')
  t.match(
    mail?.text,
    `Ваша заявка принята. Номер: № ${number}.
Координатор подберёт время и состав. Ответ придёт на этот адрес.

Тема: «„Бірлік бар жерде – тірлік бар“: история согласия»
Организация: Школа-лицей № 907 (пример)
Число слушателей: 40
Варианты времени: 25 ноября – 27 ноября, 08:00–19:30

Страница заявки: ${page}
`,
  )
})

t.test('a declined request says why, a withdrawn one is confirmed to either side', async t => {
  await db
    .updateTable('requests')
    .set({ state: 'declined', decline_reason: 'no-time' })
    .where('id', '=', request.id)
    .execute()
  t.match(
    (await letter('request-declined', 'ru'))?.text,
    'К сожалению, заявка отклонена. Причина: нет подходящего времени.',
  )
  await db
    .updateTable('requests')
    .set({ decline_reason: null, state: 'withdrawn' })
    .where('id', '=', request.id)
    .execute()
  t.match((await letter('request-withdrawn', 'kk'))?.text, `Өтінім қайтарып алынды. Нөмірі: № ${number}.`)
  const account = await db
    .selectFrom('accounts')
    .select('id')
    .where('email', '=', cast.coordinator)
    .executeTakeFirstOrThrow()
  const mail = await letter('request-withdrawn', 'ru', account.id)
  t.equal(mail?.to.address, cast.coordinator)
  t.match(mail?.text, `http://127.0.0.1:3000/app/requests/${number}`)
  t.notMatch(mail?.text, page)
})
