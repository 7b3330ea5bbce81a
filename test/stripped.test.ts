import { spawnSync } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
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
  const keptAs = (write: (whole: Buffer) => string) => {
    for (const file of names.map(name => path.join(kept, name))) writeFileSync(file, write(readFileSync(file)))
  }
  for (const part of [0, 20]) {
    keptAs(whole => whole.toString().slice(0, part))
    t.same(run(kept), { stdout: 'салем\n', stderr: '' }, 'nothing is read that a crash has cut')
  }
  keptAs(({ length }) => `console.log('kept')`.padEnd(length))
  t.same(run(kept), { stdout: 'kept\n', stderr: '' }, 'what is kept is read')
  say('сәлем')
  t.same(run(kept), { stdout: 'сәлем\n', stderr: '' }, 'but not of another text')
  t.same(run(path.join(folder, 'not-a-folder')), { stdout: 'сәлем\n', stderr: '' })
})

t.test('a thread that sees nothing of the environment reads what is kept, too', async t => {
  const folder = t.testdir({
    src: { base: {} },
    'main.ts': `import { askThread } from './src/base/thread.ts'
      const limits: object = { megabytes: 64, youngMegabytes: 16, milliseconds: 20_000 }
      console.log(await askThread(new URL('./apart.ts', import.meta.url), 1, limits as never))`,
    'apart.ts': `import { parentPort } from 'node:worker_threads'
      const seen: string[] = Object.keys(process.env)
      parentPort!.postMessage('sees ' + seen.join())`,
  })
  copyFileSync(written, path.join(folder, 'src/stripped.mjs'))
  copyFileSync(path.join(written, '../base/thread.ts'), path.join(folder, 'src/base/thread.ts'))
  const kept = path.join(folder, 'kept')
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', './src/stripped.mjs', './main.ts'], {
    cwd: folder,
    env: { STRIPPED_CACHE: kept, APP_SECRET: 'not for threads' },
    encoding: 'utf8',
  })
  t.same({ stdout, stderr }, { stdout: 'sees STRIPPED_CACHE\n', stderr: '' })
  const texts = readdirSync(kept).map(name => readFileSync(path.join(kept, name), 'utf8'))
  t.ok(texts.some(text => text.includes("'sees '")))
})
