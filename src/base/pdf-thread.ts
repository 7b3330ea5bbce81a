import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import PDFDocument from 'pdfkit'
import { encode } from 'uqr'
import type { Block, Paper } from './paper.ts'

type Doc = InstanceType<typeof PDFDocument>
/** Where the writing stands: a column of the sheet, how far down, and how large a letter is. */
type Pen = {
  doc: Doc
  x: number
  width: number
  y: number
  size: number
  bottom: number
  breaks: boolean
  dry: boolean
}

const margin = 40
const gap = 24
const [ink, quiet, line] = ['#1c2a31', '#55646b', '#b9b2a4']
const font = (file: string) => fileURLToPath(import.meta.resolve(`@expo-google-fonts/onest/${file}`))

/** The sheet, in letters small enough to stand on one page where it has two halves; one half goes on overleaf. */
async function bytesOf(paper: Paper): Promise<Buffer> {
  const doc = new PDFDocument({
    size: paper.size,
    layout: paper.landscape ? 'landscape' : 'portrait',
    margin: 0,
    lang: paper.halves[0]?.language ?? 'kk',
    displayTitle: true,
    info: { Title: paper.title, Creator: 'Kezdesu' },
  })
  doc.registerFont('plain', font('400Regular/Onest_400Regular.ttf'))
  doc.registerFont('strong', font('600SemiBold/Onest_600SemiBold.ttf'))
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<void>(resolve => doc.on('end', () => resolve()))
  const { width, height } = doc.page
  const bottom = height - margin - 22
  const many = paper.halves.length
  const side = paper.framed ? 1.6 * margin : margin
  const column = (width - 2 * side - gap * (many - 1)) / many
  const pens = (size: number, dry: boolean): Pen[] =>
    paper.halves.map((_, at) => ({
      ...{ doc, width: column, y: paper.framed ? 3 * margin : margin, size, bottom, dry },
      x: side + at * (column + gap),
      breaks: many === 1,
    }))
  const write = (size: number, dry: boolean) =>
    pens(size, dry).map((pen, at) => {
      for (const block of paper.halves[at]?.blocks ?? []) draw(pen, block)
      return pen.y
    })
  const sizes = [...(paper.framed ? [14, 13, 12, 11] : []), 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7]
  const fits = (size: number) => Math.max(...write(size, true)) <= bottom
  write(many === 1 ? 9.5 : (sizes.find(fits) ?? 7), false)
  if (paper.framed) frame(doc)
  foot(doc, paper.foot, side)
  doc.end()
  await done
  return Buffer.concat(chunks)
}

/** Two lines round the sheet, the outer one in the blue of the House. */
function frame(doc: Doc): void {
  const { width, height } = doc.page
  doc
    .rect(18, 18, width - 36, height - 36)
    .lineWidth(2.5)
    .strokeColor('#0a4654')
    .stroke()
  doc
    .rect(24, 24, width - 48, height - 48)
    .lineWidth(0.8)
    .strokeColor('#f5bd1f')
    .stroke()
}

function foot(doc: Doc, lines: string[], side: number): void {
  const { width, height } = doc.page
  doc.font('plain').fontSize(7.5).fillColor(quiet)
  doc.text(lines.join(' · '), side, height - margin - 6, { width: width - 2 * side, height: 20, ellipsis: true })
}

function draw(pen: Pen, block: Block): void {
  if (block.is === 'title') text(pen, block.text, { strong: true, scale: 1.45, after: 0.8 })
  else if (block.is === 'line')
    text(pen, block.text, {
      strong: block.as === 'strong' || block.as === 'large',
      scale: block.as === 'large' ? 1.7 : block.as === 'quiet' ? 0.85 : 1,
      color: block.as === 'quiet' ? quiet : ink,
      align: block.as === 'right' ? 'right' : block.as === 'middle' || block.as === 'large' ? 'center' : 'left',
      after: 0.6,
    })
  else if (block.is === 'facts') {
    for (const { name, text: said } of block.facts) text(pen, `${name}: ${said}`, { after: 0.25 })
    pen.y += pen.size * 0.5
  } else if (block.is === 'table') {
    row(pen, block.columns, block.widths, true)
    for (const cells of block.rows) row(pen, cells, block.widths, false)
    pen.y += pen.size
  } else if (block.is === 'sign') {
    pen.y += pen.size * 1.2
    for (const each of block.lines) text(pen, each, { after: 0.7 })
  } else if (block.is === 'qr') squares(pen, block.address)
  else {
    for (const { code, name } of block.lines) row(pen, [code, name], [1, 5], false)
    pen.y += pen.size * 0.6
  }
}

type Look = { strong?: boolean; scale?: number; color?: string; align?: 'left' | 'right' | 'center'; after?: number }

function text(pen: Pen, said: string, { strong = false, scale = 1, color = ink, align = 'left', after = 0 }: Look) {
  const { doc, x, width, size } = pen
  doc.font(strong ? 'strong' : 'plain').fontSize(size * scale)
  const height = doc.heightOfString(said, { width, align, lineGap: 1.5 })
  room(pen, height)
  if (!pen.dry) doc.fillColor(color).text(said, x, pen.y, { width, align, lineGap: 1.5 })
  pen.y += height + size * after
}

/** Cells side by side over a thin line; a row is never torn apart. */
function row(pen: Pen, cells: string[], widths: number[], head: boolean): void {
  const { doc, x, width, size } = pen
  const all = widths.reduce((sum, each) => sum + each, 0)
  const wide = widths.map(each => (each / all) * width)
  const letters = head ? size * 0.85 : size
  doc.font(head ? 'strong' : 'plain').fontSize(letters)
  const pad = size * 0.4
  const heights = cells.map((cell, at) => doc.heightOfString(cell || ' ', { width: (wide[at] ?? width) - pad }))
  const height = Math.max(...heights) + pad * 1.6
  room(pen, height)
  if (!pen.dry) {
    let left = x
    cells.forEach((cell, at) => {
      const own = wide[at] ?? width
      doc.fillColor(head ? quiet : ink).text(cell, left, pen.y + pad * 0.8, { width: own - pad })
      left += own
    })
    doc
      .moveTo(x, pen.y + height)
      .lineTo(x + width, pen.y + height)
      .lineWidth(0.5)
      .strokeColor(line)
      .stroke()
  }
  pen.y += height
}

/** A QR code in the middle of the column, black on white. */
function squares(pen: Pen, address: string): void {
  const { doc, x, width } = pen
  const { data, size } = encode(address, { ecc: 'M', border: 2 })
  const side = Math.min(width * 0.62, 210)
  room(pen, side)
  if (!pen.dry) {
    const left = x + (width - side) / 2
    const one = side / size
    data.forEach((cells, down) => {
      cells.forEach((dark, along) => {
        if (dark) doc.rect(left + along * one, pen.y + down * one, one + 0.05, one + 0.05)
      })
    })
    doc.fill('#000000')
  }
  pen.y += side + pen.size * 0.6
}

function room(pen: Pen, height: number): void {
  if (pen.dry || !pen.breaks || pen.y + height <= pen.bottom) return
  pen.doc.addPage()
  pen.y = margin
}

bytesOf(workerData as Paper)
  .then(bytes => parentPort?.postMessage(new Uint8Array(bytes)))
  .catch((error: unknown) => parentPort?.postMessage({ failed: String(error) }))
