import t from 'tap'
import { openDatabase } from '../../src/base/db/open.ts'
import { transact } from '../../src/base/db/transact.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { listMailer, type Mail } from '../../src/base/mail.ts'
import { deliver, deliverDue } from '../../src/messages/actions.ts'
import { tell } from '../../src/messages/store.ts'
import { booked } from '../talks/booked.ts'
import { server, world } from '../world.ts'

const on = server()

t.test('several deliverers at once send each letter once', { skip: on ? false : 'needs a PostgreSQL' }, async t => {
  const here = await world(t, on)
  const { db, clock } = here
  const talk = await booked(db, clock.now)
  const [seat] = talk.seats
  await transact(db, trx =>
    tell(
      trx,
      sleeping,
      clock.now,
      Array.from({ length: 40 }, (_, index) => ({
        houseId: talk.houseId,
        kind: 'talk-booked' as const,
        cause: `talk:${index}`,
        version: 1,
        recipient: 'contact:1',
        address: `host${index}@mektep.example`,
        language: 'kk' as const,
        dueAt: clock.now,
        talkId: talk.talkId,
      })),
    ),
  )
  const mails: Mail[] = []
  const others = await Promise.all([1, 2, 3].map(() => openDatabase({ url: here.url ?? '' })))
  t.teardown(() => Promise.all(others.map(other => other.close())))
  await Promise.all(
    [db, ...others.map(other => other.db)].map(each =>
      deliverDue({ ...here.post, db: each, mailer: listMailer(mails) }),
    ),
  )
  t.equal(mails.length, 40)
  t.equal(new Set(mails.map(mail => mail.messageId)).size, 40)
  t.same(await db.selectFrom('messages').select('state').groupBy('state').execute(), [{ state: 'sent' }])

  await transact(db, trx =>
    tell(trx, sleeping, clock.now, [
      {
        houseId: talk.houseId,
        kind: 'invitation',
        cause: 'talk:x',
        version: 1,
        recipient: `speaker:${seat?.speakerId}`,
        address: seat?.email ?? '',
        language: 'kk',
        dueAt: clock.now,
        talkId: talk.talkId,
        assignmentId: seat?.id ?? '',
      },
    ]),
  )
  const { id } = await db.selectFrom('messages').select('id').where('kind', '=', 'invitation').executeTakeFirstOrThrow()
  mails.length = 0
  const ends = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      deliver({ ...here.post, db: others[index % 3]?.db ?? db, mailer: listMailer(mails) }, id, `job${index}`),
    ),
  )
  t.same(ends.sort(), [...Array.from({ length: 11 }, () => 'left'), 'sent'])
  t.equal(mails.length, 1)
})

t.test('told twice at once, it stands in the ledger once', { skip: on ? false : 'needs a PostgreSQL' }, async t => {
  const here = await world(t, on)
  const { db, clock } = here
  const talk = await booked(db, clock.now)
  const message = {
    houseId: talk.houseId,
    kind: 'talk-booked' as const,
    cause: `talk:${talk.talkId}`,
    version: 1,
    recipient: 'contact:1',
    address: 'host@mektep.example',
    language: 'kk' as const,
    dueAt: clock.now,
    talkId: talk.talkId,
  }
  await Promise.all(Array.from({ length: 20 }, () => transact(db, trx => tell(trx, sleeping, clock.now, [message]))))
  t.equal((await db.selectFrom('messages').select('id').execute()).length, 1)
})
