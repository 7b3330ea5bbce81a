import { sql } from 'kysely'
import type { Db } from '../../src/base/db/open.ts'
import { questions } from '../../src/privacy/held-store.ts'

/** Columns by which a row is somebody's that the data on a person leaves out: why. */
const leftOut: Record<string, string> = {
  'calendar_texts.speaker_id': 'made of the talks, and made anew',
  'challenges.account_id': 'a secret of five minutes',
  'sights.account_id': 'a row of the journal says the same',
  'messages.account_id': 'the recipient says whose it is',
  'speakers.account_id': 'who speaks as well is shown what is held on the speaker',
  'substitution_asks.colleague_id': 'another speaker was asked',
}
/** What somebody did for the House is about something else; that they did it is told by their journal. */
const deeds = /^(?:changes|imports|plans|undos|word_files|word_marks)\.account_id$|_by$/

/** Columns that point at a speaker, a contact or an account, and stand in no question that the data on a person asks. */
export async function unasked(db: Db): Promise<string[]> {
  const { rows } = await sql<{ parent: 'speakers' | 'contacts' | 'accounts'; table: string; column: string }>`
    select distinct p.relname as parent, c.relname as table, a.attname as column from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
    where k.contype = 'f' and p.relname in ('speakers', 'contacts', 'accounts') order by 1, 2, 3`.execute(db)
  const texts = (of: keyof typeof questions) => Object.values<string>(questions[of])
  const asked = {
    speakers: [texts('speaker')],
    contacts: [texts('contact')],
    accounts: [texts('speaker'), texts('account')],
  }
  const missing = rows
    .filter(({ parent, table, column }) => {
      const its = (text: string) =>
        new RegExp(`(?:from|join) ${table} (\\w+) `).test(text) &&
        new RegExp(`\\b\\w+\\.${column}::text = \\$`).test(text)
      return !asked[parent].every(all => all.some(its))
    })
    .map(({ table, column }) => `${table}.${column}`)
    .filter(column => !deeds.test(column))
  return [
    ...missing.filter(column => !(column in leftOut)),
    ...Object.keys(leftOut)
      .filter(it => !missing.includes(it))
      .map(it => `${it} is asked for`),
  ]
}
