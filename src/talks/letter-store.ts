import { sql } from 'kysely'
import { gatheredOn } from '../base/db/gather.ts'
import type { Db } from '../base/db/open.ts'
import type { AnswerReason, AssignmentState, CancelReason, Mode, TalkState } from '../base/db/tables.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import { type DateTime, type Day, type Minute, minuteOf } from '../base/time.ts'
import { type House, houseSaid, nobody } from '../houses/letter-store.ts'

export type Mate = {
  assignmentId: string
  speakerId: string
  names: Said
  addresses: Said
  profession: Said
  language: Language
  state: AssignmentState
  nonce: string
  answerBy: DateTime | null
  travelMinutes: number
  reason: AnswerReason | null
  /** When somebody who can't come could. */
  proposedOn?: Day | null
  proposedFrom?: string | null
}
export type TalkFacts = {
  id: string
  house: House
  state: TalkState
  version: number
  sequence: number
  zone: string
  day: Day
  from: Minute
  to: Minute
  startsAt: DateTime
  endsAt: DateTime
  createdAt: DateTime
  revisedAt: DateTime
  /** It changed last because the clocks of its zone did. */
  clocks?: boolean
  mode: Mode
  link: string | null
  cancelReason: CancelReason | null
  topic: Said
  host: {
    names: Said
    address: { kk: string; ru: string }
    geo: { lat: number; lon: number } | undefined
    district: Said
  }
  /** Of a host that names its halls. */
  hall?: Said | undefined
  audience: { names: Said } | undefined
  /** An event in custody or for people on probation: calendars say neither where nor what. */
  closed: boolean
  grades: number[]
  /** `9А`, where the talk is for one class of several. */
  className?: string
  heads: number
  languages: string[]
  /** `waits`: a talk that was called off has left it waiting for another. */
  request: { number: number; nonce: string; contactName: string | null; waits: boolean } | undefined
  team: Mate[]
  /** The address of the coordinator who changed the talk last, when one did. */
  coordinator: string | undefined
}

/** Everything a letter about a talk may say, as it is true now; asked for several letters at a time it is read at once. */
export const talkFacts = gatheredOn(readFacts)

async function readFacts(db: Db, talkIds: string[]): Promise<Map<string, TalkFacts>> {
  const [talks, languages, teams, coordinators] = await Promise.all([
    readTalks(db, talkIds),
    readLanguages(db, talkIds),
    mates(db, talkIds),
    lastCoordinators(db, talkIds),
  ])
  const houses = new Map<string, House>()
  for (const { house_id } of talks) if (!houses.has(house_id)) houses.set(house_id, await houseSaid(db, house_id))
  return new Map(
    talks.map(talk => [
      talk.id,
      factsOf(talk, {
        house: houses.get(talk.house_id) ?? nobody,
        languages: languages.get(talk.id) ?? [],
        team: teams.get(talk.id) ?? [],
        coordinator: coordinators.get(talk.id),
      }),
    ]),
  )
}

const isOf = (ids: string[]) => sql<string>`any(${ids}::uuid[])`

const readTalks = (db: Db, talkIds: string[]) =>
  db
    .selectFrom('talks')
    .innerJoin('topics', 'topics.id', 'talks.topic_id')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .innerJoin('districts', 'districts.kato', 'hosts.district')
    .leftJoin('host_halls', 'host_halls.id', 'talks.hall_id')
    .leftJoin('requests', 'requests.id', 'talks.request_id')
    .leftJoin('audiences', 'audiences.slug', 'requests.audience')
    .leftJoin('contacts', 'contacts.id', 'requests.contact_id')
    .select([
      'talks.id',
      'talks.house_id',
      'talks.state',
      'talks.version',
      'talks.sequence',
      'talks.zone',
      'talks.held_on',
      'talks.from_time',
      'talks.minutes',
      'talks.during',
      'talks.created_at',
      'talks.revised_at',
      'talks.mode',
      'talks.link',
      'talks.cancel_reason',
      'talks.heads_planned',
      'talks.request_id',
      'topics.title_kk',
      'topics.title_ru',
      'topics.title_en',
      'hosts.name_kk as host_kk',
      'hosts.name_ru as host_ru',
      'hosts.name_en as host_en',
      'hosts.kind as host_kind',
      'hosts.address_kk',
      'hosts.address_ru',
      'hosts.lat',
      'hosts.lon',
      'districts.name_kk as district_kk',
      'districts.name_ru as district_ru',
      'districts.name_en as district_en',
      'host_halls.name_kk as hall_kk',
      'host_halls.name_ru as hall_ru',
      'host_halls.name_en as hall_en',
      'audiences.name_kk as audience_kk',
      'audiences.name_ru as audience_ru',
      'audiences.name_en as audience_en',
      'audiences.closed',
      'requests.number',
      'requests.nonce',
      'requests.state as request_state',
      'requests.grades',
      'requests.class_name',
      'contacts.name as contact_name',
    ])
    .select(it =>
      it
        .exists(
          it
            .selectFrom('changes')
            .select('changes.id')
            .whereRef('changes.talk_id', '=', 'talks.id')
            .whereRef('changes.at', '=', 'talks.revised_at')
            .where('changes.kind', '=', 'clocks-changed'),
        )
        .as('clocks'),
    )
    .where('talks.id', '=', isOf(talkIds))
    .execute()

async function readLanguages(db: Db, talkIds: string[]): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('talks')
    .innerJoin('request_languages', 'request_languages.request_id', 'talks.request_id')
    .select(['talks.id', 'language'])
    .where('talks.id', '=', isOf(talkIds))
    .orderBy('language')
    .execute()
  return listed(rows, row => row.language)
}

function listed<Row extends { id: string }, One>(rows: Row[], read: (row: Row) => One): Map<string, One[]> {
  const found = new Map<string, One[]>()
  for (const row of rows) found.set(row.id, [...(found.get(row.id) ?? []), read(row)])
  return found
}

function factsOf(
  talk: Awaited<ReturnType<typeof readTalks>>[number],
  given: Pick<TalkFacts, 'house' | 'languages' | 'team' | 'coordinator'>,
): TalkFacts {
  const from = minuteOf(talk.from_time) ?? 0
  return {
    id: talk.id,
    ...given,
    state: talk.state,
    version: talk.version,
    sequence: talk.sequence,
    zone: talk.zone,
    day: talk.held_on,
    from,
    to: from + talk.minutes,
    startsAt: talk.during.from,
    endsAt: talk.during.to,
    createdAt: talk.created_at,
    revisedAt: talk.revised_at,
    clocks: Boolean(talk.clocks),
    mode: talk.mode,
    link: talk.link,
    cancelReason: talk.cancel_reason,
    topic: { kk: talk.title_kk, ru: talk.title_ru, en: talk.title_en },
    host: {
      names: { kk: talk.host_kk, ru: talk.host_ru, en: talk.host_en },
      address: { kk: talk.address_kk, ru: talk.address_ru },
      geo: talk.lat === null || talk.lon === null ? undefined : { lat: talk.lat, lon: talk.lon },
      district: { kk: talk.district_kk, ru: talk.district_ru, en: talk.district_en },
    },
    hall: saidOf(talk.hall_kk, talk.hall_ru, talk.hall_en),
    audience:
      talk.audience_kk === null || talk.audience_ru === null || talk.audience_en === null
        ? undefined
        : { names: { kk: talk.audience_kk, ru: talk.audience_ru, en: talk.audience_en } },
    closed: talk.closed === true || talk.host_kind === 'custody',
    grades: talk.grades ?? [],
    className: talk.class_name ?? '',
    heads: talk.heads_planned,
    request:
      talk.number === null || talk.nonce === null
        ? undefined
        : {
            ...{ number: talk.number, nonce: talk.nonce, contactName: talk.contact_name },
            waits: talk.request_state === 'waiting',
          },
  }
}

const saidOf = (kk: string | null, ru: string | null, en: string | null): Said | undefined =>
  kk === null || ru === null || en === null ? undefined : { kk, ru, en }

/** Who changed each talk last, of those whose account stands. */
async function lastCoordinators(db: Db, talkIds: string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('changes')
    .innerJoin('accounts', 'accounts.id', 'changes.account_id')
    .distinctOn('talk_id')
    .select(['changes.talk_id', 'accounts.email'])
    .where('talk_id', '=', isOf(talkIds))
    .where('by_whom', '=', 'account')
    .where('accounts.disabled_at', 'is', null)
    .orderBy('talk_id')
    .orderBy('changes.id', 'desc')
    .execute()
  return new Map(rows.map(row => [row.talk_id ?? '', row.email]))
}

async function mates(db: Db, talkIds: string[]): Promise<Map<string, Mate[]>> {
  const rows = await db
    .selectFrom('assignments')
    .innerJoin('speakers', 'speakers.id', 'assignments.speaker_id')
    .innerJoin('professions', 'professions.slug', 'assignments.profession')
    .select([
      'assignments.talk_id as id',
      'assignments.id as assignment_id',
      'assignments.speaker_id',
      'assignments.state',
      'assignments.nonce',
      'assignments.answer_by',
      'assignments.travel_minutes',
      'assignments.reason',
      'assignments.proposed_on',
      'assignments.proposed_from',
      'speakers.name_kk',
      'speakers.name_ru',
      'speakers.name_en',
      'speakers.address_kk',
      'speakers.address_ru',
      'speakers.address_en',
      'speakers.language',
      'professions.name_kk as profession_kk',
      'professions.name_ru as profession_ru',
      'professions.name_en as profession_en',
    ])
    .where('talk_id', '=', isOf(talkIds))
    .orderBy('professions.position')
    .orderBy('assignments.id')
    .execute()
  return listed(rows, row => ({
    assignmentId: row.assignment_id,
    speakerId: row.speaker_id,
    state: row.state,
    nonce: row.nonce,
    answerBy: row.answer_by,
    travelMinutes: row.travel_minutes,
    reason: row.reason,
    proposedOn: row.proposed_on,
    proposedFrom: row.proposed_from,
    language: row.language,
    names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
    addresses: { kk: row.address_kk, ru: row.address_ru, en: row.name_en },
    profession: { kk: row.profession_kk, ru: row.profession_ru, en: row.profession_en },
  }))
}

/** How somebody of the House is written to. */
export const accountNames = gatheredOn(async (db, accountIds) => {
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'name_kk', 'name_ru', 'name_en', 'address_kk', 'address_ru', 'address_en'])
    .where('id', '=', isOf(accountIds))
    .where('disabled_at', 'is', null)
    .execute()
  return new Map(
    rows.map(row => [
      row.id,
      {
        names: { kk: row.name_kk, ru: row.name_ru, en: row.name_en },
        addresses: { kk: row.address_kk, ru: row.address_ru, en: row.name_en },
      },
    ]),
  )
})
