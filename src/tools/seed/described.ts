import { insertLink } from '../../accounts/sign-in-store.ts'
import { insertSession } from '../../accounts/store.ts'
import type { Db } from '../../base/db/open.ts'
import { transact } from '../../base/db/transact.ts'
import { codeOf, hashOf, newNonce, tokenOf } from '../../base/secrets.ts'
import type { DateTime } from '../../base/time.ts'
import { demoHouse } from './house.ts'
import { bestOffer, waitingNumbers } from './lively.ts'

/** Who of the cast stands for which role. */
const cast = {
  administrator: 'sadyq@kezdesu.example',
  coordinator: 'zhaqsybek@kezdesu.example',
  coordinatorOfAnotherHouse: 'orazbaeva@kezdesu.example',
  speaker: 'nurlanova@kezdesu.example',
  anotherSpeaker: 'qasymov@kezdesu.example',
  viewer: 'lee@kezdesu.example',
} as const

type Site = { publicUrl: string; secret: string; cookie: string }

/** What scripts and checks need to know of a running demonstration (`DEMO_JSON`): true at this moment, whatever was done in it. */
export async function describe(db: Db, { publicUrl, secret, cookie }: Site, now: DateTime) {
  const house = await db
    .selectFrom('houses')
    .select(['id', 'zone', 'slug'])
    .where('slug', '=', demoHouse.slug)
    .executeTakeFirstOrThrow()
  const accounts: Record<string, { cookie: string }> = {}
  for (const [role, email] of Object.entries(cast))
    accounts[role] = { cookie: `${cookie}=${await session(db, email, now)}` }
  const urlOf = (feed: { nonce: string }) => `${publicUrl}/f/${tokenOf(secret, 'feed', feed.nonce)}.ics`
  const feeds = await db
    .selectFrom('feeds')
    .select(['kind', 'nonce', 'speaker_id', 'host_id'])
    .where('house_id', '=', house.id)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .execute()
  const speakers = await db
    .selectFrom('speakers')
    .select(['id', 'email', 'name_kk'])
    .where('house_id', '=', house.id)
    .orderBy('email')
    .execute()
  const ahead = await talksAhead(db, house.id, now)
  const feedOf = (kind: string, owner?: string) => {
    const found = feeds.find(
      feed => feed.kind === kind && (owner === undefined || feed.speaker_id === owner || feed.host_id === owner),
    )
    return found ? urlOf(found) : undefined
  }
  const me = speakers.find(({ email }) => email === cast.speaker)?.id
  return {
    baseUrl: publicUrl,
    now: now.setZone(house.zone).startOf('second').toISO({ suppressMilliseconds: true }),
    accounts,
    feeds: {
      speaker: feedOf('speaker', me),
      group: feedOf('group'),
      house: feedOf('house'),
      host: feedOf('host', ahead[0]?.host_id) ?? feedOf('host'),
      public: `${publicUrl}/public/${house.slug}.ics`,
    },
    speakers: speakers.flatMap(({ id, name_kk }) => ({ id, name: name_kk, feed: feedOf('speaker', id) })),
    requests: await sorted(db, house, now),
    statusPages: [...new Set(ahead.map(it => it.nonce))]
      .slice(0, 20)
      .map(nonce => `${publicUrl}/r/${tokenOf(secret, 'request', nonce)}`),
    invitations: (await openInvitations(db, house.id, now)).map(
      ({ nonce }) => `${publicUrl}/i/${tokenOf(secret, 'invitation', nonce)}`,
    ),
    mailbox: `${publicUrl}/dev/mail.json`,
  }
}

/** Signs in as people do with a letter, but for a day. */
export async function signInLinks(
  db: Db,
  publicUrl: string,
  secret: string,
  now: DateTime,
): Promise<{ who: string; link: string }[]> {
  const found = await db
    .selectFrom('accounts')
    .select(['id', 'email'])
    .where('email', 'in', [cast.coordinator, cast.speaker, cast.viewer, cast.administrator])
    .execute()
  const links: { who: string; link: string }[] = []
  for (const who of ['coordinator', 'speaker', 'viewer', 'administrator'] as const) {
    const account = found.find(({ email }) => email === cast[who])
    if (!account) continue
    const nonce = newNonce()
    const token = tokenOf(secret, 'sign-in', nonce)
    const codeHash = hashOf(tokenOf(secret, 'code', codeOf(secret, nonce)))
    await transact(db, trx =>
      insertLink(
        trx,
        {
          accountId: account.id,
          nonce,
          tokenHash: hashOf(token),
          codeHash,
          browserHash: hashOf(nonce),
          expiresAt: now.plus({ days: 1 }),
        },
        now,
      ),
    )
    links.push({ who, link: `${publicUrl}/sign-in/${token}` })
  }
  return links
}

async function session(db: Db, email: string, now: DateTime): Promise<string> {
  const secret = newNonce()
  const { account_id, house_id } = await db
    .selectFrom('roles')
    .innerJoin('accounts', 'accounts.id', 'roles.account_id')
    .select(['account_id', 'house_id'])
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  await transact(db, trx =>
    insertSession(
      trx,
      {
        idHash: hashOf(secret),
        accountId: account_id,
        houseId: house_id,
        endsAt: now.plus({ days: 7 }),
        ipPrefix: '127.0.0.0',
        agent: 'demonstration',
      },
      now,
    ),
  )
  return secret
}

/** Requests that wait: those that could be booked now, and those that can't. */
async function sorted(db: Db, house: { id: string; zone: string }, now: DateTime) {
  const found = { waiting: [] as number[], unbookable: [] as number[] }
  for (const number of (await waitingNumbers(db, house.id)).slice(0, 150)) {
    const best = await bestOffer(db, house, number, now)
    found[best ? 'waiting' : 'unbookable'].push(number)
  }
  return found
}

const talksAhead = (db: Db, houseId: string, now: DateTime) =>
  db
    .selectFrom('talks')
    .innerJoin('requests', 'requests.id', 'talks.request_id')
    .select(['requests.nonce', 'talks.host_id'])
    .where('talks.house_id', '=', houseId)
    .where('talks.state', '=', 'booked')
    .where('talks.held_on', '>', now.toISODate() ?? '')
    .orderBy('talks.held_on')
    .orderBy('talks.id')
    .limit(20)
    .execute()

const openInvitations = (db: Db, houseId: string, now: DateTime) =>
  db
    .selectFrom('assignments')
    .innerJoin('talks', 'talks.id', 'assignments.talk_id')
    .select('assignments.nonce')
    .where('talks.house_id', '=', houseId)
    .where('talks.state', '=', 'booked')
    .where('assignments.state', '=', 'invited')
    .where('talks.held_on', '>', now.toISODate() ?? '')
    .orderBy('talks.held_on')
    .orderBy('assignments.id')
    .limit(20)
    .execute()
