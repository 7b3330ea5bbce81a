import { setImmediate as turn } from 'node:timers/promises'
import t from 'tap'
import { gathered } from '../../../src/base/db/gather.ts'

t.test('look-ups of one turn go together, those that come while two are asked with the next', async t => {
  const asked: string[][] = []
  const gates: (() => void)[] = []
  const find = gathered(async keys => {
    asked.push(keys)
    await new Promise<void>(resolve => gates.push(resolve))
    return new Map(keys.filter(key => key !== 'nobody').map(key => [key, `${key}!`]))
  })
  const turns = async () => {
    for (let count = 0; count < 3; count++) await turn()
  }
  const first = [find('a'), find('b'), find('a'), find('nobody')]
  await turns()
  const second = find('a')
  await turns()
  const third = [find('d')]
  await turns()
  third.push(find('a'), find('c'))
  await turns()
  t.strictSame(asked, [['a', 'b', 'nobody'], ['a']], 'no more than two at once')
  gates.shift()?.()
  t.strictSame(await Promise.all(first), ['a!', 'b!', 'a!', undefined])
  await turns()
  t.strictSame(asked.at(-1), ['d', 'a', 'c'], 'nobody gets a row read before they asked')
  for (const open of gates) open()
  t.strictSame(await Promise.all([second, ...third]), ['a!', 'd!', 'a!', 'c!'])
  t.equal(asked.length, 3)
})

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
