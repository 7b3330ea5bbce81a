import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import PDFDocument from 'pdfkit'
import { encode } from 'uqr'
import type { Block, Paper } from './paper.ts'
import { type Doc, holding, ornament, read, rootTag, type Tag } from './pdf-tags.ts'

/** Where the writing stands: a column of the sheet, how far down, how large a letter is, and the part of the sheet it is read in. */
type Pen = {
  doc: Doc
  x: number
  width: number
  y: number
  size: number
  bottom: number
  breaks: boolean
  part: Tag
  /** What the half is called. */
  heading: Block | undefined
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
    tagged: true,
    pdfVersion: '1.7',
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
  const write = (size: number, root?: Tag) =>
    paper.halves.map(({ language, blocks }, at) => {
      const pen: Pen = {
        ...{ doc, width: column, y: paper.framed ? 3 * margin : margin, size, bottom },
        x: side + at * (column + gap),
        breaks: many === 1,
        part: holding(doc, root, 'Sect', { lang: language }),
        heading: headingOf(blocks),
      }
      for (const block of blocks) draw(pen, block)
      return pen.y
    })
  const sizes = [...(paper.framed ? [14, 13, 12, 11] : []), 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7]
  const fits = (size: number) => Math.max(...write(size)) <= bottom
  const size = many === 1 ? 9.5 : (sizes.find(fits) ?? 7)
  const root = rootTag(doc, paper.halves[0]?.language ?? 'kk')
  write(size, root)
  if (paper.framed) ornament(doc, () => frame(doc))
  foot(doc, root, paper.foot, side)
  root.end()
  doc.end()
  await done
  return Buffer.concat(chunks)
}

/** What a half is called: its title, or what stands in the largest letters. */
const headingOf = (blocks: Block[]): Block | undefined =>
  blocks.find(({ is }) => is === 'title') ?? blocks.find(block => block.is === 'line' && block.as === 'large')

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

function foot(doc: Doc, root: Tag, lines: string[], side: number): void {
  const { width, height } = doc.page
  doc.font('plain').fontSize(7.5).fillColor(quiet)
  read(doc, root, 'P', () => {
    doc.text(lines.join(' · '), side, height - margin - 6, { width: width - 2 * side, height: 20, ellipsis: true })
  })
}

function draw(pen: Pen, block: Block): void {
  const tag = block === pen.heading ? 'H1' : 'P'
  if (block.is === 'title') text(pen, block.text, { tag, strong: true, scale: 1.45, after: 0.8 })
  else if (block.is === 'line')
    text(pen, block.text, {
      ...{ tag, lang: block.language },
      strong: block.as === 'strong' || block.as === 'large',
      scale: block.as === 'large' ? 1.7 : block.as === 'quiet' ? 0.85 : 1,
      color: block.as === 'quiet' ? quiet : ink,
      align: block.as === 'right' ? 'right' : block.as === 'middle' || block.as === 'large' ? 'center' : 'left',
      after: 0.6,
    })
  else if (block.is === 'facts') {
    const list = holding(pen.doc, pen.part, 'L')
    for (const { name, text: said } of block.facts) {
      const part = holding(pen.doc, list, 'LI')
      text(pen, `${name}: ${said}`, { part, tag: 'LBody', after: 0.25 })
    }
    pen.y += pen.size * 0.5
  } else if (block.is === 'table') {
    const table = holding(pen.doc, pen.part, 'Table')
    const head = holding(pen.doc, table, 'THead')
    row(pen, block.columns, block.widths, { part: holding(pen.doc, head, 'TR'), tags: ['TH'] })
    const body = holding(pen.doc, table, 'TBody')
    for (const cells of block.rows) row(pen, cells, block.widths, { part: holding(pen.doc, body, 'TR'), tags: ['TD'] })
    pen.y += pen.size
  } else if (block.is === 'sign') {
    pen.y += pen.size * 1.2
    for (const each of block.lines) text(pen, each, { tag, after: 0.7 })
  } else if (block.is === 'qr') squares(pen, block)
  else {
    const list = holding(pen.doc, pen.part, 'L')
    for (const { code, name } of block.lines)
      row(pen, [code, name], [1, 5], { part: holding(pen.doc, list, 'LI'), tags: ['Lbl', 'LBody'] })
    pen.y += pen.size * 0.6
  }
}

type Look = {
  part?: Tag
  tag: string
  lang?: string | undefined
  strong?: boolean
  scale?: number
  color?: string
  align?: 'left' | 'right' | 'center'
  after?: number
}

function text(pen: Pen, said: string, look: Look) {
  const { part = pen.part, tag, lang, strong = false, scale = 1, color = ink, align = 'left', after = 0 } = look
  const { doc, x, width, size } = pen
  doc.font(strong ? 'strong' : 'plain').fontSize(size * scale)
  const height = doc.heightOfString(said, { width, align, lineGap: 1.5 })
  room(pen, height)
  read(
    ...([doc, part, tag] as const),
    () => doc.fillColor(color).text(said, x, pen.y, { width, align, lineGap: 1.5 }),
    lang === undefined ? {} : { lang },
  )
  pen.y += height + size * after
}

/** Cells side by side over a thin line; a row is never torn apart. `tags`: of each cell, the last one of the rest. */
function row(pen: Pen, cells: string[], widths: number[], { part, tags }: { part: Tag; tags: string[] }): void {
  const { doc, x, width, size } = pen
  const head = tags[0] === 'TH'
  const all = widths.reduce((sum, each) => sum + each, 0)
  const wide = widths.map(each => (each / all) * width)
  const letters = head ? size * 0.85 : size
  doc.font(head ? 'strong' : 'plain').fontSize(letters)
  const pad = size * 0.4
  const heights = cells.map((cell, at) => doc.heightOfString(cell || ' ', { width: (wide[at] ?? width) - pad }))
  const height = Math.max(...heights) + pad * 1.6
  room(pen, height)
  if (part) {
    let left = x
    cells.forEach((cell, at) => {
      const own = wide[at] ?? width
      read(
        ...([doc, part, tags[at] ?? tags.at(-1) ?? 'P'] as const),
        () => doc.fillColor(head ? quiet : ink).text(cell, left, pen.y + pad * 0.8, { width: own - pad }),
        head ? { scope: 'Column' } : {},
      )
      left += own
    })
    ornament(doc, () =>
      doc
        .moveTo(x, pen.y + height)
        .lineTo(x + width, pen.y + height)
        .lineWidth(0.5)
        .strokeColor(line)
        .stroke(),
    )
  }
  pen.y += height
}

/** A QR code in the middle of the column, black on white. */
function squares(pen: Pen, { address, label }: { address: string; label: string }): void {
  const { doc, x, width } = pen
  const { data, size } = encode(address, { ecc: 'M', border: 2 })
  const side = Math.min(width * 0.62, 210)
  room(pen, side)
  const left = x + (width - side) / 2
  const one = side / size
  const paint = () => {
    data.forEach((cells, down) => {
      cells.forEach((dark, along) => {
        if (dark) doc.rect(left + along * one, pen.y + down * one, one + 0.05, one + 0.05)
      })
    })
    doc.fill('#000000')
  }
  const bbox: [number, number, number, number] = [left, pen.y, left + side, pen.y + side]
  read(doc, pen.part, 'Figure', paint, { alt: `${label}: ${address}`, bbox })
  pen.y += side + pen.size * 0.6
}

function room(pen: Pen, height: number): void {
  if (!pen.part || !pen.breaks || pen.y + height <= pen.bottom) return
  pen.doc.addPage()
  pen.y = margin
}

bytesOf(workerData as Paper)
  .then(bytes => parentPort?.postMessage(new Uint8Array(bytes)))
  .catch((error: unknown) => parentPort?.postMessage({ failed: String(error) }))
