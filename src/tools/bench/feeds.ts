import Fastify from 'fastify'
import ical, { ICalEventStatus } from 'ical-generator'
import { sql } from 'kysely'
import { buildApp } from '../../app.ts'
import { databaseNow } from '../../base/db/moment.ts'
import type { Db } from '../../base/db/open.ts'
import { sleeping } from '../../base/jobs.ts'
import { tokenOf } from '../../base/secrets.ts'
import { clockFrom } from '../../base/time.ts'
import { windowOf } from '../../calendars/rules.ts'
import { type CalendarTalk, findCalendarTalks } from '../../calendars/talk-store.ts'
import { vtimezone } from '../../talks/ics-zone.ts'
import type { Size } from '../seed/sizes.ts'
import { furnishedOn, furnishedSecret } from './furnished.ts'
import { perSecond } from './load.ts'
import { median, ratio, tell, timesOf } from './measure.ts'

const talksOfAFeed = 1000

/** Polls that change nothing against an empty route of Fastify; a feed of many talks against ical-generator; on PostgreSQL. */
export async function feeds(size: Size, server: string): Promise<void> {
  const { database, drop } = await furnishedOn(server, size)
  const { db, close } = database
  const config = {
    publicUrl: 'http://127.0.0.1:3000',
    secret: furnishedSecret,
    trustProxy: false,
    logLevel: 'silent',
    dataDir: '/nonexistent',
    mailFrom: 'kezdesu@kezdesu.example',
  } as const
  try {
    const now = await databaseNow(db)
    const { count: talks } = await db
      .selectFrom('talks')
      .select(it => it.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    const app = await buildApp({ db, jobs: sleeping, now: clockFrom(now), config, development: false })
    const pathOf = await addresses(db, config.secret)
    const base = await app.listen({ host: '127.0.0.1', port: 0 })
    const empty = Fastify()
    empty.get('/', async () => 'ok')
    const emptyBase = await empty.listen({ host: '127.0.0.1', port: 0 })
    for (const kind of ['speaker', 'house'] as const) {
      const first = await app.inject(pathOf[kind])
      const unchanged = { 'if-none-match': String(first.headers.etag) }
      const rounds = await perSecond(
        { base, path: pathOf[kind], headers: unchanged, status: 304 },
        { base: emptyBase, path: '/' },
      )
      const ratios = rounds.map(([polls, bare]) => ratio(polls, bare))
      tell('feeds: 304', {
        kind,
        size,
        talks,
        perSecond: Math.round(median(rounds.map(([polls]) => polls))),
        emptyRoutePerSecond: Math.round(median(rounds.map(([, bare]) => bare))),
        ratio: median(ratios),
        lowestRatio: Math.min(...ratios),
        target: 'ratio at least 0.6',
      })
    }
    await empty.close()
    await whole(app, db, pathOf.house, size, now)
    await app.close()
  } finally {
    await close()
    await drop()
  }
}

/** Secret addresses of the House with most talks ahead, and of its busiest speaker. */
async function addresses(db: Db, secret: string): Promise<{ speaker: string; house: string }> {
  const busiest = await db
    .selectFrom('calendar_texts')
    .select(['house_id', 'speaker_id'])
    .where('audience', '=', 'speaker')
    .groupBy(['house_id', 'speaker_id'])
    .orderBy(it => it.fn.countAll(), 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const feed = (column: 'speaker_id' | 'house_id', id: string | null) =>
    db
      .selectFrom('feeds')
      .select('nonce')
      .where('kind', '=', column === 'house_id' ? 'house' : 'speaker')
      .where(column, '=', id)
      .executeTakeFirstOrThrow()
  const path = ({ nonce }: { nonce: string }) => `/f/${tokenOf(secret, 'feed', nonce)}.ics`
  return {
    speaker: path(await feed('speaker_id', busiest.speaker_id)),
    house: path(await feed('house_id', busiest.house_id)),
  }
}

async function whole(
  app: Awaited<ReturnType<typeof buildApp>>,
  db: Db,
  path: string,
  size: Size,
  now: ReturnType<ReturnType<typeof clockFrom>>,
): Promise<void> {
  // as many talks as the figure speaks of: the others wait outside the House meanwhile
  const rows = await db
    .selectFrom('calendar_texts')
    .innerJoin('feeds', 'feeds.house_id', 'calendar_texts.house_id')
    .select('talk_id')
    .where('feeds.kind', '=', 'house')
    .where('audience', '=', 'staff')
    .where('language', '=', 'kk')
    .where('ends_at', '>', windowOf(now, 'Asia/Almaty').from)
    .where('feeds.house_id', '=', it =>
      it.selectFrom('calendar_texts').select('house_id').groupBy('house_id').orderBy(sql`count(*)`, 'desc').limit(1),
    )
    .execute()
  const kept = rows.slice(0, talksOfAFeed).map(({ talk_id }) => talk_id)
  await db
    .deleteFrom('calendar_texts')
    .where('audience', '=', 'staff')
    .where(sql<boolean>`talk_id <> all(${sql.val(kept)}::uuid[])`)
    .execute()
  const facts = await findCalendarTalks(db, kept)
  const read = async () => {
    const { statusCode } = await app.inject(path)
    if (statusCode !== 200) throw new Error(`the feed answered ${statusCode}`)
  }
  const changed = () =>
    db
      .updateTable('feeds')
      .set(it => ({ revision: it('revision', '+', 1) }))
      .where('kind', '=', 'house')
      .execute()
  const own = await timesOf(20, read, changed)
  const again = await timesOf(20, read)
  const library = await timesOf(20, async () => plainly(facts))
  tell('feeds: 200', {
    size,
    talks: facts.length,
    ...again,
    afterAChangeP50: own.p50,
    icalGeneratorP50: library.p50,
    timesFaster: ratio(library.p50, again.p50),
    timesFasterAfterAChange: ratio(library.p50, own.p50),
  })
}

/** What the library makes of the same talks without us. */
function plainly(talks: CalendarTalk[]): string {
  const calendar = ical({ name: 'x', timezone: { name: null, generator: zone => vtimezone(zone).join('\r\n') } })
  for (const talk of talks)
    calendar.createEvent({
      id: talk.id,
      sequence: talk.sequence,
      stamp: talk.revisedAt,
      created: talk.createdAt,
      lastModified: talk.revisedAt,
      start: talk.startsAt.setZone(talk.zone),
      end: talk.endsAt.setZone(talk.zone),
      timezone: talk.zone,
      summary: talk.host.kk,
      location: talk.address.kk,
      description: talk.topic.kk,
      status: ICalEventStatus.CONFIRMED,
      organizer: { name: talk.house.kk, email: 'house@kezdesu.example' },
    })
  return calendar.toString()
}
