import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Said } from '../base/i18n/language.ts'
import type { Person } from './erase-rules.ts'

export type Held = { section: Section; rows: Record<string, unknown>[] }[]

/** Secrets, their hashes and what is sealed are no data on a person; ids of rows say nothing to anybody. */
const left = `array['nonce','token_hash','secret_hash','id_hash','code_hash','browser_hash','hash','sealed','sealed_address','public_key','etag','digest',
  'last_modified','folded','person_id','speaker_id','account_id','contact_id','house_id','host_id','topic_id','series_id','talk_id','request_id','entered_by',
  'assignment_id','sign_in_link_id','claim','claimed_until','bundle','joins','cause','substitution_id','body_hash','message_id','arrival','set_by','ended_by']`

const of = (table: string, condition: string, order = '1') =>
  `select to_jsonb(t) - ${left} as row from ${table} t where ${condition} order by ${order} limit $most`

const person = `t.recipient = any(array['speaker:' || $1, 'contact:' || $1, 'account:' || $2])`
const noted = `jsonb_build_object('at', t.at, 'kind', t.kind, 'thing', t.thing, 'thing_id', t.thing_id, 'ip_prefix', t.place) as row`
// as ids, by which the journal is in order: it is the longest of all tables
const own = (
  houses: string,
) => `select ${noted} from journal t where t.house_id = any(array(select id from houses${houses}))
    and t.actor_id = any(array(select id from speakers where id::text = $1 union all select id from accounts where id::text = $2))
    order by t.n desc limit $most`
const account = `t.account_id::text = $2`

// of an account that has to do with several Houses, each of them is shown its own; $4 is none where the person looks
const here = `($4 = '' or coalesce(t.house_id::text, $4) = $4)`

/** What an account holds. Of passwords, codes and links only that they are there, and since when. */
const ofItsAccount = {
  account: of('accounts', 't.id::text = $2'),
  roles: `select jsonb_build_object('role', t.role, 'name_kk', h.name_kk, 'name_ru', h.name_ru, 'name_en', h.name_en) as row
    from roles t join houses h on h.id = t.house_id where ${account} and ${here} order by 1`,
  sessions: of('sessions', `${account} and ${here}`),
  passkeys: of('passkeys', account),
  factors: `select jsonb_build_object('kind', 'password', 'created_at', t.changed_at) as row from passwords t where ${account}
    union all select jsonb_build_object('kind', 'code', 'created_at', t.created_at) from totps t where ${account}
    union all select jsonb_build_object('kind', 'recovery', 'used_at', t.used_at) from recovery_codes t where ${account}`,
  identities: of('identities', account),
  links: of('sign_in_links', account, 't.created_at'),
}
const ofSpeaker = {
  person: of('speakers', 't.id::text = $1'),
  ...ofItsAccount,
  professions: of('speaker_professions', 't.speaker_id::text = $1'),
  languages: of('speaker_languages', 't.speaker_id::text = $1'),
  audiences: of('speaker_audiences', 't.speaker_id::text = $1'),
  districts: of('speaker_districts', 't.speaker_id::text = $1'),
  topics: `select jsonb_build_object('title_kk', p.title_kk, 'title_ru', p.title_ru, 'title_en', p.title_en) as row
    from speaker_topics t join topics p on p.id = t.topic_id where t.speaker_id::text = $1 order by 1`,
  groups: `select jsonb_build_object('name_kk', g.name_kk, 'name_ru', g.name_ru, 'name_en', g.name_en) as row
    from group_members t join groups g on g.id = t.group_id where t.speaker_id::text = $1 order by 1`,
  credentials: of('credentials', 't.speaker_id::text = $1'),
  hours: of('weekly_hours', 't.speaker_id::text = $1'),
  absences: of('absences', 't.speaker_id::text = $1'),
  calendars: of('busy_calendars', 't.speaker_id::text = $1'),
  busy: of('busy_intervals', 't.speaker_id::text = $1'),
  talks: `select (to_jsonb(t) - ${left}) || jsonb_build_object('held_on', k.held_on, 'from_time', k.from_time, 'minutes', k.minutes, 'talk_state', k.state,
      'name_kk', h.name_kk, 'name_ru', h.name_ru, 'name_en', h.name_en) as row
    from assignments t join talks k on k.id = t.talk_id join hosts h on h.id = k.host_id where t.speaker_id::text = $1 order by k.during limit $most`,
  questions: of('substitution_asks', 't.speaker_id::text = $1'),
  replies: of('replies', 't.speaker_id::text = $1'),
  invited: of('reply_addresses', 't.speaker_id::text = $1', 't.sent_at'),
  fairness: of('fairness_overrides', 't.speaker_id::text = $1'),
  wishes: `select jsonb_build_object('title_kk', p.title_kk, 'title_ru', p.title_ru, 'title_en', p.title_en, 'wished_at', t.wished_at) as row
    from topic_wishes t join topics p on p.id = t.topic_id where t.speaker_id::text = $1 order by 1`,
  papers: of('papers', 't.speaker_id::text = $1'),
  feeds: of('feeds', 't.speaker_id::text = $1'),
  letters: of('messages', `${person} and ${here}`, 't.created_at'),
  unsubscriptions: of('unsubscriptions', person),
  history: `select (to_jsonb(t) - ${left}) as row from changes t where t.speaker_id::text = $1 order by t.at limit $most`,
  journal: own(' where id::text = $3'),
}
const ofStaff = {
  ...ofItsAccount,
  letters: ofSpeaker.letters,
  unsubscriptions: ofSpeaker.unsubscriptions,
  journal: own(''),
}
const ofContact = {
  person: of('contacts', 't.id::text = $1'),
  host: `select jsonb_build_object('name_kk', h.name_kk, 'name_ru', h.name_ru, 'name_en', h.name_en) as row
    from hosts h join contacts c on c.host_id = h.id where c.id::text = $1`,
  requests: of('requests', 't.contact_id::text = $1', 't.asked_at'),
  talks: `select jsonb_build_object('held_on', k.held_on, 'from_time', k.from_time, 'minutes', k.minutes, 'state', k.state, 'heads_confirmed', k.heads_confirmed) as row
    from talks k join requests r on r.id = k.request_id where r.contact_id::text = $1 order by k.during limit $most`,
  history: `select (to_jsonb(t) - ${left}) as row from changes t join requests r on r.id = t.request_id
    where r.contact_id::text = $1 and t.by_whom = 'contact' order by t.at limit $most`,
  letters: ofSpeaker.letters,
  unsubscriptions: ofSpeaker.unsubscriptions,
  papers: of('papers', 't.contact_id::text = $1'),
  journal: `select ${noted} from journal t where t.house_id = (select id from houses where id::text = $3) and t.by_whom = 'contact'
    and (t.thing, t.thing_id) in (select 'request', r.id::text from requests r where r.contact_id::text = $1
      union all select 'talk', k.id::text from talks k join requests r on r.id = k.request_id where r.contact_id::text = $1)
    order by t.n desc limit $most`,
}
/** What is asked of the database on each kind of person. */
export const questions = { speaker: ofSpeaker, contact: ofContact, account: ofStaff }
export type Section = keyof typeof ofSpeaker | keyof typeof ofContact

const all = 10_000_000

/**
 * Everything that is held on a person, table by table; what is a secret or somebody else's stays out. `most`: rows of a table.
 * `within`: the House whose staff asks.
 */
export async function findAll(
  db: Db,
  { is, id, accountId, houseId }: Person,
  { most = all, within = '' }: { most?: number; within?: string } = {},
): Promise<Held> {
  const held: Held = []
  for (const [section, text] of Object.entries(questions[is])) {
    const values = [id, accountId ?? '', houseId, within]
    const parts = text.replace('$most', String(most)).split(/\$(\d)/)
    const query = sql.join(
      parts.map((part, n) => (n % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1]}::text`)),
      sql.raw(''),
    )
    const { rows } = await sql<{ row: Record<string, unknown> }>`${query}`.execute(db)
    if (rows.length > 0) held.push({ section: section as Section, rows: rows.map(({ row }) => row) })
  }
  return held
}

/** What the data calls the professions, audiences and districts that stand in what is held. */
export async function namesIn(db: Db, held: Held): Promise<Map<string, Said>> {
  const values = (...fields: string[]) =>
    held.flatMap(({ rows }) => rows.flatMap(row => fields.flatMap(field => row[field] ?? []))).map(String)
  const { rows } = await sql<Said & { code: string }>`
    select 'profession ' || slug as code, name_kk as kk, name_ru as ru, name_en as en from professions where slug = any(${values('profession')}::text[])
    union all select 'audience ' || slug, name_kk, name_ru, name_en from audiences where slug = any(${values('audience')}::text[])
    union all select 'district ' || kato, name_kk, name_ru, name_en from districts where kato = any(${values('district', 'home_district')}::text[])`.execute(
    db,
  )
  return new Map(rows.map(({ code, ...said }) => [code, said]))
}
