import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import module from 'node:module'
import path from 'node:path'

/**
 * Keeps what is left of each TypeScript file without its types: what takes them off stays in the memory of whoever asks for
 * it, 20 MB, so the first start has a process of its own do that, and the others read. Node's own cache of compiled code
 * would keep it, too, and 15 MB of itself in memory. Preloaded by `--import`; where nothing can be kept all works the same.
 */
const root = path.join(import.meta.dirname, '..')
const folder = process.env['STRIPPED_CACHE'] ?? path.join(root, 'node_modules/.cache/stripped')

if (import.meta.main) fill()
else module.registerHooks({ load })

/** @type {import('node:module').LoadHookSync} */
function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context)
  const typed = readFileSync(new URL(url))
  const kept = placeOf(typed)
  const source = read(kept, typed) ?? (filledApart() ? read(kept, typed) : undefined) ?? stripped(typed, kept)
  return { format: 'module', source, shortCircuit: true }
}

/** @param {Buffer} typed */
function placeOf(typed) {
  return path.join(folder, createHash('sha256').update(process.version).update(typed).digest('hex'))
}

/** What a crash has cut counts as missing: without its types a text is as long as with them. @param {string} kept @param {Buffer} typed */
function read(kept, typed) {
  try {
    const whole = readFileSync(kept)
    return whole.length === typed.length ? whole.toString() : undefined
  } catch {
    return
  }
}

let asked = false
/** Once a process, and only where it leads to something. */
function filledApart() {
  if (asked) return false
  asked = true
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
  } catch {
    return false
  }
  return spawnSync(process.execPath, [import.meta.filename]).status === 0
}

function fill() {
  for (const name of globSync('{src,migrations}/**/*.ts', { cwd: root })) {
    const typed = readFileSync(path.join(root, name))
    const kept = placeOf(typed)
    if (read(kept, typed) === undefined) stripped(typed, kept)
  }
}

/** @param {Buffer} typed @param {string} kept */
function stripped(typed, kept) {
  const { emitWarning } = process
  // of an experiment that Node itself runs on each of these files
  process.emitWarning = () => {}
  const source = module.stripTypeScriptTypes(typed.toString())
  process.emitWarning = emitWarning
  const part = `${kept}.${process.pid}`
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(part, source)
    renameSync(part, kept)
  } catch {}
  return source
}
