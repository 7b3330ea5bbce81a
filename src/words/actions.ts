import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { type Judged, judgeRows, type SentRow } from './file-rules.ts'
import { type Text, type Tongue, type Wrong, wrongOf } from './rules.ts'
import { type By, dropMark, findFile, findMarks, insertFile, keepMarks, marksOf, markTaken } from './store.ts'

/** Texts that were read and found good; one that has changed since the page was opened is not among them. */
export const approve = (
  db: Db,
  form: Form,
  by: By,
  { tongue, texts, location }: { tongue: Tongue; texts: Text[]; location: string },
): Promise<Done | { refused: never }> =>
  transactOnce<{ refused: never }>(db, form, async trx => {
    const marks = texts.map(({ key, hashes }) => ({
      ...{ key, tongue, hash: hashes[tongue], state: 'good' as const, correction: null, note: '' },
    }))
    await keepMarks(trx, by, marks, form.now)
    await noted(trx, by, form, { tongue, good: marks.length })
    return { location }
  })

/** A proposal for one text: the running product stays as it is, developers take it in. */
export const propose = (
  db: Db,
  form: Form,
  by: By,
  { text, tongue, correction, note }: { text: Text; tongue: Tongue; correction: string; note: string },
  location: string,
): Promise<Done | { refused: Wrong }> =>
  transactOnce<{ refused: Wrong }>(db, form, async trx => {
    const wrong = wrongOf(text.said[tongue], correction, note)
    if (wrong) return { refused: wrong }
    const { key, hashes } = text
    await keepMarks(trx, by, [{ key, tongue, hash: hashes[tongue], state: 'correction', correction, note }], form.now)
    await noted(trx, by, form, { tongue, corrections: 1, key })
    return { location }
  })

/** Takes back what this House said of a text. */
export const forget = (
  db: Db,
  form: Form,
  by: By,
  { key, tongue }: { key: string; tongue: Tongue },
  location: string,
): Promise<Done | { refused: never }> =>
  transactOnce<{ refused: never }>(db, form, async trx => {
    if (await dropMark(trx, by, key, tongue)) await noted(trx, by, form, { tongue, taken_back: 1, key })
    return { location }
  })

export const prepareFile = (
  db: Db,
  form: Form,
  by: By,
  file: { name: string; rows: SentRow[] },
): Promise<Done | { refused: never }> =>
  transactOnce<{ refused: never }>(db, form, async trx => ({
    location: `/app/words/files/${await insertFile(trx, by, file.name, file.rows, form.now)}`,
  }))

type States = Record<'good' | 'correction', string[]>

/** Writes the rows of a file that are right, judged anew: a text may have changed since the preview. */
export const takeFile = (
  db: Db,
  form: Form,
  by: By,
  { id, texts, states }: { id: string; texts: Text[]; states: States },
): Promise<Done | { refused: 'missing' }> =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    const file = await findFile(trx, by.houseId, id)
    if (!file) return { refused: 'missing' }
    const location = `/app/words/files/${id}`
    if (file.takenAt) return { location }
    const marks = marksOf(await judged(trx, by, file.rows, texts, states))
    await keepMarks(trx, by, marks, form.now)
    await markTaken(trx, id, form.now)
    await noted(trx, by, form, { rows: marks.length })
    return { location }
  })

/** What the rows of a file would do now. */
export async function judged(
  db: Parameters<typeof findMarks>[0],
  { houseId }: Pick<By, 'houseId'>,
  rows: SentRow[],
  texts: Text[],
  states: States,
): Promise<Judged[]> {
  const reader = { houseId, language: 'kk' as const }
  const marks = {
    kk: await findMarks(db, 'kk', reader),
    ru: await findMarks(db, 'ru', reader),
    en: await findMarks(db, 'en', reader),
  }
  return judgeRows(rows, texts, marks, states)
}

const noted = (trx: Parameters<typeof remember>[0], by: By, { now }: Form, detail: Record<string, string | number>) =>
  remember(trx, { ...by, kind: 'words-marked', at: now, byWhom: 'account', detail })
