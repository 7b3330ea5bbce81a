import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { alone, filesOf } from './together.ts'

const root = path.join(import.meta.dirname, '..')

t.test('each test file is run, and once', async t => {
  const [, list = ''] = /^include:\n((?: {2}- .*\n)+)/m.exec(readFileSync(path.join(root, '.taprc'), 'utf8')) ?? []
  const included = list.split('\n').flatMap(line => (line === '' ? [] : globSync(line.slice(4), { cwd: root })))
  const run = included.flatMap(file => {
    if (path.basename(file) !== 'all.ts') return [file]
    const folder = path.dirname(file)
    return filesOf(path.join(root, folder)).map(inner => path.join(folder, inner))
  })
  t.same(run.sort(), globSync('test/**/*.test.ts', { cwd: root }).sort())
  t.ok(run.length > 200)
})

t.test('what runs alone is a folder', async t => {
  t.same(
    alone.filter(name => globSync(`${name}/*.test.ts`, { cwd: import.meta.dirname }).length === 0),
    [],
  )
})
