import { createHmac } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'

export type Tombstone = { hash: string; at: string }

/** An address as it is remembered once nobody may know it: only with the application's key it can be recognised again. */
export const tombstoneOf = (secret: string, address: string): string =>
  createHmac('sha256', secret).update(`tombstone:${address.trim().toLowerCase()}`).digest('hex')

/** They lie beside the database and not in it: a restored database is older than what was asked to be forgotten. */
const fileIn = (dataDir: string) => path.join(dataDir, 'tombstones')

export async function readTombstones(dataDir: string): Promise<Tombstone[]> {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(error => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').flatMap(line => {
    const [, hash, at] = /^([0-9a-f]{64}) (\S+)$/.exec(line) ?? []
    return hash && at ? [{ hash, at }] : []
  })
}

/** Adds those that the file lacks; a later moment of the same address wins. */
export async function keepTombstones(dataDir: string, stones: Tombstone[]): Promise<void> {
  const known = new Map((await readTombstones(dataDir)).map(it => [it.hash, it.at]))
  const fresh = stones.filter(it => (known.get(it.hash) ?? '') < it.at)
  if (fresh.length === 0) return
  for (const { hash, at } of fresh) known.set(hash, at)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const file = fileIn(dataDir)
  await writeFile(`${file}.part`, [...known].map(([hash, at]) => `${hash} ${at}\n`).join(''), { mode: 0o600 })
  await rename(`${file}.part`, file)
}
