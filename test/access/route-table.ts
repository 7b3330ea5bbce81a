import { subscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import type { Access } from '../../src/base/auth.ts'

export type Route = { method: string; url: string; access: Access; weak: boolean; fresh: boolean }

/** Fastify's own table of routes of every application that is built from now on in this process. */
export function routeTable(): Route[] {
  const routes: Route[] = []
  subscribe('fastify.initialization', message => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', route => {
      const { access, weak = false, fresh } = route.config ?? {}
      for (const method of [route.method].flat())
        routes.push({ method, url: route.url, access: access as Access, weak, fresh: fresh !== undefined })
    })
  })
  return routes
}

/** Which pattern of the table an address belongs to; one without parameters comes first. */
export function patternOf(routes: Route[], path: string): string | undefined {
  const fits = (url: string) =>
    new RegExp(
      `^${url
        .replace(/\(\^.*?\$\)/g, '')
        .replaceAll('.', '\\.')
        .replace(/:\w+/g, '[^/]+')}$`,
    ).test(path)
  const found = routes.filter(({ url }) => fits(url)).sort((a, b) => a.url.split(':').length - b.url.split(':').length)
  return found[0]?.url
}

/** The address of a pattern with its parts filled in. */
export function filled(url: string, parts: string[]): string {
  let at = 0
  return url.replace(/\(\^.*?\$\)/g, '').replace(/:\w+/g, () => encodeURIComponent(parts[at++] ?? ''))
}
