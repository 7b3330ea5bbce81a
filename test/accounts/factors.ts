import { codeAt, newCodeSecret, stepOf } from '../../src/base/proofs/one-time-code.ts'
import { hashOf } from '../../src/base/secrets.ts'
import { formOn, submit, type TestWorld } from '../world.ts'
import { ask, newest } from './asking.ts'

/** Cookies as a browser keeps them: what an answer sets replaces what was there, what it clears goes. */
export class Jar {
  readonly cookies = new Map<string, string>()
  keep(answer: { cookies: { name: string; value: string }[] }): void {
    for (const { name, value } of answer.cookies) {
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }
  get header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
  get sessionHash(): string {
    return hashOf(this.cookies.get('sid') ?? '')
  }
}

/** Somebody at a browser that keeps cookies. */
export function browser({ app }: Pick<TestWorld, 'app'>, jar = new Jar()) {
  const headers = () => (jar.header ? { cookie: jar.header } : {})
  const get = async (url: string) => {
    const answer = await app.inject({ url, headers: headers() })
    jar.keep(answer)
    return answer
  }
  const post = async (url: string, fields: Record<string, string> = {}) => {
    const answer = await submit(app, url, fields, jar.header || undefined)
    jar.keep(answer)
    return answer
  }
  return { jar, get, post }
}
export type Browser = ReturnType<typeof browser>

/** Signs in by a letter, as the first step of staff. */
export async function byLetter(w: TestWorld, email: string): Promise<Browser> {
  const one = browser(w)
  await ask(w.app, email)
  const { token } = await newest(w.db)
  await one.post(`/sign-in/${token}`)
  if (!one.jar.cookies.has('sid')) throw new Error(`no letter lets ${email} in`)
  // the next letter of a test is newer than this one
  w.clock.now = w.clock.now.plus({ milliseconds: 1 })
  return one
}

/** Takes an application into use: its secret, and what the answer to the code was. */
export async function takeCodes(w: TestWorld, one: Browser) {
  await one.post('/account/codes')
  const page = await one.get('/account/codes')
  const secret = /<code class="secret">([^<]*)</.exec(page.body)?.[1]?.replaceAll(' ', '') ?? newCodeSecret()
  const { fields } = formOn(page.body, '/account/codes/confirmation')
  const done = await one.post('/account/codes/confirmation', {
    ...(fields as Record<string, string>),
    code: codeAt(secret, stepOf(w.clock.now)),
  })
  return { secret, done }
}

export const codeNow = (w: TestWorld, secret: string, later = 0): string => codeAt(secret, stepOf(w.clock.now) + later)
