import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { Language } from '../i18n/language.ts'
import type { Block, Paper } from '../paper.ts'
import { pdfOf } from '../pdf.ts'
import type { Html } from './html.ts'
import { qr } from './qr.ts'
import { sameLanguage } from './same-language.ts'
import { words } from './sheet-words.ts'

type Shown = Exclude<Block, { is: 'qr' }> | { is: 'qr'; code: Html; address: string }
/** A form beside the sheet: what it does and the sentence that says so. */
export type SheetForm = { action: string; button: string; text: string }

declare module './pages.ts' {
  interface Views {
    'sheets/show': {
      title: string
      paper: Omit<Paper, 'halves'> & { halves: { language: Language; blocks: Shown[] }[] }
      say: (typeof words)['kk']
      pdf: string
      back: string
      form: SheetForm | undefined
      /** Why there is no form. */
      note: string
      /** The same sheet about something else. */
      other: { href: string; text: string } | undefined
    }
    'layouts/paper': { title: string; body: Html }
  }
}

/** Answers with a sheet to read and print; `pdf` is the address of its twin. */
export const showSheet = (
  reply: FastifyReply,
  paper: Paper,
  {
    language,
    houseId,
    ...around
  }: {
    language: Language
    houseId: string
    pdf: string
    back: string
    form?: SheetForm
    note?: string
    other?: { href: string; text: string }
  },
) =>
  reply.page(
    'sheets/show',
    {
      title: paper.title,
      paper: {
        ...paper,
        halves: paper.halves.map(half => ({
          ...half,
          blocks: half.blocks.map(
            (block): Shown =>
              block.is === 'qr' ? { is: 'qr', address: block.address, code: qr(block.address, block.label) } : block,
          ),
        })),
      },
      say: words[language],
      form: undefined,
      note: '',
      other: undefined,
      ...around,
      pdf: sameLanguage(reply.request, around.pdf),
      back: sameLanguage(reply.request, around.back),
    },
    { language, houseId },
  )

const retryAfterSeconds = 10

/** Answers with the same sheet as a PDF; who asks for its head alone has nothing drawn. */
export async function sendPdf(reply: FastifyReply, paper: Paper) {
  const bytes = reply.request.method === 'HEAD' ? Readable.from([]) : await pdfOf(paper)
  if ('refused' in bytes) return reply.away(retryAfterSeconds)
  return reply.type('application/pdf').header('content-disposition', `inline; filename="${paper.file}.pdf"`).send(bytes)
}
