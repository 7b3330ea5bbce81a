import t from 'tap'
import { backwards, glued, order } from '../../src/tools/check-order.ts'

t.test('a feature may import from its left and not from its right', async t => {
  t.same(
    backwards(
      'src/talks/actions.ts',
      "import { findRequest } from '../requests/store.ts'\nimport { tell } from '../messages/store.ts'",
    ),
    [],
  )
  t.same(backwards('src/topics/store.ts', "import type { Talk } from '../talks/store.ts'"), [
    'src/topics/store.ts: topics stands left of talks and may not import talks/store.ts',
  ])
})

t.test('rules may speak of any rules', async t => {
  t.same(backwards('src/speakers/rules.ts', "import { travelMinutes } from '../matching/travel-rules.ts'"), [])
})

t.test('base and tools stand outside the order, and each feature has one place in it', async t => {
  t.same(backwards('src/base/auth.ts', "import { x } from '../talks/store.ts'"), [])
  t.equal(new Set(order).size, order.length)
})

t.test('an ending glued to a value is found, a word beside a value is not', async t => {
  const lines = [
    '`${grade}-сынып`',
    '`Уақыты: ${time}`',
    '`${date}дейін`',
    '`${count}-ға дейін`',
    '`${n}-го`',
    '`${n}-ші`',
    '`${a} мен ${b}`',
  ]
  const found = lines.filter(line => glued('src/x/words.ts', line).length > 0)
  t.same(found, ['`${date}дейін`', '`${count}-ға дейін`', '`${n}-го`', '`${n}-ші`'])
})
