import { weekdayName } from '../base/i18n/dates.ts'
import type { Language } from '../base/i18n/language.ts'
import { phoneSaid } from '../base/text.ts'
import { timesOf } from '../hosts/hours-text-rules.ts'
import { labelsInThree, textsInThree } from '../houses/field-pages.ts'
import {
  busyField,
  credentialField,
  credentialRows,
  givenField,
  type SpeakerSent,
  type SpeakerValue,
  weekdays,
} from './edit-rules.ts'
import { words } from './edit-words.ts'

export type SpeakerFilled = Pick<SpeakerSent, 'texts' | 'lists'>

/** What stands in the form of somebody new: a bus rider's usual limits. */
export const speakerBlank: SpeakerFilled = {
  texts: { language: 'kk', transport: 'transit', day: '2', week: '5', month: '16', hours: '48' },
  lists: { professions: [], languages: [], topics: [], audiences: [], groups: [] },
}

/** A speaker as the fields of the form. */
export function speakerFilled(it: SpeakerValue): SpeakerFilled {
  const weekly = (given: boolean) => (weekday: number) =>
    timesOf(it.weekly.filter(each => each.weekday === weekday && each.given === given))
  return {
    lists: it,
    texts: {
      ...textsInThree('name', it.names),
      ...textsInThree('address', it.addresses),
      email: it.email,
      phone: it.phone ? phoneSaid(it.phone).replaceAll('\u00a0', ' ') : '',
      language: it.language,
      district: it.homeDistrict,
      point: it.home ? `${it.home.lat}, ${it.home.lon}` : '',
      transport: it.transport,
      day: String(it.limits.day),
      week: String(it.limits.week),
      month: String(it.limits.month),
      hours: String(it.hoursOffered),
      ...Object.fromEntries(
        weekdays.flatMap(weekday => [
          [givenField(weekday), weekly(true)(weekday)],
          [busyField(weekday), weekly(false)(weekday)],
        ]),
      ),
      ...Object.fromEntries(
        it.credentials.flatMap(({ kind, from, until, note }, at) => [
          [credentialField('kind', at + 1), kind],
          [credentialField('from', at + 1), from],
          [credentialField('until', at + 1), until ?? ''],
          [credentialField('note', at + 1), note],
        ]),
      ),
      consentOn: it.consent?.on ?? '',
      consentVersion: it.consent?.version ?? '',
      pausedFrom: it.pause?.from ?? '',
      pausedTo: it.pause?.to ?? '',
      leftOn: it.leftOn ?? '',
    },
  }
}

/** What each field is called where it is named without its surroundings: in the summary of mistakes. */
export function labelsOf(language: Language): Record<string, string> {
  const say = words[language]
  const plain = Object.fromEntries(
    (
      [
        'email',
        'phone',
        'language',
        'professions',
        'languages',
        'topics',
        'audiences',
        'groups',
        'district',
        'point',
        'transport',
        'day',
        'week',
        'month',
        'hours',
        'consentOn',
        'consentVersion',
        'pausedFrom',
        'pausedTo',
        'leftOn',
      ] as const
    ).map(name => [name, say[name]]),
  )
  return {
    ...plain,
    ...labelsInThree(language, 'name', say.name),
    ...labelsInThree(language, 'address', say.address),
    ...Object.fromEntries(
      weekdays.flatMap(weekday => [
        [givenField(weekday), `${weekdayName(language, weekday)}, ${say.given}`],
        [busyField(weekday), `${weekdayName(language, weekday)}, ${say.busy}`],
      ]),
    ),
    ...Object.fromEntries(
      credentialRows.flatMap(row => [
        [credentialField('kind', row), `${say.paper(row)}, ${say.kind}`],
        [credentialField('from', row), `${say.paper(row)}, ${say.from}`],
        [credentialField('until', row), `${say.paper(row)}, ${say.until}`],
        [credentialField('note', row), `${say.paper(row)}, ${say.note}`],
      ]),
    ),
  }
}
