import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf } from '../base/auth.ts'
import { dateShort, dateWithoutWeekday, weekdayName } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import type { Language } from '../base/i18n/language.ts'
import { isUuid, phoneSaid } from '../base/text.ts'
import { wallOf } from '../base/time.ts'
import { type PersonTalk, shortLanguages } from './directory-pages.ts'
import { findBusyTimes, findDirectory, findPerson, findTalksOf, type PersonTalkRow } from './directory-store.ts'
import { words } from './directory-words.ts'

/** The House's people for its coordinators: a list, and a page of each. */
export const directoryRoutes: FastifyPluginAsyncTypebox = async app => {
  const today = async (houseId: string) => {
    const { zone } = await app.db
      .selectFrom('houses')
      .select('zone')
      .where('id', '=', houseId)
      .executeTakeFirstOrThrow()
    return wallOf(app.now(), zone).day
  }

  app.get('/app/speakers', { config: { access: 'coordinator' } }, async (request, reply) => {
    const { houseId } = actorOf(request)
    const { language } = request
    const rows = await findDirectory(app.db, houseId, language, await today(houseId))
    return reply.page('speakers/directory', {
      say: words[language],
      rows: rows
        .sort((a, b) => byName(a.name, b.name))
        .map(row => ({
          href: `/app/speakers/${row.id}`,
          name: row.name,
          does: row.professions.join(', ').toLocaleLowerCase('kk'),
          languages: row.languages.map(each => shortLanguages[language][each] ?? each).join(', '),
          group: row.groups.join(', '),
          month: `${row.inMonth} / ${row.limit_month}`,
          paused:
            row.paused_from === null
              ? undefined
              : words[language].paused(dateWithoutWeekday(language, row.paused_from)),
        })),
    })
  })

  app.get(
    '/app/speakers/:id',
    { config: { access: 'coordinator' }, schema: { params: Type.Object({ id: Type.String() }) } },
    async (request, reply) => {
      const { houseId } = actorOf(request)
      const { language } = request
      const day = await today(houseId)
      const { id } = request.params
      const person = isUuid(id) ? await findPerson(app.db, houseId, id, language, day) : undefined
      if (!person) return reply.callNotFound()
      const said = words[language]
      const busy = await findBusyTimes(app.db, person.id)
      const fact = (name: string, text: string) => ({ name, text })
      return reply.page('speakers/person', {
        say: said,
        name: person.name,
        does: person.professions.join(', ').toLocaleLowerCase('kk'),
        email: person.email,
        phone: person.phone ?? undefined,
        phoneSaid: person.phone ? phoneSaid(person.phone) : '',
        facts: [
          fact(said.languages, person.languages.map(each => shortLanguages[language][each] ?? each).join(', ')),
          fact(said.group, person.groups.join(', ')),
          fact(said.home, person.district),
          fact(said.transport, said.transports[person.transport]),
          fact(said.limits, `${person.limit_day} / ${person.limit_week} / ${person.limit_month}`),
          fact(
            said.quarter,
            said.hours(
              String(Math.round(person.minutesServed / 60)),
              String(Math.round(Number(person.hours_offered_a_quarter))),
            ),
          ),
          fact(said.topics, person.topics.length > 0 ? person.topics.join('; ') : said.every),
          fact(
            said.busy,
            busy.length > 0
              ? busy.map(it => `${weekdayName(language, it.weekday)} ${it.from_time}–${it.to_time}`).join('; ')
              : said.never,
          ),
          ...(person.paused_from === null
            ? []
            : [fact('', said.paused(dateWithoutWeekday(language, person.paused_from)))]),
        ],
        ahead: (await findTalksOf(app.db, person.id, language, { from: day })).map(row => talkShown(language, row)),
        past: (await findTalksOf(app.db, person.id, language, { before: day })).map(row => talkShown(language, row)),
      })
    },
  )
}

const talkShown = (language: Language, row: PersonTalkRow): PersonTalk => ({
  href: `/app/talks/${row.id}`,
  when: `${dateShort(language, row.held_on)}.${row.held_on.slice(5, 7)}, ${row.from_time}`,
  host: row.host,
  topic: row.topic,
  state:
    row.state === 'booked'
      ? row.seat === 'invited'
        ? words[language].waits
        : words[language].agreed
      : row.heads_counted === null
        ? ''
        : String(row.heads_counted),
})
