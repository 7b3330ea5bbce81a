import fc from 'fast-check'
import t from 'tap'
import { masked } from '../../src/feedback/rules.ts'

t.test('a number is seen however it is written', async t => {
  for (const number of [
    '8\u2011701\u2011123\u201145\u201167',
    '8 701—123—45—67',
    '8_701_123_45_67',
    '8/701/123/45/67',
    '8,701,123,45,67',
    '８７０１１２３４５６７',
    '٨٧٠١١٢٣٤٥٦٧',
    '⑧⑦⓪①①②③④⑤⑥⑦',
    '9\u200b0\u200b0\u200b1\u200b0\u200b1300123',
    '+7\u3164(701)\n123 45 67',
  ])
    t.equal(masked(`Апай ${number} нөмірі`), 'Апай *** нөмірі', JSON.stringify(number))
})

t.test('a mail address and a nickname are seen, too', async t => {
  for (const mail of [
    'ivan@mail.kz',
    'ivan (at) mail.kz',
    'ivan[at]mail.kz',
    'ivan @ mail.kz',
    'ivan＠mail.kz',
    'иван (собака) mail.kz',
    'ivan at mail.kz',
    '@nick',
  ])
    t.equal(masked(`жаз, ${mail} деп`), 'жаз, *** деп', mail)
})

t.test('ordinary words stay as they are', async t => {
  for (const text of [
    '9 сынып, 45 минут',
    '2026 жылы',
    'дүйсенбі 9:00, 30 адам, №12',
    'Бәрі ұнады! Әріптес, рақмет — ёлка, йод.',
    'Было 120 человек, 3 класса; «спасибо»',
    'we met at school. Thanks!',
  ])
    t.equal(masked(text), text)
})

t.test('no seven digits with anything but letters between them are left', async t => {
  const digit = fc.constantFrom(...'0123456789٣٨५９⑦𝟟')
  const between = fc.constantFrom(
    '',
    '',
    ' ',
    '-',
    '\u2011',
    '—',
    '_',
    '/',
    ',',
    '.',
    ':',
    '*',
    '\u200b',
    '\u00ad',
    '|',
    '\ufe0f',
    '😀',
  )
  const number = fc.array(fc.tuple(digit, between), { minLength: 7, maxLength: 14 }).map(parts => parts.flat().join(''))
  const word = fc.constantFrom('Апай', ' ', 'мектеп №5 ', '@', 'a@b.kz ', '9 сынып, ')
  const judged = fc.check(
    fc.property(fc.array(fc.oneof(number, word), { maxLength: 6 }), parts => {
      // what was taken out between two numbers was a word
      const said = masked(parts.join('')).replaceAll('***', 'x')
      return !/\p{Nd}(?:[^\p{L}\p{Nd}]*\p{Nd}){6}/u.test(said)
    }),
    { numRuns: 300 },
  )
  t.notOk(judged.failed, JSON.stringify(judged.counterexample))
})
