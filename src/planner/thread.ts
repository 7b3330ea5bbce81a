import { parentPort, workerData } from 'node:worker_threads'
import { modelOf } from './core/model.ts'
import { leftOut, planOf } from './core/plan.ts'
import { type Stand, solve } from './core/solving.ts'
import type { Order, Said } from './planning.ts'

const { instance, seed, budget, beganAt, flag } = workerData as Order
const stopped = new Int32Array(flag)
const now = () => performance.timeOrigin + performance.now()
/** Milliseconds between two plans that are told. */
const pause = 250

const say = (said: Said) => parentPort?.postMessage(said)

try {
  const model = modelOf(instance)
  const found = ({ phase, best, bound }: Stand) => ({
    phase,
    plan: planOf(model, best),
    ...leftOut(model, best),
    cost: best.cost,
    bound,
  })
  let saidAt = 0
  const watch = { seconds: () => (now() - beganAt) / 1000, stopped: () => Atomics.load(stopped, 0) === 1 }
  const stand = await solve(model, { seed, budget }, watch, stand => {
    if (now() - saidAt < pause) return
    saidAt = now()
    say({ kind: 'better', ...found(stand) })
  })
  say({ kind: 'done', ...found(stand) })
} catch (error) {
  // the solver's own text is a hundred kilobytes of its bundle
  say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
}
