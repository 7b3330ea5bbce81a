import t from 'tap'
import { type OfferCard, sayOf, sharedWarnings } from '../../src/matching/pages.ts'

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

t.test('a weekday within a sentence is small in Kazakh and Russian, and a name in English', async t => {
  const none = { speakers: new Map(), professions: new Map(), audiences: new Map(), districts: new Map() }
  t.same(
    (['kk', 'ru', 'en'] as const).map(language => sayOf(language, none).weekday(3)),
    ['сәрсенбі', 'среда', 'Wednesday'],
  )
})
