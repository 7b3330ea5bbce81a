import t from 'tap'
import { byName, fold } from '../../../src/base/i18n/fold.ts'

t.test('a name typed on a Russian keyboard is found', async t => {
  t.equal(fold('Қайрат'), fold('Кайрат'))
  t.equal(fold('Айгүль'), fold('айгул'))
  t.equal(fold('Өмірбек Әлия Һ.'), fold('омирбек алия х'))
  t.equal(fold('Ғұмар Ңүрі'), fold('гумар нури'))
})

t.test('what people type between words makes no difference', async t => {
  t.equal(fold('  №12   мектеп-гимназия, «Шұғыла» '), '12 мектеп гимназия шугыла')
  t.equal(fold('Ё-моё'), fold('Е мое'))
  t.equal(fold('!?'), '')
})

t.test('a letter made of two signs is folded like the letter made of one', async t => {
  t.equal(fold('Й'.normalize('NFD')), fold('Й'))
})

t.test('lists stand in Kazakh order', async t => {
  const letters = ['Я', 'Ү', 'І', 'Ұ', 'Һ', 'Ө', 'Ң', 'Қ', 'Ы', 'Ғ', 'Ә', 'А', 'У', 'О', 'Н', 'К', 'Г']
  t.same(letters.sort(byName), ['А', 'Ә', 'Г', 'Ғ', 'К', 'Қ', 'Н', 'Ң', 'О', 'Ө', 'У', 'Ұ', 'Ү', 'Һ', 'Ы', 'І', 'Я'])
  t.same(['10-мектеп', '9-мектеп'].sort(byName), ['9-мектеп', '10-мектеп'])
})
