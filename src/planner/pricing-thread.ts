import { once } from 'node:events'
import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { modelOf } from './core/model.ts'
import type { Snapshot } from './core/plan.ts'
import { makePrices, type News } from './core/pricing-beside.ts'
import type { Order } from './planning.ts'

export type PricesOrder = Pick<Order, 'instance' | 'beganAt' | 'flag'> & { end: number; port: MessagePort }

const { instance, beganAt, flag, end, port } = workerData as PricesOrder
const stopped = new Int32Array(flag)

const model = modelOf(instance)
let [latest] = (await once(port, 'message')) as [Snapshot]
const newest = () => {
  for (let said = receiveMessageOnPort(port); said; said = receiveMessageOnPort(port)) latest = said.message as Snapshot
  return latest
}
const seconds = () => (performance.timeOrigin + performance.now() - beganAt) / 1000
const clock = { seconds, end, stopped: () => Atomics.load(stopped, 0) >= 1 }
makePrices(model, latest, newest, clock, (news: News) => port.postMessage(news))
port.close()
