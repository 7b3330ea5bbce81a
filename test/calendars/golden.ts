import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Test } from 'tap'

const folder = path.join(import.meta.dirname, 'goldens')

/** Compares with the file in `goldens/`, or with `UPDATE_GOLDENS=1` writes it anew. */
export function golden(t: Test, name: string, text: string) {
  const file = path.join(folder, name)
  if (process.env['UPDATE_GOLDENS']) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, text)
  }
  t.equal(text, existsSync(file) ? readFileSync(file, 'utf8') : '', name)
}

/** The same file with fixed names for what is drawn by lot in every run: ids, secrets, and the order of people invited at one moment. */
export function settled(file: string, talks: string[]): string {
  let text = file.replaceAll('\r\n ', '')
  for (const [index, id] of talks.entries())
    text = text.replaceAll(id, `00000000-0000-4000-8000-00000000000${index + 1}`)
  return text
    .replace(/bron\+[0-9a-f]{32}@/g, `bron+${'0'.repeat(32)}@`)
    .replace(/\/([fr])\/[\w-]{43}/g, `/$1/${'A'.repeat(43)}`)
    .replace(
      /(Құрамы|Состав|Team): ((?:[^\\\r]|\\,)*)/g,
      (_, label: string, team: string) => `${label}: ${team.split('\\, ').sort().join('\\, ')}`,
    )
    .split('\r\n')
    .map(folded)
    .join('\r\n')
}

/** A line in pieces of at most 75 octets, made here anew so that the goldens don't rest on what they judge. */
function folded(line: string): string {
  const pieces = ['']
  for (const sign of line) {
    const room = pieces.length === 1 ? 75 : 74
    if (Buffer.byteLength(`${pieces.at(-1)}${sign}`) > room) pieces.push('')
    pieces[pieces.length - 1] += sign
  }
  return pieces.join('\r\n ')
}
