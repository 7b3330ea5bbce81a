import { createRequire } from 'node:module'
import type Composer from 'nodemailer/lib/mail-composer'
import type MimeNode from 'nodemailer/lib/mime-node'

// only whoever sends letters needs the library, 160 ms; and as a module it would import Node's whole client for HTTP, 4 MB
const required = createRequire(import.meta.url)
type Qp = typeof import('nodemailer/lib/qp')
type Base64 = typeof import('nodemailer/lib/base64')
export const nodemailer = (): typeof import('nodemailer') => required('nodemailer')

/** A letter as a tree of its parts. */
export function compose(options: ConstructorParameters<typeof Composer>[0]): MimeNode {
  const Composing: typeof Composer = required('nodemailer/lib/mail-composer')
  return new Composing(options).compile()
}

/**
 * The bytes of a letter that is all in memory, as `build` of the library makes them, line for line, without its streams: some
 * fifteen of them were a third of the work of a letter. All of it is ASCII once headers and parts are encoded (RFC 2045).
 */
export function bytesOf(root: MimeNode): Buffer {
  const [base64, qp]: [Base64, Qp] = [required('nodemailer/lib/base64'), required('nodemailer/lib/qp')]
  const encoded = (node: MimeNode): string => {
    const { content } = node
    if (content === undefined) return ''
    if (typeof content !== 'string' && !Buffer.isBuffer(content)) throw new Error('a part of a letter is not in memory')
    const how = node.getHeader('Content-Transfer-Encoding')
    if (how === 'base64') return base64.wrap(base64.encode(content))
    if (how === 'quoted-printable') return qp.wrap(qp.encode(content))
    return content.toString()
  }
  const written = (node: MimeNode): string => {
    // first: it settles how the content is encoded, and whether there are parts
    const head = node.buildHeaders()
    const parts = node.childNodes.map(child => `--${node.boundary}\r\n${written(child)}`).join('\r\n')
    return `${head}\r\n\r\n${encoded(node)}${node.multipart ? `${parts}\r\n--${node.boundary}--\r\n` : ''}`
  }
  const text = written(root).replace(/\r?\n/g, '\r\n')
  return Buffer.from(text.endsWith('\n') ? text : `${text}\r\n`, 'latin1')
}
