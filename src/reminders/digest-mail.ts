import { dateSaid, dateWithoutWeekday } from '../base/i18n/dates.ts'
import type { Language, Said } from '../base/i18n/language.ts'
import { zoneSaid } from '../base/i18n/zones.ts'
import { capital, ending, inLanguage, type Letter } from '../base/letter.ts'
import { formulas } from '../base/letter-words.ts'
import type { Day } from '../base/time.ts'
import type { House } from '../houses/letter-store.ts'
import type { Known } from '../messages/wording-rules.ts'
import type { DayCounts, DigestTalk } from './digest-store.ts'
import { words } from './digest-words.ts'

type Reader = { house: House; addresses: Said; language: Language; publicUrl: string }

/** A coordinator's morning: what is new, what is missing, who goes where tomorrow. */
export function dayDigest(
  reader: Reader,
  day: Day,
  counts: DayCounts,
  tomorrow: DigestTalk[],
  papers = 0,
  helpLines = 0,
  drafts = 0,
): Letter {
  const { language, publicUrl } = reader
  const say = words[language]
  const row = (label: string, count: number, path: string) =>
    count === 0 ? [] : [{ label, text: String(count), href: `${publicUrl}${path}` }]
  const date = dateWithoutWeekday(language, day)
  return letter(reader, say.daySubject(date), say.day, {
    facts: [
      ...row(say.fresh, counts.fresh, '/app'),
      ...row(say.waiting, counts.waiting, '/app'),
      ...row(say.open, counts.open, '/app'),
      ...row(say.unanswered, counts.unanswered, '/app/week'),
      ...row(say.expired, counts.expired, '/app/requests?state=expired'),
      ...row(say.unreported, counts.unreported, '/app/week'),
      ...row(say.papers, papers, '/app/speakers'),
      ...row(say.helpLines, helpLines, '/app/support'),
      ...row(say.drafts, drafts, '/app/planner'),
      ...row(say.tomorrow, tomorrow.length, '/app/week'),
      ...tomorrow.map(talk => ({
        label: talk.from,
        text: [talk.host[language], formulas[language].quoted(talk.topic[language])].join(', '),
        href: `${publicUrl}/app/talks/${talk.id}`,
      })),
    ],
    button: { text: say.inbox, href: `${publicUrl}/app` },
    timed: tomorrow.length > 0,
  })
}

/** A speaker's week ahead, from Monday to Sunday. */
export function weekDigest(reader: Reader, from: Day, to: Day, talks: DigestTalk[]): Letter {
  const { language, publicUrl } = reader
  const say = words[language]
  const subject = say.weekSubject(dateWithoutWeekday(language, from), dateWithoutWeekday(language, to))
  return letter(reader, subject, say.week, {
    facts: talks.map(talk => ({
      label: `${capital(dateSaid(language, talk.day))}, ${talk.from}`,
      text: [formulas[language].quoted(talk.topic[language]), talk.host[language], talk.district[language]].join(', '),
      href: `${publicUrl}/me/talks/${talk.id}`,
    })),
    button: { text: say.mine, href: `${publicUrl}/me` },
    timed: true,
    settings: { text: say.settings, href: `${publicUrl}/me/profile` },
  })
}

function letter(
  { house, addresses, language }: Reader,
  subject: string,
  line: string,
  its: {
    facts: Letter['halves'][number]['facts']
    button: { text: string; href: string }
    /** Hours stand in it. */
    timed: boolean
    settings?: { text: string; href: string }
  },
): Letter {
  return {
    subject,
    preheader: its.facts
      .map(fact => `${fact.label}: ${fact.text}`)
      .join(' · ')
      .slice(0, 150),
    house: inLanguage(house, language),
    halves: [
      {
        language,
        greeting: formulas[language].dear(addresses[language]),
        lines: [line],
        facts: its.facts,
        buttons: [its.button],
        notes: its.timed ? [`${capital(zoneSaid(language, house.zone))}.`] : [],
        ...(its.settings ? { settings: its.settings } : {}),
        ...ending(language, house),
      },
    ],
  }
}

/** What a House's own text of an overview may name. */
export const knownOfDay = ({ house, addresses }: Pick<Reader, 'house' | 'addresses'>, day: Day): Known => ({
  key: 'digest-day.account',
  values: it => ({ address: addresses[it], date: dateWithoutWeekday(it, day), house: house.names[it] }),
})

export const knownOfWeek = ({ house, addresses }: Pick<Reader, 'house' | 'addresses'>, from: Day, to: Day): Known => ({
  key: 'digest-week.speaker',
  values: it => ({
    address: addresses[it],
    from: dateWithoutWeekday(it, from),
    to: dateWithoutWeekday(it, to),
    house: house.names[it],
  }),
})
