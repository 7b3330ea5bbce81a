import { sql } from 'kysely'
import type { Db } from '../../base/db/open.ts'
import { tidy } from '../../base/db/tidy.ts'
import { hashOf, newNonce, tokenOf } from '../../base/secrets.ts'
import { type DateTime, plusDays } from '../../base/time.ts'
import { windowOf } from '../../calendars/rules.ts'
import { seedAccount, seedAccounts } from './accounts.ts'
import { drawContacts } from './contacts.ts'
import { findCoordinator } from './coordinator.ts'
import more from './data/more-hosts.json' with { type: 'json' }
import { fateOf } from './fate.ts'
import { demoHouse, type House, otherHouse, seedHosts, seedHouse, seedPeople, seedTopics } from './house.ts'
import { ledgerOf } from './ledger.ts'
import { checkLines } from './lines.ts'
import { seedMany } from './many.ts'
import { type Random, randomOf, seedId } from './random.ts'
import { seedReference } from './reference.ts'
import { placed, programmeOf, reportersOf } from './reported.ts'
import { type Fated, journeys, type Numbered, type Rows, rowsOfTalk, rowsOfWish } from './rows.ts'
import { type Size, sizes } from './sizes.ts'
import { openStage, type Stage, wallNow } from './stage.ts'
import { drawTerm } from './term.ts'
import { drawUnbookable, drawWaiting, otherEnds } from './wishes.ts'
import { writeAll } from './write.ts'

export type Order = { size: Size; seed: number; now: DateTime; secret: string; say: (text: string) => void }

/** A country of Houses in an empty, migrated database: the same for the same size, seed and time. */
export async function seedDemonstration(db: Db, order: Order): Promise<void> {
  const size = sizes[order.size]
  await seedReference(db)
  const house = await seedHouse(db, demoHouse)
  await seedTopics(db, house)
  await seedPeople(db, house)
  await seedHosts(db, house)
  await seedHosts(db, house, more.hosts as Parameters<typeof seedHosts>[2])
  const other = await seedHouse(db, otherHouse)
  await seedTopics(db, other)
  await seedMany(db, house, { speakers: size.speakers - 30, hosts: size.hosts - 60 }, order.seed)
  await seedMany(db, other, { speakers: 8, hosts: 8 }, order.seed)
  await seedAccounts(db, house.id)
  await checkLines(db, house.id, order.now)
  const name = 'Оразбаева Дина'
  await seedAccount(db, other.id, 'coordinator', {
    email: 'orazbaeva@kezdesu.example',
    language: 'ru',
    names: { kk: name, ru: name, en: 'Dina Orazbaeva' },
    address: { kk: 'Дина', ru: 'Дина', en: 'Dina Orazbaeva' },
  })
  await (await draw(db, house, size, order))()
  await (await draw(db, other, { perDay: 0.6, weeksBehind: 4, weeksAhead: 4, waiting: 3 }, order))()
  // one is written while the next is drawn: on a server the two take different processors
  let write = async () => {}
  for (let n = 2; n < size.houses; n++) [write] = await Promise.all([drawFurther(db, n, order), write()])
  await write()
  await tidy(db)
}

async function drawFurther(db: Db, n: number, order: Order): Promise<() => Promise<void>> {
  const size = sizes[order.size]
  const parts = { kk: `Достық үйі ${n}`, ru: `Дом дружбы ${n}`, en: `House of Friendship ${n}` }
  const house = await seedHouse(db, { ...demoHouse, slug: `house-${n}`, names: parts })
  await seedTopics(db, house)
  await seedMany(db, house, { speakers: size.speakers, hosts: size.hosts }, order.seed + n)
  const write = await draw(db, house, size, order)
  return async () => {
    await write()
    order.say(`${n + 1} of ${size.houses} Houses`)
  }
}

type Measure = { perDay: number; weeksBehind: number; weeksAhead: number; waiting: number }

/** Talks behind and ahead, requests that wait and some that ended, in the order in which they were asked for; what comes back writes them. */
async function draw(
  db: Db,
  house: House,
  measure: Measure,
  { seed, now, secret, say }: Order,
): Promise<() => Promise<void>> {
  const random = randomOf(seed * 7919 + house.slug.length)
  const stage = await openStage(db, house.id, now)
  const { day: today } = wallNow(stage, now)
  const contacts = drawContacts(stage.hosts, random, house.slug)
  const term = {
    from: plusDays(today, -7 * measure.weeksBehind),
    to: plusDays(today, 7 * measure.weeksAhead),
    perDay: measure.perDay,
  }
  const booked = await drawTerm(stage, random, term, now, house.slug)
  const talks = booked.map(talk => ({ talk, fate: fateOf(random, talk, now) }))
  declineOne(talks, now)
  say(`${house.names.en}: ${talks.length} talks`)
  const wishes = [
    ...drawWaiting(stage, random, now, measure.waiting, house.slug),
    ...drawUnbookable(stage, random, now, house.slug),
    ...otherEnds(drawWaiting(stage, random, now.minus({ hours: 3 }), 5, `${house.slug}/ended`)),
  ]
  const numbered = [
    ...talks.map(({ talk, fate }) => ({ talk, fate, askedAt: talk.askedAt, contact: contacts.get(talk.host.id) })),
    ...wishes.map(wish => ({ wish, askedAt: wish.askedAt, contact: contacts.get(wish.host.id) })),
  ]
    .sort((a, b) => a.askedAt.toMillis() - b.askedAt.toMillis())
    .flatMap(({ contact, ...it }, place): (Fated | Numbered)[] =>
      contact ? [{ ...it, contact, number: place + 1 }] : [],
    )
  return async () => {
    await write(db, { house, stage, secret, numbered, contacts: [...contacts.values()].map(it => it.row) }, random, now)
    await db.updateTable('houses').set({ last_request_number: numbered.length }).where('id', '=', house.id).execute()
    await forgetCalendars(db, house.id, windowOf(now, stage.roster.zone).from)
  }
}

/** Talks that no calendar shows any longer are behind with nothing: their texts were written in their time and have gone. */
async function forgetCalendars(db: Db, houseId: string, before: DateTime): Promise<void> {
  await db
    .updateTable('talk_calendars')
    .from('talks')
    .set(it => ({ written: it.ref('revision') }))
    .whereRef('talks.id', '=', 'talk_calendars.talk_id')
    .where('talk_calendars.house_id', '=', houseId)
    .where(sql<boolean>`upper(talks.during) <= ${before}`)
    .execute()
}

/** In one talk of the coming days somebody can't come after all. */
function declineOne(talks: Pick<Fated, 'talk' | 'fate'>[], now: DateTime): void {
  const soon = talks.find(
    ({ talk, fate }) => fate.state === 'booked' && talk.startsAt > now.plus({ days: 2 }) && fate.seats.length > 1,
  )
  const [seat] = soon?.fate.seats ?? []
  if (seat) Object.assign(seat, { state: 'declined', answeredAt: now.minus({ hours: 2 }) })
}

type Contents = {
  house: House
  stage: Stage
  secret: string
  numbered: (Fated | Numbered)[]
  contacts: NonNullable<Rows['contacts']>
}

async function write(
  db: Db,
  { house, stage, secret, numbered, contacts }: Contents,
  random: Random,
  now: DateTime,
): Promise<void> {
  const coordinator = (await findCoordinator(db, house.id)) ?? null
  const keeper = { id: house.id, zone: stage.roster.zone, secret, coordinator }
  const fated = numbered.filter((it): it is Fated => 'talk' in it)
  const way = journeys(stage, fated)
  const speakers = await db
    .selectFrom('speakers')
    .select(['id', 'email', 'language'])
    .where('house_id', '=', house.id)
    .orderBy('email')
    .execute()
  const readers = new Map(speakers.map(it => [it.id, { address: it.email, language: it.language }]))
  // older letters are no longer in anybody's mind, and their bodies would be gone
  const recent = fated.filter(({ talk, fate }) => talk.endsAt > now.minus({ days: 2 }) && fate.state !== 'cancelled')
  const groups = await db.selectFrom('groups').select('id').where('house_id', '=', house.id).orderBy('slug').execute()
  const feed = (kind: 'speaker' | 'group' | 'host' | 'house', owner: object) => {
    const nonce = newNonce()
    return {
      kind,
      house_id: house.id,
      nonce,
      secret_hash: hashOf(tokenOf(secret, 'feed', nonce)),
      created_at: now.minus({ days: 60 }),
      ...owner,
    }
  }
  const hosts = stage.hosts.slice(0, 200)
  const reporting = { id: house.id, slug: house.slug, coordinator: keeper.coordinator }
  const shown = house.slug === demoHouse.slug ? fated : []
  const programme = programmeOf(reporting, shown, now)
  await writeAll(db, [
    { contacts },
    ...numbered.map(it =>
      'talk' in it
        ? placed(
            rowsOfTalk(keeper, it, speakerId => way(it.talk.id, speakerId)),
            programme.places,
          )
        : rowsOfWish(keeper, it),
    ),
    programme.rows,
    ...(house.slug === demoHouse.slug ? [reportersOf(reporting, shown)] : []),
    { messages: recent.flatMap(it => ledgerOf(it, house.id, stage.roster.zone, readers, now)) },
    {
      feeds: [
        feed('house', {}),
        ...speakers.map(({ id }) => feed('speaker', { speaker_id: id })),
        ...groups.map(({ id }) => feed('group', { group_id: id })),
        ...hosts.map(({ id }) => feed('host', { host_id: id })),
      ],
      feedback: fated
        .filter(({ fate }) => fate.state === 'held')
        .flatMap(({ talk }) => opinions(random, talk.id, talk.moment.day)),
    },
  ])
}

function opinions(random: Random, talk_id: string, given_on: string): NonNullable<Rows['feedback']> {
  return Array.from({ length: random.whole(0, 3) }, (_, n) => ({
    id: seedId('feedback', talk_id, n),
    talk_id,
    given_on,
    clear: random.whole(3, 5),
    useful: random.whole(3, 5),
    respectful: random.whole(4, 5),
    again: random.whole(2, 5),
  }))
}
