import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { actorOf } from '../base/auth.ts'
import { typed } from '../base/http/typed.ts'
import { byName, fold } from '../base/i18n/fold.ts'
import { isLanguage } from '../base/i18n/language.ts'
import { isUuid } from '../base/text.ts'
import type { HostKind } from '../hosts/rules.ts'
import { findDuplicates, findHostRow, searchHosts } from '../hosts/store.ts'
import { findDistricts, findHouse } from '../houses/public-store.ts'
import { findAudiences, findTopics } from '../topics/store.ts'
import { ask } from './actions.ts'
import { emptyContact, emptyHost, emptyWhen, sentContact, sentHost, sentTopic, sentWhen } from './draft-pages.ts'
import { entryPage, searchPage, type TypedEntry } from './entry-pages.ts'
import { readEntry } from './entry-rules.ts'
import { searchRequests, searchSpeakers } from './search-store.ts'

const windows = 5
const kinds: HostKind[] = [
  'school',
  'college',
  'university',
  'workplace',
  'market',
  'community-centre',
  'house-of-friendship',
  'custody',
]
const longestSearch = 200

/** What a coordinator writes down for a caller, and the search box of every staff page. */
export const entryRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/requests/new', { config: { access: 'coordinator' } }, async (request, reply) => {
    const { texts } = typed(request.query, ['host', 'q'])
    const host = { ...emptyHost, host: texts.host, q: texts.q }
    const entry: TypedEntry = {
      source: 'call',
      sure: '',
      language: 'kk',
      topic: { topic: '', audience: '', grades: [] },
      host,
      when: emptyWhen(['kk'], windows),
      contact: emptyContact,
    }
    return reply.page('requests/entry', entryPage(request.language, entry, await hints(request, entry), []))
  })

  app.post('/app/requests/new', { config: { access: 'coordinator' } }, async (request, reply) => {
    const { houseId, accountId } = actorOf(request)
    const { entry, repeated, button, key } = sentEntry(request.body)
    const known = await hints(request, entry)
    if (button === 'find')
      return reply.page('requests/entry', entryPage(request.language, entry, { ...known, similar: [] }, []))
    const read = readEntry(entry, {
      topics: known.topics,
      kinds,
      districts: known.districts.map(({ kato }) => kato),
      found: known.chosen,
      similar: known.similar.length > 0,
      suitable: audience => known.audiences.find(({ slug }) => slug === audience)?.hostKinds ?? [],
      clock: known.clock,
    })
    const problems = [...repeated, ...read.problems]
    const { value } = read
    if (!value || problems.length > 0)
      return reply.code(422).page('requests/entry', entryPage(request.language, entry, known, problems))
    const { source, topic, host, when, contact } = value
    const kind = kinds.find(each => 'kind' in host && each === host.kind) ?? 'school'
    const done = await ask(
      { db: app.db, jobs: app.jobs, secret: app.config.secret },
      { key, url: request.url, by: accountId, body: request.body, now: app.now() },
      {
        houseId,
        topic,
        when,
        contact,
        place: 'id' in host ? host : { ...host, kind },
        language: isLanguage(entry.language) ? entry.language : 'kk',
        by: { source, accountId },
      },
      number => `/app/requests/${number}${button === 'series' ? '/series' : ''}`,
    )
    return reply.redirect(done.location, 303)
  })

  app.get('/app/search', { config: { access: 'coordinator' } }, async (request, reply) => {
    const { language } = request
    const { houseId } = actorOf(request)
    const { texts } = typed(request.query, ['q'])
    const q = texts.q.slice(0, longestSearch)
    const requests = await searchRequests(app.db, houseId, language, q)
    const hosts = fold(q) === '' ? [] : await searchHosts(app.db, houseId, q)
    const speakers = await searchSpeakers(app.db, houseId, language, q)
    return reply.page(
      'requests/search',
      searchPage(language, q, { requests, hosts, speakers: speakers.sort((a, b) => byName(a.name, b.name)) }),
    )
  })

  async function hints(request: FastifyRequest, { host, sure }: TypedEntry) {
    const { houseId } = actorOf(request)
    const house = await findHouse(app.db, houseId, app.now())
    const chosen = isUuid(host.host) ? await findHostRow(app.db, houseId, host.host) : undefined
    const hits = fold(host.q) === '' ? [] : await searchHosts(app.db, houseId, host.q.slice(0, longestSearch))
    const kind = kinds.find(each => each === host.kind)
    const isNew = host.host === 'new' && sure !== 'yes' && kind !== undefined && fold(host.name) !== ''
    return {
      topics: await findTopics(app.db, houseId),
      audiences: await findAudiences(app.db),
      districts: house ? await findDistricts(app.db, house.region) : [],
      hits: chosen && !hits.some(({ id }) => id === chosen.id) ? [chosen, ...hits] : hits,
      chosen,
      similar: isNew
        ? await findDuplicates(app.db, houseId, { kind, district: host.district, folded: fold(host.name) })
        : [],
      clock: { today: house?.today ?? '', minute: house?.now ?? 0, zone: house?.zone ?? 'Asia/Almaty' },
    }
  }
}

function sentEntry(body: unknown) {
  const { texts, repeated } = typed(body, ['source', 'sure', 'language', 'do', '_key'])
  const [topic, host, when, contact] = [
    sentTopic(body),
    sentHost(body),
    sentWhen(body, windows),
    sentContact(body, 'contact-'),
  ]
  const entry: TypedEntry = { ...texts, topic: topic.typed, host: host.typed, when: when.typed, contact: contact.typed }
  const once = repeated.map(field => ({ field, code: 'one-value' as const }))
  return {
    entry,
    repeated: [...once, ...topic.problems, ...host.problems, ...when.problems, ...contact.problems],
    button: texts.do,
    key: texts._key || undefined,
  }
}
