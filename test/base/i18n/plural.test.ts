import t from 'tap'
import { plural } from '../../../src/base/i18n/plural.ts'

t.test('Russian nouns take the form of the number, and 21 is one again', async t => {
  const forms = { one: 'заявка', few: 'заявки', many: 'заявок', other: 'заявки' }
  const said = [0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 111].map(count => plural('ru', count, forms))
  const [one, few, many] = ['заявка', 'заявки', 'заявок']
  t.same(said, [many, one, few, few, many, many, many, many, one, few, many, one, many])
})

t.test('Kazakh nouns stay singular after every number', async t => {
  for (const count of [0, 1, 2, 5, 21, 100]) t.equal(plural('kk', count, { one: 'өтінім', other: 'өтінім' }), 'өтінім')
})

t.test('English has one and other', async t => {
  t.same(
    [0, 1, 2, 21].map(count => plural('en', count, { one: 'request', other: 'requests' })),
    ['requests', 'request', 'requests', 'requests'],
  )
})
