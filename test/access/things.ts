import { type Insertable, sql } from 'kysely'
import type { Tables } from '../../src/base/db/tables.ts'
import { fold } from '../../src/base/i18n/fold.ts'
import { hashOf, newNonce, shortCodeOf, tokenOf } from '../../src/base/secrets.ts'
import { clock as wall } from '../../src/base/time.ts'
import { leavingToken } from '../../src/messages/unsubscribe-store.ts'
import type { TestWorld } from '../world.ts'

/** One of everything that an address can name, all of one House. */
export type Things = Awaited<ReturnType<typeof things>>

let made = 0

/** A House's own set of things: people, a host, requests, talks, letters and drafts, whose names say whose they are. */
export async function things({ db, app, clock }: TestWorld, slug: string) {
  const { secret } = app.config
  const now = clock.now
  const mark = `${slug}${++made}`
  const digits = String(1000 + made)
  const house = await db.selectFrom('houses').selectAll().where('slug', '=', slug).executeTakeFirstOrThrow()
  const house_id = house.id
  const zone = house.zone
  const district = house.district ?? ''
  const put = async <Table extends keyof Tables & string>(
    table: Table,
    values: Insertable<Tables[Table]>,
  ): Promise<string> => {
    const row = (await db
      .insertInto(table as 'hosts')
      .values(values as never)
      .returning(sql<string>`coalesce(to_jsonb(${sql.table(table)}) ->> 'id', '')`.as('id'))
      .executeTakeFirst()) as { id: string } | undefined
    return row?.id ?? ''
  }
  const named = (text: string) => ({ name_kk: text, name_ru: text, name_en: text })
  const secretOf = (purpose: string) => {
    const nonce = newNonce()
    const token = tokenOf(secret, purpose, nonce)
    return { nonce, token, token_hash: hashOf(token) }
  }
  /** What must not be seen by anybody else. */
  const personal: string[] = []
  const person = (who: string) => {
    const name = `Zz${who}${mark} Құпиябекова`
    const it = { name, email: `zz-${who}-${mark}@kezdesu.example`.toLowerCase(), phone: '' }
    it.phone = `+7799${String(personal.length).padStart(3, '0')}${digits}`
    personal.push(`Zz${who}${mark}`, it.email, it.phone.slice(2))
    return it
  }
  const account = async (who: string, role: 'speaker' | 'coordinator') => {
    const { name, email } = person(who)
    const address = { address_kk: name, address_ru: name, address_en: name }
    const id = await put('accounts', { email, ...named(name), ...address, language: 'ru' })
    await put('roles', { account_id: id, house_id, role })
    return { id, name, email }
  }
  const staff = await account('staff', 'coordinator')
  const speakerOf = async (who: string, account_id: string | null) => {
    const { name, email, phone } = person(who)
    const id = await put('speakers', {
      ...{ house_id, account_id, email, phone, home_district: district, ...named(name) },
      ...{ address_kk: name, address_ru: name, address_en: name },
    })
    for (const [position, profession] of ['psychologist', 'lawyer'].entries())
      await put('speaker_professions', { speaker_id: id, profession, position })
    for (const language of ['kk', 'ru']) await put('speaker_languages', { speaker_id: id, language })
    return { id, name, email }
  }
  const own = await account('own', 'speaker')
  const colleague = await account('colleague', 'speaker')
  const speaker = { ...(await speakerOf('speaker', own.id)), account: own.email }
  const mate = { ...(await speakerOf('mate', colleague.id)), account: colleague.email }
  const idle = await speakerOf('idle', null)
  const group = await put('groups', { house_id, slug: `g-${mark}`, ...named(`Group ${mark}`) })
  for (const each of [speaker, mate, idle]) await put('group_members', { group_id: group, speaker_id: each.id })

  const hostOf = (text: string) =>
    put('hosts', {
      ...{ house_id, kind: 'school', ...named(text), folded: fold(text), district, online: true },
      hall_seats: 100,
    })
  const host = await hostOf(`School ${mark}`)
  const twin = await hostOf(`School ${mark}`)
  const merged = await hostOf(`Merged ${mark}`)
  await db.updateTable('hosts').set({ merged_into: host }).where('id', '=', merged).execute()
  const merge = await put('host_merges', {
    ...{ house_id, kept: host, duplicate: merged, merged_at: now },
    moved: JSON.stringify({ own: [], contacts: [], requests: [], talks: [], halls: [], bans: [], feeds: [] }),
  })
  const asking = person('contact')
  const contact = await put('contacts', {
    ...{ host_id: host, name: asking.name, email: asking.email, phone: asking.phone, position: 'завуч' },
  })
  const topic = await put('topics', {
    ...{ house_id, slug: `t-${mark}`, position: 200 + made, minutes: 45, format: 'conversation' },
    ...{ title_kk: `Topic ${mark}`, title_ru: `Topic ${mark}`, title_en: `Topic ${mark}` },
    ...{ summary_kk: mark, summary_ru: mark, summary_en: mark, min_audience: 5, max_audience: 500, open: false },
  })
  await put('topic_audiences', { topic_id: topic, audience: 'pupils' })
  for (const language of ['kk', 'ru']) await put('topic_languages', { topic_id: topic, language })
  await put('topic_places', { topic_id: topic, position: 0, any_of: ['psychologist'], count: 1 })

  const series = await put('series', {
    ...{ house_id, created_at: now, kind: 'weekly', name: `Series ${mark}`, every_weeks: 1 },
  })
  const requestOf = async (state: 'waiting' | 'booked' | 'held', position?: number) => {
    const { last_request_number: number } = await db
      .updateTable('houses')
      .set(eb => ({ last_request_number: eb('last_request_number', '+', 1) }))
      .where('id', '=', house_id)
      .returning('last_request_number')
      .executeTakeFirstOrThrow()
    const link = secretOf('request')
    const id = await put('requests', {
      ...{ house_id, number, host_id: host, contact_id: contact, topic_id: topic, audience: 'pupils', grades: [9] },
      ...{ heads: 30, state, source: 'form', language: 'kk', nonce: link.nonce, token_hash: link.token_hash },
      ...{ asked_at: now, confirmed_at: now, first_at: now, latest_on: '2026-12-23' },
      ...(position === undefined ? {} : { series_id: series, series_position: position }),
    })
    await put('request_languages', { request_id: id, language: 'kk' })
    await put('request_windows', {
      ...{ request_id: id, position: 1, from_on: '2026-12-01', to_on: '2026-12-18' },
      ...{ from_time: '09:00', to_time: '17:00' },
    })
    return { id, number, token: link.token }
  }
  const talkOf = async (request: { id: string }, days: number, held: boolean) => {
    const from = now.setZone(zone).startOf('day').plus({ days, hours: 11 })
    const during = { from: from.toUTC(), to: from.plus({ minutes: 45 }).toUTC() }
    const id = await put('talks', {
      ...{ house_id, request_id: request.id, host_id: host, topic_id: topic, zone, minutes: 45, during },
      ...{ held_on: from.toISODate() ?? '', from_time: wall(660), mode: 'online', heads_planned: 30 },
      ...{ link: `https://meet.example/${mark}`, created_at: now, revised_at: now },
      ...(held ? { state: 'held' as const, heads_counted: 28, outcome_at: now } : {}),
    })
    const seats = []
    for (const [profession, each] of [
      ['psychologist', speaker],
      ['lawyer', mate],
    ] as const) {
      const link = secretOf('invitation')
      const seat = await put('assignments', {
        ...{ talk_id: id, speaker_id: each.id, profession, busy: during, nonce: link.nonce },
        ...{ token_hash: link.token_hash, invited_at: now, answer_by: now.plus({ hours: 6 }) },
      })
      seats.push({ id: seat, token: link.token })
    }
    const { listeners_nonce } = await db
      .selectFrom('talks')
      .select('listeners_nonce')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return { id, seats, code: shortCodeOf(secret, 'listeners', listeners_nonce), during }
  }
  const waiting = await requestOf('waiting')
  const dates = [await requestOf('waiting', 1), await requestOf('waiting', 2)]
  const booked = await requestOf('booked')
  const talk = await talkOf(booked, 14 + (made % 3), false)
  const mine = await talkOf(await requestOf('booked'), 10, false)
  // a talk of the colleague alone
  await db.deleteFrom('assignments').where('talk_id', '=', mine.id).where('speaker_id', '=', speaker.id).execute()
  const past = await requestOf('held')
  const held = await talkOf(past, -3, true)

  const line = await put('support_lines', {
    ...{ house_id, slug: `l-${mark}`, position: 50 + made, phone: '+77270000001', ...named(`Line ${mark}`) },
    ...{ national: false, pinned: false, checked_at: now, kind: 'psychology', check_days: 30 },
    ...{ languages: ['kk', 'ru'], audience: ['everyone'], added_at: now, hours: '24/7' },
  })
  const ban = await put('bans', {
    ...{ house_id, kind: 'exam', strength: 'ban', from_on: '2027-05-20', to_on: '2027-05-25', ...named(`Ban ${mark}`) },
    ...{ host_kinds: ['school'], host_id: host },
  })
  const closure = await put('closures', {
    ...{ house_id, districts: [district], from_on: '2027-01-12', to_on: '2027-01-12', outcome: 'postponed' },
    ...{ ...named(`Frost ${mark}`), created_by: staff.id },
  })
  await put('closure_talks', {
    ...{ closure_id: closure, talk_id: talk.id, outcome: 'kept', version: 1, mode_before: 'online' },
    during_before: talk.during,
  })
  const override = await put('fairness_overrides', {
    ...{ house_id, speaker_id: speaker.id, weight: '0.5', reason: 'rare', until_on: '2026-12-31', set_by: staff.id },
    set_at: now,
  })
  const message = await put('messages', {
    ...{ house_id, kind: 'invitation', cause: `talk:${talk.id}`, version: 1, recipient: `speaker:${speaker.id}` },
    ...{ talk_id: talk.id, assignment_id: talk.seats[0]?.id ?? null, address: speaker.email, language: 'kk' },
    ...{ state: 'sent', created_at: now, due_at: now, sent_at: now },
  })
  const digest = await put('messages', {
    ...{ house_id, kind: 'digest-week', cause: `week:${speaker.id}`, version: 1, recipient: `speaker:${speaker.id}` },
    ...{ address: speaker.email, language: 'kk', state: 'sent', created_at: now, due_at: now, sent_at: now },
  })
  const feedOf = async (kind: 'speaker' | 'group' | 'host' | 'house', owner: object) => {
    const link = secretOf('feed')
    await put('feeds', {
      ...{ kind, house_id, nonce: link.nonce, secret_hash: link.token_hash, created_at: now },
      ...owner,
    })
    return link.token
  }
  const feeds = {
    speaker: await feedOf('speaker', { speaker_id: speaker.id }),
    group: await feedOf('group', { group_id: group }),
    host: await feedOf('host', { host_id: host }),
  }
  const reply = await put('replies', {
    ...{ house_id, talk_id: talk.id, speaker_id: mate.id, message_id: `<${mark}@x>`, body_hash: mark, came_at: now },
    ...{ arrival: 'mailbox', sender: mate.email, comment: '', answer: 'declined', state: 'open', during: talk.during },
    ...{ reasons: ['unsigned'], stamp: now },
  })
  const fallen = await put('assignments', {
    ...{ talk_id: talk.id, speaker_id: idle.id, profession: 'lawyer', busy: talk.during, nonce: newNonce() },
    ...{ token_hash: hashOf(newNonce()), invited_at: now, state: 'declined', answered_at: now, ended_at: now },
  })
  const search = await put('substitutions', {
    ...{ house_id, talk_id: mine.id, assignment_id: mine.seats[1]?.id ?? fallen, opened_at: now },
    next_at: now.plus({ hours: 2 }),
  })
  const question = secretOf('question')
  const ask = await put('substitution_asks', {
    ...{ substitution_id: search, speaker_id: speaker.id, profession: 'lawyer', asked_at: now, reasons: '[]' },
    ...{ until: now.plus({ hours: 2 }), nonce: question.nonce, token_hash: question.token_hash },
  })
  const plan = await put('plans', {
    ...{ house_id, account_id: staff.id, state: 'done', from_on: '2026-12-01', to_on: '2026-12-31', seconds: 5 },
    ...{ weights: JSON.stringify({ travel: 1, fairness: 1, wishes: 1, people: 1 }), away: '[]', left_out: '[]' },
    ...{ created_at: now, started_at: now, finished_at: now },
  })
  await put('plan_talks', {
    ...{ plan_id: plan, request_id: waiting.id, kind: 'unplaced', chosen: true, position: 0, team: '[]' },
    ...{ reasons: '[]', warnings: '[]', obstacles: '[]' },
  })
  const file = crypto.randomUUID()
  await put('imports', {
    ...{ id: file, house_id, account_id: staff.id, kind: 'hosts', file_name: `${mark}.csv`, digest: mark },
    ...{ created_at: now, ends_at: now.plus({ days: 1 }), counts: JSON.stringify({ new: 0 }) },
    reading: JSON.stringify({
      ...{ encoding: 'utf-8', separator: ',', sheet: '', sheets: 0, lettersLost: false, unknown: [], missing: [] },
    }),
  })
  const words = await put('word_files', { house_id, account_id: staff.id, name: mark, rows: '[]', created_at: now })
  const absence = await put('absences', {
    speaker_id: speaker.id,
    during: { from: now.plus({ days: 40 }), to: now.plus({ days: 41 }) },
  })
  const passkey = `passkey-${mark}`
  await put('passkeys', {
    ...{ id: passkey, account_id: staff.id, public_key: 'AA', counter: 0, transports: [], name: mark, created_at: now },
  })
  const entry = secretOf('sign-in')
  await put('sign_in_links', {
    ...{ account_id: own.id, nonce: entry.nonce, token_hash: entry.token_hash, code_hash: hashOf(mark) },
    ...{ created_at: now, expires_at: now.plus({ minutes: 10 }) },
  })
  const first = secretOf('first')
  await put('first_administrator_links', { token_hash: first.token_hash, created_at: now })
  const body = await put('reporting_bodies', { house_id, ...named(`Body ${mark}`) })
  return {
    mark,
    personal,
    house: house_id,
    account: staff.id,
    staff: staff.email,
    speaker,
    mate,
    idle,
    group,
    host,
    twin,
    merge,
    contact,
    topic: { id: topic, slug: `t-${mark}` },
    series,
    waiting,
    dates,
    booked,
    talk,
    mine,
    past,
    held,
    line,
    ban,
    closure,
    override,
    message: { id: message },
    digest: { id: digest, token: leavingToken(secret, digest) },
    feeds,
    reply,
    search,
    question: { id: ask, token: question.token },
    plan,
    file,
    words,
    body,
    absence,
    passkey,
    entry: entry.token,
    first: first.token,
  }
}

/** Every id in a set of things, under the same name in each set. */
export function idsOf(of: Things): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (value: unknown, path: string) => {
    if (typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value)) found.set(path, value)
    else if (Array.isArray(value)) for (const [at, each] of value.entries()) walk(each, `${path}.${at}`)
    else if (typeof value === 'object' && value !== null && !('isValid' in value))
      for (const [key, each] of Object.entries(value)) walk(each, `${path}.${key}`)
  }
  walk(of, '')
  return found
}

/** Another value of the same shape that names nothing. */
export const nothing = (value: string): string => {
  if (/^[0-9a-f]{8}-/.test(value)) return '00000000-0000-4000-8000-000000000000'
  if (/^\d+$/.test(value)) return '999983'
  return value.replace(/[A-Za-z]/g, letter => (letter === 'q' ? 'p' : 'q'))
}

/** The same form with the things of somebody else in it. */
export function renamed(
  fields: Record<string, string | string[]>,
  from: Things,
  to: Things | 'nobody',
): Record<string, string | string[]> {
  const other = to === 'nobody' ? new Map<string, string>() : idsOf(to)
  const names = new Map<string, string>()
  for (const [path, id] of idsOf(from)) names.set(id, to === 'nobody' ? nothing(id) : (other.get(path) ?? id))
  for (const key of ['waiting', 'booked', 'past'] as const)
    names.set(String(from[key].number), to === 'nobody' ? '999983' : String(to[key].number))
  const one = (value: string) => names.get(value) ?? value
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, Array.isArray(value) ? value.map(one) : one(value)]),
  )
}
