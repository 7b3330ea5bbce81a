import { remember } from '../base/db/changes.ts'
import { type Done, type Form, transactOnce } from '../base/db/once.ts'
import type { Db } from '../base/db/open.ts'
import { lockSpeaker } from '../speakers/busy-store.ts'
import { newlyUnfit } from './unfit-rules.ts'
import { findUnfit } from './unfit-store.ts'
import { type Work, wishOver } from './work-rules.ts'
import { findWork, saveWork } from './work-store.ts'

type Me = { accountId: string; houseId: string; speakerId: string }

/**
 * A speaker says in which languages and where they speak, and which topics they would like. Talks that stand already stay;
 * the page that follows names those that would not be given to the person any more.
 */
export const keepWork = (db: Db, form: Form, me: Me, work: Work): Promise<Done | { refused: 'missing' }> =>
  transactOnce<{ refused: 'missing' }>(db, form, async trx => {
    await lockSpeaker(trx, me.speakerId)
    const before = await findWork(trx, me.speakerId, 'kk')
    if (!before) return { refused: 'missing' }
    const unfitBefore = await findUnfit(trx, me.houseId, me.speakerId, form.now)
    const wishes = wishOver(work.topics, before.topics, before.known.topics)
    await saveWork(trx, me.speakerId, work, wishes, form.now)
    const unfit = newlyUnfit(unfitBefore, await findUnfit(trx, me.houseId, me.speakerId, form.now))
    await remember(trx, {
      ...me,
      kind: 'work-changed',
      at: form.now,
      byWhom: 'speaker',
      detail: {
        languages: work.languages.join(' '),
        languagesBefore: before.languages.toSorted().join(' '),
        home: work.home,
        homeBefore: before.home,
        districts: work.districts.join(' '),
        districtsBefore: before.own.toSorted().join(' '),
        wishes: wishes.length,
        unfit: unfit.length,
      },
    })
    return { location: '/me/profile/talks?done=saved' }
  })
