import type { Db } from '../../src/base/db/open.ts'
import { hashOf, newNonce, tokenOf } from '../../src/base/secrets.ts'
import { type DateTime, instantOrThrow, clock as wall } from '../../src/base/time.ts'
import { cast } from '../cast.ts'

export const secret = 'a secret of the tests, 32 characters or more'
const zone = 'Asia/Almaty'

export type Booked = {
  talkId: string
  requestId: string
  houseId: string
  hostId: string
  seats: { id: string; speakerId: string; token: string; email: string }[]
}

/** A talk as a booking leaves it: a request, a talk and its invited team. Tuesday 24 November, 14:00, unless told otherwise. */
export async function booked(
  db: Db,
  now: DateTime,
  {
    day = '2026-11-24',
    minute = 840,
    team = [cast.psychologist, cast.lawyer],
    host = 0,
    minutes = 45,
  }: { day?: string; minute?: number; team?: string[]; host?: number; minutes?: number } = {},
): Promise<Booked> {
  const house = await db.selectFrom('houses').select('id').where('slug', '=', 'almaty').executeTakeFirstOrThrow()
  const hosts = await db
    .selectFrom('hosts')
    .select('id')
    .where('house_id', '=', house.id)
    .where('kind', '=', 'school')
    .orderBy('name_kk')
    .execute()
  const hostId = hosts[host]?.id ?? ''
  const topic = await db
    .selectFrom('topics')
    .select('id')
    .where('house_id', '=', house.id)
    .orderBy('position')
    .limit(1)
    .executeTakeFirstOrThrow()
  const { last_request_number: number } = await db
    .updateTable('houses')
    .set(eb => ({ last_request_number: eb('last_request_number', '+', 1) }))
    .where('id', '=', house.id)
    .returning('last_request_number')
    .executeTakeFirstOrThrow()
  const contact = await db
    .insertInto('contacts')
    .values({
      host_id: hostId,
      name: 'Сәуле Ахметқызы',
      position: 'орынбасар',
      phone: '+77010000008',
      email: 'saule@mektep.example',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const nonce = newNonce()
  const request = await db
    .insertInto('requests')
    .values({
      house_id: house.id,
      number,
      host_id: hostId,
      contact_id: contact.id,
      topic_id: topic.id,
      audience: 'pupils',
      grades: [9],
      heads: 60,
      state: 'booked',
      source: 'form',
      language: 'kk',
      nonce,
      token_hash: hashOf(tokenOf(secret, 'request', nonce)),
      asked_at: now,
      confirmed_at: now,
      first_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('request_languages').values({ request_id: request.id, language: 'kk' }).execute()
  const from = instantOrThrow(day, minute, zone)
  const during = { from, to: from.plus({ minutes }) }
  const talk = await db
    .insertInto('talks')
    .values({
      house_id: house.id,
      request_id: request.id,
      host_id: hostId,
      topic_id: topic.id,
      zone,
      held_on: day,
      from_time: wall(minute),
      minutes,
      during,
      mode: 'onsite',
      heads_planned: 60,
      created_at: now,
      revised_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const seats = []
  for (const email of team) {
    const speaker = await db.selectFrom('speakers').select('id').where('email', '=', email).executeTakeFirstOrThrow()
    const { profession } = await db
      .selectFrom('speaker_professions')
      .select('profession')
      .where('speaker_id', '=', speaker.id)
      .orderBy('position')
      .executeTakeFirstOrThrow()
    const own = newNonce()
    const token = tokenOf(secret, 'invitation', own)
    const { id } = await db
      .insertInto('assignments')
      .values({
        talk_id: talk.id,
        speaker_id: speaker.id,
        profession,
        busy: during,
        nonce: own,
        token_hash: hashOf(token),
        invited_at: now,
        answer_by: now.plus({ hours: 6 }),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    seats.push({ id, speakerId: speaker.id, token, email })
  }
  return { talkId: talk.id, requestId: request.id, houseId: house.id, hostId, seats }
}

/** Who stands how in the team of a talk. */
export const stand = (db: Db, talkId: string) =>
  db
    .selectFrom('assignments')
    .innerJoin('speakers', 'speakers.id', 'assignments.speaker_id')
    .select(['email', 'state', 'reason'])
    .where('talk_id', '=', talkId)
    .orderBy('email')
    .execute()
