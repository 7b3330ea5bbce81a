import type { LightMyRequestResponse } from 'fastify'
import { formOn, type TestWorld } from '../world.ts'

export type Visitor = {
  get: (url: string) => Promise<LightMyRequestResponse>
  /** Fills the form with this action on the last page and sends it; `undefined` leaves a field out. */
  send: (
    action: string | RegExp,
    fields: Record<string, string | string[] | undefined>,
  ) => Promise<LightMyRequestResponse>
  /** Follows a redirect. */
  follow: (answer: LightMyRequestResponse) => Promise<LightMyRequestResponse>
  page: () => string
  /** What the browser has kept, as a Cookie header. */
  cookies: () => string
  ip: string
}

let visitors = 0

/** Somebody with a browser without script: keeps cookies, follows redirects, sends forms as they stand on the page. */
export function visitor({ app }: TestWorld, cookie = ''): Visitor {
  const jar = new Map<string, string>()
  if (cookie) jar.set(cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1))
  const remoteAddress = `10.0.${Math.floor(++visitors / 250)}.${(visitors % 250) + 1}`
  let last = ''
  const keep = (answer: LightMyRequestResponse) => {
    for (const each of answer.cookies) jar.set(each.name, encodeURIComponent(each.value))
    if (answer.headers['content-type']?.toString().startsWith('text/html')) last = answer.body
    return answer
  }
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const get = async (url: string) => keep(await app.inject({ url, remoteAddress, headers: { cookie: cookies() } }))
  return {
    get,
    follow: answer => get(String(answer.headers.location)),
    page: () => last,
    cookies,
    ip: remoteAddress,
    send: async (action, changed) => {
      const form = formOn(last, action)
      const fields = Object.entries({ ...form.fields, ...changed }).flatMap(([name, value]) =>
        [value ?? []].flat().map(each => [name, each] as [string, string]),
      )
      return keep(
        await app.inject({
          method: 'POST',
          url: form.action,
          remoteAddress,
          headers: {
            cookie: cookies(),
            'content-type': 'application/x-www-form-urlencoded',
            'sec-fetch-site': 'same-origin',
          },
          payload: new URLSearchParams(fields).toString(),
        }),
      )
    },
  }
}

/** The values of a field's boxes on a page. */
export const boxes = (html: string, name: string): string[] =>
  [...html.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map(([, value = '']) => value)

/** The lines of the error summary. */
export const summary = (html: string): string[] => {
  const part = /id="errs"[\s\S]*?<\/ul>/.exec(html)?.[0] ?? ''
  return [...part.matchAll(/<a href="[^"]*">([^<]*)<\/a>/g)].map(([, text = '']) => text)
}

export const person = {
  name: 'Әсел Нұрланқызы',
  position: 'орынбасар',
  email: 'asel@mektep.example',
  phone: '8 701 123 45 67',
  consent: 'yes',
}

/** Walks the form up to the check page: topic cyber-bullying, grades 9, school 901, the first possible time. */
export async function toCheck(school: Visitor, { language = 'kk', email = person.email } = {}): Promise<string> {
  await school.get(`/${language}/request/topic?topic=cyber-bullying`)
  await school.follow(await school.send(`/${language}/request/topic`, { grades: ['9'] }))
  await school.follow(await school.send(`/${language}/request/when`, { q: '901', do: 'find' }))
  const [host = ''] = boxes(school.page(), 'host')
  await school.follow(await school.send(`/${language}/request/when`, { host, do: 'host' }))
  const [slot = ''] = boxes(school.page(), 'slot')
  await school.follow(await school.send(`/${language}/request/when`, { slot, heads: '30', do: 'next' }))
  await school.follow(await school.send(`/${language}/request/contact`, { ...person, email }))
  return slot
}
