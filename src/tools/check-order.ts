import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Features from left to right: each may import from those before it, never from those after. The ledger of messages
 * knows no feature, so it stands left of all.
 */
export const order = [
  'messages',
  'houses',
  'accounts',
  'topics',
  'groups',
  'speakers',
  'hosts',
  'matching',
  'requests',
  'feedback',
  'talks',
  'series',
  'papers',
  'calendars',
  'imports',
  'reminders',
  'reports',
  'planner',
  'support',
  'words',
  'backups',
  'running',
  'audit',
  'privacy',
]

/** Imports of a file's text that lead to the right, as sentences; rules decide together and may look anywhere. */
export function backwards(file: string, text: string): string[] {
  const [, feature = ''] = file.split('/')
  if (!order.includes(feature)) return []
  const found = [...text.matchAll(/\bfrom '\.\.\/([a-z]+)\/([a-z-]+)\.ts'/g)]
  return found.flatMap(([, other = '', kind = '']) =>
    order.indexOf(other) > order.indexOf(feature) && !/(^|-)rules$/.test(kind)
      ? [`${file}: ${feature} stands left of ${other} and may not import ${other}/${kind}.ts`]
      : [],
  )
}

/**
 * A Kazakh or Russian ending, or a hyphen before one, glued to something put in: names, dates and numbers are never
 * inflected, they stand behind a label (ux.md section 11).
 */
export function glued(file: string, text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      ending.test(line) ? [`${file}:${index + 1}: an ending is glued to a value: ${line.trim()}`] : [],
    )
}

// "7-сынып" is a word beside a number; "7-де" and "7-го" are endings
const ending =
  /\$\{[^{}]*\}(?:[а-яёәғқңөұүһі]|-(?:[гғқк][аеә]|[дт][аеыі]|[дтн][ае]н|н[еіы]|[нтд][іы]ң|ш[іы]|й|я|е|го|му|х|м|ых|ый|ой|ая|ое)(?![а-яёәғқңөұүһі]))/iu

if (import.meta.main) {
  const root = path.join(import.meta.dirname, '../..')
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
  const complaints = [
    ...globSync('src/*/*.ts', { cwd: root }).flatMap(file => backwards(file, read(file))),
    ...globSync('src/*/{*-,}{words,letters,mail}.ts', { cwd: root }).flatMap(file => glued(file, read(file))),
  ]
  for (const complaint of complaints) console.error(complaint)
  if (complaints.length > 0) process.exitCode = 1
}
