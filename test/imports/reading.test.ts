import { strToU8, zipSync } from 'fflate'
import t from 'tap'
import { maybeSame } from '../../src/hosts/duplicate-rules.ts'
import { kinds } from '../../src/imports/kinds.ts'
import { rowsOf } from '../../src/imports/reading-rules.ts'
import type { ImportKind } from '../../src/imports/rules.ts'
import { similarTo } from '../../src/imports/similar.ts'
import { readTable } from '../../src/imports/table-reader.ts'
import { csvTemplate, xlsxTemplate } from '../../src/imports/template.ts'
import { tools } from '../../src/imports/work.ts'
import { sheet } from './sheet.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
/** The old Windows page with the Kazakh letters where KZ-1048 has them. */
function windows(text: string): Uint8Array {
  const kazakh: Record<string, number> = {
    Қ: 0x8d,
    қ: 0x9d,
    ә: 0xbc,
    Ә: 0xa3,
    ө: 0xb4,
    ң: 0xbe,
    ғ: 0xba,
    ү: 0xbf,
    ұ: 0xa2,
    і: 0xb3,
  }
  return Uint8Array.from(text, letter => {
    const code = letter.codePointAt(0) ?? 0
    if (code < 128) return code
    if (kazakh[letter] !== undefined) return kazakh[letter]
    return code === 0x451 ? 0xb8 : code - 0x410 + 0xc0
  })
}
const read = (bytes: Uint8Array, kind: ImportKind = 'speakers') => {
  const table = readTable(bytes)
  return 'refused' in table ? table : rowsOf(table, kinds[kind])
}
const rows = (bytes: Uint8Array, kind: ImportKind = 'speakers') => {
  const found = read(bytes, kind)
  if ('refused' in found) throw new Error(found.refused.code)
  return found.rows
}
const refusal = (bytes: Uint8Array) => {
  const found = read(bytes)
  return 'refused' in found ? found.refused : undefined
}

t.test('the same people come out of every encoding and separator', t => {
  const text = 'ФИО;E-mail;Телефон\r\nӘліқызы Әсел;asel@mektep.kz;8 701 111 22 33\r\n'
  const same = [
    { line: 2, cells: { name: 'Әліқызы Әсел', email: 'asel@mektep.kz', phone: '8 701 111 22 33' }, remarks: [] },
  ]
  t.strictSame(rows(utf8(text)), same)
  t.strictSame(rows(utf8(`\ufeff${text}`)), same)
  t.strictSame(rows(utf8(text.replaceAll(';', ','))), same)
  t.strictSame(rows(utf8(text.replaceAll(';', '\t'))), same)
  t.strictSame(rows(windows(text)), same)
  const wide = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
  t.strictSame(rows(wide), same)
  t.strictSame(rows(utf8(`sep=;\r\n${text}`)), [{ ...same[0], line: 3 }])
  const encodings = [utf8(text), windows(text), wide].map(bytes => {
    const found = read(bytes)
    return 'refused' in found ? undefined : [found.reading.encoding, found.reading.separator]
  })
  t.strictSame(encodings, [
    ['utf-8', ';'],
    ['windows-1251', ';'],
    ['utf-16', ';'],
  ])
  const lost = read(utf8('ФИО;E-mail\nН?рланова;a@b.kz\n'))
  t.equal('reading' in lost && lost.reading.lettersLost, true)
  t.end()
})

t.test('quotes hold separators and line ends, empty rows count, a title above the table is no row', t => {
  t.strictSame(
    rows(
      utf8(
        'Лекторы, 2026\n\nE-mail,"Темы","Полное имя"\na@b.kz,"Отбасы; Заң\nБейбітшілік","Ким ""Лу"" А."\n\n,,\nc@d.kz,=1+1,@cmd\n',
      ),
    ),
    [
      { line: 4, cells: { email: 'a@b.kz', topics: 'Отбасы; Заң\nБейбітшілік', name: 'Ким "Лу" А.' }, remarks: [] },
      { line: 7, cells: { email: 'c@d.kz', topics: '=1+1', name: '@cmd' }, remarks: [] },
    ],
  )
  t.strictSame(refusal(utf8('E-mail;Имя\na@b.kz;"Ким\nc@d.kz;Ли\n'))?.code, 'open-quote')
  t.end()
})

t.test('a workbook gives saved values, dates, whole phones, and says what is merged', t => {
  const bytes = sheet(
    [
      ['Тізім', null, null, null, null],
      ['Толық аты-жөні', 'Email', 'Телефон', 'Дата согласия', 'Район', 'Күніне', 'Белгісіз'],
      ['Ким А.', 'kim@mektep.kz', 77011234567, { date: 46_350 }, 'Алмалинский', { formula: '1+1', value: 2 }],
      [
        'Ли_x000D_ Б.',
        { formula: 'A1&"@"', value: 'li@mektep.kz' },
        7.7011234567e10,
        { date: 46_351.5 },
        null,
        { formula: 'NOW()' },
      ],
      ['=HYPERLINK("x")', { error: '#N/A' }, 0.1 + 0.2, '25.11.2026', null, null],
    ],
    { merges: ['A1:E1', 'E3:E4'], more: 2 },
  )
  const found = read(bytes)
  t.strictSame('reading' in found && found.reading, {
    encoding: 'xlsx',
    separator: '',
    sheet: 'Парақ1',
    sheets: 2,
    lettersLost: false,
    unknown: ['Белгісіз'],
    missing: ['professions', 'languages'],
  })
  t.strictSame('rows' in found && found.rows, [
    {
      line: 3,
      cells: {
        name: 'Ким А.',
        email: 'kim@mektep.kz',
        phone: '77011234567',
        consentOn: '2026-11-24',
        district: 'Алмалинский',
        day: '2',
      },
      remarks: [
        { code: 'formula', column: 'Күніне' },
        { code: 'merged', column: 'Район' },
      ],
    },
    {
      line: 4,
      cells: { name: 'Ли\r Б.', email: 'li@mektep.kz', phone: '77011234567', consentOn: '2026-11-25 12:00' },
      remarks: [
        { code: 'formula', column: 'Email' },
        { code: 'formula-empty', column: 'Күніне' },
        { code: 'merged', column: 'Район' },
      ],
    },
    {
      line: 5,
      cells: { name: '=HYPERLINK("x")', phone: '0.3', consentOn: '25.11.2026' },
      remarks: [{ code: 'cell-error', column: 'Email' }],
    },
  ])
  const dates = rows(
    sheet([
      ['Тема', 'Школа', 'Дата', 'Время с', 'Время по'],
      ['t', 'h', { date: 46_351 }, { date: 0.375 }, { date: 46_351.75 }],
    ]),
    'requests',
  )
  t.strictSame(dates[0]?.cells, {
    topic: 't',
    host: 'h',
    'w0-date': '2026-11-25',
    'w0-from': '09:00',
    'w0-to': '2026-11-25 18:00',
  })
  t.end()
})

t.test('what is no table, too much of one or damaged is refused in time', async t => {
  t.strictSame(
    [
      refusal(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1)),
      refusal(Uint8Array.of(0x89, 0x50, 0, 0, 1)),
      refusal(zipSync({ 'content.xml': strToU8('<a/>') })),
      refusal(Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2)),
      refusal(utf8('a;b\n1;2\n')),
      refusal(utf8('ФИО;E-mail\n')),
      refusal(utf8('')),
      refusal(utf8('Язык;Район\nkk;x\n')),
      refusal(utf8(`ФИО;E-mail\n${'Ким;a@b.kz\n'.repeat(10_001)}`)),
      refusal(utf8(`ФИО;E-mail${';x'.repeat(300)}\na;b\n`)),
    ].map(each => each?.code),
    [
      'old-excel',
      'not-a-table',
      'not-a-table',
      'broken',
      'no-headings',
      'empty',
      'empty',
      'no-columns',
      'too-many-rows',
      'too-wide',
    ],
  )
  t.equal(rows(utf8(`ФИО;E-mail\n${'Ким;a@b.kz\n'.repeat(10_000)}`)).length, 10_000)
  // a part that unpacks into 400 MB, and one with entities that would grow
  const bomb = zipSync({
    'xl/workbook.xml': strToU8('<workbook><sheets><sheet name="a" id="r"/></sheets></workbook>'),
    'xl/_rels/workbook.xml.rels': strToU8('<R><Relationship Id="r" Target="s.xml"/></R>'),
    'xl/s.xml': new Uint8Array(80_000_000),
  })
  t.ok(bomb.length < 200_000)
  t.strictSame(await tools.read('speakers', bomb), { refused: { code: 'too-large' } })
})

t.test('each template is read back by its own headings, in every language', async t => {
  for (const kind of ['speakers', 'hosts', 'requests'] as const)
    for (const language of ['kk', 'ru', 'en'] as const) {
      const fields = kinds[kind].template
      const line = fields.map(field => field.slice(0, 3))
      const csv = csvTemplate(kind, language)
      t.equal(csv.startsWith('\ufeff'), true)
      const found = rows(utf8(`${csv}${line.join(';')}\r\n`), kind)
      t.strictSame(Object.keys(found[0]?.cells ?? {}), fields, `${kind} ${language}`)
      const table = readTable(new Uint8Array(await xlsxTemplate(kind, language)))
      t.strictSame('lines' in table && table.lines.map(({ cells }) => cells.length), [fields.length])
    }
})

t.test('what may be the same is found as if every pair were compared', t => {
  const all = ['901 мектеп школа 901', '902 мектеп', 'абай гимназия', 'абай', 'лицей 901', '1 901 колледж', ''].map(
    (folded, at) => ({
      kind: at % 2 ? ('school' as const) : ('college' as const),
      district: at < 4 ? 'a' : 'b',
      folded,
    }),
  )
  const { of } = similarTo(all)
  for (const each of all)
    t.strictSame(new Set(of(each)), new Set(all.filter(other => maybeSame(other, each))), each.folded)
  t.end()
})
