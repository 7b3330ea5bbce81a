import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Refused } from './wishes.ts'

/** Refuses what no plan can be written to before anybody waits for one; a device would be replaced by it. */
export function refuseOut(out: string): void {
  if (out === '') throw new Refused('--out: it names no file')
  asked(() => {
    if (statSync(out, { throwIfNoEntry: false })?.isFile() === false) throw new Refused(`--out: ${out} is not a file`)
    accessSync(path.dirname(out), constants.W_OK)
    if (!statSync(path.dirname(out)).isDirectory()) throw new Refused(`--out: ${path.dirname(out)} is not a folder`)
  })
}

/** The whole file or none of it. */
export function write(out: string, content: string): void {
  const beside = `${out}.${process.pid}.part`
  asked(() => {
    try {
      writeFileSync(beside, content)
      renameSync(beside, out)
    } finally {
      rmSync(beside, { force: true })
    }
  })
}

function asked(work: () => void): void {
  try {
    work()
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(`--out: ${(error as Error).message}`)
  }
}
