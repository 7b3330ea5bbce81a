import { dateSaid } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { clock } from '../base/time.ts'
import { capital } from '../topics/pages.ts'
import { readClasses } from './class-rules.ts'
import { classesSaid, words as classWords } from './class-words.ts'
import type { Draft } from './draft-pages.ts'
import type { Resolved } from './draft-store.ts'
import { askPage, type Here, lessonSaid } from './pages.ts'
import { dayOf, type Problem, type TypedWhen, timeOf } from './rules.ts'
import { named, words } from './words.ts'

type Row = { label: string; text: string; to: string }

/** Everything that was answered, each line with the way back to its question. */
export function checkPage(
  { language, home }: Here,
  { chosen, place }: Resolved,
  draft: Draft,
  problems: Problem[],
  lessons: Map<string, number>,
) {
  const say = words[language]
  const to = (step: string) => `${home}/request/${step}`
  const { when, contact } = draft
  const grades = chosen?.asked.grades ?? []
  const rows: Row[] = [
    { label: say.check.topic, text: chosen?.row.title[language] ?? '', to: 'topics' },
    {
      label: say.check.audience,
      text: [capital(chosen?.audience.name[language] ?? ''), ...grades.map(say.topic.grade)].join(', '),
      to: 'topic',
    },
    {
      label: say.check.host,
      text: place
        ? place.isNew
          ? `${place.name[language]} (${say.check.newHost}, ${named(say.kinds, place.kind)})`
          : place.name[language]
        : '',
      to: 'place',
    },
    {
      label: classWords[language].label,
      text: grades.length > 0 ? classesTyped(when?.classes ?? '') : '',
      to: 'when#classes',
    },
    { label: say.check.heads, text: when?.heads ?? '', to: 'when#heads' },
    {
      label: say.check.language,
      text: (when?.languages ?? []).map(code => named(say.languages, code)).join(', '),
      to: 'when#languages',
    },
    {
      label: say.check.mode,
      text: when?.mode === 'online' ? say.when.online : say.when.onsite,
      to: 'when#mode',
    },
    { label: say.check.wishes, text: when ? wishesSaid(language, when, lessons) : '', to: 'when#slot' },
    { label: say.check.latest, text: daySaid(language, when?.latest ?? ''), to: 'when#latest' },
    { label: say.check.note, text: when?.note ?? '', to: 'when#note' },
    {
      label: say.check.contact,
      text: [contact?.name, contact?.position].filter(Boolean).join(', '),
      to: 'contact',
    },
    { label: say.check.email, text: contact?.email ?? '', to: 'contact#email' },
    { label: say.check.phone, text: contact?.phone ?? '', to: 'contact#phone' },
  ]
  const page = askPage(language, 'check', say.check.heading, problems)
  return {
    ...page,
    errors: page.errors.map(error => ({ ...error, href: hrefOf(error.href, to) })),
    rows: rows.filter(row => row.text !== ''),
    ready: problems.length === 0,
  }
}

const hrefOf = (anchor: string, to: (step: string) => string): string =>
  `${to(['#name', '#position', '#email', '#phone', '#consent'].includes(anchor) ? 'contact' : 'when')}${anchor}`

function wishesSaid(language: Language, when: TypedWhen, lessons: Map<string, number>): string {
  const slots = [...when.slots].sort().map(slot => {
    const lesson = lessonSaid(language, lessons.get(slot))
    return `${daySaid(language, slot.slice(0, 10))}, ${slot.slice(11)}${lesson && ` (${lesson})`}`
  })
  const own = when.windows
    .filter(window => window.date !== '')
    .map(window => `${daySaid(language, window.date)}, ${timeSaid(window.from)}–${timeSaid(window.to)}`)
  return [...slots, ...own].join(' · ')
}

function classesTyped(typed: string): string {
  const classes = readClasses(typed)
  return 'refused' in classes ? typed : classesSaid(classes)
}

const daySaid = (language: Language, typed: string): string => {
  const day = dayOf(typed)
  return day ? dateSaid(language, day) : typed
}

const timeSaid = (typed: string): string => {
  const minute = timeOf(typed)
  return minute === undefined ? typed : clock(minute)
}
