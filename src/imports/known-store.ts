import { sql } from 'kysely'
import { findTakenAddresses } from '../accounts/batch-store.ts'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { DateTime } from '../base/time.ts'
import { findAllHosts, findHostNames } from '../hosts/batch-store.ts'
import { findHouse } from '../houses/public-store.ts'
import { findOwnDistricts } from '../houses/travel-store.ts'
import { findLastNumber, findRequestKeys } from '../requests/batch-store.ts'
import { findAllSpeakers } from '../speakers/batch-store.ts'
import { findSpeakerChoices } from '../speakers/edit-store.ts'
import { findAudiences, findTopics } from '../topics/store.ts'
import type { ImportKind } from './rules.ts'

/** What the lists of the House hold, each row of a file is judged by; a fixed number of queries. */
export async function findKnown(db: Db, houseId: string, kind: ImportKind, now: DateTime) {
  if (kind === 'speakers') {
    const speakers = await findAllSpeakers(db, houseId)
    const papers = speakers.flatMap(it => it.credentials.map(each => each.kind))
    return {
      kind,
      speakers,
      choices: await findSpeakerChoices(db, houseId, [...new Set(papers)]),
      taken: await findTakenAddresses(db, houseId),
    }
  }
  const districts = await findOwnDistricts(db, houseId)
  if (kind === 'hosts') return { kind, districts, hosts: await findAllHosts(db, houseId) }
  const house = await findHouse(db, houseId, now)
  return {
    kind,
    districts,
    topics: await findTopics(db, houseId),
    audiences: await findAudiences(db),
    hosts: await findHostNames(db, houseId),
    requests: await findRequestKeys(db, houseId),
    clock: { today: house?.today ?? '', minute: house?.now ?? 0, zone: house?.zone ?? 'Asia/Almaty' },
  }
}

export type Mark = { revision: string; lastNumber: number }

/** Where the lists stood: nothing of them changes, and no request comes, without moving one of the two. */
export async function findMark(db: Db, houseId: string): Promise<Mark> {
  const { revision } = await db.selectFrom('roster_revision').select('revision').executeTakeFirstOrThrow()
  return { revision, lastNumber: await findLastNumber(db, houseId) }
}

/** Holds the lists as they are until the transaction ends; whether they still stand as marked. */
export async function stillStands(trx: Trx, { revision }: Mark): Promise<boolean> {
  const row = await trx.selectFrom('roster_revision').select('revision').forUpdate().executeTakeFirstOrThrow()
  return row.revision === revision
}

/** Whether no other import of the House is being written; held until the transaction ends. */
export async function tryAlone(trx: Trx, houseId: string): Promise<boolean> {
  const { rows } = await sql<{
    alone: boolean
  }>`select pg_try_advisory_xact_lock(hashtext('imports'), hashtext(${houseId})) as alone`.execute(trx)
  return rows[0]?.alone === true
}
