import { MessageChannel, parentPort, receiveMessageOnPort, Worker, workerData } from 'node:worker_threads'
import { isPlaced } from './core/construct.ts'
import { explained } from './core/explaining.ts'
import { type Model, modelOf } from './core/model.ts'
import { leftOut, planOf, scheduleOf } from './core/plan.ts'
import type { News } from './core/pricing-beside.ts'
import { shortages } from './core/shortage.ts'
import { type Beside, besideFrom, type Stand, solve } from './core/solving.ts'
import type { Order, Reasons, Said } from './planning.ts'
import type { PricesOrder } from './pricing-thread.ts'

const { instance, seed, budget, explain, threads, beganAt, flag } = workerData as Order
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

/** A second thread that makes prices, for a month so large that both have enough to do. */
function pricesBeside(): Beside | undefined {
  if (threads < 2 || !('seconds' in budget) || instance.requests.length < besideFrom) return
  const { port1, port2 } = new MessageChannel()
  const order: PricesOrder = { instance, beganAt, flag, end: budget.seconds, port: port2 }
  const worker = new Worker(new URL('./pricing-thread.ts', import.meta.url), {
    workerData: order,
    transferList: [port2],
    resourceLimits: { maxOldGenerationSizeMb: 1400 },
  })
  // without prices there is still a plan
  worker.on('error', () => {})
  worker.unref()
  return {
    show: best => port1.postMessage(best),
    news: () => {
      let last: News | undefined
      for (let said = receiveMessageOnPort(port1); said; said = receiveMessageOnPort(port1)) last = said.message as News
      return last
    },
  }
}

try {
  const beside = pricesBeside()
  const model = modelOf(instance)
  const found = ({ phase, best, bound }: Stand) => ({
    phase,
    plan: planOf(model, best),
    ...leftOut(model, best),
    cost: best.cost,
    bound,
  })
  let [saidAt, saidPhase] = [0, '']
  const watch = {
    seconds: () => (now() - beganAt) / 1000,
    stopped: () => Atomics.load(stopped, 0) >= 1,
    hurried: () => Atomics.load(stopped, 0) === 2,
  }
  const stand = await solve(
    model,
    { seed, budget },
    watch,
    stand => {
      if (stand.phase === saidPhase && now() - saidAt < pause) return
      saidAt = now()
      saidPhase = stand.phase
      say({ kind: 'better', ...found(stand) })
    },
    beside,
  )
  if (explain) say({ kind: 'better', ...found(stand) })
  say({ kind: 'done', ...found(stand), reasons: explain ? reasonsOf(model, stand) : undefined })
} catch (error) {
  // the solver's own text is a hundred kilobytes of its bundle
  say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
}
