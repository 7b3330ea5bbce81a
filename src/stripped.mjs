import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import module from 'node:module'
import path from 'node:path'

/**
 * Keeps what is left of each TypeScript file without its types, so that only the first start takes them off: what does that
 * for Node stays in memory, 20 MB. Node's own cache of compiled code would keep it, too, and 15 MB of itself in memory.
 * Preloaded by `--import`; where nothing can be kept everything works all the same.
 */
const folder = process.env['STRIPPED_CACHE'] ?? path.join(import.meta.dirname, '../node_modules/.cache/stripped')

module.registerHooks({
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context)
    const typed = readFileSync(new URL(url))
    const kept = path.join(folder, createHash('sha256').update(process.version).update(typed).digest('hex'))
    return { format: 'module', source: read(kept) ?? strip(typed, kept), shortCircuit: true }
  },
})

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return
  }
}

/** @param {Buffer} typed @param {string} kept */
function strip(typed, kept) {
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
