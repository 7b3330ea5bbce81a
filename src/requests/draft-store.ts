import type { Db } from '../base/db/open.ts'
import type { Said } from '../base/i18n/language.ts'
import { isUuid } from '../base/text.ts'
import type { HostKind } from '../hosts/rules.ts'
import { findHostRow } from '../hosts/store.ts'
import { findDistricts, type PublicHouse } from '../houses/public-store.ts'
import { type AudienceRow, findAudiences, findPublicTopics, type TopicRow } from '../topics/store.ts'
import { readHost } from './host-rules.ts'
import type { AskedHost, AskedTopic, Draft, Problem, TypedHost } from './rules.ts'
import { readTopic } from './topic-rules.ts'

/** Kinds of a host that a visitor may enter. */
export const kinds = [
  'school',
  'college',
  'university',
  'workplace',
  'market',
  'community-centre',
] as const satisfies HostKind[]
export type Kind = (typeof kinds)[number]
export const isKind = (text: string): text is Kind => kinds.some(kind => kind === text)

export type District = { kato: string; name_kk: string; name_ru: string; name_en: string }
export type Chosen = { row: TopicRow; asked: AskedTopic; audience: AudienceRow }
export type Place = { asked: AskedHost; kind: HostKind; district: string; name: Said; folded: string; isNew: boolean }
/** What the first answers of a draft come to: the topic with its audience, and the place; a place that does not fit says why. */
export type Resolved = {
  topics: TopicRow[]
  audiences: AudienceRow[]
  chosen: Chosen | undefined
  place: Place | undefined
  placeProblems: Problem[]
  districts: District[]
}

export async function resolveDraft(db: Db, house: PublicHouse, draft: Draft): Promise<Resolved> {
  const topics = await findPublicTopics(db, house.id)
  const audiences = (await findAudiences(db)).filter(audience => !audience.closed)
  const districts = await findDistricts(db, house.region)
  const asked = draft.topic && readTopic(draft.topic, topics).value
  const row = asked && topics.find(topic => topic.id === asked.topicId)
  const audience = audiences.find(each => each.slug === asked?.audience)
  const chosen = asked && row && audience ? { row, asked, audience } : undefined
  const { place, problems } =
    chosen && draft.host
      ? await resolvePlace(db, house, draft.host, chosen.audience, districts)
      : { place: undefined, problems: [] }
  return { topics, audiences, chosen, districts, place, placeProblems: problems }
}

/** The host that was chosen or written, for this audience. */
export async function resolvePlace(
  db: Db,
  house: PublicHouse,
  typed: TypedHost,
  audience: AudienceRow,
  districts: District[],
): Promise<{ place: Place | undefined; problems: Problem[] }> {
  const found = isUuid(typed.host) ? await findHostRow(db, house.id, typed.host) : undefined
  const known = {
    found: found?.kind === 'custody' ? undefined : found,
    kinds: [...kinds],
    suitable: audience.hostKinds,
    districts: districts.map(({ kato }) => kato),
  }
  const { value, problems } = readHost(typed, known)
  if (!value) return { place: undefined, problems }
  if ('id' in value)
    return found
      ? {
          place: {
            asked: value,
            kind: found.kind,
            district: found.district,
            name: found.name,
            folded: found.folded,
            isNew: false,
          },
          problems,
        }
      : { place: undefined, problems }
  const { name, district } = value
  if (!isKind(value.kind)) return { place: undefined, problems }
  return {
    place: {
      asked: value,
      kind: value.kind,
      district,
      name: { kk: name, ru: name, en: name },
      folded: '',
      isNew: true,
    },
    problems,
  }
}
