import { unzipSync } from 'fflate'
import { Parser } from 'saxen'

/** More than this, unpacked, is no list of ten thousand rows. */
const mostUnpacked = 64 * 1_048_576

export class TooLarge extends Error {}

/**
 * The parts of the package that are asked for. A part is unpacked into as many bytes as the package says it has, so one
 * that lies about its size is cut off and never grows.
 */
export function unpack(bytes: Uint8Array, wanted: (name: string) => boolean): Map<string, string> {
  let size = 0
  const found = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!wanted(name)) return false
      size += originalSize
      if (size > mostUnpacked) throw new TooLarge()
      return true
    },
  })
  return new Map(Object.entries(found).map(([name, part]) => [name, new TextDecoder().decode(part)]))
}

type Told = {
  open?: (name: string, attributes: Record<string, string>) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

/** Walks through a part; names come without the prefix of their namespace, which each program chooses for itself. */
export function walk(xml: string, { open, close, text }: Told): void {
  // a workbook without texts has no part for them
  if (xml === '') return
  const bare = (name: string) => name.slice(name.indexOf(':') + 1)
  const parser = new Parser()
  parser.on('openTag', (name, attributes, decode) => {
    if (!open) return
    const found = Object.entries(attributes() || {}).map(([key, value]) => [bare(key), decode(value)])
    open(bare(name), Object.fromEntries(found))
  })
  if (close) parser.on('closeTag', name => close(bare(name)))
  if (text) {
    parser.on('text', (part, decode) => text(decode ? decode(part) : part))
    parser.on('cdata', part => text(part))
  }
  parser.on('error', error => {
    throw error
  })
  parser.parse(xml)
}
