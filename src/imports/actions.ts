import { randomUUID } from 'node:crypto'
import { remember } from '../base/db/changes.ts'
import { codeOf } from '../base/db/errors.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { type Trx, transact } from '../base/db/transact.ts'
import type { Jobs } from '../base/jobs.ts'
import { hashOf } from '../base/secrets.ts'
import type { DateTime } from '../base/time.ts'
import { isTaken } from '../speakers/edit-actions.ts'
import type { Judgement } from './judgement-rules.ts'
import { findKnown, findMark, type Mark, stillStands, tryAlone } from './known-store.ts'
import {
  type Choice,
  type Counts,
  countsOf,
  type ImportKind,
  type Reading,
  type Refused,
  type Row,
  toWrite,
  type Verdict,
} from './rules.ts'
import * as store from './store.ts'
import { withUnfit } from './unfit-store.ts'
import { type By, Moved, writeHosts, writeRequests, writeSpeakers } from './write-actions.ts'

type Chosen = Row & { choice: Choice }
/** Hands of an import: what takes a file apart and judges its rows, within limits of time and memory. */
export type Tools = {
  read: (kind: ImportKind, bytes: Uint8Array) => Promise<{ rows: Row[]; reading: Reading } | { refused: Refused }>
  judge: (rows: Chosen[], known: Awaited<ReturnType<typeof findKnown>>) => Promise<Judgement>
}
type Desk = { db: Db; tools: Tools; jobs: Jobs; secret: string }
type Me = { houseId: string; accountId: string }

const page = (id: string): string => `/app/imports/${id}`

/** Reads a file and says what its rows would come to; of the lists nothing is changed. */
export async function prepare(
  { db, tools }: Desk,
  me: Me,
  kind: ImportKind,
  file: { name: string; bytes: Uint8Array },
  form: Form,
): Promise<Done | { refused: Refused }> {
  const read = await tools.read(kind, file.bytes)
  if ('refused' in read) return read
  const rows = read.rows.map(row => ({ ...row, choice: '' }))
  const plain = await tools.judge(rows, await findKnown(db, me.houseId, kind, form.now))
  const judgement = await withUnfit(db, me.houseId, plain, form.now)
  const verdicts = verdictsOf(judgement)
  return transactOnce<{ refused: Refused }>(db, form, async trx => {
    await store.deleteOver(trx, form.now)
    const id = randomUUID()
    const { reading } = read
    await store.insertImport(
      trx,
      { ...me, ...summed(verdicts), id, kind, reading, fileName: file.name, now: form.now },
      read.rows.flatMap((row, at) => {
        const verdict = verdicts[at]?.verdict
        return verdict ? [{ row, verdict }] : []
      }),
    )
    return { location: page(id) }
  })
}

/** Keeps what a coordinator decided about some rows, and judges all of them anew: one decision may settle another row. */
export async function decide(
  desk: Desk,
  me: Me,
  id: string,
  choices: { line: number; choice: Choice }[],
  now: DateTime,
): Promise<{ ok: true } | { refused: 'missing' }> {
  const found = await store.findImport(desk.db, me.houseId, id, now)
  if (!found) return { refused: 'missing' }
  if (found.state === 'done') return { ok: true }
  await transact(desk.db, trx => store.setChoices(trx, id, choices))
  const { verdicts } = await judgedAnew(desk, me, found, now)
  await transact(desk.db, async trx => {
    const still = await store.findImport(trx, me.houseId, id, now, true)
    if (still?.state === 'ready') await store.rewriteVerdicts(trx, id, summed(verdicts), verdicts)
  })
  return { ok: true }
}

export type Unconfirmed = { refused: 'missing' | 'changed' | 'running' | 'nothing' }

/**
 * Writes all rows of an import that are right, in one transaction, once. What was shown is what is written: when the
 * lists have moved on so that the rows come to something else, nothing is, and the page says so.
 */
export async function confirm(
  desk: Desk,
  me: Me,
  id: string,
  form: Form,
  letters: boolean,
): Promise<Done | Unconfirmed> {
  const { db } = desk
  for (let attempt = 1; attempt <= 3; attempt++) {
    const found = await store.findImport(db, me.houseId, id, form.now)
    if (!found) return { refused: 'missing' }
    if (found.state === 'done') return { location: page(id) }
    const mark = await findMark(db, me.houseId)
    const { judgement, verdicts } = await judgedAnew(desk, me, found, form.now)
    const sums = summed(verdicts)
    if (sums.digest !== found.digest) {
      await transact(db, trx => store.rewriteVerdicts(trx, id, sums, verdicts))
      return { refused: 'changed' }
    }
    if (toWrite(sums.counts) === 0) return { refused: 'nothing' }
    const done = await written(desk, me, id, form, letters, { judgement, mark, ...sums })
    if (!('refused' in done) || done.refused !== 'moved') return done as Done | Unconfirmed
  }
  return { refused: 'changed' }
}

async function written(
  { db, jobs, secret }: Desk,
  me: Me,
  id: string,
  form: Form,
  letters: boolean,
  { judgement, mark, counts, digest }: { judgement: Judgement; mark: Mark; counts: Counts; digest: string },
): Promise<Done | Unconfirmed | { refused: 'moved' }> {
  const by: By = { ...me, now: form.now }
  try {
    return await transactOnce<Unconfirmed | { refused: 'moved' }>(db, form, async trx => {
      if (!(await tryAlone(trx, me.houseId))) return { refused: 'running' }
      const found = await store.findImport(trx, me.houseId, id, form.now, true)
      if (!found) return { refused: 'missing' }
      if (found.state === 'done') return { location: page(id) }
      if (found.digest !== digest || !(await stillStands(trx, mark))) return { refused: 'moved' }
      await write(trx, by, { jobs, secret, letters }, judgement, mark)
      await remember(trx, {
        ...{ houseId: me.houseId, accountId: me.accountId, at: form.now, byWhom: 'account', kind: 'imported' },
        detail: { import: id, what: judgement.kind, letters, ...counts },
      })
      await store.closeImport(trx, id, form.now)
      return { location: page(id) }
    })
  } catch (error) {
    if (error instanceof Moved || isTaken(error)) return { refused: 'moved' }
    // somebody holds what is to be written for longer than two seconds
    if (codeOf(error) === '55P03') return { refused: 'running' }
    throw error
  }
}

function write(
  trx: Trx,
  by: By,
  desk: { jobs: Jobs; secret: string; letters: boolean },
  judgement: Judgement,
  { lastNumber }: Mark,
): Promise<void> {
  if (judgement.kind === 'speakers') return writeSpeakers(trx, by, writesOf(judgement.judged))
  if (judgement.kind === 'hosts') return writeHosts(trx, by, writesOf(judgement.judged))
  return writeRequests(trx, by, desk, writesOf(judgement.judged), lastNumber)
}

const writesOf = <Write>(all: { write: Write | undefined }[]): Write[] =>
  all.flatMap(({ write: its }) => (its === undefined ? [] : [its]))

async function judgedAnew({ db, tools }: Desk, me: Me, { id, kind }: store.ImportRow, now: DateTime) {
  const rows = await store.findAllRows(db, id)
  const plain = await tools.judge(rows, await findKnown(db, me.houseId, kind, now))
  const judgement = await withUnfit(db, me.houseId, plain, now)
  return { judgement, verdicts: verdictsOf(judgement) }
}

const verdictsOf = ({ judged }: Judgement): { line: number; verdict: Verdict }[] =>
  judged.map(({ line, verdict }) => ({ line, verdict }))

const summed = (verdicts: { line: number; verdict: Verdict }[]): { counts: Counts; digest: string } => ({
  counts: countsOf(verdicts.map(({ verdict }) => verdict)),
  digest: hashOf(JSON.stringify(verdicts)),
})

/** Forgets a file that was read, at once. */
export const discard = async (db: Db, houseId: string, id: string): Promise<void> => {
  await transact(db, trx => store.deleteImport(trx, houseId, id))
}

/** Forgets what nobody confirmed within a day. */
export const forgetOldImports = async (db: Db, now: DateTime): Promise<void> => {
  await store.deleteOver(db, now)
}
