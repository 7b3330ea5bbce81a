/** What `${…}` of a text becomes for a reader: `{day}`. */
const placeholder = (expression: string): string => `{${expression.replace(/\s+/g, ' ').trim()}}`

/**
 * A text that is made by a function, as a reader sees it: each piece of text in it on a line of its own, what is put in
 * stands in braces. Types are gone from the source by then, white space stands in their place.
 */
export function textOfFunction(source: string): string {
  const pieces = literals(source).filter(piece => /\p{L}/u.test(piece.replace(/\{[^{}]*\}/g, '')))
  return pieces.length > 0 ? pieces.join('\n') : (literals(source).at(-1) ?? '')
}

/** The strings and templates of a piece of code, in order; one inside another stays a part of it. */
function literals(code: string): string[] {
  const found: string[] = []
  for (let at = 0; at < code.length; at++) {
    const sign = code[at]
    if (sign !== "'" && sign !== '"' && sign !== '`') continue
    const [text, end] = sign === '`' ? template(code, at) : string(code, at)
    // what is compared with is no text
    if (!/===\s*$/.test(code.slice(0, at)) && !/^\s*===/.test(code.slice(end + 1))) found.push(text)
    at = end
  }
  return found
}

function string(code: string, from: number): [text: string, end: number] {
  let text = ''
  let at = from + 1
  for (; at < code.length && code[at] !== code[from]; at++) {
    if (code[at] === '\\') {
      const [sign, last] = escaped(code, at)
      text += sign
      at = last
    } else text += code[at] ?? ''
  }
  return [text, at]
}

function template(code: string, from: number): [text: string, end: number] {
  let text = ''
  let at = from + 1
  for (; at < code.length && code[at] !== '`'; at++) {
    if (code[at] === '\\') {
      const [sign, last] = escaped(code, at)
      text += sign
      at = last
      continue
    }
    if (code[at] === '$' && code[at + 1] === '{') {
      const end = closing(code, at + 2)
      text += placeholder(code.slice(at + 2, end))
      at = end
      continue
    }
    text += code[at] ?? ''
  }
  return [text, at]
}

/** What a backslash and the letters after it stand for, and the last of them. */
function escaped(code: string, at: number): [sign: string, last: number] {
  const hex = /^u([0-9a-f]{4})/i.exec(code.slice(at + 1, at + 6))?.[1]
  if (hex !== undefined) return [String.fromCharCode(Number.parseInt(hex, 16)), at + 5]
  const sign = code[at + 1] ?? ''
  return [sign === 'n' ? '\n' : sign, at + 1]
}

/** Where the brace that was opened before `from` closes. */
function closing(code: string, from: number): number {
  let depth = 0
  for (let at = from; at < code.length; at++) {
    const sign = code[at]
    if (sign === '`') at = template(code, at)[1]
    else if (sign === "'" || sign === '"') at = string(code, at)[1]
    else if (sign === '{') depth++
    else if (sign === '}' && depth-- === 0) return at
  }
  return code.length
}
