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

t.test('each line of ASVS has a state, and the tests that show it are there', t => {
  t.ok(lines.length > 130, `${lines.length} lines`)
  for (const { number, level, asks, state, shown } of lines) {
    if (!['pass', 'n/a', 'gap'].includes(state) || asks === '' || !/^[123](, [123])?$/.test(level))
      t.fail(`${number}: ${state}`)
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
