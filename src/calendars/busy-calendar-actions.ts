import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { transact } from '../base/db/transact.ts'
import { hashOf, seal, unseal } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import { lockSpeaker } from '../speakers/busy-store.ts'
import type { BusySpan, Fault } from './busy-calendar-rules.ts'
import * as store from './busy-calendar-store.ts'
import { windowFrom } from './busy-window-rules.ts'
import { addressOf } from './fetch-rules.ts'
import type { Stretch } from './recurrence-rules.ts'

type Validators = { etag: string | null; lastModified: string | null }
/** Hands and eyes of an import: what reaches out and what takes a file apart, each within its own limits. */
export type Tools = {
  secret: string
  /** Hosts that are our own, and the domain our entries are named by. */
  own: string[]
  domain: string
  fetch: (
    address: string,
    validators: Validators,
    own: string[],
  ) => Promise<{ bytes: Uint8Array; validators: Validators } | 'unchanged' | Refused>
  read: (question: {
    bytes: Uint8Array
    mine: string[]
    window: Stretch
    own: string
    domain: string
  }) => Promise<{ spans: BusySpan[]; events: number; unreadable: number; doubtful: boolean } | Refused>
}
type Me = { speakerId: string; accountId: string; houseId: string }
type Refused = { refused: Fault }

const never: Validators = { etag: null, lastModified: null }
const page = '/me/busy/calendar'
/** The window moves on, so a calendar that never changes is read whole once a day none the less. */
const wholeAgainHours = 20
const dueMinutes = 50

/** Takes the calendar behind an address, read before anything is changed; a refusal says why nothing was. */
export async function addAddress(
  db: Db,
  tools: Tools,
  me: Me,
  address: string,
  form: Form,
  now: DateTime,
): Promise<Done | Refused> {
  const judged = addressOf(address, tools.own)
  if ('refused' in judged) return judged
  const { readsCalendars } = await store.findReader(db, me.speakerId)
  if (!readsCalendars) return { refused: 'switched-off' }
  const fetched = await tools.fetch(judged.url.href, never, tools.own)
  if (fetched === 'unchanged') return { refused: 'failed' }
  if ('refused' in fetched) return fetched
  const sealedAddress = seal(tools.secret, judged.url.href)
  return add(db, tools, me, fetched.bytes, { kind: 'address', sealedAddress, ...fetched.validators }, form, now)
}

/** Takes a calendar that somebody sent as a file. */
export const addUpload = (
  db: Db,
  tools: Tools,
  me: Me,
  bytes: Uint8Array,
  form: Form,
  now: DateTime,
): Promise<Done | Refused> => add(db, tools, me, bytes, { kind: 'upload', sealedAddress: null, ...never }, form, now)

async function add(
  db: Db,
  tools: Tools,
  me: Me,
  bytes: Uint8Array,
  source: Pick<store.CalendarRow, 'kind' | 'sealedAddress' | 'etag' | 'lastModified'>,
  form: Form,
  now: DateTime,
): Promise<Done | Refused> {
  const reading = await read(db, tools, me.speakerId, bytes, now)
  if ('refused' in reading) return reading
  return transactOnce<Refused>(db, form, async trx => {
    await lockSpeaker(trx, me.speakerId)
    await store.putCalendar(trx, me.speakerId, { ...source, ...reading }, now)
    await store.writeIntervals(trx, me.speakerId, reading.spans)
    await remember(trx, {
      ...me,
      kind: 'busy-calendar-added',
      at: now,
      byWhom: 'speaker',
      detail: { upload: source.kind === 'upload' },
    })
    return { location: page }
  })
}

async function read(db: Db, tools: Tools, speakerId: string, bytes: Uint8Array, now: DateTime) {
  const { email, accountEmail, zone } = await store.findReader(db, speakerId)
  const mine = [email, accountEmail].filter(address => address !== null)
  const window = windowFrom(now.toMillis())
  const reading = await tools.read({ bytes, mine, window, own: zone, domain: tools.domain })
  return 'refused' in reading ? reading : { ...reading, digest: hashOf(JSON.stringify(reading.spans)) }
}

/** Reads a speaker's calendar again. What can't be read leaves the last good copy as it is, and a note of why. */
export async function readAgain(db: Db, tools: Tools, speakerId: string, now: DateTime): Promise<void> {
  const before = await store.findBusyCalendar(db, speakerId)
  if (!before?.sealedAddress) return
  const address = unseal(tools.secret, before.sealedAddress)
  const whole = now.diff(before.wholeAt, 'hours').hours >= wholeAgainHours
  const fetched =
    address === undefined
      ? { refused: 'address-lost' as const }
      : await tools.fetch(address, whole ? never : before, tools.own)
  const reading =
    fetched === 'unchanged' || 'refused' in fetched ? fetched : await read(db, tools, speakerId, fetched.bytes, now)
  const validators = fetched !== 'unchanged' && 'validators' in fetched ? fetched.validators : never
  await transact(db, async trx => {
    await lockSpeaker(trx, speakerId)
    const still = await store.findBusyCalendar(trx, speakerId)
    // removed or replaced while it was read: that was said later, so it stands
    if (still?.sealedAddress !== before.sealedAddress) return
    if (reading === 'unchanged') await store.keepUnchanged(trx, speakerId, now)
    else if ('refused' in reading) await store.keepFault(trx, speakerId, reading.refused, now)
    else {
      const row = { kind: before.kind, sealedAddress: before.sealedAddress, ...validators, ...reading }
      if (await store.keepReading(trx, speakerId, row, now)) await store.writeIntervals(trx, speakerId, reading.spans)
    }
  })
}

/** Reads what was not read for an hour, several at a time, each by one worker alone; until nothing is due or it is told to stop. */
export async function readDue(
  db: Db,
  tools: Tools,
  now: () => Promise<DateTime>,
  signal?: AbortSignal,
  lanes = 4,
): Promise<number> {
  let count = 0
  const lane = async () => {
    while (!signal?.aborted) {
      const at = await now()
      const speakerId = await store.claimDue(db, at.minus({ minutes: dueMinutes }), at)
      if (speakerId === undefined) return
      await readAgain(db, tools, speakerId, at)
      count++
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return count
}

/** Forgets a speaker's calendar with all its times. */
export async function removeCalendar(db: Db, me: Me, now: DateTime): Promise<void> {
  await transact(db, async trx => {
    await lockSpeaker(trx, me.speakerId)
    if (await store.deleteCalendar(trx, me.speakerId))
      await remember(trx, { ...me, kind: 'busy-calendar-removed', at: now, byWhom: 'speaker' })
  })
}
