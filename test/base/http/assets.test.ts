import { readdirSync, readFileSync } from 'node:fs'
import { Script } from 'node:vm'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { type Asset, asset } from '../../../src/base/http/assets.ts'
import { world } from '../../world.ts'

const { app } = await world(t)
const names = readdirSync('views/assets').filter(name => name.endsWith('.js'))
const sent = async (name: string) => (await app.inject(asset(name as Asset))).body

t.test('a script is sent without its comments, and says the same', async t => {
  for (const name of names) {
    const [written, lean] = [readFileSync(`views/assets/${name}`, 'utf8'), await sent(name)]
    t.notMatch(lean, /^ *\/\//m, name)
    const lines = (text: string) =>
      text
        .split('\n')
        .map(line => line.trim())
        .filter(line => line && !line.startsWith('//'))
    t.strictSame(lines(lean), lines(written), name)
    const open = lines(written).filter(line => line.split('`').length % 2 === 0)
    t.strictSame(open, [], `${name}: a text over several lines would lose its spaces`)
    t.doesNotThrow(() => new Script(lean), name)
  }
})

t.test('the heaviest page of a speaker has 2 kB of script', async t => {
  const scripts = await Promise.all(['me.js', 'paint.js'].map(async name => gzipSync(await sent(name)).length))
  t.ok(scripts.reduce((sum, each) => sum + each) <= 2000, `${scripts}`)
})
