import { spawnSync } from 'node:child_process'
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'

const written = path.join(import.meta.dirname, '../src/stripped.mjs')

t.test('types are taken off once for each text of a file, and without a place to keep it every time', async t => {
  const folder = t.testdir({ 'not-a-folder': '', src: { 'other.ts': 'const beside: number = 1' } })
  const file = path.join(folder, 'said.ts')
  const loader = path.join(folder, 'src/stripped.mjs')
  copyFileSync(written, loader)
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
  const names = readdirSync(kept)
  t.equal(names.length, 2, 'all of src with the first file that was missing, and this file')
  for (const name of names) writeFileSync(path.join(kept, name), `console.log('kept')\n`)
  t.same(run(kept), { stdout: 'kept\n', stderr: '' }, 'what is kept is read')
  say('сәлем')
  t.same(run(kept), { stdout: 'сәлем\n', stderr: '' }, 'but not of another text')
  t.same(run(path.join(folder, 'not-a-folder')), { stdout: 'сәлем\n', stderr: '' })
})
