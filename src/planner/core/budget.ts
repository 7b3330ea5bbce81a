/** How long to search: until a share of a given time is over, or so many iterations, which makes the plan repeatable. */
export type Budget = { iterations: number } | { seconds: number }
/** `seconds` since the work began; `stopped` when somebody has asked for the end, `hurried` when not even a first plan can be waited for. */
export type Watch = { seconds: () => number; stopped: () => boolean; hurried?: () => boolean }

/** How far a part of the budget is used up: by the clock, or by iterations since the part began; 1 when it is over. */
export type Progress = (iteration: number) => number

export function progressIn(budget: Budget, watch: Watch, from: number, to: number, over: () => boolean): Progress {
  if ('iterations' in budget) {
    const most = Math.max(1, Math.round(budget.iterations * (to - from)))
    return n => (over() ? 1 : n / most)
  }
  const begun = Math.max(watch.seconds(), 0)
  // a part that begins late still gets half of its time, as far as there is any
  const end = Math.min(budget.seconds, Math.max(budget.seconds * to, begun + (budget.seconds * (to - from)) / 2))
  return () => (over() || end <= begun ? 1 : (watch.seconds() - begun) / (end - begun))
}

/** What a solver may use until a share of the budget is over. */
export function limitsIn(budget: Budget, watch: Watch, until: number) {
  const seconds = () =>
    'seconds' in budget ? Math.max(0.1, budget.seconds * until - watch.seconds()) : Number.POSITIVE_INFINITY
  const nodes = 'iterations' in budget ? Math.max(10, Math.round(budget.iterations / 20)) : 1_000_000
  return { nodes, seconds, stopped: watch.stopped }
}
