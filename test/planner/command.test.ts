import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import type { Instance, Plan } from '../../src/planner/core/instance.ts'
import { refusePins } from '../../src/planner/core/pins.ts'
import { readInstance } from '../../src/planner/core/reading.ts'
import { roundRobin } from '../../src/planner/core/round-robin.ts'
import { type Found, startPlanning } from '../../src/planner/planning.ts'
import { monthOf } from '../../src/tools/bench/planner/month.ts'
import { costOf, planFaults } from './oracle.ts'
import { tinyInstance } from './tiny.ts'

const command = path.join(import.meta.dirname, '../../src/tools/plan.ts')
type Ended = { code: number; out: string; err: string }

function start(args: string[], before: string[] = []) {
  const child = spawn(process.execPath, [...before, command, ...args])
  const said = { out: '', err: '' }
  child.stdout.on('data', (text: Buffer) => (said.out += text.toString()))
  child.stderr.on('data', (text: Buffer) => (said.err += text.toString()))
  const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number, ...said }))
  return { child, said, ended }
}
const run = (...args: string[]): Promise<Ended> => start(args).ended

const folder = t.testdir({})
const file = (name: string) => path.join(folder, name)
const save = (name: string, content: unknown): string => {
  writeFileSync(file(name), typeof content === 'string' ? content : JSON.stringify(content))
  return file(name)
}
const read = (name: string) => JSON.parse(readFileSync(file(name), 'utf8')) as Plan

const month = monthOf({ requests: 50, speakers: 20, seed: 1 })
const monthFile = save('month.json', month)

t.test('the best plan of the small month is found and proven, and said in one line', async t => {
  const { code, out, err } = await run(monthFile, '--iterations', '9000', '--out', file('plan.json'))
  t.strictSame([code, err, out.split('\n').length], [0, '', 2])
  const line = JSON.parse(out)
  t.match(line, { placed: 46, unplacedWeight: 4, cost: 11_399, travelMinutes: 5484, bound: 11_399, gap: 0 })
  t.strictSame(planFaults(month, read('plan.json')), [])
  t.equal(costOf(month, read('plan.json')), 11_399)
})

t.test('the same seed and iterations give the same bytes, and another seed a plan as valid', async t => {
  const tight = monthOf({ requests: 40, speakers: 12, seed: 5 })
  const source = save('tight.json', tight)
  await Promise.all(['a', 'b'].map(name => run(source, '--iterations', '600', '--seed', '7', '--out', file(name))))
  t.equal(readFileSync(file('a'), 'utf8'), readFileSync(file('b'), 'utf8'))
  const other = await run(source, '--iterations', '600', '--seed', '8', '--out', file('c'))
  const line = JSON.parse(other.out)
  t.strictSame(planFaults(tight, read('c')), [])
  t.ok(line.bound <= line.cost && line.cost < costOf(tight, roundRobin(tight)))
})

t.test('whoever interrupts gets the best plan so far, soon', async t => {
  const large = monthOf({ requests: 300, speakers: 60, seed: 3 })
  const { child, said, ended } = start([
    save('large.json', large),
    '--seconds',
    '600',
    '--out',
    file('best'),
    '--progress',
  ])
  while (!said.err.includes('"phase":"')) await once(child.stderr, 'data')
  const asked = performance.now()
  child.kill('SIGINT')
  const { code, out, err } = await ended
  t.ok(performance.now() - asked < 5000, 'it ends soon, however busy the machine is')
  t.equal(code, 0)
  t.match(JSON.parse(out), { interrupted: true })
  t.match(JSON.parse(err.split('\n')[0] ?? ''), { t: Number, phase: String, placed: Number, cost: Number })
  t.strictSame(planFaults(large, read('best')), [])
})

t.test(
  'a month of thousands ends at once, while it is loaded with what is pinned at least, in a proof with the plan so far',
  async t => {
    const large = monthOf({ requests: 2100, speakers: 420, seed: 1 })
    const pinned = roundRobin({ ...large, requests: large.requests.slice(0, 3) }).assignments
    const instance = { ...large, pinned }
    const interrupted = async (isTime: (found: Found | undefined) => boolean) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const heard = (found?: Found) => isTime(found) && resolve()
      const planning = startPlanning(instance, { seed: 1, budget: { iterations: 10_000 }, heard })
      heard()
      await promise
      const asked = performance.now()
      planning.cancel()
      const result = await planning.result
      t.ok(performance.now() - asked < 1500, `within 1500 ms, and not ${Math.round(performance.now() - asked)} ms`)
      t.strictSame([result.interrupted, planFaults(instance, result.plan)], [true, []])
      return result
    }
    const none = await interrupted(found => !found)
    // a quick machine may have its first plan by then
    t.strictSame(none.plan.assignments.slice(0, pinned.length), pinned)
    t.equal(none.cost, costOf(instance, none.plan))
    const some = await interrupted(found => found?.phase === 'bound')
    t.ok(some.placed > pinned.length)
  },
)

t.test('reasons are worked out when the time for planning is over, for as many as are left out', async t => {
  const poor = monthOf({ requests: 400, speakers: 40, seed: 2 })
  const { plan, reasons } = await startPlanning(poor, { seed: 1, budget: { seconds: 1 }, explain: true }).result
  t.equal(reasons?.leftOut.length, poor.requests.length - plan.assignments.length)
})

t.test('seconds are kept', async t => {
  const { out } = await run(save('large.json', monthOf({ requests: 300, speakers: 60, seed: 3 })), '--seconds', '3')
  t.ok(JSON.parse(out).seconds < 4)
})

/** Run before the command: sends a signal as soon as the first file of the planner is read. */
const signalled = (signal: string) =>
  `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  let sent = false
  registerHooks({ load(url, context, next) {
    if (url.includes('/src/planner/') && !sent) process.kill(process.pid, '${signal}')
    sent ||= url.includes('/src/planner/')
    return next(url, context)
  } })`)}`

t.test('whoever interrupts while the planner itself is still being read gets a plan, too', async t => {
  const { code, out } = await start(
    [monthFile, '--seconds', '60', '--out', file('early')],
    ['--import', signalled('SIGTERM')],
  ).ended
  t.equal(code, 0)
  t.match(JSON.parse(out), { interrupted: true })
  t.strictSame(planFaults(month, read('early')), [])
})

const bad = (change: (instance: Instance & Record<string, unknown>) => void): Instance => {
  const instance = structuredClone(tinyInstance(1)) as Instance & Record<string, unknown>
  change(instance)
  return instance
}
const first = <Item>(list: Item[]): Item => list[0] as Item
const refused: [says: string, instance: unknown][] = [
  ['$: null is not an object', null],
  ['$.format: "kezdesu-plan-2" is not', bad(it => Object.assign(it, { format: 'kezdesu-plan-2' }))],
  ['$.requests[0].host: there is no host "nowhere"', bad(it => Object.assign(first(it.requests), { host: 'nowhere' }))],
  ['$.requests[0].loc: there is no location 99', bad(it => Object.assign(first(it.requests), { loc: 99 }))],
  ['$.requests[0].windows: the list is empty', bad(it => Object.assign(first(it.requests), { windows: [] }))],
  [
    '$.requests[0].windows[0]: the time is empty',
    bad(it => Object.assign(first(it.requests), { windows: [[0, 600, 600]] })),
  ],
  [
    '$.requests[0].windows[0][2]: 1500 is after midnight',
    bad(it => Object.assign(first(it.requests), { windows: [[0, 600, 1500]] })),
  ],
  [
    '$.requests[0].windows[0][1]: -5 is before midnight',
    bad(it => Object.assign(first(it.requests), { windows: [[0, -5, 600]] })),
  ],
  [
    '$.requests[0].windows[0][2]: 500 is before 600',
    bad(it => Object.assign(first(it.requests), { windows: [[0, 600, 500]] })),
  ],
  [
    '$.requests[0].windows[0][0]: 3 is more than 2',
    bad(it => Object.assign(first(it.requests), { windows: [[3, 500, 600]] })),
  ],
  ['$.requests[0].team: the list is empty', bad(it => Object.assign(first(it.requests), { team: [] }))],
  ['$.requests[0].duration: -45 is less than 1', bad(it => Object.assign(first(it.requests), { duration: -45 }))],
  ['$.requests[0].priority: 4 is more than 3', bad(it => Object.assign(first(it.requests), { priority: 4 }))],
  [
    '$.requests[1].id: "r0" stands at $.requests[0] already',
    bad(it => Object.assign(it.requests[1] ?? {}, { id: 'r0' })),
  ],
  ['$.requests: 1000000 entries', bad(it => Object.assign(it, { requests: Array(1_000_000).fill(0) }))],
  ['$.speakers[0].mode: there is no mode "tram"', bad(it => Object.assign(first(it.speakers), { mode: 'tram' }))],
  ['$.speakers[0].maxDay: 1.5 is not a whole number', bad(it => Object.assign(first(it.speakers), { maxDay: 1.5 }))],
  ['$.speakers[0].home: -1 is less than 0', bad(it => Object.assign(first(it.speakers), { home: -1 }))],
  ['$.weights.late: nothing is not a whole number', bad(it => Object.assign(it.weights, { late: undefined }))],
  ['$.horizon.start: "tomorrow" is not a day', bad(it => Object.assign(it.horizon, { start: 'tomorrow' }))],
  ['$.travel.modes.bus.kmh: 0 is less than 0.1', bad(it => Object.assign(it.travel.modes['bus'] ?? {}, { kmh: 0 }))],
  [
    '$.pinned[0]: the talk breaks a rule, outside-window',
    bad(it =>
      Object.assign(it, { pinned: [{ request: 'r0', day: 0, start: 0, team: [{ speaker: 's0', group: 0 }] }] }),
    ),
  ],
  [
    '$.pinned[0]: the talk breaks a rule, unknown-request',
    bad(it =>
      Object.assign(it, { pinned: [{ request: 'r9', day: 0, start: 0, team: [{ speaker: 's0', group: 0 }] }] }),
    ),
  ],
]

t.test('a month that cannot be is refused with the path to what is wrong', async t => {
  for (const [says, instance] of refused) {
    const said = JSON.parse(JSON.stringify(instance))
    t.throws(() => refusePins(readInstance(said)), { message: new RegExp(`^${RegExp.escape(says)}`) }, says)
  }
  const lines = JSON.stringify(month, null, 1)
  for (const [says, content] of [
    ['bad.json: Expected property name', '{nonsense'],
    ['is not valid JSON', lines.replace('"lat": 43', '"lat": NaN')],
    ['$.travel.modes.b us.kmh: 0 is less', lines.replace(/"bus": \{\s+"kmh": \d+/, '"b\\nus": {"kmh": 0')],
    ['bad.json: $.requests[0].host: there is no host "nowhere"', JSON.stringify(refused[2]?.[1])],
  ] as const) {
    const { code, out, err } = await run(save('bad.json', content))
    t.strictSame([code, out, err.trimEnd().split('\n').length], [2, '', 1], says)
    t.ok(err.includes(says), `${says} is said: ${err.slice(0, 200)}`)
  }
})

t.test('wrong options are refused', async t => {
  for (const args of [
    [],
    ['missing.json'],
    [monthFile, 'other.json'],
    [monthFile, '--seconds', '5', '--iterations', '5'],
    [monthFile, '--seconds', 'soon'],
    [monthFile, '--seed', '-1'],
    [monthFile, '--seconds', '-1'],
    [monthFile, '--fast'],
  ]) {
    const { code, out, err } = await run(...args)
    t.strictSame([code, out, err.split('\n').length], [2, '', 2], `one line: ${args.join(' ')}`)
  }
})

t.test('where no plan can be written is said at once and in a line, and nothing is left lying there', async t => {
  mkdirSync(file('folder'))
  execFileSync('mkfifo', [file('pipe')])
  const before = readdirSync(folder)
  for (const [out, says] of [
    [file('folder'), 'is not a file'],
    [file('pipe'), 'is not a file'],
    [file('nowhere/plan.json'), 'no such file or directory'],
    [file('month.json/plan.json'), 'is not a folder'],
    ['', 'names no file'],
  ] as const) {
    const asked = performance.now()
    const { code, out: said, err } = await run(monthFile, '--seconds', '60', '--out', out)
    t.strictSame([code, said, err.split('\n').length], [2, '', 2], `one line: ${out}`)
    t.match(err, `--out: `)
    t.match(err, says)
    t.ok(performance.now() - asked < 20_000, 'before the search')
  }
  t.strictSame(readdirSync(folder), before)
})
