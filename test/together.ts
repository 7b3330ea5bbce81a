import { existsSync, globSync } from 'node:fs'
import { registerHooks } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import tap, { type Test } from 'tap'

/** Folders whose files each have a process of their own: they run for long, watch a process or switch its compiler. */
export const alone = ['access', 'journeys', 'running', 'tools'] as const

/** What an `all.ts` in this folder runs: the files below it, but for folders that have one of their own or run alone. */
export function filesOf(folder: string): string[] {
  const inner = globSync('**/*.test.ts', { cwd: folder })
  if (path.resolve(folder) !== import.meta.dirname) return inner.sort()
  const elsewhere = (file: string) => {
    const [first = ''] = file.split(path.sep)
    return first === file || alone.some(name => name === first) || existsSync(path.join(folder, first, 'all.ts'))
  }
  return inner.filter(file => !elsewhere(file)).sort()
}

let current: Test = tap
Object.assign(globalThis, { testOfThisFile: () => current })
const ofThisFile = 'export const t = globalThis.testOfThisFile(); export default t'

/**
 * Runs the test files of a folder one after another in one process: each process reads the application anew, which takes two
 * seconds. What a file imports as `tap` is a subtest of its own, with its hooks and its teardown.
 */
export function together(folder: string): void {
  registerHooks({
    resolve: (name, context, next) =>
      name === 'tap' && context.parentURL?.endsWith('.test.ts')
        ? { url: `tap-of:${context.parentURL}`, format: 'module', shortCircuit: true }
        : next(name, context),
    load: (url, context, next) =>
      url.startsWith('tap-of:') ? { format: 'module', source: ofThisFile, shortCircuit: true } : next(url, context),
  })
  for (const file of filesOf(folder))
    tap.test(file, t => {
      current = t
      return import(pathToFileURL(path.join(folder, file)).href)
    })
}
