import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Jobs } from '../base/jobs.ts'
import { allowedIn } from '../base/limits.ts'
import { hashOf } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import type { HostKind } from '../hosts/rules.ts'
import { findHostRow, insertHost } from '../hosts/store.ts'
import type { NewMessage } from '../messages/rules.ts'
import { supersede, tell } from '../messages/store.ts'
import type { AskedContact, AskedTopic, AskedWhen } from './rules.ts'
import { findByToken, hasStandingTalk, insertContact, insertRequest, noteChange, setState, type Told } from './store.ts'

export type AskedPlace = { id: string } | { kind: HostKind; name: string; district: string }
export type Asking = {
  houseId: string
  topic: AskedTopic
  place: AskedPlace
  when: AskedWhen
  contact: AskedContact
  language: Language
  /** A visitor's request waits for its address to be confirmed; one that a coordinator writes down stands at once. */
  by: { source: 'form' } | { source: 'call' | 'letter'; accountId: string }
}

type Deps = { db: Db; jobs: Jobs; secret: string }

/** A host asks: request, number, contact and the letter that confirms the address stand together, however often the form is sent. */
export const ask = (deps: Deps, form: Form, asking: Asking, location: (number: number) => string): Promise<Done> =>
  transactOnce<never>(deps.db, form, async trx => ({ location: location(await insert(trx, deps, asking, form.now)) }))

/** The same from a visitor, who may ask only so often; a copy of a form that is done counts no more than it does. */
export const askFrom = (
  deps: Deps,
  form: Form,
  asking: Asking,
  ip: string,
  location: (number: number) => string,
): Promise<Done | { refused: 'later'; retryAfterSeconds: number }> =>
  transactOnce<{ refused: 'later'; retryAfterSeconds: number }>(deps.db, form, async trx => {
    for (const [what, key] of [
      ['request-ip', ip],
      ['request-address', asking.contact.email ?? ''],
    ] as const) {
      const may = await allowedIn(trx, { secret: deps.secret, what, key, now: form.now })
      if (!('ok' in may)) return { refused: 'later', ...may }
    }
    return { location: location(await insert(trx, deps, asking, form.now)) }
  })

async function insert(trx: Trx, { jobs, secret }: Deps, asking: Asking, now: DateTime): Promise<number> {
  const { houseId, contact, language, by } = asking
  const accountId = 'accountId' in by ? by.accountId : undefined
  const confirmed = accountId !== undefined
  const hostId = await placed(trx, asking)
  const contactId = await insertContact(trx, hostId, contact, language, now)
  const { id, number } = await insertRequest(trx, secret, {
    ...asking,
    hostId,
    contactId,
    source: by.source,
    state: confirmed ? 'waiting' : 'unconfirmed',
    enteredBy: accountId,
    now,
  })
  await noteChange(trx, {
    houseId,
    requestId: id,
    kind: confirmed ? 'request-entered' : 'request-asked',
    at: now,
    byWhom: confirmed ? 'account' : 'contact',
    ...(accountId ? { accountId } : {}),
    detail: { source: by.source },
  })
  if (contact.email !== undefined)
    await tell(trx, jobs, now, [
      {
        ...letter(
          { id, houseId, version: 1, contactId, email: contact.email, language },
          confirmed ? 'request-received' : 'address-confirmation',
          contact.email,
        ),
        dueAt: now,
      },
    ])
  return number
}

/** The address is right: the request stands in the inbox from now on. Said twice, it changes nothing. */
export function confirm(
  { db, jobs }: { db: Db; jobs: Jobs },
  form: Form,
  token: string,
): Promise<Done | { refused: 'missing' }> {
  return transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    const request = await findByToken(trx, hashOf(token), true)
    if (!request) return { refused: 'missing' }
    if (await setState(trx, request.id, 'unconfirmed', { state: 'waiting', confirmed_at: form.now })) {
      await noteChange(trx, {
        houseId: request.houseId,
        requestId: request.id,
        kind: 'request-confirmed',
        at: form.now,
        byWhom: 'contact',
      })
      if (request.email)
        await tell(trx, jobs, form.now, [{ ...letter(request, 'request-received', request.email), dueAt: form.now }])
    }
    return { location: `/r/${token}` }
  })
}

/** The host takes its request back, while no talk stands for it. */
export function withdraw(
  { db, jobs }: { db: Db; jobs: Jobs },
  form: Form,
  token: string,
): Promise<Done | { refused: 'missing' | 'talk-stands' }> {
  return transactOnce<{ refused: 'missing' | 'talk-stands' }>(db, form, async trx => {
    const request = await findByToken(trx, hashOf(token), true)
    if (!request) return { refused: 'missing' }
    if (await hasStandingTalk(trx, request.id)) return { refused: 'talk-stands' }
    const before = request.state
    if (before === 'unconfirmed' || before === 'waiting' || before === 'booked') {
      const version = request.version + 1
      await setState(trx, request.id, before, { state: 'withdrawn', ended_at: form.now, version })
      await noteChange(trx, {
        houseId: request.houseId,
        requestId: request.id,
        kind: 'request-withdrawn',
        at: form.now,
        byWhom: 'contact',
      })
      await supersede(trx, `request:${request.id}`, version, 'withdrawn')
      // to an address that nobody confirmed no second letter goes
      if (request.email && before !== 'unconfirmed')
        await tell(trx, jobs, form.now, [
          { ...letter({ ...request, version }, 'request-withdrawn', request.email), dueAt: form.now },
        ])
    }
    return { location: `/r/${token}` }
  })
}

async function placed(trx: Trx, { houseId, place }: Asking): Promise<string> {
  if ('id' in place) {
    const host = await findHostRow(trx, houseId, place.id)
    if (!host) throw new Error('the host was there when the form was read')
    return host.id
  }
  const { kind, name, district } = place
  return insertHost(trx, houseId, { kind, names: { kk: name, ru: name, en: name }, district })
}

const letter = (
  request: Pick<Told, 'id' | 'houseId' | 'version' | 'contactId' | 'language'> & { email: string | null },
  kind: 'address-confirmation' | 'request-received' | 'request-withdrawn',
  address: string,
): Omit<NewMessage, 'dueAt'> => ({
  houseId: request.houseId,
  kind,
  cause: `request:${request.id}`,
  version: request.version,
  recipient: `contact:${request.contactId}`,
  address,
  language: request.language,
  requestId: request.id,
})
