import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { typed } from '../base/http/typed.ts'
import { houseSaid } from '../houses/letter-store.ts'
import { addressOf } from './address-rules.ts'
import { type Asked, asking } from './asking.ts'
import { csvHead, csvOf } from './csv.ts'
import { factsOf, rowsOf } from './file-pages.ts'
import { headOf } from './head-pages.ts'
import { findLoad } from './load-store.ts'
import { type Shares, showPage, tablesOf } from './pages.ts'
import { monthsBefore } from './period-rules.ts'
import { findReport, type Report } from './report-store.ts'
import { isCut, isSmall } from './rules.ts'
import { cutsFor, cutTable } from './table-pages.ts'
import { words } from './words.ts'
import { sheetsOf, workbookOf } from './workbook.ts'

const viewer = { access: 'viewer' } as const
export const usualMonths = 6
const linesOfPage = 100
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A period of the House in figures: on a page, on paper and as files of the same. */
export const reportRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/app/reports', { config: viewer }, async (request, reply) => {
    const asked = await asking(app, request)
    if (!asked) return reply.callNotFound()
    if (asked.mistake) reply.code(422)
    const report = await reportOf(asked)
    return reply.page(
      'reports/show',
      showPage(asked, report, await houseOf(asked), monthsOf(asked), await shares(asked)),
    )
  })

  app.get('/app/reports/by/:cut', { config: viewer }, async (request, reply) => {
    const { cut } = request.params as { cut: string }
    const asked = await asking(app, request)
    if (!asked || !isCut(cut) || !cutsFor(asked).includes(cut)) return reply.callNotFound()
    if (asked.mistake) reply.code(422)
    const report = await reportOf(asked, cut === 'host' || cut === 'speaker')
    const table = cutTable(asked, cut, report.cuts[cut] ?? new Map(), report.total)
    const page = Math.max(1, Number(/^\d{1,4}$/.exec(typed(request.query, ['page']).texts.page)?.[0] ?? 1))
    const { language, period, wish } = asked
    const path = `/app/reports/by/${cut}`
    const here = table.lines.slice((page - 1) * linesOfPage, page * linesOfPage)
    const more = table.lines.length > page * linesOfPage
    return reply.page('reports/cut', {
      ...headOf(asked, await houseOf(asked), path),
      table: { ...table, lines: here },
      back: { href: addressOf('/app/reports', period, wish), text: words[language].back },
      cuts: cutsFor(asked).map(each => ({
        href: addressOf(`/app/reports/by/${each}`, period, wish),
        text: words[language].cut[each],
        here: each === cut,
      })),
      pager: {
        first: page > 1 ? addressOf(path, period, wish) : '',
        next: more ? addressOf(path, period, wish, { page: String(page + 1) }) : '',
      },
    })
  })

  app.get('/app/reports.csv', { config: viewer }, async (request, reply) => {
    const asked = await asking(app, request)
    if (!asked || asked.mistake) return refused(asked, request, reply)
    const tables = tablesOf(asked, await reportOf(asked, true), monthsOf(asked))
    const blocks = [factsOf(asked, await houseOf(asked)), ...tables.map(table => [[table.title], ...rowsOf(table)])]
    named(reply, asked, 'csv').type('text/csv; charset=utf-8')
    return reply.send(csvHead + blocks.map(csvOf).join('\r\n'))
  })

  app.get('/app/reports.xlsx', { config: viewer }, async (request, reply) => {
    const asked = await asking(app, request)
    if (!asked || asked.mistake) return refused(asked, request, reply)
    const tables = tablesOf(asked, await reportOf(asked, true), monthsOf(asked))
    const facts = { name: `0 ${words[asked.language].period}`, rows: factsOf(asked, await houseOf(asked)) }
    named(reply, asked, 'xlsx').type(xlsxType)
    return reply.send(await workbookOf([facts, ...sheetsOf(tables, rowsOf)]))
  })

  const monthsOf = ({ today }: Asked) => ({ count: usualMonths, today })
  const houseOf = async ({ houseId, language }: Asked) => {
    const { names, city } = await houseSaid(app.db, houseId)
    return `${names[language]}, ${city[language]}`
  }

  const reportOf = ({ houseId, period, wish, today }: Asked, lists = false): Promise<Report> =>
    findReport(app.db, houseId, period, wish, {
      since: monthsBefore(today, usualMonths),
      today,
      lists,
    })

  /** How the engine sees the load just now, without a name. */
  async function shares({ houseId, language, today, zone }: Asked): Promise<Shares> {
    const spread = await findLoad(app.db, houseId, today, zone)
    const say = words[language]
    return spread
      ? {
          text: `${spread.least} % – ${spread.most} %, ${say.middle.toLocaleLowerCase('kk')}: ${spread.middle} %`,
          few: isSmall(spread.people),
        }
      : { text: '', few: false }
  }

  async function refused(asked: Asked | undefined, request: FastifyRequest, reply: FastifyReply) {
    return asked ? reply.redirect(request.url.replace(/\.(csv|xlsx)/, ''), 303) : reply.callNotFound()
  }
}

/** A file's name in Latin letters, with its days. */
export const named = (reply: FastifyReply, { language, period }: Asked, ending: string, list = false): FastifyReply =>
  reply
    .header(
      'content-disposition',
      `attachment; filename="${list ? words[language].listName : words[language].fileName}-${period.from}-${period.to}.${ending}"`,
    )
    .header('cache-control', 'no-store')
