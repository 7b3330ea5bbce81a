import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { dateSaid, numberSaid } from '../base/i18n/dates.ts'
import { clock, type Day } from '../base/time.ts'
import { findHelpLines } from '../houses/help-store.ts'
import { findFigures } from '../houses/public-store.ts'
import { findNamed } from '../houses/store.ts'
import { bandsOf, cardOf, filtersOf } from '../topics/pages.ts'
import { findAudiences, findProfessions, findPublicTopics } from '../topics/store.ts'
import { words as topicWords } from '../topics/words.ts'
import { housesPage } from './home-pages.ts'
import { findSoon } from './home-store.ts'
import { words } from './home-words.ts'
import { openCalendar, openDays } from './open-talks-pages.ts'
import { findOpenTalks } from './open-talks-store.ts'
import { words as openWords } from './open-talks-words.ts'

const topicsShown = 6
const openShown = 4

/** The House's home for visitors: one button, the next free times, topics, how it goes, help. */
export const homeRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('', { config: { access: 'open' } }, async (request, reply) => {
    const { language, house, home } = request
    // the address of all Houses speaks for none of them
    if (house && home !== `/${language}${house.front}`)
      return reply.page(
        'requests/houses',
        housesPage(language, await findNamed(app.db, language), await findHelpLines(app.db, language)),
        { houseId: null },
      )
    const say = words[language]
    const now = app.now()
    const topics = house ? await findPublicTopics(app.db, house.id) : []
    const audiences = (await findAudiences(app.db)).filter(({ closed }) => !closed)
    const professions = await findProfessions(app.db)
    const soon = house ? await findSoon(app.db, house, language, topics, audiences, now) : []
    const figures = house
      ? await findFigures(app.db, house.id, schoolYear(house.today))
      : { talks: 0, hosts: 0, heads: 0 }
    return reply.page('requests/home', {
      title: say.title,
      description: say.description,
      say,
      ask: `${home}/request/topic`,
      soon: soon.map(({ topic, moment }) => ({
        href: `${home}/request/topic?topic=${topic.slug}`,
        day: dateSaid(language, moment.day),
        text: `${clock(moment.from)} · ${topic.title[language]}`,
      })),
      filters: filtersOf(language, topics, audiences, undefined, `${home}/topics`),
      bands: bandsOf(language, topics, { audience: undefined, band: undefined }, `${home}/topics`),
      byGrade: topicWords[language].byGrade,
      open: house && {
        say: openWords[language],
        days: openDays(language, home, await findOpenTalks(app.db, house.id, house.today), house, openShown),
        calendar: `${home}/calendar`,
        webcal: openCalendar(app.config.publicUrl, house.slug, language).webcal,
      },
      topics: topics
        .slice(0, topicsShown)
        .map(topic => cardOf(language, topic, audiences, professions, `${home}/topics/${topic.slug}`)),
      all: { href: `${home}/topics`, text: say.all(topics.length) },
      figures:
        figures.talks === 0
          ? []
          : (['talks', 'hosts', 'heads'] as const).map(what => ({
              number: numberSaid(language, figures[what]),
              text: say[what](figures[what]),
            })),
      help: await findHelpLines(app.db, language),
    })
  })
}

/** The first of September before a day. */
const schoolYear = (today: Day): Day => `${Number(today.slice(0, 4)) - (today.slice(5) < '09-01' ? 1 : 0)}-09-01`
