import { setImmediate as turn } from 'node:timers/promises'
import t from 'tap'
import { gathered } from '../../../src/base/db/gather.ts'

t.test(
  'look-ups of one turn go together, those that come meanwhile with the next, each with its own answer',
  async t => {
    const asked: string[][] = []
    const gates: (() => void)[] = []
    const find = gathered(async keys => {
      asked.push(keys)
      await new Promise<void>(resolve => gates.push(resolve))
      return new Map(keys.filter(key => key !== 'nobody').map(key => [key, key]))
    })
    const first = [find('a'), find('b'), find('a'), find('nobody')]
    await turn()
    await turn()
    const later = [find('a'), find('c')]
    gates.shift()?.()
    t.strictSame(await Promise.all(first), ['a of 1', 'b of 1', 'a of 1', undefined])
    while (gates.length === 0) await turn()
    gates.shift()?.()
    t.strictSame(await Promise.all(later), ['a of 2', 'c of 2'], 'nobody gets a row read before they asked')
    t.strictSame(asked, [
      ['a', 'b', 'nobody'],
      ['a', 'c'],
    ])
  },
)

t.test('a fault reaches all who waited for it, and the next look-up is asked anew', async t => {
  let broken = true
  const find = gathered(async keys => {
    if (broken) throw new Error('away')
    return new Map(keys.map(key => [key, key]))
  })
  const both = await Promise.allSettled([find('a'), find('b')])
  t.strictSame(
    both.map(one => one.status),
    ['rejected', 'rejected'],
  )
  broken = false
  t.equal(await find('a'), 'a')
})
