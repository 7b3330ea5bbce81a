import { sleeping } from '../../src/base/jobs.ts'
import type { Mail } from '../../src/base/mail.ts'
import { hashOf, tokenOf } from '../../src/base/secrets.ts'
import { cancel, move, swap } from '../../src/talks/change-actions.ts'
import { recordOutcome } from '../../src/talks/outcome-actions.ts'
import { ask, at, bookedTalk, names } from '../talks/situation.ts'
import { formOn, submit, type TestWorld } from '../world.ts'
import { feedPath } from './feed-path.ts'

export type Step = (typeof steps)[number]
export const steps = [
  'booked',
  'accepted',
  'moved',
  'accepted-again',
  'swapped',
  'declined',
  'cancelled',
  'booked-again',
  'second-date',
  'held',
] as const

const host = 'school-904'
const people = ['isabekova', 'eskendir', 'aidarqyzy'] as const
export type Person = (typeof people)[number]

/**
 * A talk for parents from its booking to its tombstone, then the same request booked anew and another date for the same school.
 * Isabekova and Eskendir are asked; Aidarqyzy comes instead of Isabekova; Eskendir declines.
 */
export async function life(here: TestWorld) {
  const { db, clock, app, mails } = here
  const { secret } = app.config
  const named = await names(here)
  const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
  const windows = [{ from: '2026-11-24', to: '2026-12-11', fromTime: '08:00', toTime: '20:00' }]
  const wish = { host, topic: 'parents-responsibility', audience: 'parents', grades: [], windows }
  // the template's own clock is the machine's
  await db.updateTable('houses').set({ created_at: clock.now }).execute()
  const number = await ask(here, named, wish)
  const talks: string[] = []
  const invitations = new Map<Person, string>()

  const feeds: Record<string, string> = {
    house: await feed({ kind: 'house' }),
    host: await feed({ kind: 'host', ownerId: named.host(host) }),
    group: await feed({ kind: 'group', ownerId: await groupOf(named.speaker('isabekova')) }),
    public: '/public/almaty.ics',
  }
  for (const person of people) feeds[person] = await feed({ kind: 'speaker', ownerId: named.speaker(person) })

  function feed(owner: { kind: 'house' } | { kind: 'host' | 'group' | 'speaker'; ownerId: string }) {
    return feedPath(db, secret, { ...owner, houseId: named.house }, clock.now)
  }

  async function groupOf(speakerId: string): Promise<string> {
    const row = await db
      .selectFrom('group_members')
      .select('group_id')
      .where('speaker_id', '=', speakerId)
      .orderBy('group_id')
      .executeTakeFirstOrThrow()
    return row.group_id
  }

  /** The school's link, as its letters hold it. */
  async function link(of: number): Promise<string> {
    const { nonce } = await db
      .selectFrom('requests')
      .select('nonce')
      .where('number', '=', of)
      .where('house_id', '=', named.house)
      .executeTakeFirstOrThrow()
    const token = tokenOf(secret, 'request', nonce)
    await db
      .updateTable('requests')
      .set({ token_hash: hashOf(token) })
      .where('nonce', '=', nonce)
      .execute()
    return `/r/${token}.ics`
  }

  const standing = (): string => talks.at(-1) ?? ''
  const change = () => ({ by, talkId: standing(), location: '/x' })

  async function says(person: Person, response: 'accept' | 'decline') {
    const token = invitations.get(person)
    const { action, fields } = formOn(
      (await app.inject(`/i/${token}?response=${response}`)).body,
      `/i/${token}/response`,
    )
    const reason = response === 'decline' ? { reason: 'another-time' } : {}
    const done = await submit(app, action, { ...fields, ...reason, response })
    if (done.statusCode !== 303) throw new Error(`${person} could not ${response}: ${done.statusCode}`)
  }

  async function record(talkId: string, held: boolean) {
    const outcome = held
      ? { held: true as const, heads: 40, leaflets: undefined, heldIn: undefined }
      : { held: false as const }
    const form = { key: undefined, url: '/x', by: 'test', body: {}, now: clock.now }
    const done = await recordOutcome(db, { talkId, by: named.actor, outcome, location: '/x', form }, clock.now)
    if ('refused' in done) throw new Error(done.refused)
  }

  const happens: Record<Step, () => Promise<unknown>> = {
    booked: async () => {
      talks.push(await bookedTalk(here, named, number, '2026-12-01T15:00', ['isabekova', 'eskendir']))
      await db.updateTable('talks').set({ public: true }).execute()
    },
    accepted: () => says('isabekova', 'accept'),
    moved: async () =>
      done(await move(db, sleeping, secret, { ...change(), startsAt: at('2026-12-02T15:30') }, clock.now)),
    'accepted-again': () => says('isabekova', 'accept'),
    swapped: async () =>
      done(
        await swap(
          db,
          sleeping,
          secret,
          { ...change(), out: named.speaker('isabekova'), in: named.speaker('aidarqyzy') },
          clock.now,
        ),
      ),
    declined: () => says('eskendir', 'decline'),
    cancelled: async () => done(await cancel(db, sleeping, { ...change(), reason: 'weather' }, clock.now)),
    'booked-again': async () => {
      talks.push(await bookedTalk(here, named, number, '2026-12-03T15:00', ['isabekova', 'eskendir']))
    },
    'second-date': async () => {
      talks.push(
        await bookedTalk(here, named, await ask(here, named, wish), '2026-12-08T16:00', ['aidarqyzy', 'eskendir']),
      )
    },
    held: async () => {
      clock.now = clock.now.plus({ days: 16 })
      await record(talks[1] ?? '', true)
      await record(talks[2] ?? '', false)
    },
  }

  /** Lets a step happen ten minutes after the one before; the letters that leave because of it. */
  async function live(step: Step): Promise<Mail[]> {
    clock.now = clock.now.plus({ minutes: 10 })
    await happens[step]()
    mails.length = 0
    await here.deliver()
    for (const mail of mails) {
      const person = people.find(it => mail.to.address.startsWith(it))
      const [, token] = /\/i\/([\w-]{43})/.exec(mail.text) ?? []
      if (person && token) invitations.set(person, token)
    }
    return [...mails]
  }

  return { live, feeds, talks, named, number, link, people }
}

function done(answer: object) {
  if ('refused' in answer) throw new Error(JSON.stringify(answer.refused))
}
