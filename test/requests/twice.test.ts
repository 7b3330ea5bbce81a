import t from 'tap'
import { allowed } from '../../src/base/limits.ts'
import { server, world } from '../world.ts'
import { toCheck, visitor } from './visitor.ts'

const postgres = server()
if (!postgres) t.plan(0, 'no PostgreSQL here')
else {
  const w = await world(t, postgres)

  t.test('a form sent four times at once counts once, and every copy gets the answer of the first', async t => {
    const email = 'twice@mektep.example'
    const secret = 'a secret of the tests, 32 characters or more'
    const school = visitor(w)
    await toCheck(school, { email })
    for (let n = 1; n <= 2; n++) await allowed(w.db, secret, 'request-address', email, w.clock.now)
    const answers = await Promise.all([1, 2, 3, 4].map(() => school.send('/kk/request/check', {})))
    t.strictSame([...new Set(answers.map(({ statusCode }) => statusCode))], [303])
    t.equal(new Set(answers.map(({ headers }) => headers.location)).size, 1)
    const asked = await w.db
      .selectFrom('requests')
      .innerJoin('contacts', 'contacts.id', 'requests.contact_id')
      .select('requests.number')
      .where('contacts.email', '=', email)
      .execute()
    t.equal(asked.length, 1)
    await toCheck(school, { email })
    t.equal((await school.send('/kk/request/check', {})).statusCode, 429, 'a fourth of a day waits')
  })
}
