import { sql } from 'kysely'
import { hashOf } from '../secrets.ts'
import type { DateTime } from '../time.ts'
import { noteCommand, noteNothing } from './journal.ts'
import type { Db } from './open.ts'
import { type Trx, transact } from './transact.ts'

/** What was sent, told apart by the form's own random key, its address, its sender and its fields. */
export type Form = { key: string | undefined; url: string; by: string; body: unknown; now: DateTime }
export type Done = { location: string }

/**
 * Does what a form asks once, however often it is sent: the key is stored with the outcome in the same transaction, a
 * second copy waits for the first and gets its answer. A refusal stores nothing, so the form may be mended and sent again.
 */
export async function transactOnce<Refused extends { refused: unknown }>(
  db: Db,
  form: Form,
  work: (trx: Trx) => Promise<Done | Refused>,
): Promise<Done | Refused> {
  if (!form.key)
    return transact(db, async trx => {
      const done = await work(trx)
      if (!('refused' in done)) noteCommand()
      return done
    })
  const key = keyOf(form)
  try {
    return await transact(db, async trx => {
      const { rows } = await sql`
        insert into form_answers (key, fingerprint, status, location, created_at)
        values (${key}, '', 303, '', ${form.now.toISO()}) on conflict (key) do nothing returning key`.execute(trx)
      if (rows.length === 0) {
        const first = await trx
          .selectFrom('form_answers')
          .select('location')
          .where('key', '=', key)
          .executeTakeFirstOrThrow()
        noteNothing()
        return { location: first.location }
      }
      const done = await work(trx)
      if ('refused' in done) throw new Refusal(done)
      noteCommand()
      await trx.updateTable('form_answers').set({ location: done.location }).where('key', '=', key).execute()
      return done
    })
  } catch (error) {
    if (error instanceof Refusal) return error.refused as Refused
    throw error
  }
}

/** The first answer to a form that has been done before; to look it up costs nothing of what is counted. */
export async function findAnswer(db: Db, form: Form): Promise<Done | undefined> {
  if (!form.key) return
  const first = await db.selectFrom('form_answers').select('location').where('key', '=', keyOf(form)).executeTakeFirst()
  if (first) noteNothing()
  return first && { location: first.location }
}

const keyOf = (form: Form): string => hashOf(JSON.stringify([form.key, form.url, form.by, form.body]))

/** Rolls the key back together with everything else the refused work may have touched. */
class Refusal extends Error {
  readonly refused: unknown
  constructor(refused: unknown) {
    super('refused')
    this.refused = refused
  }
}
