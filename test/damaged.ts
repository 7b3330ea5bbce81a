import fc from 'fast-check'

/** Pieces that readers of tables, calendars, letters and archives stumble over. */
const pieces = [
  ...[
    '\r',
    '\n',
    '\r\n\r\n',
    '\0',
    '"',
    "'",
    ';',
    ',',
    ':',
    '=',
    '<',
    '>',
    '&#0;',
    ']]>',
    '\ufeff',
    '\u2028',
    '-1',
    '1e308',
  ],
  ...[
    'BEGIN:VEVENT\r\n',
    'END:VCALENDAR\r\n',
    'RRULE:FREQ=SECONDLY\r\n',
    'DTSTART:00000000T999999Z\r\n',
    'TZID=../../x:',
  ],
  ...[
    '--b\r\n',
    'Content-Type: multipart/mixed; boundary=b\r\n',
    'Content-Transfer-Encoding: base64\r\n',
    '=?utf-8?B?',
    'PK\x03\x04',
  ],
  ...['__proto__', 'қ'.repeat(300), '\xff\xfe', '{'.repeat(200), '('.repeat(200)],
].map(text => Buffer.from(text))

type Damage = (whole: Buffer) => Buffer
const at = (whole: Buffer, share: number) => Math.min(whole.length, Math.floor(share * (whole.length + 1)))
const share = fc.double({ min: 0, max: 1, noNaN: true })
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(share, fc.integer({ min: 1, max: 255 })).map(
    ([where, bits]): Damage =>
      whole => {
        const flipped = Buffer.from(whole)
        const place = at(whole, where)
        if (place < flipped.length) flipped[place] = (flipped[place] ?? 0) ^ bits
        return flipped
      },
  ),
  share.map(
    (where): Damage =>
      whole =>
        whole.subarray(0, at(whole, where)),
  ),
  fc.tuple(share, share).map(
    ([one, other]): Damage =>
      whole => {
        const [from, to] = [at(whole, Math.min(one, other)), at(whole, Math.max(one, other))]
        return Buffer.concat([whole.subarray(0, from), whole.subarray(to)])
      },
  ),
  fc.tuple(share, share).map(
    ([one, other]): Damage =>
      whole => {
        const [from, to] = [at(whole, Math.min(one, other)), at(whole, Math.max(one, other))]
        return Buffer.concat([
          whole.subarray(0, to),
          whole.subarray(from, Math.min(to, from + 5000)),
          whole.subarray(to),
        ])
      },
  ),
  fc.tuple(share, fc.oneof(fc.constantFrom(...pieces), fc.uint8Array({ maxLength: 30 }))).map(
    ([where, piece]): Damage =>
      whole =>
        Buffer.concat([whole.subarray(0, at(whole, where)), piece, whole.subarray(at(whole, where))]),
  ),
)

/** A file as no program wrote it: one that was whole, flipped, cut, doubled and patched, or bytes that were never one. */
export const damaged = (...wholes: Uint8Array[]): fc.Arbitrary<Buffer> =>
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc
        .tuple(fc.constantFrom(...wholes), fc.array(damage, { minLength: 1, maxLength: 4 }))
        .map(([whole, damages]) => damages.reduce<Buffer>((bytes, each) => each(bytes), Buffer.from(whole))),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 500 }).map(bytes => Buffer.from(bytes)) },
  )
