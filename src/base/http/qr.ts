import { encode } from 'uqr'
import { escaped, type Html } from './html.ts'

/** An address as a QR code: black on white with its quiet zone, also in the dark; `label` says what it opens. */
export function qr(address: string, label: string): Html {
  const { data, size } = encode(address, { ecc: 'M', border: 2 })
  const runs = data.flatMap((row, y) => runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`))
  return `<svg viewBox="0 0 ${size} ${size}" role="img" aria-label="${escaped(label)}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${runs.join('')}"/></svg>` as Html
}

/** Dark modules side by side, as one piece: a third of the markup of single squares. */
function runsOf(row: boolean[]): [start: number, length: number][] {
  const runs: [number, number][] = []
  row.forEach((dark, x) => {
    const last = runs.at(-1)
    if (!dark) return
    if (last && last[0] + last[1] === x) last[1]++
    else runs.push([x, 1])
  })
  return runs
}
