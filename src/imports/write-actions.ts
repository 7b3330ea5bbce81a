import { randomUUID } from 'node:crypto'
import { letSpeakersIn } from '../accounts/batch-store.ts'
import { moveSpeakersAccount } from '../accounts/speaker-store.ts'
import { insertMany } from '../base/db/many.ts'
import type { Trx } from '../base/db/transact.ts'
import { fold } from '../base/i18n/fold.ts'
import type { Jobs } from '../base/jobs.ts'
import type { DateTime } from '../base/time.ts'
import { joinAllGroups } from '../groups/batch-store.ts'
import { insertHosts, updateHosts } from '../hosts/batch-store.ts'
import type { HostValue } from '../hosts/edit-rules.ts'
import { typicalTimetable } from '../hosts/typical-rules.ts'
import { tell } from '../messages/store.ts'
import {
  type BatchContact,
  findRequestKeys,
  insertContacts,
  insertImported,
  takeNumbers,
} from '../requests/batch-store.ts'
import { findAllSpeakers, insertSpeakers, lockSpeakers, updateSpeakers } from '../speakers/batch-store.ts'
import type { HostWrite, Place, RequestWrite, SpeakerWrite } from './judgement-rules.ts'

export type Desk = { jobs: Jobs; secret: string; letters: boolean }
export type By = { houseId: string; accountId: string; now: DateTime }

/** Writes speakers, new and changed, as the form of one would; each with its line in the history. */
export async function writeSpeakers(trx: Trx, by: By, all: SpeakerWrite[]): Promise<void> {
  const fresh = all.flatMap(({ id, value }) => (id === undefined ? [{ id: randomUUID() as string, value }] : []))
  const changed = all.flatMap(it => (it.id === undefined ? [] : [{ ...it, id: it.id }]))
  await lockSpeakers(
    trx,
    by.houseId,
    changed.map(({ id }) => id),
  )
  const before = changed.length === 0 ? [] : await findAllSpeakers(trx, by.houseId)
  const accounts = new Map(before.map(it => [it.id, it.accountId]))
  await insertSpeakers(trx, by.houseId, fresh)
  await updateSpeakers(trx, changed)
  await joinAllGroups(
    trx,
    by.houseId,
    [...fresh, ...changed].map(({ id, value }) => ({ speakerId: id, groups: value.groups })),
  )
  const entrants = [
    ...fresh,
    ...changed.filter(({ id, value }) => accounts.get(id) === undefined && value.leftOn === undefined),
  ]
  const signIn = await letSpeakersIn(
    trx,
    by.houseId,
    entrants.map(({ id, value }) => ({ speakerId: id, ...value })),
  )
  for (const { id, value, emailBefore } of changed) {
    const accountId = accounts.get(id)
    if (accountId === undefined || emailBefore === value.email) continue
    if ((await moveSpeakersAccount(trx, by.houseId, accountId, value.email, by.now)) === 'taken') throw new Moved()
  }
  await note(trx, by, [
    ...fresh.map(it => ({ kind: 'speaker-added', speakerId: it.id, detail: { signsIn: signIn.has(it.value.email) } })),
    ...changed.map(it => ({ kind: 'speaker-kept', speakerId: it.id, detail: { unfit: 0 } })),
  ])
}

/** Writes hosts, new and changed, as the form of one would. */
export async function writeHosts(trx: Trx, by: By, all: HostWrite[]): Promise<void> {
  const fresh = all.flatMap(({ id, value }) => (id === undefined ? [{ id: randomUUID() as string, value }] : []))
  const changed = all.flatMap(it => (it.id === undefined ? [] : [{ ...it, id: it.id }]))
  await insertHosts(trx, by.houseId, fresh)
  await updateHosts(trx, changed)
  await note(trx, by, [
    ...fresh.map(it => ({ kind: 'host-added', detail: { host: it.id } })),
    ...changed.map(it => ({ kind: 'host-kept', detail: { host: it.id } })),
  ])
}

/** Something was written between judging and now that the judgement did not know. */
export class Moved extends Error {}

/** Writes requests with their contact persons and the hosts that are new, each host and each person once. */
export async function writeRequests(
  trx: Trx,
  by: By,
  { jobs, secret, letters }: Desk,
  all: RequestWrite[],
  lastNumber: number,
): Promise<void> {
  const { houseId, accountId, now } = by
  const newHosts = new Map<string, { id: string; value: HostValue }>()
  const hostOf = (place: Place): string => {
    if ('id' in place) return place.id
    const there = newHosts.get(place.key) ?? { id: randomUUID() as string, value: newHost(place) }
    newHosts.set(place.key, there)
    return there.id
  }
  const contacts = new Map<string, BatchContact>()
  const contactOf = (hostId: string, { contact, language }: RequestWrite): string => {
    const key = JSON.stringify([hostId, fold(contact.name), contact.email, contact.phone, language, contact.consent])
    const there = contacts.get(key) ?? { id: randomUUID() as string, hostId, contact, language }
    contacts.set(key, there)
    return there.id
  }
  const rows = all.map(it => {
    const hostId = hostOf(it.place)
    return { ...it, id: randomUUID() as string, hostId, contactId: contactOf(hostId, it) }
  })
  await insertHosts(trx, houseId, [...newHosts.values()])
  await insertContacts(trx, [...contacts.values()], now)
  const first = await takeNumbers(trx, houseId, rows.length)
  if (first !== lastNumber + 1) await refuseLateTwins(trx, houseId, lastNumber, rows)
  await insertImported(
    trx,
    secret,
    houseId,
    rows.map((it, at) => ({ ...it, number: first + at, enteredBy: accountId, now })),
  )
  await note(trx, by, [
    ...[...newHosts.values()].map(it => ({ kind: 'host-added', detail: { host: it.id } })),
    ...rows.map(it => ({ kind: 'request-entered', requestId: it.id, detail: { source: 'import' } })),
  ])
  const told = rows.flatMap(it => (it.contact.email === undefined ? [] : [{ ...it, email: it.contact.email }]))
  for (let at = 0; letters && at < told.length; at += lettersAtOnce)
    await tell(
      trx,
      jobs,
      now,
      told.slice(at, at + lettersAtOnce).map(it => ({
        ...{ houseId, kind: 'request-received' as const, cause: `request:${it.id}`, version: 1, dueAt: now },
        ...{ recipient: `contact:${it.contactId}`, address: it.email, language: it.language, requestId: it.id },
      })),
    )
}

const lettersAtOnce = 200

/** Requests that came in after the rows were judged must not be about the same. */
async function refuseLateTwins(
  trx: Trx,
  houseId: string,
  lastNumber: number,
  rows: { hostId: string; topic: { topicId: string } }[],
): Promise<void> {
  const late = (await findRequestKeys(trx, houseId)).filter(({ number }) => number > lastNumber)
  const about = new Set(rows.map(({ hostId, topic }) => `${hostId} ${topic.topicId}`))
  if (late.some(each => about.has(`${each.hostId} ${each.topicId}`))) throw new Moved()
}

/** As the form for a caller adds a host: with the usual timetable of its kind. */
function newHost({ kind, name, district }: Exclude<Place, { id: string }>): HostValue {
  const { weekType, shifts, hours, lunch } = typicalTimetable(kind)
  return {
    ...{ kind, district, weekType, hours, lunch, shifts },
    names: { kk: name, ru: name, en: name },
    ...{ addressKk: '', addressRu: '', point: undefined, classHour: undefined, seats: undefined },
    ...{ online: true, visitorList: true, languages: [], windows: [], halls: [], contacts: [] },
  }
}

const note = (
  trx: Trx,
  { houseId, accountId, now }: By,
  all: { kind: string; speakerId?: string; requestId?: string; detail: Record<string, string | number | boolean> }[],
): Promise<void> =>
  insertMany(
    trx,
    'changes',
    all.map(({ kind, speakerId, requestId, detail }) => ({
      ...{ house_id: houseId, kind, at: now.toISO(), by_whom: 'account', account_id: accountId, detail },
      ...{ speaker_id: speakerId ?? null, request_id: requestId ?? null },
    })),
  )
