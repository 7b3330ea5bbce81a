import highsModule, { type Highs } from 'highs'

// its types describe the CommonJS build, what is loaded is the ES module
const loadHighs = highsModule as unknown as typeof highsModule.default

/** A mixed-integer program by columns: each has a cost, a range and entries in rows. */
export type Program = {
  rows: { from: number; to: number }[]
  columns: { cost: number; most: number; whole: boolean; entries: [row: number, value: number][] }[]
}
export type Limits = { nodes: number; seconds: () => number; stopped: () => boolean }
export type Solved = { optimal: boolean; bound: number; cost: number; values: Float64Array | undefined }

let runtime: Promise<Highs> | undefined

/** Solves a program from a solution that is known; what it says is proven within the limits, never more. Blocks its thread. */
export async function solveProgram(program: Program, known: Float64Array, limits: Limits): Promise<Solved | undefined> {
  runtime ??= loadHighs()
  const highs = await runtime
  const { rows, columns } = program
  const starts = new Int32Array(columns.length + 1)
  for (const [n, { entries }] of columns.entries()) starts[n + 1] = starts[n]! + entries.length
  const flat = columns.flatMap(({ entries }) => entries)
  const model = highs.createModel({
    numCols: columns.length,
    numRows: rows.length,
    colCost: Float64Array.from(columns, ({ cost }) => cost),
    colLower: new Float64Array(columns.length),
    colUpper: Float64Array.from(columns, ({ most }) => most),
    rowLower: Float64Array.from(rows, ({ from }) => from),
    rowUpper: Float64Array.from(rows, ({ to }) => to),
    matrix: {
      format: 'csc',
      numRows: rows.length,
      numCols: columns.length,
      starts,
      indices: Int32Array.from(flat, ([row]) => row),
      values: Float64Array.from(flat, ([, value]) => value),
    },
    integrality: Int32Array.from(columns, ({ whole }) => (whole ? 1 : 0)),
  })
  try {
    model.options.set({
      output_flag: false,
      random_seed: 1,
      mip_rel_gap: 0,
      mip_abs_gap: 0.9,
      mip_max_nodes: limits.nodes,
    })
    const seconds = limits.seconds()
    if (Number.isFinite(seconds)) model.options.set('time_limit', seconds)
    model.setSolution({ colValue: known })
    const { callbackType, modelStatus } = highs.constants
    model.run({
      [callbackType.mipInterrupt]: event => {
        if (limits.stopped()) event.interrupt()
        return undefined
      },
    })
    const status = model.getModelStatus()
    const ended = [modelStatus.optimal, modelStatus.timeLimit, modelStatus.solutionLimit, modelStatus.interrupted]
    if (!ended.some(each => each === status)) return
    const bound = Number(model.info.get('mip_dual_bound'))
    const cost = Number(model.info.get('objective_function_value'))
    const solved = Number(model.info.get('primal_solution_status')) === 2
    return {
      optimal: status === modelStatus.optimal,
      bound,
      cost,
      values: solved ? model.getSolution().colValue : undefined,
    }
  } catch {
    // out of memory, or a state the solver can't explain: nothing is proven, nothing is lost
    return
  } finally {
    model.dispose()
  }
}
