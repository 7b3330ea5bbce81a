import t from 'tap'
import { foldedNames, found, maybeSame } from '../../src/hosts/duplicate-rules.ts'
import { typicalTimetable } from '../../src/hosts/typical-rules.ts'

const school = (name: string, district = '1') => ({
  kind: 'school' as const,
  district,
  folded: foldedNames({ kk: name, ru: name, en: name }),
})

t.test('two entries may be one place by name, or by number, kind and district', async t => {
  t.ok(maybeSame(school('№ 25 мектеп'), school('Мектеп-гимназия № 25')))
  t.ok(
    maybeSame(school('Қайрат мектебі'), school('Кайрат мектеби', '2')),
    'a name that folds to the same is the same anywhere',
  )
  t.notOk(maybeSame(school('№ 25 мектеп'), school('№ 25 гимназия', '2')))
  t.notOk(maybeSame(school('№ 25 мектеп'), school('№ 125 мектеп')))
  t.notOk(maybeSame(school('№ 25 мектеп'), { ...school('№ 25 колледж'), kind: 'college' }))
  t.notOk(maybeSame(school(''), school('№ 25 мектеп')))
})

t.test('a search finds folded letters and whole numbers', async t => {
  t.ok(found(foldedNames({ kk: 'Қайрат мектебі', ru: 'Школа Кайрат', en: 'Kairat' }), 'кайрат'))
  t.ok(found('25 мектеп', 'мек 25'))
  t.notOk(found('125 мектеп', '25'))
  t.notOk(found('25 мектеп', ' № '))
})

t.test('every kind of host has a usual timetable', async t => {
  t.strictSame(
    typicalTimetable('school').shifts.map(({ name, lessons }) => [name, lessons.length]),
    [
      ['I', 6],
      ['II', 6],
    ],
  )
  t.strictSame(typicalTimetable('school').hours, [])
  for (const kind of ['workplace', 'market', 'community-centre', 'house-of-friendship', 'custody'] as const) {
    t.strictSame(typicalTimetable(kind).shifts, [])
    t.ok(typicalTimetable(kind).hours.every(({ from, to }) => from < to))
    t.ok(typicalTimetable(kind).hours.length >= 5)
  }
})
