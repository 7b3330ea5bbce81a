import { parentPort, workerData } from 'node:worker_threads'
import { isPlaced } from './core/construct.ts'
import { explained } from './core/explaining.ts'
import { type Model, modelOf } from './core/model.ts'
import { leftOut, planOf, scheduleOf } from './core/plan.ts'
import { shortages } from './core/shortage.ts'
import { type Stand, solve } from './core/solving.ts'
import type { Order, Reasons, Said } from './planning.ts'

const { instance, seed, budget, explain, beganAt, flag } = workerData as Order
const stopped = new Int32Array(flag)
const now = () => performance.timeOrigin + performance.now()
/** Milliseconds between two plans that are told. */
const pause = 250

const say = (said: Said) => parentPort?.postMessage(said)

function reasonsOf(model: Model, { best, proof }: Stand): Reasons {
  const schedule = scheduleOf(model, best)
  const missing = Array.from({ length: model.requests }, (_, r) => r).filter(r => !isPlaced(schedule, r))
  const leftOut = missing.map(r => explained(schedule, r))
  const known = new Map(leftOut.map(({ r, relaxations }) => [r, relaxations]))
  return { leftOut, shortages: shortages(schedule, proof, known) }
}

try {
  const model = modelOf(instance)
  const found = ({ phase, best, bound }: Stand) => ({
    phase,
    plan: planOf(model, best),
    ...leftOut(model, best),
    cost: best.cost,
    bound,
  })
  let [saidAt, saidPhase] = [0, '']
  const watch = { seconds: () => (now() - beganAt) / 1000, stopped: () => Atomics.load(stopped, 0) === 1 }
  const stand = await solve(model, { seed, budget }, watch, stand => {
    if (stand.phase === saidPhase && now() - saidAt < pause) return
    saidAt = now()
    saidPhase = stand.phase
    say({ kind: 'better', ...found(stand) })
  })
  if (explain) say({ kind: 'better', ...found(stand) })
  say({ kind: 'done', ...found(stand), reasons: explain ? reasonsOf(model, stand) : undefined })
} catch (error) {
  // the solver's own text is a hundred kilobytes of its bundle
  say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
}
