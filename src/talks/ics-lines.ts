/** TEXT of RFC 5545: only these four signs are escaped. */
export const escapeText = (text: string): string =>
  text.replace(/[\\;,]/g, sign => `\\${sign}`).replace(/\r\n?|\n/g, '\\n')

/** At most 75 octets a line without its end, never inside a character. */
export function fold(line: string): string {
  if (Buffer.byteLength(line) <= 75) return line
  const lines: string[] = []
  let current = ''
  let octets = 0
  for (const sign of line) {
    const size = Buffer.byteLength(sign)
    // a continuation begins with a space, which counts
    if (octets + size > (lines.length === 0 ? 75 : 74)) {
      lines.push(current)
      current = ''
      octets = 0
    }
    current += sign
    octets += size
  }
  return [...lines, current].join('\r\n ')
}

export const written = (lines: string[]): string => lines.map(line => `${fold(line)}\r\n`).join('')

type Component = { name: string; properties: string[]; inner: Component[] }

/**
 * Puts right what the library writes (calendars.md section 5): properties before sub-components, addresses as URIs,
 * folded by octets, a line end after the last line. `extra` adds properties to each component of a name. Doing it twice changes nothing.
 */
export function mend(text: string, extra: Record<string, string[]> = {}): string {
  const roots: Component[] = []
  const open: Component[] = []
  for (const line of unfolded(text)) {
    const current = open.at(-1)
    if (line.startsWith('BEGIN:')) {
      const component = { name: line.slice(6), properties: [], inner: [] }
      ;(current?.inner ?? roots).push(component)
      open.push(component)
    } else if (line.startsWith('END:')) {
      if (current?.name !== line.slice(4)) throw new Error(`${line} closes nothing`)
      open.pop()
    } else {
      if (!current) throw new Error('a property outside a component')
      current.properties.push(property(line))
    }
  }
  if (open.length > 0) throw new Error('a component is not closed')
  return written(roots.flatMap(root => linesOf(root, extra)))
}

const unfolded = (text: string): string[] =>
  text
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .filter(line => line !== '')

function property(line: string): string {
  const uri = /^(URL|ATTACH|SOURCE)((?:;[^:"]*(?:"[^"]*")?)*):(.*)$/.exec(line)
  const fixed = uri ? `${uri[1]}${uri[2]}:${(uri[3] ?? '').replace(/\\([\\;,])/g, '$1')}` : line
  return fixed.replace(/^((?:ATTENDEE|ORGANIZER)\b.*)MAILTO:/, '$1mailto:')
}

function linesOf(component: Component, extra: Record<string, string[]>): string[] {
  const added = (extra[component.name] ?? []).filter(line => !component.properties.includes(line))
  return [
    `BEGIN:${component.name}`,
    ...component.properties,
    ...added,
    ...component.inner.flatMap(inner => linesOf(inner, extra)),
    `END:${component.name}`,
  ]
}
