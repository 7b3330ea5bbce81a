import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { escaped } from '../base/http/html.ts'
import { siteOf } from '../base/http/site.ts'
import { languages } from '../base/i18n/language.ts'
import { findHouses } from '../houses/public-store.ts'
import { findPublicTopics } from '../topics/store.ts'
import { findTopicDates } from './sitemap-store.ts'

const pages = ['', '/topics', '/calendar', '/request/topic', '/help', '/privacy', '/accessibility']
/** What belongs to a person, a link or the staff; the later steps of the form are nothing without the first. */
const closed = [
  '/app',
  '/me',
  '/admin',
  '/account',
  '/sign-in',
  '/dev',
  '/r/',
  '/i/',
  '/s/',
  '/f/',
  ...['when', 'contact', 'check', 'sent', 'hosts'].map(step => `/*/request/${step}`),
]

/** What search engines may find of the public site, in three languages, and what they are to leave alone. */
export const sitemapRoutes: FastifyPluginAsyncTypebox = async app => {
  const { publicUrl } = app.config

  app.get('/robots.txt', { config: { access: 'static' } }, async (_, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=86400')
      .send(
        ['User-agent: *', ...closed.map(path => `Disallow: ${path}`), '', `Sitemap: ${publicUrl}/sitemap.xml`, ''].join(
          '\n',
        ),
      ),
  )

  app.get('/sitemap.xml', { config: { access: 'static' } }, async (_, reply) => {
    const entries: string[] = []
    for (const { id, front } of await findHouses(app.db)) {
      const dates = await findTopicDates(app.db, id)
      entries.push(
        // several Houses have a page in common besides
        ...(front && entries.length === 0 ? [entryOf(publicUrl, '', '')] : []),
        ...pages.map(path => entryOf(publicUrl, front, path)),
        ...(await findPublicTopics(app.db, id)).map(({ slug }) =>
          entryOf(publicUrl, front, `/topics/${slug}`, dates.get(slug)?.toUTC().toISODate()),
        ),
      )
    }
    return reply
      .type('application/xml; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" ' +
          `xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${entries.join('')}</urlset>\n`,
      )
  })
}

function entryOf(publicUrl: string, front: string, path: string, changed?: string | null): string {
  const lastmod = changed ? `<lastmod>${changed}</lastmod>` : ''
  return languages
    .flatMap(language => siteOf(publicUrl, `/${language}${path}`, '', front) ?? [])
    .map(({ canonical, twins }) => {
      const links = twins.map(
        twin => `<xhtml:link rel="alternate" hreflang="${twin.hreflang}" href="${escaped(twin.href)}"/>`,
      )
      return `<url><loc>${escaped(canonical)}</loc>${lastmod}${links.join('')}</url>\n`
    })
    .join('')
}
