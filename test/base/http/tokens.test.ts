import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'

const root = path.join(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const css = read('views/assets/tokens.css')

const block = (start: string): Map<string, string> => {
  const from = css.indexOf(start)
  const inner = css.slice(css.indexOf('{', from) + 1, css.indexOf('}', from))
  return new Map(
    [...inner.matchAll(/(--[\w-]+|color-scheme):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  )
}
const light = block(':root {')
const byDevice = block(':root:not([data-theme="light"])')
const byWish = block(':root[data-theme="dark"]')
const themes = { light, dark: new Map([...light, ...byDevice]) }

t.test('dark is the same whether the device or the person wishes it', async t => {
  t.same([...byDevice], [...byWish])
  t.ok(byDevice.size > 30)
})

// what stands on what, as the pages use it
const pairs: [ink: string, ground: string, least: number][] = [
  ...['paper', 'surface', 'sunken'].flatMap((ground): [string, string, number][] => [
    ['ink', ground, 4.5],
    ['ink-2', ground, 4.5],
    ['brand', ground, 4.5],
    ['ok', ground, 4.5],
    ['bad', ground, 4.5],
    ['line-strong', ground, 3],
  ]),
  ['on-brand', 'brand', 4.5],
  ['on-brand', 'brand-hover', 4.5],
  ['on-rail', 'rail', 4.5],
  ['on-rail-2', 'rail', 4.5],
  ['on-rail', 'rail-2', 4.5],
  ['on-rail-2', 'rail-2', 4.5],
  ['ink', 'sky-1', 4.5],
  ['brand', 'sky-1', 4.5],
  ['gold-ink', 'gold-1', 4.5],
  ['ink', 'gold-1', 4.5],
  ['ok', 'ok-1', 4.5],
  ['bad', 'bad-1', 4.5],
  ['his', 'his-1', 4.5],
  ['psy', 'psy-1', 4.5],
  ['law', 'law-1', 4.5],
  ['men', 'men-1', 4.5],
  ['focus', 'focus-bg', 3],
]

for (const [name, theme] of Object.entries(themes))
  t.test(`every pair of colours is readable when it is ${name}`, async t => {
    for (const [ink, ground, least] of pairs) {
      const ratio = contrast(theme.get(`--${ink}`) ?? '', theme.get(`--${ground}`) ?? '')
      t.ok(ratio >= least, `${ink} on ${ground}: ${ratio.toFixed(2)} of ${least}`)
    }
  })

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: string, b: string): number {
  const [dark = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (bright + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [, short] = /^#([\da-f]{3})$/.exec(colour) ?? []
  const hex = short ? [...short].map(digit => digit + digit).join('') : colour.slice(1)
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map(at => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const ranges = [...css.matchAll(/unicode-range:\s*([^;]+);/g)].map(([, list = '']) =>
  list.split(',').map(part => {
    const [from = '', to = from] = part.trim().replace('U+', '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
  }),
)
const fontsOf = (letter: string) =>
  ranges.filter(list =>
    list.some(([from, to]) => from <= (letter.codePointAt(0) ?? 0) && (letter.codePointAt(0) ?? 0) <= to),
  ).length

t.test('each letter of the three languages is in exactly one of the font files', async t => {
  const letters = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі'
  for (const letter of letters + letters.toUpperCase()) t.equal(fontsOf(letter), 1, letter)
  for (const letter of 'azAZ09 .,;:!?()«»–—“”‘’…№·×') t.equal(fontsOf(letter), 1, letter)
})

t.test('no page holds a character that the fonts lack', async t => {
  const files = globSync(
    [
      'src/*/{words,*-words}.ts',
      'views/**/*.eta',
      'src/tools/seed/data/{people,hosts,topics,support,professions,audiences,districts}.json',
    ],
    { cwd: root },
  )
  for (const file of files.filter(file => !/mail-words|letter/.test(file))) {
    // escapes of the source count as what they mean; line ends are none of a font's business
    const text = read(file).replace(/\\u([\da-f]{4})/gi, (_, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    )
    t.same(
      [...new Set(text)].filter(letter => letter !== '\n' && fontsOf(letter) === 0),
      [],
      file,
    )
  }
})
