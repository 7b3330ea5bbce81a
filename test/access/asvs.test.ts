import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'

const lines = readFileSync(path.join(import.meta.dirname, '../../.docs/asvs.md'), 'utf8')
  .split('\n')
  .filter(line => /^\| \d/.test(line))
  .map(line => {
    const [number = '', level = '', asks = '', state = '', shown = ''] = line
      .split('|')
      .slice(1, -1)
      .map(it => it.trim())
    return { number, level, asks, state, shown }
  })

/** The levels of all requirements of OWASP ASVS 5.0.0, section by section: 1.2.10 is of level 3. */
const sections = `1.1 22 1.2 1111122223 1.3 112222222223 1.4 222 1.5 123 2.1 122 2.2 112 2.3 12223 2.4 23
3.1 3 3.2 113 3.3 12223 3.4 11222233 3.5 11122333 3.6 3 3.7 22333 4.1 12233 4.2 23333 4.3 22 4.4 1222
5.1 2 5.2 112333 5.3 113 5.4 222 6.1 122 6.2 111111112222 6.3 11223333 6.4 112233 6.5 22222333 6.6 2223 6.7 33 6.8 2222
7.1 222 7.2 1111 7.3 22 7.4 11222 7.5 223 7.6 22 8.1 1233 8.2 1123 8.3 133 8.4 23 9.1 111 9.2 1222
10.1 22 10.2 223 10.3 22223 10.4 1111122222233333 10.5 22222 10.6 22 10.7 222
11.1 2233 11.2 22233 11.3 11233 11.4 1222 11.5 23 11.6 23 11.7 33 12.1 12233 12.2 11 12.3 22223
13.1 2333 13.2 222223 13.3 2233 13.4 1222233 14.1 22 14.2 12223333 14.3 122
15.1 12233 15.2 12233 15.3 1222222 15.4 3333 16.1 2 16.2 22222 16.3 2222 16.4 222 16.5 2223 17.1 23 17.2 22223333 17.3 22`
const pairs = sections.split(/\s+/)
const all = pairs.flatMap((section, at) =>
  at % 2 === 0 ? [...(pairs[at + 1] ?? '')].map((level, n) => ({ number: `${section}.${n + 1}`, level })) : [],
)

/** Which requirements a line speaks of: `5.4.1, 5.4.2`, or a range in the order of the standard. */
const spokenOf = (number: string) =>
  number.split(', ').flatMap(part => {
    const [first, last = first] = part.split('–').map(one => all.findIndex(it => it.number === one))
    if (first === undefined || first < 0 || last === undefined || last < first)
      throw new Error(`${part} is no line of ASVS`)
    return all.slice(first, last + 1)
  })

t.test('each requirement of levels 1 and 2 has one line, under its own level', t => {
  t.equal(all.length, 345)
  const told = lines.flatMap(({ number, level }) => {
    const spoken = spokenOf(number)
    const levels = [...new Set(spoken.map(it => it.level))]
    if (levels.filter(it => it < '3').some(it => !level.includes(it)) || (levels.length === 1 && levels[0] !== level))
      t.fail(`${number} is of level ${levels.join(', ')}`)
    return spoken
  })
  const counts = all.map(({ number }) => told.filter(it => it.number === number).length)
  t.same(
    all.filter(({ level }, at) => (level < '3' ? counts[at] !== 1 : (counts[at] ?? 0) > 1)).map(it => it.number),
    [],
  )
  t.end()
})

t.test('each line of ASVS has a state, and the tests that show it are there', t => {
  t.ok(lines.length > 130, `${lines.length} lines`)
  for (const { number, level, asks, state, shown } of lines) {
    if (!['pass', 'n/a', 'gap'].includes(state) || asks === '' || !/^[123](, [123])?$/.test(level))
      t.fail(`${number}: ${state}`)
    // a test, or a file or decision that says it
    if (state === 'pass' && !/[\w-]+\.test\.ts|`[^`]+`|above|decision \d/.test(shown))
      t.fail(`${number} is shown by nothing`)
    for (const [, file = ''] of shown.matchAll(/`([\w./-]+\.(?:md|json|conf|example))`/g))
      if (!existsSync(path.join(import.meta.dirname, '../..', file)))
        t.fail(`${number} names ${file}, which is not there`)
    if (shown === '') t.fail(`${number} says neither what shows it nor why`)
    for (const [file] of shown.matchAll(/[\w/-]+\.test\.ts/g))
      if (!existsSync(path.join(import.meta.dirname, '..', file))) t.fail(`${number} names ${file}, which is not there`)
  }
  t.end()
})

t.test('no gap is left in level 1', t => {
  t.same(
    lines.filter(({ level, state }) => level.startsWith('1') && state === 'gap').map(({ number }) => number),
    [],
  )
  t.end()
})
