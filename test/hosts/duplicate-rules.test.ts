import t from 'tap'
import { foldedNames, found, foundAmong, maybeSame } from '../../src/hosts/duplicate-rules.ts'
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

t.test('a number that no place has finds the numbers that it begins, and none that it ends', async t => {
  const all = ['№ 25 мектеп', '№ 250 мектеп', '№ 125 мектеп', '№ 901 гимназия'].map(name => school(name))
  const hits = (search: string, typing = false) => foundAmong(all, search, typing).map(({ folded }) => folded)
  t.strictSame(hits('90'), ['901 гимназия'])
  t.strictSame(hits('90 гим'), ['901 гимназия'])
  t.strictSame(hits('90 гим', true), ['901 гимназия'], 'also where a word follows while it is typed')
  t.strictSame(hits('25'), ['25 мектеп'], 'a whole number is meant as it is')
  t.strictSame(hits('мек 25', true), ['25 мектеп', '250 мектеп'], 'the last number may go on')
  t.strictSame(hits('01'), [])
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
