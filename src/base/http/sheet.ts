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
    pdf,
    back,
    form,
  }: { language: Language; houseId: string; pdf: string; back: string; form?: SheetForm },
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
      form,
      pdf: sameLanguage(reply.request, pdf),
      back: sameLanguage(reply.request, back),
    },
    { language, houseId },
  )

/** Answers with the same sheet as a PDF. */
export async function sendPdf(reply: FastifyReply, paper: Paper) {
  const bytes = await pdfOf(paper)
  return reply.type('application/pdf').header('content-disposition', `inline; filename="${paper.file}.pdf"`).send(bytes)
}
