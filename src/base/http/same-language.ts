import type { FastifyRequest } from 'fastify'
import { isLanguage, type Language } from '../i18n/language.ts'
import { typed } from './typed.ts'

/** This address of ours in the language the reader chose by `?l=`; as it is where none was chosen. */
export function sameLanguage({ query }: Pick<FastifyRequest, 'query'>, address: string): string {
  const { l } = typed(query, ['l']).texts
  if (!isLanguage(l)) return address
  const { pathname, searchParams, hash } = new URL(address, 'http://localhost')
  searchParams.set('l', l)
  return `${pathname}?${searchParams}${hash}`
}

/** The language the reader chose by `?l=`, else the one in which this page speaks to them by itself. */
export function chosenLanguage({ query }: Pick<FastifyRequest, 'query'>, otherwise: Language): Language {
  const { l } = typed(query, ['l']).texts
  return isLanguage(l) ? l : otherwise
}
