import t from 'tap'
import { cleanLine, cleanText, emailOf, isUuid, phoneOf, phoneSaid } from '../../src/base/text.ts'

t.test('a line loses control characters, broken halves and spare spaces, and nothing else', async t => {
  t.equal(cleanLine('  Айгүл\tСерікқызы \r\n 7«А»  '), 'Айгүл Серікқызы 7«А»')
  t.equal(cleanLine('a\u0000b\u202ec\u2028d\ufeffe\u0085f'), 'abc def')
  t.equal(cleanLine('\ud800x'), '\ufffdx')
  t.equal(cleanLine('й'.normalize('NFD')), 'й')
})

t.test('several lines keep their line ends, in one form', async t => {
  t.equal(cleanText(' first\r\nsecond\rthird\u0007\n\n'), 'first\nsecond\nthird')
})

t.test('an address is one plain mailbox or none', async t => {
  t.equal(emailOf(' Deputy.Head+7@School-12.edu.KZ '), 'deputy.head+7@school-12.edu.kz')
  const none = [
    '',
    'a',
    '@b.kz',
    'a@b',
    'a@b..kz',
    'a..b@c.kz',
    '"a b"@c.kz',
    'a@b.kz, c@d.kz',
    'a@b.kz\nBcc: c@d.kz',
    'a@-b.kz',
    '.a@b.kz',
    'a@[127.0.0.1]',
    `${'a'.repeat(65)}@b.kz`,
    `a@${'b'.repeat(250)}.kz`,
  ]
  for (const text of none) t.equal(emailOf(text), undefined, JSON.stringify(text))
})

t.test('a phone of Kazakhstan is kept in one form, however it is typed', async t => {
  for (const text of ['8 701 123 45 67', '+7 (701) 123-45-67', '77011234567', '8(701)123.45.67'])
    t.equal(phoneOf(text), '+77011234567', text)
  for (const text of ['', '111', '+996 555 123456', '8 701 123 45 6', 'мектеп']) t.equal(phoneOf(text), undefined, text)
  t.equal(phoneSaid('+77011234567'), '+7\u00a0701\u00a0123\u00a045\u00a067')
  t.equal(phoneSaid('111'), '111')
})

t.test('an id of a row is told from anything else', async t => {
  t.equal(isUuid('0196f8a4-7c6e-4c1b-9d39-0b1f1d0f6a11'), true)
  for (const text of ['', '418', '0196f8a4', "' or 1=1", '0196f8a4-7c6e-4c1b-9d39-0b1f1d0f6a1g'])
    t.equal(isUuid(text), false, text)
})
