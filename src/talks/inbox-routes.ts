import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../base/auth.ts'
import type { Db } from '../base/db/open.ts'
import { settingOf } from '../base/db/settings.ts'
import { Type } from '../base/http/schema.ts'
import { datesFromTo } from '../base/i18n/dates.ts'
import { numberOf } from '../base/text.ts'
import { type DateTime, type Day, isDay, mondayOf, plusDays, wallOf } from '../base/time.ts'
import { findZone } from '../houses/zone-store.ts'
import { findNames } from '../matching/names-store.ts'
import { type Offer, offersOf, offersOn, substitutes } from '../matching/offer-rules.ts'
import { type OfferCard, obstacleShown, offerCard, quoted, sayOf, shortName } from '../matching/pages.ts'
import { withoutTalk } from '../matching/rules.ts'
import { type Search, searchFor } from '../matching/search-rules.ts'
import { withTells } from '../matching/side-pages.ts'
import { findSide } from '../matching/side-store.ts'
import { findAsked, findWorld, rangeOf } from '../matching/store.ts'
import { absentees } from '../matching/unfit-rules.ts'
import { reasonSaid, type Say } from '../matching/words.ts'
import { oldestWait } from '../messages/delivery-store.ts'
import { mailWaits } from '../messages/pages.ts'
import { words as tellWords } from '../messages/tell-words.ts'
import { findGapCases, type Read } from './gap-store.ts'
import { dayListOf, type Gap, inOrder, oneLineASeries, waitingShown } from './inbox-pages.ts'
import { findOpenPlaces, findWaiting, type OpenPlace } from './inbox-store.ts'
import { words as keyWords } from './key-words.ts'
import { asValue, sharedForm } from './offer-field-rules.ts'
import { replyTask } from './reply-pages.ts'
import { findOpenReplies } from './reply-store.ts'
import { capital } from './shown-pages.ts'
import { momentOf } from './store.ts'
import { standingSaid } from './substitution-show-pages.ts'
import { findStandings } from './substitution-show-store.ts'
import { findUnwilling } from './substitution-store.ts'
import { type Asked, swapTells } from './tell-routes.ts'
import { awaySaid, boardOf, mondayNamed, weekNamed } from './week-pages.ts'
import { findBusy, findGroups, findPeople, findSeatsOfDays } from './week-store.ts'
import { words } from './words.ts'

const one = Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]))
/** How many offers stand beside the inbox; the rest have a page of their own. */
const shown = 3
/** Of the feasible hours of a week the board shows this many, the best ones. */
const mostLit = 24
/** Where talks may begin at any quarter of an hour it shows one each three quarters of an hour. */
const litApart = 45

/** What waits for a decision beside the week of the House's people; every state is an address. */
export const inboxRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/app',
    { config: { access: 'viewer' }, schema: { querystring: Type.Object({ request: one, week: one, day: one }) } },
    async (request, reply) => {
      const { houseId, role } = actorOf(request)
      if (role === 'viewer') return reply.redirect('/app/reports', 303)
      const { language } = request
      const now = app.now()
      const said = words[language]
      const zone = await findZone(app.db, houseId)
      const today = wallOf(now, zone).day
      // questions that don't wait for each other are asked at once
      const [names, waiting, openPlaces, replies, late, hold] = await Promise.all([
        findNames(app.db, houseId, language),
        findWaiting(app.db, houseId, language),
        findOpenPlaces(app.db, houseId, language, now),
        findOpenReplies(app.db, houseId, language, now),
        oldestWait(app.db, now, houseId),
        settingOf(app.db, 'mail_hold'),
      ])
      const say = sayOf(language, names)
      const rows = oneLineASeries(inOrder(waiting, today))
      const asked = numberOf([request.query.request].flat()[0] ?? '')
      // a later date of a series has an address of its own, though its line names the first
      const selected = inOrder(waiting, today).find(({ number }) => number === asked) ?? rows[0]
      const line = rows.find(row => row.id === selected?.id) ?? rows.find(row => row.series_id === selected?.series_id)
      const found = selected && (await offersFor(app.db, houseId, selected.id, today, now))
      const gaps = await gapsShown(
        { db: app.db, houseId, language, speakers: names.speakers, now },
        zone,
        openPlaces,
        say,
        found?.read,
      )
      const cardOf = (offer: Offer, place: number) =>
        offerCard(language, `/app/requests/${selected?.number}/booking`, offer, place, say)
      const offered = (found?.offers ?? []).map((offer, at) => cardOf(offer, at + 1))
      const side = selected && offered.length > 0 ? await findSide(app.db, houseId, selected.id, language) : undefined
      const telling = (some: OfferCard[]) => (side ? withTells(language, some, side, names.speakers, now) : some)
      const cards = telling(offered)
      const named = [request.query.day].flat()[0] ?? ''
      const best = cards[0]?.startsAt.slice(0, 10)
      const monday = mondayNamed([request.query.week].flat()[0]) ?? mondayOf(isDay(named) ? named : (best ?? today))
      const day =
        isDay(named) && mondayOf(named) === monday
          ? named
          : best !== undefined && mondayOf(best) === monday
            ? best
            : mondayOf(today) === monday
              ? today
              : monday
      const [people, groups, seats, busy] = await Promise.all([
        findPeople(app.db, houseId, language, monday, now),
        findGroups(app.db, houseId, language),
        findSeatsOfDays(app.db, houseId, language, monday, plusDays(monday, 6)),
        findBusy(app.db, houseId, now, monday, plusDays(monday, 6)),
      ])
      const lit = found && litWeek(found.search, monday, found.offers)
      const more = telling((lit?.more ?? []).map(offer => ({ ...cardOf(offer, 0), id: sharedForm })))
      const onBoard = [...cards, ...more]
      const board = boardOf(
        language,
        monday,
        today,
        { people, groups, seats, busy, names },
        selected && {
          number: selected.number,
          cards: onBoard,
          away: lit && awaySaid(language, lit.away, say),
        },
      )
      const address = (to: Day) => `/app?${selected ? `request=${selected.number}&` : ''}week=${weekNamed(to)}`
      return reply.page('talks/inbox', {
        say: said,
        sayKeys: keyWords[language],
        title: datesFromTo(language, monday, plusDays(monday, 5)),
        count: rows.length + gaps.length + replies.length,
        mailWaits: mailWaits(language, late, hold !== undefined),
        gaps,
        sayTells: tellWords[language],
        replies: replies.map(row => replyTask(language, row)),
        waiting: rows.map(row => waitingShown(language, row, line?.number, zone, now)),
        offers: cards,
        onBoard: onBoard.map(card => ({ ...card, value: card.id === sharedForm ? asValue(card) : undefined })),
        obstacles: (found?.impossible ?? []).slice(0, 1).map(obstacle => obstacleShown(language, obstacle, true, say)),
        selected: selected?.number,
        board,
        booking: selected && `/app/requests/${selected.number}/booking`,
        list: dayListOf(language, board, day, to => `${address(to)}&day=${to}`),
        weekBefore: address(plusDays(monday, -7)),
        weekAfter: address(plusDays(monday, 7)),
        weekNow: address(today),
      })
    },
  )
}

async function offersFor(db: Db, houseId: string, id: string, today: Day, now: DateTime) {
  const asked = await findAsked(db, houseId, { id })
  if (!asked) return
  const range = rangeOf(asked.request, today)
  const world = await findWorld(db, asked, range, now)
  if (!world) return
  const search = searchFor(world, asked.request)
  return { ...offersOf(search, shown, 2), search, read: { speakers: world.speakers, to: range.to } }
}

/** What the chosen request lights up in a week besides the offers that stand beside the inbox, and who is out of the question. */
function litWeek(search: Search, monday: Day, first: Offer[]) {
  const sunday = plusDays(monday, 6)
  const inWeek = offersOn(search, monday, sunday, mostLit, litApart)
  const [best] = inWeek
  return {
    more: inWeek.filter(
      ({ moment: { day, from } }) => !first.some(({ moment }) => moment.day === day && moment.from === from),
    ),
    away: absentees(search, monday, sunday, best?.moment),
  }
}

/** Each talk that lost somebody, with the next-ranked substitute ready, and whom asking them would tell. */
async function gapsShown(asked: Asked, zone: string, places: OpenPlace[], say: Say, read?: Read): Promise<Gap[]> {
  const { db, houseId, language, now } = asked
  const cases = await findGapCases(db, houseId, places, now, read)
  const talkIds = places.map(({ talkId }) => talkId)
  const [unwilling, standings] = await Promise.all([findUnwilling(db, talkIds), findStandings(db, talkIds, now)])
  const ranked = places.map(place => {
    const found = cases.find(each => each.place === place)
    const next =
      found &&
      substitutes(
        withoutTalk(found.world, place.talkId),
        found.request,
        momentOf(place),
        found.team,
        place.speakerId,
      ).find(({ speakerId }) => !unwilling.get(place.talkId)?.has(speakerId))
    return { place, next }
  })
  const swaps = ranked.flatMap(({ place: { talkId, speakerId }, next }) =>
    next ? [{ talkId, out: speakerId, in: next.speakerId }] : [],
  )
  const tells = await swapTells(asked, swaps)
  return ranked.map(({ place, next }) => {
    const own = next?.reasons.filter(reason => !('speakerId' in reason) || reason.speakerId === next.speakerId) ?? []
    const at = swaps.findIndex(({ talkId, out }) => talkId === place.talkId && out === place.speakerId)
    return {
      talkId: place.talkId,
      host: place.host,
      about: `${say.day(place.held_on)}, ${place.from_time} · ${quoted(place.topic)}`,
      gap: words[language].gapOf(place.profession.toLocaleLowerCase('kk'), shortName(language, place.speaker)),
      asking: standingSaid(
        language,
        standings.find(({ talkId, out }) => talkId === place.talkId && out === place.speakerId),
        zone,
        now,
      ),
      substitute: next && {
        version: place.version,
        out: place.speakerId,
        in: next.speakerId,
        text: words[language].substitute(say.speaker(next.speakerId)),
        why: capital(own.map(reason => reasonSaid(language, reason, say)).join(', ')),
        tells: tells[at] ?? '',
      },
    }
  })
}
