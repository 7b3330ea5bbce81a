/** A content line of RFC 5545 section 3.1, unfolded. Values of parameters are without their quotes. */
export type Line = { name: string; parameters: { name: string; value: string }[]; value: string }
export type Part = { name: string; lines: Line[]; parts: Part[] }

const token = '[A-Za-z0-9-]+'
// a quoted value, or one that needs no quotes; several stand with commas between them
const one = '(?:"[^"]*"|[^";:,]*)'
const shape = new RegExp(`^(${token})((?:;${token}=${one}(?:,${one})*)*):(.*)$`, 'su')
const parameterShape = new RegExp(`;(${token})=(${one}(?:,${one})*)`, 'gsu')

/** The content lines of a file, judged as octets: line ends, lengths, and no line cut inside a character. */
export function linesOf(file: Buffer, faults: string[]): Line[] {
  if (file.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) faults.push('a byte order mark')
  const text = file.toString('latin1')
  if (!text.endsWith('END:VCALENDAR\r\n')) faults.push('does not end with its frame and a line end')
  if (/\r(?!\n)|(?<!\r)\n/.test(text)) faults.push('a line end that is not CRLF')
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const logical: string[] = []
  for (const octets of text.replace(/\r\n$/, '').split('\r\n')) {
    if (octets === '') faults.push('an empty line')
    if (octets.length > 75) faults.push(`a line of ${octets.length} octets`)
    let line = ''
    try {
      line = decoder.decode(Buffer.from(octets, 'latin1'))
    } catch {
      faults.push('a line is cut inside a character, or is no UTF-8')
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    if (/[\0-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff]/.test(line)) faults.push('a control character')
    if (!/^[ \t]/.test(line)) logical.push(line)
    else if (logical.length === 0) faults.push('begins with a continuation')
    else logical[logical.length - 1] += line.slice(1)
  }
  return logical.flatMap(line => lineFrom(line, faults))
}

function lineFrom(text: string, faults: string[]): Line[] {
  const [whole, name, given = '', value = ''] = shape.exec(text) ?? []
  if (whole === undefined || name === undefined) {
    faults.push(`not a content line: ${text.slice(0, 60)}`)
    return []
  }
  const parameters = [...given.matchAll(parameterShape)].map(([, key = '', said = '']) => {
    if (said.includes('\\')) faults.push(`a backslash in a parameter of ${name}`)
    if (said.replace(/\^[n^']/g, '').includes('^')) faults.push(`a bare ^ in a parameter of ${name} (RFC 6868)`)
    if (/^(CN|SENT-BY|DIR)$/i.test(key) && !/^"[^"]*"$/.test(said)) faults.push(`${key} without quotes`)
    return { name: key, value: said.replace(/^"|"$/g, '') }
  })
  if (name !== name.toUpperCase()) faults.push(`a name in small letters: ${name}`)
  return [{ name, parameters, value }]
}

/** Components from lines; in each of them the properties come before the inner components. */
export function treeOf(lines: Line[], faults: string[]): Part[] {
  const roots: Part[] = []
  const open: Part[] = []
  for (const line of lines) {
    const current = open.at(-1)
    if (line.name === 'BEGIN') {
      const part = { name: line.value, lines: [], parts: [] }
      ;(current?.parts ?? roots).push(part)
      open.push(part)
    } else if (line.name === 'END') {
      if (current?.name !== line.value) faults.push(`END:${line.value} closes nothing`)
      open.pop()
    } else if (!current) faults.push(`outside a component: ${line.name}`)
    else {
      if (current.parts.length > 0) faults.push(`${line.name} after an inner component`)
      current.lines.push(line)
    }
  }
  if (open.length > 0) faults.push(`not closed: ${open.at(-1)?.name}`)
  return roots
}
