import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { hashOf } from '../base/secrets.ts'
import { referenceTexts } from './reference.ts'
import { type Text, tongues } from './rules.ts'
import { textOfFunction } from './source-rules.ts'
import { usesStarred } from './starred-rules.ts'

const root = path.join(import.meta.dirname, '..')

let texts: Promise<Text[]> | undefined

/** What a rule writes into rows stands beside the rule, which imports no words. */
const further = ['privacy/erase-rules.ts']

/** All texts of the product, as the modules of words and the lists of the beginning say them; read once a process, when somebody first asks. */
export function allTexts(): Promise<Text[]> {
  texts ??= collect()
  return texts
}

async function collect(): Promise<Text[]> {
  const files = [...globSync('**/{*-,}words.ts', { cwd: root }), ...further].sort()
  const found = await Promise.all(files.map(textsOf))
  const reference = referenceTexts().map(({ key, said }) => textFrom(key, 'tools', false, { path: '', values: said }))
  return [...found.flat(), ...reference]
}

async function textsOf(file: string): Promise<Text[]> {
  const whole = path.join(root, file)
  const lists: Record<string, unknown> = await import(pathToFileURL(whole).href)
  const [feature = ''] = file.split(path.sep)
  const flagged = readFileSync(whole, 'utf8').includes('read by a native editor')
  const name = file.split(path.sep).join('/').replace(/\.ts$/, '')
  return Object.entries(lists).flatMap(([list, value]) =>
    isTrilingual(value)
      ? pairs(value)
          .map(it => textFrom(`${name}:${list}${it.path}`, feature, flagged, it))
          .filter(text => text.said.kk !== '')
      : [],
  )
}

type Three = Record<(typeof tongues)[number], unknown>
const isTrilingual = (value: unknown): value is Three =>
  typeof value === 'object' && value !== null && Object.keys(value).join() === tongues.join()

type Leaf = { path: string; values: Three }

/** Leaves of the three trees, side by side; what the Kazakh one has leads. */
function pairs(values: Three, at = ''): Leaf[] {
  const { kk } = values
  if (typeof kk === 'string' || typeof kk === 'function') return [{ path: at, values }]
  if (typeof kk !== 'object' || kk === null) return []
  const part = (value: unknown, key: string) => (value as Record<string, unknown> | undefined)?.[key]
  return Object.keys(kk).flatMap(key =>
    pairs({ kk: part(kk, key), ru: part(values.ru, key), en: part(values.en, key) }, `${at}.${key}`),
  )
}

function textFrom(key: string, feature: string, flagged: boolean, { values }: Leaf): Text {
  const said = { kk: saidOf(values.kk), ru: saidOf(values.ru), en: saidOf(values.en) }
  return {
    ...{ key, feature, said },
    hashes: { kk: short(said.kk), ru: short(said.ru), en: short(said.en) },
    made: typeof values.kk === 'function',
    flagged: flagged || usesStarred(said.kk),
  }
}

const short = (text: string): string => hashOf(text).slice(0, 12)

function saidOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'function' ? textOfFunction(String(value)) : ''
}
