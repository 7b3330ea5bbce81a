import { sql } from 'kysely'
import type { Db } from '../base/db/open.ts'
import type { CancelReason, TalkState } from '../base/db/tables.ts'
import type { Day } from '../base/time.ts'
import { at, type DayTalks, fateOf, measures, Numbered, narrow, width } from './day-rules.ts'
import { keptByDay } from './marked-store.ts'
import type { Names } from './wish-rules.ts'

/** The talks of a House on the days from `from` to `to`, as rows of numbers: 62 bytes a talk with two speakers. */
export const findDays = keptByDay({
  begin: noNames,
  async read(db, houseId, days, names) {
    const texts = await findTexts(db, houseId, days)
    return new Map(days.map(day => [day, packed(names, texts.get(day))]))
  },
  countOf: ({ count }) => count,
})

function noNames(): Names {
  const made = {
    host: new Numbered(),
    topic: new Numbered(),
    audience: new Numbered(),
    language: new Numbered(),
    programme: new Numbered(),
    speaker: new Numbered(),
    body: new Numbered(),
  }
  // number 0 is no programme
  made.programme.numberOf('')
  return made
}

// a row of 20 values a talk left the process three times as much behind as a text a day
async function findTexts(db: Db, houseId: string, days: Day[]): Promise<Map<Day, string>> {
  const { rows } = await sql<{ held_on: Day; talks: string }>`
    select r.held_on, string_agg(concat(r.talk_id, ' ', r.host_id, ' ', r.topic_id, ' ', r.audience, ' ', r.language, ' ', r.programme, ' ',
      r.state, ' ', r.cancel_reason, ' ', array_to_string(r.speakers, ','), ' ', b.bodies, ' ', r.planned, ' ', r.counted, ' ', r.confirmed, ' ',
      r.answers, ' ', r.clear, ' ', r.useful, ' ', r.respectful, ' ', r.again, ' ', r.asked, ' ', r.in_time, ' ', r.late),
      '|' order by r.talk_id) as talks
    from report_talks r left join (
      select b.talk_id, string_agg(b.body_id::text, ',') as bodies from reporting_bodies x join talk_reporters b on b.body_id = x.id
      where x.house_id = ${houseId} group by b.talk_id) b on b.talk_id = r.talk_id
    where r.house_id = ${houseId} and r.held_on = any(${days}::date[]) group by r.held_on`.execute(db)
  return new Map(rows.map(({ held_on, talks }) => [held_on, talks]))
}

const listed = (text = ''): string[] => (text === '' ? [] : text.split(','))

function packed(names: Names, text: string | undefined): DayTalks {
  const talks = text?.split('|') ?? []
  const ids = Buffer.alloc(talks.length * 16)
  const rows = new Int32Array(talks.length * width)
  const speakersFrom = new Int32Array(talks.length + 1)
  const speakers: number[] = []
  const bodies = new Map<number, number[]>()
  for (const [talk, line] of talks.entries()) {
    const [
      id = '',
      host = '',
      topic = '',
      audience = '',
      language = '',
      programme = '',
      state,
      reason,
      team,
      others,
      ...numbers
    ] = line.split(' ')
    const [planned, counted, confirmed = '', answers, clear, useful, respectful, again, asked, inTime, late] = numbers
    const from = talk * width
    ids.write(id.replaceAll('-', ''), talk * 16, 'hex')
    rows[from + at.host] = names.host.numberOf(host)
    rows[from + at.topic] = names.topic.numberOf(topic)
    rows[from + at.audience] = names.audience.numberOf(audience)
    rows[from + at.language] = names.language.numberOf(language)
    rows[from + at.programme] = names.programme.numberOf(programme)
    rows[from + at.fate] = fateOf(state as TalkState, (reason || null) as CancelReason | null)
    const measured: Record<(typeof measures)[number], number> = {
      planned: Number(planned),
      counted: Number(counted),
      confirmed: Number(confirmed),
      confirmedTalks: confirmed === '' ? 0 : 1,
      countedThere: confirmed === '' ? 0 : Number(counted),
      kazakh: state === 'held' && language === 'kk' ? 1 : 0,
      answers: Number(answers),
      clear: Number(clear),
      useful: Number(useful),
      respectful: Number(respectful),
      again: Number(again),
      asked: Number(asked),
      inTime: Number(inTime),
      late: Number(late),
    }
    for (const [n, name] of measures.entries()) rows[from + width - measures.length + n] = measured[name]
    for (const speaker of listed(team)) speakers.push(names.speaker.numberOf(speaker))
    speakersFrom[talk + 1] = speakers.length
    const reporters = listed(others)
    if (reporters.length > 0)
      bodies.set(
        talk,
        reporters.map(body => names.body.numberOf(body)),
      )
  }
  return {
    count: talks.length,
    ids,
    rows: narrow(rows),
    speakersFrom: narrow(speakersFrom),
    speakers: narrow(Int32Array.from(speakers)),
    bodies,
  }
}
