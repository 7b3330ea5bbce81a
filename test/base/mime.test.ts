import { Readable } from 'node:stream'
import fc from 'fast-check'
import Composer from 'nodemailer/lib/mail-composer'
import t from 'tap'
import { bytesOf, compose } from '../../src/base/mime.ts'

const piece = fc.constantFrom(
  'Құрметті',
  ' ',
  '  \n',
  '\r\n',
  '\n',
  '\r',
  '.',
  '\n.',
  '=',
  'a',
  '😀',
  '\t',
  'Абай',
  'x'.repeat(80),
  '—',
  'é',
)
// white space at the very end is broken at another place, and means the same
const text = fc
  .oneof(
    fc.array(piece, { maxLength: 60 }).map(it => it.join('')),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
  )
  .map(it => `${it}.`)

const line = fc.string({ unit: 'grapheme', maxLength: 90 }).map(it => it.replace(/[\p{Cc}\u2028\u2029]/gu, ' '))

const letter = fc.record(
  {
    from: fc.record({ name: line, address: fc.constant('kezdesu@kezdesu.example') }),
    to: fc.record({ name: line, address: fc.emailAddress() }),
    subject: line,
    text,
    html: text,
    attachments: fc.array(
      fc.record({
        filename: fc.constantFrom('1.ics', 'қонақтар.txt'),
        content: text,
        contentType: fc.constant('text/plain; charset=utf-8'),
      }),
      { maxLength: 3 },
    ),
    icalEvent: fc.record({
      method: fc.constantFrom('REQUEST', 'CANCEL'),
      filename: fc.constant('invite.ics'),
      content: text.map(it => `BEGIN:VCALENDAR${it}`),
    }),
  },
  { requiredKeys: ['from', 'to', 'subject', 'text'] },
)

t.test('a letter has the very bytes that the library would stream, whatever stands in it', async t => {
  await fc.assert(
    fc.asyncProperty(letter, async parts => {
      const options = {
        ...parts,
        messageId: '<a@b.example>',
        date: new Date(0),
        baseBoundary: 'b',
        disableFileAccess: true,
      }
      const streamed = await new Composer({ ...options, newline: 'windows' }).compile().build()
      t.equal(bytesOf(compose(options)).toString('latin1'), streamed.toString('latin1'))
    }),
    { numRuns: 400 },
  )
})

t.test('a part that is not in memory is a fault, not an empty part', t => {
  t.throws(() => bytesOf(compose({ text: Readable.from(['x']) })), { message: /not in memory/ })
  t.end()
})
