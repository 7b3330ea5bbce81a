import { pending } from './base/db/migrate.ts'
import type { Db } from './base/db/open.ts'
import { Mistake } from './config.ts'
import { zoneFault } from './talks/ics-zone.ts'

/** Every hour of every talk hangs on these data. */
export function refuseWrongZones(): void {
  const fault = zoneFault()
  if (fault) throw new Mistake(`${fault}; update Node`)
}

export async function refuseOldSchema(db: Db): Promise<void> {
  const missing = await pending(db)
  if (missing.length > 0) throw new Mistake(`the database lacks ${missing.length} migrations: run npm run migrate`)
}
