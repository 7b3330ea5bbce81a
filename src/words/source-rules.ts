/** What `${…}` of a text becomes for a reader: `{day}`. */
const placeholder = (expression: string): string => `{${expression.replace(/\s+/g, ' ').trim()}}`

/**
 * A text that is made by a function, as a reader sees it: each piece of text in it on a line of its own, what is put in
 * stands in braces. Types are gone from the source by then, white space stands in their place.
 */
export function textOfFunction(source: string): string {
  const pieces = literals(source).filter(piece => /\p{L}/u.test(piece.replace(/\{[^{}]*\}/g, '')))
  return pieces.length > 0 ? pieces.join('\n') : (literals(source)[0] ?? '')
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
    if (code[at] === '\\') at++
    text += code[at] ?? ''
  }
  return [text, at]
}

function template(code: string, from: number): [text: string, end: number] {
  let text = ''
  let at = from + 1
  for (; at < code.length && code[at] !== '`'; at++) {
    if (code[at] === '\\') at++
    else if (code[at] === '$' && code[at + 1] === '{') {
      const end = closing(code, at + 2)
      text += placeholder(code.slice(at + 2, end))
      at = end
      continue
    }
    text += code[at] ?? ''
  }
  return [text, at]
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
