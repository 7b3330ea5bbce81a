import { at, type DayTalks, type Numbered, width } from './day-rules.ts'
import { type Cut, unsaid, type Wish } from './rules.ts'

/** What the numbers in a House's rows stand for. */
export type Names = Record<'host' | 'topic' | 'audience' | 'language' | 'programme' | 'speaker' | 'body', Numbered>

/** Where talks were, what they were about and who belongs together, as the House has it now. */
export type Places = {
  hosts: Map<string, { district: string; merged: boolean }>
  formats: Map<string, string>
  /** By speaker. */
  groups: Map<string, string[]>
}

export const saidAs = (text: string): string => (text === '' ? unsaid : text)

type Judge = (day: DayTalks, talk: number) => boolean

/** Whether a talk is among those wished: the same as `chosen` of store.ts asks of the database for lists. */
export function wished(names: Names, places: Places, wish: Wish): Judge {
  const one = (fact: 'host' | 'topic' | 'audience' | 'language', isMeant: (text: string) => boolean): Judge => {
    const meant = names[fact].marked(isMeant)
    return ({ rows }, talk) => meant[rows[talk * width + at[fact]] as number] === 1
  }
  const anyone = (isMeant: (text: string) => boolean): Judge => {
    const meant = names.speaker.marked(isMeant)
    return ({ speakers, speakersFrom }, talk) => {
      for (let n = speakersFrom[talk] as number; n < (speakersFrom[talk + 1] as number); n++)
        if (meant[speakers[n] as number] === 1) return true
      return false
    }
  }
  const held: Record<Cut, (value: string) => Judge> = {
    district: value => one('host', host => places.hosts.get(host)?.district === value),
    host: value => one('host', host => host === value),
    topic: value => one('topic', topic => topic === value),
    format: value => one('topic', topic => places.formats.get(topic) === value),
    audience: value => one('audience', audience => saidAs(audience) === value),
    language: value => one('language', language => saidAs(language) === value),
    group: value => anyone(speaker => places.groups.get(speaker)?.includes(value) === true),
    speaker: value => anyone(speaker => speaker === value),
    body: value => {
      const meant = names.body.marked(body => body === value)
      return ({ bodies }, talk) => bodies.get(talk)?.some(body => meant[body] === 1) === true
    },
  }
  const judges = Object.entries(wish).map(([cut, value]) => held[cut as Cut](value))
  return (day, talk) => judges.every(judge => judge(day, talk))
}
