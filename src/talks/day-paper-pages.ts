import type { Language } from '../base/i18n/language.ts'
import type { Paper } from '../base/paper.ts'
import type { DayTalk } from './day-pages.ts'
import { words } from './words.ts'

/** The sheet of a day as a paper for the wall and the driver; the phones of those who go stand on paper alone. */
export function dayPaper(
  language: Language,
  day: { title: string; sum: string; date: string; printed: string; house: string },
  talks: DayTalk[],
): Paper {
  const say = words[language]
  return {
    title: `${say.daySheet}: ${day.title}`,
    file: `day-${day.date}`,
    size: 'A4',
    landscape: true,
    halves: [
      {
        language,
        blocks: [
          { is: 'title', text: day.title },
          { is: 'line', as: 'quiet', text: day.sum },
          ...(talks.length === 0
            ? [{ is: 'line' as const, text: say.noTalks }]
            : [
                {
                  is: 'table' as const,
                  columns: [say.when, say.where, say.topic, say.who, say.outcome],
                  rows: talks.map(talk => [
                    `${talk.from}–${talk.to}`,
                    [talk.host, talk.address, [talk.contact, talk.phoneSaid].filter(Boolean).join(', ')]
                      .filter(Boolean)
                      .join('\n'),
                    [talk.topic, talk.about, talk.note].filter(Boolean).join('\n'),
                    talk.goers
                      .map(goer => [`${goer.name}, ${goer.does}`, goer.phone, goer.order].filter(Boolean).join(' · '))
                      .join('\n'),
                    talk.held ?? `${say.came}\n${say.signed}`,
                  ]),
                  widths: [2, 6, 6, 6, 4],
                },
              ]),
        ],
      },
    ],
    foot: [day.house, day.printed],
  }
}
