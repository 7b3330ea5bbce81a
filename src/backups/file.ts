import { hash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { valuesIn } from '../base/text.ts'
import { Mistake } from '../config.ts'
import type { Sum } from './contents.ts'
import { Broken, type Key, keyFrom, opened, sealed } from './seal.ts'

/** The first line, in clear: what it is and which version can read it. Nothing in it is secret, and nothing can be changed. */
export type Head = {
  kezdesu: 2
  at: string
  migrations: string[]
  /** Where the chains of the journals ended: whoever writes one anew in the database writes it not here. */
  journals?: { houseId: string; n: number; hash: string }[]
  /** Whether a passphrase is needed; without one it only proves whole. */
  sealed: boolean
  salt: string
  prefix: string
  check: string
}
export type Sums = Record<string, Sum>
/** What a file that proved whole says of itself. */
export type Proved = { head: Head; key: Key; secret: string; sums: Sums; rows: number }

export type Line =
  | { kind: 'secret'; secret: string }
  | { kind: 'rows'; table: string; rows: string[] }
  | { kind: 'end'; sums: Sums }

const newest = 2
const lineEnd = 10
const longestHead = 65_536

/**
 * Writes the lines beside `file`, has them read back and compared, and only then puts them in its place: whatever goes
 * wrong, what was there before stays. Only the owner may read it.
 */
export async function writeFileOf(
  file: string,
  about: Pick<Head, 'at' | 'migrations' | 'journals'>,
  passphrase: string | undefined,
  lines: (sums: Sums) => AsyncIterable<Line>,
): Promise<Proved> {
  const salt = randomBytes(16)
  const prefix = randomBytes(7)
  const key = await keyFrom(passphrase ?? '', salt)
  const head: Head = {
    kezdesu: newest,
    ...about,
    sealed: passphrase !== undefined,
    salt: salt.toString('base64'),
    prefix: prefix.toString('base64'),
    check: key.check,
  }
  const first = Buffer.from(`${JSON.stringify(head)}\n`)
  const part = `${file}.${randomBytes(4).toString('hex')}.part`
  const sums: Sums = {}
  try {
    await pipeline(
      Readable.from(texts(lines(sums), sums)),
      createGzip({ level: 3 }),
      source => whole(first, sealed(source, { key: key.key, prefix, head: first })),
      createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true }),
    )
    const proved = await prove(part, passphrase, key)
    if (JSON.stringify(proved.sums) !== JSON.stringify(sums)) throw new Broken('it does not hold what was written')
    await rename(part, file)
    await settle(path.dirname(file))
    return proved
  } catch (error) {
    await rm(part, { force: true })
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
      throw new Mistake(`no room for ${file}: the backups before it stay as they are`, { cause: error })
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR')
      throw new Mistake(`${file} cannot be written: ${code}`, { cause: error })
    throw error
  }
}

async function* whole(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first
  yield* rest
}

/** The new name is on the disk as well. */
async function settle(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}

/** Adds rows to the sum of their table; the database's own `sumOf` says the same. */
function add(sums: Sums, table: string, rows: string[]): void {
  const before = sums[table] ?? { rows: 0, sum: '0' }
  let sum = BigInt(`0x${before.sum}`)
  for (const row of rows) sum += hash('md5', row, 'buffer').readBigUInt64BE()
  sums[table] = { rows: before.rows + rows.length, sum: BigInt.asUintN(64, sum).toString(16) }
}

async function* texts(lines: AsyncIterable<Line>, sums: Sums): AsyncGenerator<string> {
  for await (const line of lines) {
    if (line.kind === 'rows') {
      add(sums, line.table, line.rows)
      yield `T${line.table}\n`
      if (line.rows.length > 0) yield `R${line.rows.join('\nR')}\n`
    } else yield line.kind === 'end' ? `E${JSON.stringify(line.sums)}\n` : `H${JSON.stringify(line.secret)}\n`
  }
}

/** Reads a file from its first to its last byte; a mistake says in one line why it is none that can be restored. */
export async function prove(file: string, passphrase: string | undefined, known?: Key): Promise<Proved> {
  const { head } = await headOf(file)
  const key = known ?? (await keyOf(file, head, passphrase))
  const sums: Sums = {}
  let secret: string | undefined
  let said: Sums | undefined
  for await (const line of linesOf(file, key)) {
    if (line.kind === 'secret') secret = line.secret
    else if (line.kind === 'end') said = line.sums
    else add(sums, line.table, line.rows)
  }
  if (secret === undefined || JSON.stringify(said) !== JSON.stringify(sums))
    throw new Mistake(`${file} is damaged: its rows are not those that were written`)
  return { head, key, secret, sums, rows: Object.values(sums).reduce((all, { rows }) => all + rows, 0) }
}

/** The head of a file that says it is a backup. */
export async function headOf(file: string): Promise<{ head: Head; bytes: Buffer }> {
  const handle = await open(file).catch(() => {
    throw new Mistake(`${file} cannot be read`)
  })
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(longestHead), 0, longestHead, 0)
    const bytes = buffer.subarray(0, buffer.subarray(0, bytesRead).indexOf(lineEnd) + 1)
    const head: Partial<Head> | undefined = valuesIn(bytes.toString())
    if (typeof head?.kezdesu !== 'number') throw new Mistake(`${file} is no backup of Kezdesu`)
    if (head.kezdesu > newest) throw new Mistake('the backup comes from a newer version of Kezdesu: update first')
    if (head.kezdesu < newest || !isHead(head)) throw new Mistake(`${file} is no backup that this version can read`)
    return { head, bytes }
  } finally {
    await handle.close()
  }
}

/** The ends of the journals that a backup knows, proved to be what was written unless it is sealed and there is no passphrase. */
export async function journalsIn(
  file: string,
  passphrase: string | undefined,
): Promise<(NonNullable<Head['journals']>[number] & Pick<Head, 'at'>)[]> {
  const { head } = await headOf(file)
  if (passphrase || !head.sealed) for await (const _ of linesOf(file, await keyOf(file, head, passphrase))) break
  return (head.journals ?? []).map(it => ({ ...it, at: head.at }))
}

const isHead = (head: Partial<Head>): head is Head =>
  [head.at, head.salt, head.prefix, head.check].every(it => typeof it === 'string') && Array.isArray(head.migrations)

async function keyOf(file: string, head: Head, passphrase: string | undefined): Promise<Key> {
  if (head.sealed && !passphrase) throw new Mistake(`${file} is sealed: set BACKUP_PASSPHRASE`)
  const key = await keyFrom(head.sealed ? (passphrase ?? '') : '', Buffer.from(head.salt, 'base64'))
  if (key.check !== head.check)
    throw new Mistake(head.sealed ? `BACKUP_PASSPHRASE is not that of ${file}` : `${file} is damaged: its head`)
  return key
}

/** What a backup holds, line by line, each proved before it is given out. */
export async function* linesOf(file: string, key: Key): AsyncGenerator<Line> {
  const { head, bytes } = await headOf(file)
  const lock = { key: key.key, prefix: Buffer.from(head.prefix, 'base64'), head: bytes }
  const gunzip = createGunzip()
  const reading = pipeline(createReadStream(file, { start: bytes.length }), source => opened(source, lock), gunzip)
  // the loop below meets the same fault
  reading.catch(() => {})
  try {
    yield* grouped(gunzip)
    await reading
  } catch (cause) {
    if (cause instanceof Broken || (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_')))
      throw new Mistake(`${file} is damaged or was cut off`, { cause })
    throw cause
  } finally {
    gunzip.destroy()
  }
}

const most = 1000

/** Rows of one table together, as many as go into the database at once. */
async function* grouped(source: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let table = ''
  let rows: string[] = []
  for await (const some of split(source))
    for (const line of some) {
      const rest = line.slice(1)
      if (line[0] === 'R' && rows.push(rest) < most) continue
      if (rows.length > 0) yield { kind: 'rows', table, rows }
      rows = []
      if (line[0] === 'T') {
        table = tableIn(rest)
        // a table without rows is there, too
        yield { kind: 'rows', table, rows }
      } else if (line[0] === 'H') yield { kind: 'secret', secret: secretIn(rest) }
      else if (line[0] === 'E') yield { kind: 'end', sums: sumsIn(rest) }
    }
}

/** Without a passphrase anybody can make a file that proves whole: what its lines say is not believed either. */
function secretIn(text: string): string {
  const { secret } = valuesIn(`{"secret":${text}}`) ?? {}
  if (typeof secret !== 'string') throw new Broken('no key')
  return secret
}

function tableIn(text: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(text)) throw new Broken('no table')
  return text
}

function sumsIn(text: string): Sums {
  const sums = valuesIn(text)
  if (!sums) throw new Broken('no sums')
  return sums as Sums
}

/** Lines as they come, some at a time. */
async function* split(source: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder()
  let left = ''
  for await (const part of source) {
    const lines = (left + decoder.decode(part, { stream: true })).split('\n')
    left = lines.pop() ?? ''
    if (lines.length > 0) yield lines
  }
  if (left !== '') throw new Broken('cut off in a line')
}
