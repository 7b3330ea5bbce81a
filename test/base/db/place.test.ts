import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { claim, InUse } from '../../../src/base/db/place.ts'

const file = path.join(import.meta.dirname, '../../../src/base/db/place.ts')
const script = `
  import { claim } from ${JSON.stringify(file)}
  claim(process.argv[1])
  process.stdout.write('mine')
  setInterval(() => {}, 1000)`
const open = (folder: string) =>
  spawn(process.execPath, ['--input-type=module', '-e', script, folder], { stdio: ['ignore', 'pipe', 'pipe'] })

t.test('a folder belongs to one process at a time', async t => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kezdesu-place-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const first = open(folder)
  t.teardown(() => first.kill('SIGKILL'))
  t.equal(String((await once(first.stdout, 'data'))[0]), 'mine')

  await t.test('a second is refused in one line that names the first', async t => {
    t.throws(
      () => claim(folder),
      new InUse(
        `${folder} is in use by process ${first.pid}: stop it first, or set DATABASE_URL to share one PostgreSQL`,
      ),
    )
    const second = open(folder)
    const [said] = await Promise.all([text(second.stderr), once(second, 'exit')])
    t.equal(second.exitCode, 1)
    t.match(said, `is in use by process ${first.pid}`)
  })

  await t.test('after kill -9 nothing is in the way', async t => {
    first.kill('SIGKILL')
    await once(first, 'exit')
    const release = claim(folder)
    t.throws(() => claim(folder), { message: new RegExp(`process ${process.pid}:`) })
    release()
    claim(folder)()
  })
})
