import { dateDigits } from '../base/i18n/dates.ts'
import { type Language, languages, type Said } from '../base/i18n/language.ts'
import type { Body } from './body-rules.ts'
import type { findReported } from './body-store.ts'
import { type CoverageWords, words } from './coverage-words.ts'

declare module '../base/http/pages.ts' {
  interface Views {
    'reports/bodies': {
      title: string
      here: 'reports'
      say: CoverageWords
      done: string
      error: string
      names: { name: Language; label: string; value: string }[]
      rows: { action: string; name: string; gone: boolean }[]
    }
    'reports/reporters': {
      title: string
      say: CoverageWords
      action: string
      back: string
      about: string
      bodies: { id: string; name: string; checked: boolean }[]
    }
  }
}

export function bodiesPage(
  language: Language,
  bodies: Body[],
  { name, error, done }: { name: Said; error: string; done: boolean },
) {
  const say = words[language]
  return {
    title: say.bodies.title,
    here: 'reports' as const,
    say,
    done: done ? say.bodies.saved : '',
    error,
    names: languages.map(it => ({ name: it, label: say.bodies.name[it], value: name[it] })),
    rows: bodies.map(body => ({
      action: `/app/reports/bodies/${body.id}`,
      name: body.name[language],
      gone: body.gone,
    })),
  }
}

type Reported = NonNullable<Awaited<ReturnType<typeof findReported>>>

export function reportersPage(language: Language, talk: Reported, bodies: Body[]) {
  const say = words[language]
  return {
    title: say.reporters.title,
    say,
    action: `/app/talks/${talk.id}/reporters`,
    back: `/app/talks/${talk.id}`,
    about: [dateDigits(talk.day), talk[`name_${language}`], talk[`title_${language}`]].join(' · '),
    bodies: bodies
      .filter(({ id, gone }) => !gone || talk.bodies.includes(id))
      .map(({ id, name }) => ({ id, name: name[language], checked: talk.bodies.includes(id) })),
  }
}
