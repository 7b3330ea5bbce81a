import { Duplex } from 'node:stream'
import type pg from 'pg'
import type { ConstructorOptions } from 'pg-boss'
import type { Lite } from './lite.ts'

/**
 * The embedded database as a socket of node-postgres: what one query writes goes in at once and what comes out is read.
 * So both databases have one driver, its values and its prepared statements: planning took two thirds of a look-up.
 */
export class Wire extends Duplex {
  readonly #database: Lite

  constructor(database: Lite) {
    super()
    this.#database = database
  }

  // what node-postgres asks of a net.Socket
  connect(): this {
    process.nextTick(() => this.emit('connect'))
    return this
  }
  setNoDelay(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }

  override _read(): void {}

  override _write(message: Uint8Array, _: BufferEncoding, done: (error?: Error) => void): void {
    this.#database.ask(message).then(answer => {
      this.push(answer)
      done()
    }, done)
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'binary', done)
  }
}

/** pg-boss on the one connection: a block that failed is rolled back before anybody else has it. */
export function jobsOn(pool: pg.Pool, refuse: () => void): ConstructorOptions {
  const executeSql = async (text: string, values?: unknown[]) => {
    refuse()
    const client = await pool.connect()
    try {
      return await client.query(text, values)
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
  }
  return { db: { executeSql }, backend: 'pglite' }
}
