import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { AskAnswer } from '../base/db/tables.ts'
import type { Said } from '../base/i18n/language.ts'
import type { DateTime } from '../base/time.ts'
import { minuteOf, plusDays } from '../base/time.ts'
import { withoutTalk } from '../matching/rules.ts'
import { findAsked, findWorld } from '../matching/store.ts'
import { reach } from './possible-rules.ts'
import { findSeats } from './store.ts'
import { type Help, helpFor, type SearchEnd } from './substitution-rules.ts'
import { findUnwilling } from './substitution-store.ts'

/** A question as its letter tells it. */
export type Asked = {
  nonce: string
  until: DateTime
  answer: AskAnswer | null
  endedAs: SearchEnd | null
  placeOpen: boolean
  names: Said
  addresses: Said
  profession: Said
  namedBy: Said | undefined
}

export async function findAskedBy(db: Db, id: string): Promise<Asked | undefined> {
  const row = await db
    .selectFrom('substitution_asks as a')
    .innerJoin('substitutions as s', 's.id', 'a.substitution_id')
    .innerJoin('assignments as place', 'place.id', 's.assignment_id')
    .innerJoin('speakers as p', 'p.id', 'a.speaker_id')
    .innerJoin('professions as w', 'w.slug', 'a.profession')
    .leftJoin('speakers as n', 'n.id', 'a.named_by')
    .select([
      'a.nonce',
      'a.until',
      'a.answer',
      's.ended_as as endedAs',
      sql<boolean>`place.state = 'declined' and place.ended_at is null`.as('placeOpen'),
      'p.name_kk',
      'p.name_ru',
      'p.name_en',
      'p.address_kk',
      'p.address_ru',
      'w.name_kk as work_kk',
      'w.name_ru as work_ru',
      'w.name_en as work_en',
      'n.name_kk as by_kk',
      'n.name_ru as by_ru',
      'n.name_en as by_en',
    ])
    .where('a.id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      nonce: row.nonce,
      until: row.until,
      answer: row.answer,
      endedAs: row.endedAs,
      placeOpen: row.placeOpen,
      names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
      addresses: { kk: row.address_kk, ru: row.address_ru, en: row.name_en },
      profession: { kk: row.work_kk, ru: row.work_ru, en: row.work_en },
      namedBy:
        row.by_kk === null || row.by_ru === null || row.by_en === null
          ? undefined
          : { kk: row.by_kk, ru: row.by_ru, en: row.by_en },
    }
  )
}

/** Whether this seat was given by a yes to a question: its invitation needs no answer. */
export async function cameByYes(db: Db, seatId: string): Promise<boolean> {
  const row = await db.selectFrom('substitution_asks').select('id').where('seat_id', '=', seatId).executeTakeFirst()
  return row !== undefined
}

/** How the search that a letter speaks of stands, and whom it asked. */
export async function findSearchSaid(db: Db, searchId: string) {
  const search = await db
    .selectFrom('substitutions')
    .innerJoin('assignments', 'assignments.id', 'assignment_id')
    .select([
      'substitutions.ended_as as endedAs',
      'assignments.speaker_id as out',
      sql<boolean>`assignments.state = 'declined' and assignments.ended_at is null`.as('placeOpen'),
    ])
    .where('substitutions.id', '=', searchId)
    .executeTakeFirst()
  if (!search) return
  const asked = await db
    .selectFrom('substitution_asks')
    .innerJoin('speakers', 'speakers.id', 'speaker_id')
    .select(['name_kk', 'name_ru', 'name_en', 'answer'])
    .where('substitution_id', '=', searchId)
    .orderBy('asked_at')
    .orderBy('substitution_asks.id')
    .execute()
  return {
    ...search,
    asked: asked.map(row => ({ names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en }, answer: row.answer })),
  }
}

/** What would still save a talk, by the engine and as of now; `online` brings the name. */
export async function findHelp(
  db: Db,
  talkId: string,
  out: string,
  now: DateTime,
): Promise<(Omit<Help, 'online'> & { online: Said | undefined }) | undefined> {
  const talk = await db
    .selectFrom('talks')
    .select(['house_id', 'request_id', 'held_on', 'from_time', 'minutes'])
    .where('id', '=', talkId)
    .executeTakeFirst()
  const asked = talk?.request_id ? await findAsked(db, talk.house_id, { id: talk.request_id }) : undefined
  if (!talk || !asked) return
  const days = { from: plusDays(talk.held_on, -reach), to: plusDays(talk.held_on, reach) }
  const whole = await findWorld(db, asked, days, now)
  if (!whole) return
  const from = minuteOf(talk.from_time) ?? 0
  const help = helpFor(
    withoutTalk(whole, talkId),
    asked.request,
    { day: talk.held_on, from, to: from + talk.minutes },
    (await findSeats(db, talkId)).map(({ speakerId, profession }) => ({ speakerId, profession })),
    out,
    (await findUnwilling(db, [talkId])).get(talkId),
  )
  const person =
    help.online &&
    (await db
      .selectFrom('speakers')
      .select(['name_kk as kk', 'name_ru as ru', 'name_en as en'])
      .where('id', '=', help.online.speakerId)
      .executeTakeFirst())
  return { ...help, online: person }
}
