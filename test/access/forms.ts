import type { FastifyInstance } from 'fastify'
import { formOn } from '../world.ts'
import { filled, patternOf, type Route } from './route-table.ts'
import { type Fields, rows } from './rows.ts'
import type { Things } from './things.ts'

/** Forms that a page offers, by the pattern of the address they are sent to, without their token and key. */
export function formsOn(html: string, doors: Route[], into: Map<string, Fields>): void {
  for (const [, action = ''] of html.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"/g)) {
    const pattern = patternOf(doors, action.split('?')[0] ?? '')
    if (!pattern || into.has(pattern)) continue
    const { _csrf, _key, ...fields } = formOn(html, action.replaceAll('&amp;', '&')).fields
    into.set(pattern, fields)
  }
}

/** The forms of all pages that open for a session, with the things of its own House in them. */
export async function harvested(app: FastifyInstance, doors: Route[], its: Things, cookie: string) {
  const found = new Map<string, Fields>()
  for (const { method, url } of doors) {
    if (method !== 'GET' || /\.(pdf|xlsx|csv|ics|json)$/.test(url)) continue
    const answer = await app.inject({ url: filled(url, rows[url]?.at(its) ?? []), headers: cookie ? { cookie } : {} })
    if (answer.statusCode === 200 && String(answer.headers['content-type']).startsWith('text/html'))
      formsOn(answer.body, doors, found)
  }
  return found
}
