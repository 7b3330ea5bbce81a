import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { DateTime } from 'luxon'
import type { Test } from 'tap'
import { buildApp } from '../src/app.ts'
import { type Db, openDatabase } from '../src/base/db/open.ts'
import { sleeping } from '../src/base/jobs.ts'
import { listMailer, type Mail } from '../src/base/mail.ts'
import { hashOf, newNonce } from '../src/base/secrets.ts'
import { makers } from '../src/letters.ts'
import { deliverDue, type Post } from '../src/messages/actions.ts'
import { monday } from './cast.ts'
import { freshDatabase } from './database.ts'
import { server } from './postgres.ts'

export type TestWorld = {
  app: FastifyInstance
  db: Db
  /** Letters handed over so far. */
  mails: Mail[]
  post: Post
  /** Sends everything that is due by the stopped clock; how many rows went on. */
  deliver: () => Promise<number>
  /** The clock: stopped on a Monday morning, moved by tests. */
  clock: { now: DateTime }
  url: string | undefined
  /** A session of this account, as a Cookie header. */
  signIn: (email: string) => Promise<string>
}

export { server }

/** The whole application on a database of its own. PGlite, or the server when `TEST_ON=postgres` or when it is named. */
export async function world(
  t: Test,
  on = process.env['TEST_ON'] === 'postgres' ? server() : undefined,
  /** `log` gets the lines of the log; `as` makes a role of the server that the product works as, and says its address. */
  given: { log?: (line: string) => void; as?: (url: string) => Promise<string> } = {},
): Promise<TestWorld> {
  const owned = await freshDatabase(on)
  const url = given.as && owned.url ? await given.as(owned.url) : undefined
  const own = url === undefined ? undefined : await openDatabase({ url })
  const database = { ...owned, ...own, url: url ?? owned.url }
  // what lies outside the database: nothing, unless somebody is erased
  const dataDir = path.join(tmpdir(), `kezdesu-world-${newNonce().slice(0, 12)}`)
  const clock = { now: DateTime.fromISO(monday, { zone: 'utc' }) }
  const app = await buildApp({
    db: database.db,
    jobs: sleeping,
    now: () => clock.now,
    config: {
      publicUrl: 'http://127.0.0.1:3000',
      secret: 'a secret of the tests, 32 characters or more',
      trustProxy: false,
      logLevel: process.env['TEST_LOG'] || given.log ? 'debug' : 'silent',
      dataDir,
      mailFrom: 'kezdesu@kezdesu.example',
    },
    development: true,
    ...(given.log ? { logTo: { write: given.log } } : {}),
  })
  await app.ready()
  const mails: Mail[] = []
  const { publicUrl, secret, mailFrom } = app.config
  const post: Post = {
    db: database.db,
    mailer: listMailer(mails),
    makers,
    desk: { publicUrl, secret, mailFrom },
    now: async () => clock.now,
    onFault: error => {
      throw error
    },
  }
  t.teardown(async () => {
    await app.close()
    await own?.close()
    await owned.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const signIn = async (email: string) => {
    const session = newNonce()
    const { account_id, house_id } = await database.db
      .selectFrom('roles')
      .innerJoin('accounts', 'accounts.id', 'roles.account_id')
      .select(['account_id', 'house_id'])
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    await database.db
      .insertInto('sessions')
      .values({
        id_hash: hashOf(session),
        account_id,
        house_id,
        created_at: clock.now,
        seen_at: clock.now,
        ends_at: clock.now.plus({ days: 7 }),
        ip_prefix: '127.0.0',
        agent: 'test',
        strength: 'strong',
        proved_at: clock.now,
      })
      .execute()
    return `sid=${session}`
  }
  return { app, db: database.db, mails, post, deliver: () => deliverDue(post), clock, url: database.url, signIn }
}

/** Fields of the form with this action on a page, hidden ones included: what a browser would send. */
export function formOn(
  html: string,
  action: string | RegExp,
): { action: string; fields: Record<string, string | string[]> } {
  for (const [, attributes = '', inner = ''] of html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)) {
    const target = unescaped(/action="([^"]*)"/.exec(attributes)?.[1] ?? '')
    if (typeof action === 'string' ? target !== action : !action.test(target)) continue
    const fields: Record<string, string | string[]> = {}
    const add = (name: string, value: string) => {
      const before = fields[name]
      fields[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
    }
    for (const [tag] of inner.matchAll(/<(?:input|textarea|select)\b[^>]*>/g)) {
      const name = /\bname="([^"]*)"/.exec(tag)?.[1]
      const type = /\btype="([^"]*)"/.exec(tag)?.[1]
      if (!name || tag.startsWith('<select')) continue
      if ((type === 'checkbox' || type === 'radio') && !/\bchecked\b/.test(tag)) continue
      if (tag.startsWith('<textarea')) {
        add(
          name,
          unescaped(
            new RegExp(`${tag.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}([\\s\\S]*?)</textarea>`).exec(inner)?.[1] ?? '',
          ),
        )
        continue
      }
      add(name, unescaped(/\bvalue="([^"]*)"/.exec(tag)?.[1] ?? ''))
    }
    for (const [, name = '', options = ''] of inner.matchAll(
      /<select[^>]*\bname="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g,
    )) {
      const chosen = /<option value="([^"]*)"[^>]*\bselected\b/.exec(options) ?? /<option value="([^"]*)"/.exec(options)
      if (chosen) add(name, unescaped(chosen[1] ?? ''))
    }
    return { action: target, fields }
  }
  throw new Error(`the page has no form for ${action}`)
}

const unescaped = (text: string) =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))).replace(/&amp;/g, '&')

/** Sends a form as a browser of the same origin does. */
export const submit = (app: FastifyInstance, url: string, fields: Record<string, string | string[]>, cookie?: string) =>
  app.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      ...(cookie ? { cookie } : {}),
    },
    payload: new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) => [value].flat().map(each => [name, each] as [string, string])),
    ).toString(),
  })
