/**
 * Lets at most `many` pieces of work run at a time and the rest wait in order, before they ask for a connection: a rush on
 * one hour then meets neither the pool's nor the lock's time limit.
 */
export function turns(many: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = []
  let running = 0
  return async work => {
    if (running >= many) await new Promise<void>(go => waiting.push(go))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
