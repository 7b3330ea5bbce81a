import t from 'tap'
import { hoursSaid } from '../../src/hosts/pages.ts'

t.test('days in a row with the same hours are said once', async t => {
  const office = ['09:00–18:00', '09:00–18:00', '09:00–18:00', '09:00–18:00', '09:00–18:00', '09:00–13:00', '']
  t.equal(hoursSaid('ru', office), 'Понедельник – Пятница 09:00–18:00, Суббота 09:00–13:00')
})

t.test('a day that is closed parts the days before it from those after it', async t => {
  t.equal(
    hoursSaid('en', ['10:00–12:00', '', '10:00–12:00', '', '', '', '']),
    'Monday 10:00–12:00, Wednesday 10:00–12:00',
  )
  t.equal(hoursSaid('kk', ['', '', '', '', '', '', '']), '')
})
