import { DateTime } from 'luxon'
import t from 'tap'
import { isFresh, tagOf } from '../../../src/base/http/fresh.ts'

const at = DateTime.fromISO('2026-11-23T03:45:10Z', { zone: 'utc' })

t.test('a copy is fresh by its tag, in lists and weakly, and only without one by its date', async t => {
  const tag = 'W/"abc"'
  const cases: [string | undefined, string | undefined, boolean][] = [
    ['W/"abc"', undefined, true],
    ['"abc"', undefined, true],
    ['*', undefined, true],
    ['"x", W/"abc"', undefined, true],
    ['"x"', undefined, false],
    ['', undefined, false],
    ['"x"', 'Mon, 23 Nov 2026 03:45:10 GMT', false],
    [undefined, 'Mon, 23 Nov 2026 03:45:10 GMT', true],
    [undefined, 'Mon, 23 Nov 2026 03:45:09 GMT', false],
    [undefined, 'yesterday', false],
    [undefined, undefined, false],
  ]
  for (const [given, since, fresh] of cases)
    t.equal(isFresh({ tag: given, since }, tag, at), fresh, `${given} ${since}`)
})

t.test('a tag is the same for the same parts, and another for others', async t => {
  t.equal(tagOf(['a', 1]), tagOf(['a', 1]))
  t.not(tagOf(['a', 1]), tagOf(['a', 2]))
  t.match(tagOf([]), /^W\/"[\w-]{27}"$/)
})
