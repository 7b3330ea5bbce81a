import { type Day, type Moment, weekdayOf } from '../base/time.ts'
import { minutes, pauseBetween } from '../matching/travel-rules.ts'
import { diaryOf, monthOf, neighbours, pageOf, weekOf } from './diary-rules.ts'
import type { Engagement, Errand, Speaker, SpeakerRefusal } from './rules.ts'
import { wayOf } from './way-rules.ts'

/** Everything that speaks against a person in this place of the team at this time; empty when the person can take it. */
export function speakerRefusals(
  speaker: Speaker,
  profession: string,
  errand: Errand,
  moment: Moment,
): SpeakerRefusal[] {
  const lacking = !speaker.professions.includes(profession)
  return [
    ...(lacking ? [{ speakerId: speaker.id, code: 'lacks-profession' as const, profession }] : []),
    ...suitRefusals(speaker, errand),
    ...dayRefusals(speaker, errand, moment.day),
    ...hourRefusals(speaker, errand, moment),
  ]
}

/** What speaks against a person whenever the talk is: topic, audience, district, language. */
export function suitRefusals(speaker: Speaker, errand: Errand): SpeakerRefusal[] {
  const { id: speakerId } = speaker
  const found: SpeakerRefusal[] = []
  if (!allows(speaker.topics, errand.topicId)) found.push({ speakerId, code: 'not-for-topic' })
  if (!allows(speaker.audiences, errand.audience))
    found.push({ speakerId, code: 'not-for-audience', audience: errand.audience })
  if (!errand.online && !allows(speaker.districts, errand.spot.district))
    found.push({ speakerId, code: 'not-in-district', district: errand.spot.district })
  if (!errand.languages.some(language => speaker.languages.includes(language)))
    found.push({ speakerId, code: 'lacks-language', languages: errand.languages })
  return found
}

/** What speaks against a person on a day, whatever the hour: a pause, papers, limits. */
export function dayRefusals(speaker: Speaker, errand: Errand, day: Day): SpeakerRefusal[] {
  const { id: speakerId, pausedFrom, pausedTo, leftOn, limits } = speaker
  const found: SpeakerRefusal[] = []
  if (pausedFrom !== undefined && pausedFrom <= day && (pausedTo === undefined || day <= pausedTo))
    found.push({ speakerId, code: 'paused', to: pausedTo })
  if (leftOn !== undefined && leftOn <= day) found.push({ speakerId, code: 'left', on: leftOn })
  found.push(...credentialRefusals(speaker, errand, day))
  const { inDay, inWeek, inMonth } = diaryOf(speaker)
  if ((inDay.get(day) ?? 0) >= limits.day) found.push({ speakerId, code: 'day-limit', limit: limits.day })
  if ((inWeek.get(weekOf({ day })) ?? 0) >= limits.week)
    found.push({ speakerId, code: 'week-limit', limit: limits.week })
  if ((inMonth.get(monthOf({ day })) ?? 0) >= limits.month)
    found.push({ speakerId, code: 'month-limit', limit: limits.month })
  return found
}

/** What speaks against a person at an hour: own hours, busy times, absences, other talks and the ways between them. */
export function hourRefusals(
  speaker: Speaker,
  errand: Errand,
  moment: Moment,
  page = pageOf(speaker, moment.day),
): SpeakerRefusal[] {
  const { id: speakerId } = speaker
  const { hours, busy, absences, talks } = page
  const found: SpeakerRefusal[] = []
  if (hours && !hours.some(part => part.from <= moment.from && moment.to <= part.to))
    found.push({ speakerId, code: 'outside-hours', weekday: weekdayOf(moment.day), hours })
  const taken = busy.length > 0 && busy.find(part => part.from < moment.to && moment.from < part.to)
  if (taken) found.push({ speakerId, code: 'busy', from: taken.from, to: taken.to })
  const absence = absences.length > 0 && absences.find(part => part.from < moment.to && moment.from < part.to)
  if (absence) found.push({ speakerId, code: 'absent', from: absence.from, to: absence.to })
  if (talks.length > 0) found.push(...talkRefusals(speaker, errand, moment, talks))
  return found
}

function talkRefusals(speaker: Speaker, errand: Errand, moment: Moment, talks: Engagement[]): SpeakerRefusal[] {
  const { id: speakerId, transport } = speaker
  const other = talks.find(talk => talk.from < moment.to && moment.from < talk.to)
  if (other?.elsewhere) return [{ speakerId, code: 'elsewhere', from: other.from, to: other.to }]
  if (other) return [{ speakerId, code: 'engaged', talkId: other.talkId, from: other.from, to: other.to }]
  const { before, after, gapBefore, gapAfter, gapAround } = neighbours(talks, moment)
  const buffer = errand.bufferMinutes
  const found: SpeakerRefusal[] = []
  if (errand.online) {
    if (!before || !after) return []
    const way = minutes(errand.travel, before, after, transport)
    if (pauseBetween(before, after, way, buffer) > gapAround)
      found.push({
        speakerId,
        code: 'travel-after',
        talkId: after.talkId,
        startsAt: after.from,
        minutes: way,
        buffer,
        gap: gapAround,
      })
    return found
  }
  const wayBefore = before ? wayOf(errand, speaker, before).there : 0
  if (before && pauseBetween(before, errand.spot, wayBefore, buffer) > gapBefore)
    found.push({
      speakerId,
      code: 'travel-before',
      talkId: before.talkId,
      endsAt: before.to,
      minutes: wayBefore,
      buffer,
      gap: gapBefore,
    })
  const wayAfter = after ? wayOf(errand, speaker, after).back : 0
  if (after && pauseBetween(errand.spot, after, wayAfter, buffer) > gapAfter)
    found.push({
      speakerId,
      code: 'travel-after',
      talkId: after.talkId,
      startsAt: after.from,
      minutes: wayAfter,
      buffer,
      gap: gapAfter,
    })
  return found
}

/** A paper that ran out refuses everywhere; one that is asked for with minors must be there. */
function credentialRefusals({ id: speakerId, credentials }: Speaker, errand: Errand, day: Day): SpeakerRefusal[] {
  if (credentials.length === 0 && !(errand.minors && errand.credentialsForMinors.length > 0)) return []
  const kinds = new Set([...credentials.map(({ kind }) => kind), ...(errand.minors ? errand.credentialsForMinors : [])])
  return [...kinds].flatMap((kind): SpeakerRefusal[] => {
    const own = credentials.filter(each => each.kind === kind)
    if (own.some(({ from, until }) => from <= day && (until === undefined || day <= until))) return []
    const ranOut = own
      .flatMap(({ until }) => (until !== undefined && until < day ? [until] : []))
      .sort()
      .at(-1)
    if (ranOut !== undefined) return [{ speakerId, code: 'credential-expired', kind, until: ranOut }]
    if (!errand.minors || !errand.credentialsForMinors.includes(kind)) return []
    return [{ speakerId, code: 'credential-missing', kind }]
  })
}

const allows = (list: string[], item: string): boolean => list.length === 0 || list.includes(item)
