import { type Line, linesOf, type Part, treeOf } from './strict-lines.ts'
import { multiplicity, parameters, values } from './strict-tables.ts'

/**
 * What is wrong with a calendar file by the letter of RFC 5545, 5546, 7986 and by our own rules (calendars.md sections 1 and 2);
 * nothing is. Parsers forgive: most files broken on purpose are read without a word.
 */
export function faultsOf(file: string | Buffer, { feed = false } = {}): string[] {
  const faults: string[] = []
  const lines = linesOf(typeof file === 'string' ? Buffer.from(file) : file, faults)
  const roots = treeOf(lines, faults)
  const [calendar] = roots
  if (roots.length !== 1 || calendar?.name !== 'VCALENDAR') return [...faults, 'not one VCALENDAR']
  judge(calendar, faults)
  zones(calendar, faults)
  const method = saidBy(calendar, 'METHOD')
  if (calendar.parts.length === 0) faults.push('a calendar without components')
  if (saidBy(calendar, 'NAME') !== saidBy(calendar, 'X-WR-CALNAME')) faults.push('two names')
  if (saidBy(calendar, 'DESCRIPTION') !== saidBy(calendar, 'X-WR-CALDESC')) faults.push('two descriptions')
  if (feed) faults.push(...feedFaults(calendar))
  for (const event of calendar.parts.filter(part => part.name === 'VEVENT')) {
    faults.push(...eventFaults(event).map(fault => `${saidBy(event, 'UID')}: ${fault}`))
    faults.push(...methodFaults(event, method).map(fault => `${method}: ${fault}`))
  }
  const uids = calendar.parts.flatMap(part => part.lines.filter(line => line.name === 'UID').map(line => line.value))
  if (new Set(uids).size !== uids.length) faults.push('two components with one UID')
  if (method !== 'PUBLISH' && uids.length !== 1) faults.push(`${method}: not one UID`)
  return faults
}

/** Each component has what its kind needs and no more, each value the form of its type, each parameter a place where it may stand. */
function judge(part: Part, faults: string[]) {
  const rules = multiplicity[part.name]
  if (!rules) {
    faults.push(`no component is called ${part.name}`)
    return
  }
  for (const [name, [least, most]] of Object.entries(rules.properties)) {
    const count = part.lines.filter(line => line.name === name).length
    if (count < least || count > most) faults.push(`${part.name} has ${count} ${name}`)
  }
  for (const line of part.lines) {
    if (!(line.name in rules.properties)) faults.push(`${part.name} may not have ${line.name}`)
    const form = values[line.name]
    if (form && !form.test(line.value)) faults.push(`not a value of ${line.name}: ${line.value}`)
    for (const { name, value } of line.parameters) {
      const allowed = parameters[line.name]?.[name]
      if (!allowed) faults.push(`${line.name} may not have the parameter ${name}`)
      else if (!allowed.test(value)) faults.push(`not a value of the parameter ${name}: ${value}`)
    }
    if (new Set(line.parameters.map(({ name }) => name)).size !== line.parameters.length)
      faults.push(`a parameter stands twice: ${line.name}`)
    for (const needed of rules.needs?.[line.name] ?? [])
      if (!line.parameters.some(({ name }) => name === needed)) faults.push(`${line.name} lacks ${needed}`)
  }
  for (const inner of part.parts) {
    if (!rules.parts.includes(inner.name)) faults.push(`${part.name} may not hold ${inner.name}`)
    judge(inner, faults)
  }
}

function zones(calendar: Part, faults: string[]) {
  const defined = calendar.parts.filter(part => part.name === 'VTIMEZONE').map(part => saidBy(part, 'TZID'))
  if (new Set(defined).size !== defined.length) faults.push('a zone is defined twice')
  for (const part of calendar.parts)
    for (const line of part.lines)
      for (const { name, value } of line.parameters)
        if (name === 'TZID' && !defined.includes(value)) faults.push(`${value} is used and not defined`)
}

function feedFaults(calendar: Part): string[] {
  const wanted = [
    ['REFRESH-INTERVAL', /^PT1H$/],
    ['X-PUBLISHED-TTL', /^PT1H$/],
    ['SOURCE', /^https?:/],
    ['LAST-MODIFIED', /./],
    ['NAME', /./],
    ['DESCRIPTION', /./],
  ] as const
  const faults = wanted.flatMap(([name, form]) => (form.test(saidBy(calendar, name)) ? [] : [`the feed lacks ${name}`]))
  if (saidBy(calendar, 'METHOD') !== 'PUBLISH') faults.push('a feed publishes')
  if (!calendar.parts.some(part => part.name === 'VTIMEZONE')) faults.push('the feed lacks its zone')
  return faults
}

function eventFaults(event: Part): string[] {
  const faults: string[] = []
  const [start, end] = [lineOf(event, 'DTSTART'), lineOf(event, 'DTEND')]
  if (start && end && (parameter(start, 'TZID') !== parameter(end, 'TZID') || end.value <= start.value))
    faults.push(`ends before it begins: ${start.value} ${end.value}`)
  if (saidBy(event, 'LAST-MODIFIED') < saidBy(event, 'CREATED')) faults.push('modified before it was created')
  if (Buffer.byteLength(saidBy(event, 'UID')) > 255) faults.push('a UID of more than 255 octets')
  if (saidBy(event, 'STATUS') === 'CANCELLED') {
    if (saidBy(event, 'TRANSP') !== 'TRANSPARENT') faults.push('cancelled, and still takes time')
    if (event.parts.length > 0) faults.push('cancelled, and still rings')
  }
  for (const line of [...event.lines, ...event.parts.flatMap(part => part.lines)])
    if (/^(SUMMARY|LOCATION)$/.test(line.name) && /\\n/i.test(line.value.replaceAll('\\\\', '')))
      faults.push(`${line.name} has several lines`)
  return faults
}

/** The table of methods (RFC 5546 section 3.2), with what we promise beyond it. */
function methodFaults(event: Part, method: string): string[] {
  const attendees = event.lines.filter(line => line.name === 'ATTENDEE')
  const cancelled = saidBy(event, 'STATUS') === 'CANCELLED'
  if (method === 'PUBLISH') return attendees.length === 0 ? [] : ['an ATTENDEE']
  const faults = attendees.length === 1 ? [] : ['not exactly one ATTENDEE']
  const [attendee] = attendees
  if (attendee && attendee.value === saidBy(event, 'ORGANIZER')) faults.push('the organizer is the attendee')
  if (method === 'CANCEL') return [...faults, ...(cancelled ? [] : ['STATUS is not CANCELLED'])]
  if (method !== 'REQUEST') return [...faults, 'no method of ours']
  if (cancelled) faults.push('STATUS is CANCELLED')
  if (attendee) {
    const [role, stat, rsvp] = ['ROLE', 'PARTSTAT', 'RSVP'].map(name => parameter(attendee, name))
    const asked = stat === 'NEEDS-ACTION' && rsvp === 'TRUE'
    if (role !== 'REQ-PARTICIPANT' || !(asked || (stat === 'ACCEPTED' && rsvp !== 'TRUE')))
      faults.push(`asks wrongly: ${role} ${stat} ${rsvp}`)
  }
  return faults
}

const lineOf = (part: Part, name: string): Line | undefined => part.lines.find(line => line.name === name)
const saidBy = (part: Part, name: string): string => lineOf(part, name)?.value ?? ''
const parameter = (line: Line, name: string): string | undefined => line.parameters.find(it => it.name === name)?.value
