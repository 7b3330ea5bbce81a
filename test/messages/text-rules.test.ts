import fc from 'fast-check'
import t from 'tap'
import { htmlOf, type Letter, textOf } from '../../src/base/letter.ts'
import { messageKinds } from '../../src/messages/rules.ts'
import {
  faultsOf,
  keyOf,
  partsOf,
  placeholders,
  readTexts,
  type TextField,
  textFields,
  textKeys,
} from '../../src/messages/text-rules.ts'
import { inOwnWords, type Known, type OwnText } from '../../src/messages/wording-rules.ts'

const half = (language: 'kk' | 'ru') => ({
  language,
  greeting: 'Hello',
  lines: [`standard ${language}`],
  stays: [`stays ${language}`],
  facts: [],
  buttons: [],
  notes: [],
  closing: 'Bye',
})
const letter: Letter = {
  subject: 'Standard subject',
  preheader: 'Standard preheader',
  house: { name: 'House', city: 'Almaty' },
  halves: [half('kk'), half('ru')],
}
const key = 'reminder-day.contact' as const
const known = (topic = 'Peace'): Known => ({
  key,
  values: it => ({
    topic,
    address: `address ${it}`,
    date: '25 November',
    time: '10:00',
    host: 'School',
    place: 'Place',
    team: 'Team',
    number: '№ 418',
    house: 'House',
  }),
})
const own = (language: 'kk' | 'ru' | 'en', subject: string | null, body: string | null): OwnText => ({
  language,
  subject,
  body,
})
const none = Object.fromEntries(textFields.map(field => [field, ''])) as Record<TextField, string>

t.test('a House says what it likes in each letter', async t => {
  t.strictSame(
    messageKinds.filter(kind => !keyOf(kind, undefined)),
    [],
  )
  for (const it of textKeys) {
    const { kind, reader } = partsOf(it)
    t.equal(keyOf(kind, reader), it)
    t.ok(messageKinds.includes(kind), it)
    t.equal(new Set(placeholders[it]).size, placeholders[it].length, it)
  }
  for (const [kind, reader] of [
    ['invitation', 'contact'],
    ['invitation', ''],
    ['invitation.speaker', undefined],
    ['', undefined],
    ['__proto__', undefined],
    ['talk', undefined],
  ] as const)
    t.equal(keyOf(kind, reader), undefined, `${kind} ${reader}`)
})

t.test('a text that the letter cannot fill is refused', async t => {
  const cases: [string, string[]][] = [
    ['', []],
    ['Plain, <b>odd</b> & "quoted"', []],
    ['{topic} and {topic}', []],
    ['{reason}', ['unknown reason']],
    ['{Topic} {x} {x}', ['unknown Topic', 'unknown x']],
    ['{topic', ['brace']],
    ['topic}', ['brace']],
    ['{}', ['brace']],
    ['{ topic }', ['brace']],
    ['{{topic}}', ['brace']],
    ['{topic\n}', ['brace']],
    ['${topic}', []],
    ['{constructor}', ['unknown constructor']],
    ['a'.repeat(201), ['long 200']],
    ['a'.repeat(200), []],
  ]
  for (const [text, wanted] of cases)
    t.strictSame(
      faultsOf(key, 'subject', text).map(it =>
        [it.code, 'name' in it ? it.name : 'most' in it ? it.most : ''].join(' ').trim(),
      ),
      wanted,
      text.slice(0, 30),
    )
  t.strictSame(faultsOf(key, 'body', 'a'.repeat(2000)), [])
  t.strictSame(faultsOf(key, 'body', 'a'.repeat(2001)), [{ code: 'long', most: 2000 }])
  const { texts, problems } = readTexts(key, { ...none, subject_ru: 'one\r\nBcc: x@y.example', body_kk: '{' }, [
    'body_en',
  ])
  t.equal(texts.subject_ru, 'one Bcc: x@y.example')
  t.strictSame(problems, [
    { field: 'body_en', code: 'repeated' },
    { field: 'body_kk', code: 'brace' },
  ])
})

t.test('each half is said in the words of its own language, what is missing in the standard ones', async t => {
  const said = inOwnWords(letter, 'ru', known(), [
    own('ru', 'RU {topic}', 'Dear {address}\n\n  {date}, {time}  \n'),
    own('en', 'EN', 'EN'),
  ])
  t.equal(said.subject, 'RU Peace')
  t.equal(said.preheader, 'Dear address ru')
  t.strictSame(
    said.halves.map(({ lines, stays }) => [lines, stays]),
    [
      [['standard kk'], ['stays kk']],
      [['Dear address ru', '25 November, 10:00'], ['stays ru']],
    ],
  )
  const kk = inOwnWords(letter, 'ru', known(), [own('kk', 'KK', 'KK')])
  t.equal(kk.subject, 'Standard subject')
  t.equal(kk.preheader, 'Standard preheader')
  t.strictSame(kk.halves[0]?.lines, ['KK'])
  t.strictSame(inOwnWords(letter, 'kk', known(), []), letter)
  t.equal(inOwnWords(letter, 'kk', known(), [own('kk', null, 'x')]).subject, letter.subject)
  t.strictSame(inOwnWords(letter, 'kk', known(), [own('kk', 'x', null)]).halves, letter.halves)
  t.equal(inOwnWords(letter, 'kk', known('{host}'), [own('kk', '{topic}', null)]).subject, '{host}', 'filled once')
  t.strictSame(
    inOwnWords(letter, 'kk', known(''), [own('kk', '{topic}', '{topic}\n{topic}')]),
    letter,
    'nothing is left of it',
  )
  t.strictSame(
    inOwnWords(letter, 'kk', known(), [own('kk', '{gone}', '{gone}')]),
    letter,
    'a text of an older version that this one cannot fill',
  )
  t.ok(inOwnWords(letter, 'kk', known('x'.repeat(500)), [own('kk', '{topic}{topic}', null)]).subject.length <= 300)
})

const pieces = fc.constantFrom(
  ...['{topic}', '{date}', '{nothing}', '{', '}', '\r', '\n', '\r\nBcc: a@b.example\r\n\r\n', '\0', '\u2028', '\x85'],
  ...['<script>alert(1)</script>', '<b', '-->', '"', "'", '&', '&lt;', '<%= it %>', '$&', '\ud800', '‮'],
)
const typedText = fc
  .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 8 })
  .map(parts => parts.join(''))
const marks = (html: string) => (html.match(/</g) ?? []).length

t.test('whatever is typed breaks neither a header nor markup, and no brace is left over', async t => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(
        typedText,
        typedText,
        typedText.map(it => it.replaceAll(/[{}]/g, '')),
        (subject, body, topic) => {
          const { texts, problems } = readTexts(key, { ...none, subject_kk: subject, body_kk: body }, [])
          const said = inOwnWords(letter, 'kk', known(topic), [
            own('kk', texts.subject_kk || null, texts.body_kk || null),
          ])
          // biome-ignore lint/suspicious/noControlCharactersInRegex: the very thing that must not be there
          if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(said.subject) || said.subject === '') return false
          const lines = said.halves[0]?.lines ?? []
          // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
          if (lines.length === 0 || lines.some(line => /[\u0000-\u001f\u2028]/.test(line))) return false
          if (/[{}]/.test(said.subject + lines.join(''))) return false
          if (problems.some(it => it.field === 'subject_kk') && said.subject !== letter.subject) return false
          const plain = { ...said, subject: 'x', preheader: 'x' }
          plain.halves = said.halves.map(it => ({ ...it, lines: it.lines.map(() => 'x') }))
          return marks(htmlOf(said)) === marks(htmlOf(plain)) && textOf(said).includes('stays kk')
        },
      ),
      { numRuns: 500 },
    ),
  )
})
