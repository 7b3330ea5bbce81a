import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import { dateWithoutWeekday } from '../base/i18n/dates.ts'
import { byName } from '../base/i18n/fold.ts'
import { wallOf } from '../base/time.ts'
import { findZone } from '../houses/zone-store.ts'
import type {} from './directory-pages.ts'
import { findDirectory } from './directory-store.ts'
import { words } from './directory-words.ts'
import { words as editWords } from './edit-words.ts'
import { paperTag } from './paper-pages.ts'
import { findPaperWarnings } from './paper-store.ts'

/** The House's people for its coordinators: a list; the page of each stands in talks/speaker-routes.ts. */
export const directoryRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/speakers', { config: { access: 'coordinator', sight: 'speaker' } }, async (request, reply) => {
    const { houseId } = actorOf(request)
    const { language } = request
    const today = wallOf(app.now(), await findZone(app.db, houseId)).day
    const rows = await findDirectory(app.db, houseId, language, today)
    const papers = await findPaperWarnings(app.db, houseId, today)
    return reply.page('speakers/directory', {
      say: words[language],
      add: editWords[language].add,
      rows: rows
        .sort((a, b) => byName(a.name, b.name))
        .map(row => ({
          href: `/app/speakers/${row.id}`,
          name: row.name,
          does: row.professions.join(', ').toLocaleLowerCase('kk'),
          languages: row.languages.map(each => words[language].shortLanguages[each] ?? each).join(', '),
          group: row.groups.join(', '),
          month: `${row.inMonth} / ${row.limit_month}`,
          paper: paperTag(language, papers.get(row.id) ?? []),
          paused:
            row.paused_from === null
              ? undefined
              : words[language].paused(dateWithoutWeekday(language, row.paused_from)),
        })),
    })
  })
}
