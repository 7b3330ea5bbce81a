import { setImmediate as breathe } from 'node:timers/promises'
import { type CalendarEvent, calendarOf, type Head, vevent } from '../talks/ics.ts'

const most = 20_000
const texts = new Map<string, string>()

/** The text of a calendar. Finished events are kept by their content, and a long feed is written in pieces: the library takes 0.1 ms each. */
export async function render(head: Head, zone: string, events: CalendarEvent[], domain: string): Promise<string> {
  const parts: string[] = []
  let made = 0
  for (const event of events) {
    const key = `${domain}${JSON.stringify(event)}`
    let text = texts.get(key)
    if (text === undefined) {
      text = vevent(event, domain)
      if (texts.size >= most) texts.clear()
      texts.set(key, text)
      if (++made % 100 === 0) await breathe()
    }
    parts.push(text)
  }
  const zones = [...new Set([zone, ...events.map(event => event.zone)])].sort()
  return calendarOf(head, zones, parts)
}
