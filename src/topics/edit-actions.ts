import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import type { TopicValue } from './edit-rules.ts'
import { insertTopic, updateTopic } from './edit-store.ts'

/** Keeps a topic of the House; talks that are booked stay as they were promised. */
export const keepTopic = (
  db: Db,
  form: Form,
  by: { accountId: string; houseId: string },
  slug: string,
  value: TopicValue,
): Promise<Done | { refused: 'missing' }> =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    if (!(await updateTopic(trx, by.houseId, slug, value, form.now))) return { refused: 'missing' }
    await remember(trx, {
      houseId: by.houseId,
      kind: 'topic-kept',
      at: form.now,
      byWhom: 'account',
      accountId: by.accountId,
      detail: { topic: slug },
    })
    return { location: '/app/topics' }
  })

/** Adds a topic to the catalogue of the House. */
export const addTopic = (
  db: Db,
  form: Form,
  { accountId, houseId }: { accountId: string; houseId: string },
  value: TopicValue,
): Promise<Done | { refused: 'missing' }> =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    const topic = await insertTopic(trx, houseId, value, form.now)
    await remember(trx, {
      ...{ houseId, accountId },
      kind: 'topic-added',
      at: form.now,
      byWhom: 'account',
      detail: { topic },
    })
    return { location: '/app/topics' }
  })
