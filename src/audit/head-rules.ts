/** The end that a House's chain had at some time, as it is kept outside the database. */
export type KeptHead = { houseId: string; n: number; hash: string }

/** A line of a file of heads; the short name is for whoever reads it. */
export const headLine = ({ houseId, n, hash }: KeptHead, slug: string): string => `${houseId} ${n} ${hash} ${slug}`

const line = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (\d{1,15}) ([0-9a-f]{64})(?: \S*)?$/

/** The heads in a file, of one day or of many; undefined when a line is none, or when there is none at all. */
export function headsIn(text: string): KeptHead[] | undefined {
  const lines = text.split(/\r?\n/).filter(it => it.trim() !== '')
  const heads = lines.flatMap(it => {
    const [, houseId, n, hash] = line.exec(it) ?? []
    return houseId && hash ? [{ houseId, n: Number(n), hash }] : []
  })
  return lines.length > 0 && heads.length === lines.length ? heads : undefined
}

/** Whether a row is another than the one that stood at its place when a head was kept. */
export const isRewritten = (kept: KeptHead[], row: { n: number; hash: string }): boolean =>
  kept.some(it => it.n === row.n && it.hash !== row.hash)
