import t from 'tap'
import { isAway } from '../../../src/base/db/errors.ts'

t.test('a database that is away is told from a fault of ours, also where the driver gives no code', async t => {
  for (const text of [
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
  ])
    t.equal(isAway(new Error(text)), true, text)
  for (const code of ['57P01', '57P02', '57P03', '08006', 'ECONNRESET', '53300'])
    t.equal(isAway(Object.assign(new Error(code), { code })), true, code)
  t.equal(isAway(new Error('the letter has no subject')), false)
  t.equal(isAway(Object.assign(new Error('unique'), { code: '23505' })), false)
})
