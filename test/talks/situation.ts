import type { Form } from '../../src/base/db/once.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { hashOf, newNonce } from '../../src/base/secrets.ts'
import { book } from '../../src/talks/actions.ts'
import hosts from '../../src/tools/seed/data/hosts.json' with { type: 'json' }
import people from '../../src/tools/seed/data/people.json' with { type: 'json' }
import { cast } from '../cast.ts'
import type { TestWorld } from '../world.ts'

export type Wanted = {
  host?: string
  topic?: string
  audience?: string
  grades?: number[]
  heads?: number
  languages?: string[]
  windows?: { from: string; to: string; fromTime?: string; toTime?: string; shift?: string }[]
  latest?: string
  state?: 'waiting' | 'unconfirmed'
  mode?: 'onsite' | 'online'
  email?: string | null
}

/** The ids that tests speak of, by the short names of people.json and hosts.json. */
export async function names({ db }: TestWorld) {
  const speakers = await db.selectFrom('speakers').select(['id', 'email']).execute()
  const houses = await db.selectFrom('houses').select(['id', 'slug']).execute()
  const places = await db.selectFrom('hosts').select(['id', 'name_kk']).execute()
  const account = await db
    .selectFrom('accounts')
    .select('id')
    .where('email', '=', cast.coordinator)
    .executeTakeFirstOrThrow()
  const byMail = new Map(speakers.map(row => [row.email, row.id]))
  return {
    speaker: (name: string) => byMail.get(people.members.find(({ id }) => id === name)?.email ?? '') ?? `no ${name}`,
    host: (name: string) =>
      places.find(row => row.name_kk === hosts.hosts.find(({ id }) => id === name)?.kk)?.id ?? `no ${name}`,
    house: houses.find(({ slug }) => slug === 'almaty')?.id ?? '',
    actor: { accountId: account.id, houseId: houses.find(({ slug }) => slug === 'almaty')?.id ?? '' },
  }
}
export type Names = Awaited<ReturnType<typeof names>>

/** A request that a school has asked and confirmed; its number. A lesson of kindness at school 907 in its one shift, unless told otherwise. */
export async function ask(world: TestWorld, named: Names, wanted: Wanted = {}): Promise<number> {
  const { db, clock } = world
  const hostId = named.host(wanted.host ?? 'school-907')
  const topic = await db
    .selectFrom('topics')
    .select('id')
    .where('house_id', '=', named.house)
    .where('slug', '=', wanted.topic ?? 'unity-gives-life')
    .executeTakeFirstOrThrow()
  const contact = await db
    .insertInto('contacts')
    .values({
      host_id: hostId,
      name: 'Сәуле Мұхтарқызы',
      position: 'завуч',
      email: wanted.email === undefined ? 'school@kezdesu.example' : wanted.email,
      phone: '+77010000031',
      language: 'kk',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { number } = await db
    .updateTable('houses')
    .set(eb => ({ last_request_number: eb('last_request_number', '+', 1) }))
    .where('id', '=', named.house)
    .returning('last_request_number as number')
    .executeTakeFirstOrThrow()
  const nonce = newNonce()
  const { id } = await db
    .insertInto('requests')
    .values({
      house_id: named.house,
      number,
      host_id: hostId,
      contact_id: contact.id,
      topic_id: topic.id,
      audience: wanted.audience ?? 'pupils',
      grades: wanted.grades ?? [9],
      heads: wanted.heads ?? 40,
      mode: wanted.mode ?? 'onsite',
      latest_on: wanted.latest ?? null,
      state: wanted.state ?? 'waiting',
      source: 'form',
      language: 'kk',
      nonce,
      token_hash: hashOf(nonce),
      asked_at: clock.now,
      confirmed_at: wanted.state === 'unconfirmed' ? null : clock.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('request_languages')
    .values((wanted.languages ?? ['kk']).map(language => ({ request_id: id, language })))
    .execute()
  const windows = wanted.windows ?? [{ from: '2026-11-25', to: '2026-11-27' }]
  await db
    .insertInto('request_windows')
    .values(
      windows.map((it, at) => ({
        request_id: id,
        position: at + 1,
        from_on: it.from,
        to_on: it.to,
        from_time: it.fromTime ?? '08:00',
        to_time: it.toTime ?? '19:30',
        shift: it.shift ?? null,
      })),
    )
    .execute()
  return number
}

export const at = (text: string) => {
  const [day = '', time = ''] = text.split('T')
  return { day, minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) }
}

/** Books as the coordinator of the cast would; the id of the talk, or the refusal. */
export async function bookTalk(
  world: TestWorld,
  named: Names,
  requestNumber: number,
  startsAt: string,
  speakers: string[],
  more: { form?: Form; minutes?: number; note?: string; joins?: string } = {},
) {
  const done = await book(
    world.db,
    sleeping,
    world.app.config.secret,
    { actor: named.actor, requestNumber, startsAt: at(startsAt), speakers: speakers.map(named.speaker), ...more },
    world.clock.now,
  )
  return 'refused' in done ? done : { id: done.location.split('/').at(-1) ?? '' }
}

/** The same, for tests in which it must be possible. */
export async function bookedTalk(...words: Parameters<typeof bookTalk>): Promise<string> {
  const done = await bookTalk(...words)
  if ('refused' in done) throw new Error(JSON.stringify(done.refused))
  return done.id
}

/** What stands in the ledger about a talk: kind, to whom, version, state; sorted. */
export async function ledger({ db }: TestWorld, talkId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('messages')
    .leftJoin('assignments', 'assignments.id', 'messages.assignment_id')
    .leftJoin('speakers', 'speakers.id', 'assignments.speaker_id')
    .select(['kind', 'recipient', 'version', 'messages.state', 'speakers.email'])
    .where('messages.talk_id', '=', talkId)
    .execute()
  const who = (row: (typeof rows)[number]) => row.email?.split('@')[0] ?? row.recipient.split(':')[0]
  return rows
    .map(row => `${row.version} ${row.kind} ${who(row)}${row.state === 'waiting' ? '' : ` ${row.state}`}`)
    .sort()
}
