export type Times = { p50: number; p95: number; p99: number; count: number }

/** Milliseconds of each run, one after the other, after a few to warm up; what comes before each is not timed. */
export async function timesOf(
  count: number,
  work: (n: number) => Promise<unknown>,
  before?: () => Promise<unknown>,
): Promise<Times> {
  for (let n = 0; n < Math.min(20, count); n++) await work(n)
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    await before?.()
    const begun = performance.now()
    await work(n)
    times.push(performance.now() - begun)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) =>
    Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 100) / 100
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), count }
}

/** One figure, one line, as a ratio to what was measured in the same run. */
export function tell(bench: string, figures: Record<string, string | number | boolean>): void {
  console.log(JSON.stringify({ bench, ...figures }))
}

export const ratio = (own: number, baseline: number): number =>
  Math.round((own / Math.max(baseline, 0.001)) * 100) / 100

/** The one in the middle; of an even number the upper. */
export const median = (figures: number[]): number => figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? 0
