import type { Db } from '../base/db/open.ts'
import type { Language } from '../base/i18n/language.ts'

/** The host's side of a request: its contact person and how to reach them. */
export const findSide = (db: Db, houseId: string, requestId: string, language: Language) =>
  db
    .selectFrom('requests')
    .innerJoin('hosts', 'hosts.id', 'requests.host_id')
    .leftJoin('contacts', 'contacts.id', 'requests.contact_id')
    .select([
      `hosts.name_${language} as host`,
      'contacts.id as contactId',
      'contacts.name as contact',
      'contacts.phone',
      'contacts.email',
      'contacts.language',
      'contacts.channel',
    ])
    .where('requests.house_id', '=', houseId)
    .where('requests.id', '=', requestId)
    .executeTakeFirstOrThrow()
export type RequestSide = Awaited<ReturnType<typeof findSide>>
