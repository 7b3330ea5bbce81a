import { spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'

const loader = path.join(import.meta.dirname, '../src/stripped.mjs')

t.test('types are taken off once for each text of a file, and without a place to keep it every time', async t => {
  const folder = t.testdir({ 'not-a-folder': '' })
  const file = path.join(folder, 'said.ts')
  const kept = path.join(folder, 'kept')
  const say = (word: string) => writeFileSync(file, `const said: string = '${word}'\nconsole.log(said)\n`)
  const run = (cache: string) => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--import', loader, file], {
      env: { STRIPPED_CACHE: cache },
      encoding: 'utf8',
    })
    return { stdout, stderr }
  }
  say('салем')
  for (const _ of [1, 2]) t.same(run(kept), { stdout: 'салем\n', stderr: '' })
  const [first = '', ...others] = readdirSync(kept)
  t.same(others, [])
  writeFileSync(path.join(kept, first), `console.log('kept')\n`)
  t.same(run(kept), { stdout: 'kept\n', stderr: '' }, 'what is kept is read')
  say('сәлем')
  t.same(run(kept), { stdout: 'сәлем\n', stderr: '' }, 'but not of another text')
  t.same(run(path.join(folder, 'not-a-folder')), { stdout: 'сәлем\n', stderr: '' })
})
