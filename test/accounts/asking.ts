import type { FastifyInstance } from 'fastify'
import type { Db } from '../../src/base/db/open.ts'
import { codeOf, tokenOf } from '../../src/base/secrets.ts'
import { formOn, submit } from '../world.ts'

const secret = 'a secret of the tests, 32 characters or more'

/** Asks for a letter as a browser does; `asked`: the cookie that came with the answer. */
export async function ask(app: FastifyInstance, email: string) {
  const page = await app.inject('/sign-in')
  const { fields } = formOn(page.body, '/sign-in')
  const answer = await submit(app, '/sign-in', { ...fields, email })
  return { answer, asked: answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
}

/** The link and the code of the newest letter. */
export async function newest(db: Db) {
  const { nonce } = await db
    .selectFrom('sign_in_links')
    .select('nonce')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return { token: tokenOf(secret, 'sign-in', nonce), code: codeOf(secret, nonce) }
}

export const wrongCode = (code: string) => (code === '111111' ? '222222' : '111111')
