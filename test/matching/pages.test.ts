import t from 'tap'
import { type OfferCard, sharedWarnings } from '../../src/matching/pages.ts'

const card = (id: string, ...warnings: string[]) => ({ id, warnings }) as OfferCard

t.test('a warning that every offer repeats is said once above them', async t => {
  const { warnings, offers } = sharedWarnings([card('a', 'law', 'week'), card('b', 'law'), card('c', 'law', 'pair')])
  t.same(warnings, ['law'])
  t.same(
    offers.map(it => it.warnings),
    [['week'], [], ['pair']],
  )
})

t.test('an offer that stands alone keeps its warnings', async t => {
  t.same(sharedWarnings([card('a', 'law')]), { warnings: [], offers: [card('a', 'law')] })
})
