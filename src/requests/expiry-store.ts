import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { Trx } from '../base/db/transact.ts'
import type { Language } from '../base/i18n/language.ts'
import { type DateTime, type Day, minuteOf } from '../base/time.ts'
import { isReached } from '../messages/channel-rules.ts'
import type { Expired } from './expiry-rules.ts'

const daysToConfirm = 3
const daysAfterTheLastWish = 14

/**
 * Ends what nobody can fulfil any more in this zone: a request past its latest day, or two weeks past its last wish (until
 * then a coordinator may still propose another time; one whose talk a closure took counts from the end of that), and one whose address was never confirmed. One statement, whatever the number.
 */
export async function endOverdue(trx: Trx, zone: string, today: Day, now: DateTime): Promise<Expired[]> {
  const lastWish = sql`(select max(to_on) from request_windows w where w.request_id = r.id)`
  const { rows } = await sql<Row>`
    with over as (
      select r.id, r.state as was from requests r
      where r.house_id in (select id from houses where zone = ${zone}) and (
        r.state = 'unconfirmed' and r.asked_at < ${now.minus({ days: daysToConfirm }).toISO()}::timestamptz
        or r.state = 'waiting' and coalesce(r.latest_on, ${lastWish} + ${daysAfterTheLastWish}::int) < ${today}::date
          and (r.postponed_from is null or r.postponed_from + ${daysAfterTheLastWish}::int < ${today}::date))
      for no key update of r),
    ended as (
      update requests r set state = 'expired', ended_at = ${now.toISO()}::timestamptz, version = version + 1
      from over where over.id = r.id
      returning r.id, r.house_id, r.version, r.contact_id, over.was)
    select e.id, e.house_id as "houseId", e.version, e.was, h.quiet_from as "quietFrom", h.quiet_until as "quietUntil",
      c.id as "contactId", c.email, c.phone, c.channel, c.language
    from ended e join houses h on h.id = e.house_id left join contacts c on c.id = e.contact_id`.execute(trx)
  return rows.map(
    ({ id, houseId, version, was, quietFrom, quietUntil, contactId, email, phone, channel, language }) => ({
      id,
      houseId,
      version,
      unconfirmed: was === 'unconfirmed',
      zone,
      quiet: { from: minuteOf(quietFrom) ?? 0, until: minuteOf(quietUntil) ?? 0 },
      contact:
        contactId && language && channel && isReached({ email, phone, channel })
          ? { id: contactId, address: email ?? '', language }
          : undefined,
    }),
  )
}

type Row = {
  id: string
  houseId: string
  version: number
  was: string
  quietFrom: string
  quietUntil: string
  contactId: string | null
  email: string | null
  phone: string | null
  channel: string | null
  language: Language | null
}

/** The zones in which Houses of this system work. */
export async function findZones(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('houses').select('zone').distinct().orderBy('zone').execute()
  return rows.map(row => row.zone)
}
