import t from 'tap'
import { hasPostgres } from '../../src/tools/bench/faults/postgres.ts'
import { endure, failuresOf, tableOf } from '../../src/tools/bench/faults.ts'

// the full size, 100 kills and 10 crashes, is `npm run bench -- faults`
const { FAULT_KILLS: kills = '8', FAULT_RESTARTS: restarts = '2' } = process.env

t.test(
  'workers are killed, the database crashes, the mail server fails in every way: nothing is lost, nothing is told twice without a reason',
  { skip: hasPostgres() ? false : 'needs the programs of a PostgreSQL' },
  async t => {
    const it = await endure({ kills: Number(kills), restarts: Number(restarts), requests: 6, days: 2 })
    for (const line of tableOf(it).split('\n')) t.comment(line)
    t.same(failuresOf(it), [])
    t.ok(it.kills >= Number(kills) && it.restarts >= Number(restarts))
    t.ok(it.operations.ok > 0 && it.letters > 0)
  },
)
