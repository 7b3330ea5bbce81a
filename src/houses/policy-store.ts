import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import type { Policy } from './policy-rules.ts'

/** The Houses that this account administers. */
export const housesOf = (db: Db, accountId: string, language: Language) =>
  db
    .selectFrom('houses')
    .innerJoin('roles', 'roles.house_id', 'houses.id')
    .innerJoin('regions', 'regions.kato', 'houses.region')
    .select(['houses.id', `houses.name_${language} as name`, `regions.name_${language} as region`, 'houses.phone'])
    .where('roles.account_id', '=', accountId)
    .where('roles.role', '=', 'administrator')
    .orderBy('houses.created_at')
    .execute()

/** One House as its settings page shows it, for an administrator of it. */
export const findPolicy = (db: Db | Trx, accountId: string, houseId: string) =>
  db
    .selectFrom('houses')
    .innerJoin('roles', 'roles.house_id', 'houses.id')
    .select([
      'houses.id',
      'name_kk',
      'name_ru',
      'name_en',
      'address_kk',
      'address_ru',
      'phone',
      'opens_at',
      'closes_at',
      'minimum_notice_minutes',
      'answer_hours',
      'undo_seconds',
      'travel_buffer_minutes',
      'quiet_from',
      'quiet_until',
      'reminder_days',
      'reminder_day_before_at',
      'reminder_hours',
      'digest_day_at',
      'digest_week_at',
      'mentor_only_in_pair',
      'reads_calendars',
      'lessons',
      'substitutes_asked',
    ])
    .where('houses.id', '=', houseId)
    .where('roles.account_id', '=', accountId)
    .where('roles.role', '=', 'administrator')
    .executeTakeFirst()
export type PolicyRow = NonNullable<Awaited<ReturnType<typeof findPolicy>>>

export async function savePolicy(trx: Trx, houseId: string, policy: Policy): Promise<void> {
  await trx
    .updateTable('houses')
    .set({
      name_kk: policy.names.kk,
      name_ru: policy.names.ru,
      name_en: policy.names.en,
      address_kk: policy.address.kk,
      address_ru: policy.address.ru,
      phone: policy.phone,
      opens_at: policy.opens.from,
      closes_at: policy.opens.to,
      minimum_notice_minutes: policy.noticeMinutes,
      answer_hours: policy.answerHours,
      undo_seconds: policy.undoSeconds,
      travel_buffer_minutes: policy.bufferMinutes,
      quiet_from: policy.quiet.from,
      quiet_until: policy.quiet.until,
      reminder_days: policy.reminders.days,
      reminder_day_before_at: policy.reminders.dayBeforeAt,
      reminder_hours: policy.reminders.hours,
      digest_day_at: policy.digests.dayAt,
      digest_week_at: policy.digests.weekAt,
      mentor_only_in_pair: policy.mentorOnlyInPair,
      reads_calendars: policy.readsCalendars,
      lessons: policy.lessons,
      substitutes_asked: policy.substitutesAsked,
    })
    .where('id', '=', houseId)
    .execute()
}
