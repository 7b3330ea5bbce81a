import type { Db } from './open.ts'
import type { Trx } from './transact.ts'

/** What all processes on one database agree on. */
export type Setting = 'clock_shift_ms' | 'letter_suffices' | 'mail_hold' | 'reference' | 'zone_data'

export async function settingOf(db: Db | Trx, key: Setting): Promise<string | undefined> {
  return (await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst())?.value
}

export async function keepSetting(db: Db | Trx, key: Setting, value: string): Promise<void> {
  await db
    .insertInto('settings')
    .values({ key, value })
    .onConflict(it => it.column('key').doUpdateSet({ value }))
    .execute()
}

export async function dropSetting(db: Db | Trx, key: Setting): Promise<void> {
  await db.deleteFrom('settings').where('key', '=', key).execute()
}
