import ICAL from 'ical.js'
import { migrate } from '../../base/db/migrate.ts'
import { openDatabase } from '../../base/db/open.ts'
import { transact } from '../../base/db/transact.ts'
import { clockFrom, type DateTime } from '../../base/time.ts'
import { readInThread } from '../../calendars/busy-calendar-reading.ts'
import { writeIntervals } from '../../calendars/busy-calendar-store.ts'
import { windowFrom } from '../../calendars/busy-window-rules.ts'
import { demoHouse, seedHouse, seedPeople, seedTopics } from '../seed/house.ts'
import { seedReference } from '../seed/reference.ts'
import { ratio, tell, timesOf } from './measure.ts'

const events = 10_000
const runs = 5

/** A calendar of 10 000 events of 20 minutes each, in a thread of its own and into the database; against parsing the same text and nothing else. */
export async function busyImport(size: string): Promise<void> {
  if (size !== 'small') return
  const now = clockFrom()()
  const text = calendarFrom(now.startOf('day'))
  const bytes = new TextEncoder().encode(text)
  const { db, close } = await openDatabase({ memory: true })
  try {
    await migrate(db)
    await seedReference(db)
    const house = await seedHouse(db, demoHouse)
    await seedTopics(db, house)
    await seedPeople(db, house)
    const { id } = await db.selectFrom('speakers').select('id').limit(1).executeTakeFirstOrThrow()
    await db
      .insertInto('busy_calendars')
      .values({
        speaker_id: id,
        kind: 'upload',
        added_at: now,
        read_at: now,
        whole_at: now,
        tried_at: now,
        doubtful: false,
        events: 0,
        unreadable: 0,
        digest: '',
      })
      .execute()
    const baseline = await timesOf(runs, async () => ICAL.parse(text))
    let spans = 0
    const own = await timesOf(runs, async () => {
      const reading = await readInThread(
        { bytes, mine: [], window: windowFrom(now.toMillis()), own: 'Asia/Almaty', domain: 'kezdesu.example' },
        60_000,
      )
      if ('refused' in reading) throw new Error(`the calendar was refused: ${reading.refused}`)
      spans = reading.spans.length
      await transact(db, trx => writeIntervals(trx, id, reading.spans))
    })
    tell('busy', {
      where: 'thread, parse, expand and write, embedded database',
      events,
      intervals: spans,
      ...own,
      plainParseP50: baseline.p50,
      ratio: ratio(own.p50, baseline.p50),
    })
  } finally {
    await close()
  }
}

function calendarFrom(midnight: DateTime): string {
  const lines = Array.from({ length: events }, (_, at) => {
    const start = midnight.plus({ days: Math.floor(at / 25), minutes: (at % 25) * 30 })
    return `BEGIN:VEVENT\r\nUID:event-${at}@example.org\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;TZID=Asia/Almaty:${stamp(start)}\r\nDTEND;TZID=Asia/Almaty:${stamp(start.plus({ minutes: 20 }))}\r\nSUMMARY:Appointment ${at}\r\nLOCATION:Somewhere\r\nDESCRIPTION:What it is about\\, at some length\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n`
  })
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:bench\r\n${lines.join('')}END:VCALENDAR\r\n`
}

const stamp = (wall: DateTime): string => wall.toFormat("yyyyMMdd'T'HHmmss")
