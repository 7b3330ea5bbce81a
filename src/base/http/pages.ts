import path from 'node:path'
import view from '@fastify/view'
import { Eta } from 'eta'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Actor } from '../auth.ts'
import { type Language, languages } from '../i18n/language.ts'
import { newNonce } from '../secrets.ts'
import { words } from '../words.ts'
import { asset } from './assets.ts'
import { draftField } from './draft.ts'
import { escaped, type Html } from './html.ts'
import { icon } from './icons.ts'
import { sameLanguage } from './same-language.ts'
import { type Site, siteOf } from './site.ts'

/** Every page and part with the data it gets; each feature adds its own in its `pages.ts`. */
export interface Views {
  'layouts/public': {
    title: string
    description?: string
    /** What Enter means in the form of the page: then the language is changed by sending the form, so that nothing typed is lost. */
    enter?: string
    /** A page with a script of its own and nothing to print. */
    lean?: boolean
    body: Html
  }
  'layouts/me': { title: string; here: 'talks' | 'invitations' | 'busy' | 'profile'; invitations?: number; body: Html }
  'layouts/staff': {
    title: string
    here: StaffPage
    search?: string
    waiting?: number
    refresh?: number | undefined
    /** The page follows long work by itself, and is loaded again and again where no script does. */
    follow?: boolean
    body: Html
  }
  'parts/mark': { size: number }
  'parts/yurt': Record<string, never>
  'parts/site': { site: Site; title: string; name: string; description: string }
  'parts/field': FieldPart
  'parts/error-summary': { title: string; errors: { href: string; text: string }[] }
  'parts/help-lines': { title: string; lines: { code: string; name: string; note: string }[] }
  'parts/pager': {
    label: string
    before: { href: string; text: string } | undefined
    after: { href: string; text: string } | undefined
  }
}

export type StaffPage =
  | 'inbox'
  | 'week'
  | 'planner'
  | 'speakers'
  | 'hosts'
  | 'topics'
  | 'reports'
  | 'messages'
  | 'support'
  | 'admin'
  | 'other'
export type FieldPart = {
  id: string
  name: string
  label: string
  hint?: string | undefined
  error: string | undefined
  value: string
  type?: 'text' | 'password' | 'email' | 'tel' | 'date' | 'time' | 'datetime-local'
  inputmode?: 'numeric' | 'email' | 'tel' | 'text'
  autocomplete?: string
  narrow?: boolean
  /** A password, with a button of the script that shows what was typed. */
  reveal?: { show: string; hide: string }
}

/** How the House presents itself on a page: already in the page's language. */
export type Face = {
  name: string
  city: string
  phone: string | undefined
  phoneSaid: string | undefined
  /** Where its own site lies behind the language; nothing while there is one House, or none is meant. */
  front: string
}

/** What every page (not part) gets besides its own data. */
export type Frame = {
  language: Language
  /** Texts of the frame itself: menus, skip link, errors. A page's own texts come as `say`. */
  frame: (typeof words)[Language]
  languages: typeof languages
  /** Where the site begins of the House that this page speaks for: `/kk`, or `/kk/h/shymkent`. */
  home: string
  homeIn: (language: Language) => string
  /** Address of this page in another language. */
  inLanguage: (language: Language) => string
  /** This address in the language the reader chose, for pages whose own language is that of their request. */
  sameLanguage: (address: string) => string
  face: Face
  actor: Pick<Actor, 'name' | 'role' | 'keysOn' | 'theme' | 'strength'> | null
  /** Hidden fields of each form: the token and a key by which a form sent twice is done once. */
  fields: () => Html
  asset: typeof asset
  icon: typeof icon
  noindex: boolean
  /** How search engines and messengers name this page; undefined where it is nobody's business. */
  site: Site | undefined
}

export type FaceOf = (houseId: string | undefined, language: Language) => Promise<Face>

/** Under which key the last face of a House in a language is remembered. */
export const faceKey = (houseId: string | undefined, language: Language): string => `${language} ${houseId ?? ''}`

declare module 'fastify' {
  interface FastifyInstance {
    /** Faces that pages have shown since the start: what an error page can say while the database is away. */
    knownFaces: Map<string, Face>
  }
  interface FastifyReply {
    /** Answers with a page of ours: a known name with its own data. */
    page: <Name extends Extract<keyof Views, string>>(
      name: Name,
      data: Views[Name],
      /** `houseId: null`: a page of no House, or of all. */
      options?: { language?: Language; houseId?: string | null },
    ) => Promise<string>
    forged: () => Promise<FastifyReply>
    /** 403: staff who came by a letter alone set up a factor before anything else. */
    unproved: () => Promise<FastifyReply>
    /** 429: too many tries, and when the next one may come. */
    tooMany: (retryAfterSeconds: number) => Promise<FastifyReply>
    /** 503: too much is asked for at once, and when there may be room. */
    away: (retryAfterSeconds: number) => Promise<FastifyReply>
  }
}

const root = path.join(import.meta.dirname, '../../../views')

/** The engine of pages and of the HTML halves of letters. */
export const eta = new Eta({
  views: root,
  cache: true,
  autoEscape: true,
  autoTrim: false,
  escapeFunction: escaped,
  varName: 'it',
})

export const pages = fp(
  async (app: FastifyInstance, options: { faceOf: FaceOf }) => {
    await app.register(view, { engine: { eta }, root, production: true })
    app.decorateRequest('house', undefined)
    app.decorateRequest('home', '')
    app.decorateReply(
      'page',
      async function page(this: FastifyReply, name, data, { language = this.request.language, houseId } = {}) {
        const { request } = this
        const house = houseId === null ? undefined : (houseId ?? houseIdOf(request))
        const face = await options.faceOf(house, language)
        app.knownFaces.set(faceKey(house, language), face)
        const homeIn = (other: Language) =>
          request.house && houseId === undefined
            ? request.home.replace(/^\/\w\w/, `/${other}`)
            : `/${other}${face.front}`
        const frame: Frame = {
          language,
          home: homeIn(language),
          homeIn,
          languages,
          frame: words[language],
          inLanguage: other => addressIn(request.url, other),
          sameLanguage: address => sameLanguage(request, address),
          face,
          actor: request.actor,
          fields: () =>
            `<input type="hidden" name="_csrf" value="${request.formToken()}"><input type="hidden" name="_key" value="${newNonce().slice(0, 22)}">${draftField(request)}` as Html,
          asset,
          icon,
          noindex: request.routeOptions.config.access !== 'open' || request.routeOptions.config.unlisted === true,
          site:
            request.routeOptions.config.access === 'open' && !request.routeOptions.config.unlisted
              ? siteOf(app.config.publicUrl, request.url, asset('og.png'), face.front)
              : undefined,
        }
        this.type('text/html; charset=utf-8').header('content-language', language)
        return this.viewAsync(name, { ...data, ...frame })
      },
    )
  },
  { name: 'pages', dependencies: ['auth', 'forms', 'errors'] },
)

/** The House whose site is read; elsewhere that of who is signed in. */
export const houseIdOf = ({ house, actor }: FastifyRequest): string | undefined => house?.id ?? actor?.houseId

function addressIn(url: string, language: Language): string {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  searchParams.delete('l')
  const named = /^\/(kk|ru|en)(?=\/|$)/.test(pathname)
  if (!named) searchParams.set('l', language)
  const query = searchParams.toString()
  return (named ? pathname.replace(/^\/\w\w/, `/${language}`) : pathname) + (query ? `?${query}` : '')
}
