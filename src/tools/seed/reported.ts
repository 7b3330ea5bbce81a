import type { DateTime } from '../../base/time.ts'
import { seedId } from './random.ts'
import type { Fated, Rows } from './rows.ts'

const bodies = [
  {
    name_kk: 'Алматы қаласының Дін істері басқармасы',
    name_ru: 'Управление по делам религий г. Алматы',
    name_en: 'Department for Religious Affairs of Almaty',
  },
  {
    name_kk: 'Алматы қаласының Қоғамдық даму басқармасы',
    name_ru: 'Управление общественного развития г. Алматы',
    name_en: 'Department of Public Development of Almaty',
  },
]

/** Two bodies that report some of the held talks as well, by the numbers of their requests: chance draws nothing new for them. */
export function reportersOf(house: { id: string; slug: string; coordinator: string | null }, fated: Fated[]): Rows {
  const [faith, society] = bodies.map((_, at) => seedId('body', house.slug, at))
  return {
    reporting_bodies: bodies.map((names, at) => ({ id: seedId('body', house.slug, at), house_id: house.id, ...names })),
    talk_reporters: fated.flatMap(({ talk, fate, number }) =>
      (fate.state === 'held' ? [...(number % 4 === 0 ? [faith] : []), ...(number % 6 === 0 ? [society] : [])] : []).map(
        body_id => ({
          ...{ talk_id: talk.id, body_id: body_id ?? '', said_by: house.coordinator },
          said_at: fate.outcome?.at ?? talk.endsAt,
        }),
      ),
    ),
  }
}

const [mostHeld, mostAhead] = [3, 2]

/** Talks of one school on several topics, held and ahead, as the programme that they could have been planned as. */
export function programmeOf(
  house: { id: string; slug: string; coordinator: string | null },
  fated: Fated[],
  now: DateTime,
): { rows: Rows; places: Map<string, { series_id: string; series_position: number }> } {
  const inOrder = fated.toSorted((a, b) => +a.talk.startsAt - +b.talk.startsAt)
  for (const its of Map.groupBy(inOrder, ({ talk }) => talk.host.id).values()) {
    const held = its.filter(({ fate }) => fate.state === 'held').slice(-mostHeld)
    const ahead = its.filter(({ talk, fate }) => fate.state === 'booked' && talk.startsAt > now).slice(0, mostAhead)
    const all = [...held, ...ahead]
    const topics = new Set(all.map(({ talk }) => talk.topic.id))
    const [first] = all
    if (!first || held.length < 2 || ahead.length === 0 || topics.size < all.length) continue
    if (first.talk.host.kind !== 'school') continue
    const series_id = seedId('programme', house.slug)
    return {
      rows: {
        series: [
          {
            ...{ id: series_id, house_id: house.id, kind: 'programme', every_weeks: 2, created_by: house.coordinator },
            name: 'Отбасы, құқық, сыйластық',
            created_at: first.talk.askedAt,
          },
        ],
      },
      places: new Map(all.map(({ talk }, at) => [talk.request.id, { series_id, series_position: at + 1 }])),
    }
  }
  return { rows: {}, places: new Map() }
}

/** The rows of a talk with the place that its request has in a programme. */
export const placed = (rows: Rows, places: ReturnType<typeof programmeOf>['places']): Rows => ({
  ...rows,
  ...(rows.requests ? { requests: rows.requests.map(row => ({ ...row, ...places.get(row.id ?? '') })) } : {}),
})
