import type PDFDocument from 'pdfkit'

export type Doc = InstanceType<typeof PDFDocument>
/** A node of what a screen reader is told of the sheet (ISO 32000-1 section 14.8); undefined while the sheet is only measured. */
export type Tag = ReturnType<Doc['struct']> | undefined
type More = {
  lang?: string
  alt?: string
  scope?: 'Column' | 'Row'
  bbox?: [number, number, number, number]
}

/** The node that all others hang from. */
export function rootTag(doc: Doc, lang: string): NonNullable<Tag> {
  const root = doc.struct('Document', { lang })
  doc.addStructure(root)
  return root
}

/** A node that holds others: a half of the sheet, a list, a table. */
export function holding(doc: Doc, parent: Tag, kind: string, more: More = {}): Tag {
  if (!parent) return
  const tag = doc.struct(kind, more)
  parent.add(tag)
  return tag
}

/** What is drawn here is read as a node of this kind. */
export function read(doc: Doc, parent: Tag, kind: string, draw: () => void, more: More = {}): void {
  const tag = holding(doc, parent, kind, more)
  if (!tag) return
  tag.add(doc.markStructureContent(kind))
  draw()
  doc.endMarkedContent()
  tag.end()
}

/** Lines and frames are seen and not read. */
export function ornament(doc: Doc, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' })
  draw()
  doc.endMarkedContent()
}
