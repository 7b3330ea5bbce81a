/** As much as three joined SMS in Cyrillic hold, and one messenger shows without a fold. */
export const mostCharacters = 160

const graphemes = new Intl.Segmenter('kk')

/** A text in so many characters at most: what is cut ends in an ellipsis, never in half a letter. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text
  let kept = ''
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length > most - 1) break
    kept += segment
  }
  kept = kept.replace(/[\s,.;:–-]+$/u, '')
  return kept === '' ? '' : `${kept}…`
}

/** Two texts in so many characters together: the shorter keeps what it has, the longer gives way; each has half at least. */
export function share(first: string, second: string, most: number): [string, string] {
  const half = Math.floor(most / 2)
  const forFirst = Math.max(half, most - second.length)
  const one = clip(first, forFirst)
  return [one, clip(second, most - one.length)]
}
