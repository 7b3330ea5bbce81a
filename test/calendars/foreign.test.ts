import t from 'tap'
import { type TestWorld, world } from '../world.ts'
import { hindrance, inOrder, type Read, readers } from './foreign/readers.ts'
import { golden, settled } from './golden.ts'
import { life, type Person, type Step, steps } from './life.ts'
import { faultsOf } from './strict.ts'

type Kept = { name: string; file: string; feed: boolean; expected: Read[]; golden: boolean }
type Language = 'kk' | 'ru' | 'en'

const here = await world(t)
const { db, app } = here
const lived = await life(here)
const kept: Kept[] = []
/** A feed after a step, with what HTTP says of its age. */
const editions: { step: Step; feed: string; file: string; modified: number }[] = []
const letters: Record<string, string[]> = {}

for (const [index, step] of steps.entries()) {
  const number = String(index + 1).padStart(2, '0')
  const mails = await lived.live(step)
  letters[step] = mails
    .map(({ kind, to, calendar }) => `${kind} ${to.address.split('@')[0]} ${calendar?.method ?? ''}`.trim())
    .sort()
  for (const { to, calendar, language } of mails) {
    if (!calendar) continue
    const person = to.address.split('@')[0] as Person | 'school'
    kept.push({
      name: `${number}-${step}.mail-${person}.ics`,
      file: calendar.content,
      feed: false,
      golden: true,
      expected: await invited(person, language, calendar.method),
    })
  }
  for (const [who, url] of Object.entries(lived.feeds))
    for (const language of who === 'house' ? (['kk', 'ru', 'en'] as const) : (['kk'] as const)) {
      const { file, modified } = await got(`${url}?l=${language}`)
      kept.push({
        name: `${number}-${step}.feed-${who}${language === 'kk' ? '' : `-${language}`}.ics`,
        file,
        feed: true,
        golden: language === 'kk' && (who === 'house' || lived.people.some(person => person === who)),
        expected: await published(who, language),
      })
      editions.push({ step, feed: `${who}-${language}`, file, modified })
    }
  kept.push({
    name: `${number}-${step}.link.ics`,
    file: (await got(`${await lived.link(lived.number)}?l=ru`)).file,
    feed: false,
    golden: step === 'booked' || step === 'cancelled',
    expected: (await published('host', 'ru')).filter(({ uid }) => uid === uidOf(lived.talks.slice(0, 2).at(-1) ?? '')),
  })
}

t.test('each step is told to exactly those whose calendar changes', async t => {
  t.same(letters, {
    booked: ['invitation eskendir REQUEST', 'invitation isabekova REQUEST', 'talk-booked school REQUEST'],
    accepted: [],
    moved: ['invitation-update eskendir REQUEST', 'invitation-update isabekova REQUEST', 'talk-changed school REQUEST'],
    'accepted-again': [],
    swapped: ['invitation aidarqyzy REQUEST', 'invitation-cancellation isabekova CANCEL', 'talk-changed school'],
    declined: ['answer-declined petrova', 'answer-declined qalibek', 'answer-declined zhaqsybek'],
    cancelled: ['invitation-cancellation aidarqyzy CANCEL', 'talk-cancelled school CANCEL'],
    'booked-again': ['invitation eskendir REQUEST', 'invitation isabekova REQUEST', 'talk-booked school REQUEST'],
    'second-date': ['invitation aidarqyzy REQUEST', 'invitation eskendir REQUEST', 'talk-booked school REQUEST'],
    held: ['feedback-asked school'],
  } satisfies Record<Step, string[]>)
})

for (const [name, read] of Object.entries(readers))
  t.test(`${name} and the database agree on every file`, { skip: hindrance[name]?.() ?? false }, async t => {
    const found = read(kept.map(({ file }) => file))
    t.equal(found.length, kept.length)
    for (const [index, { name: file, expected }] of kept.entries()) t.same(found[index], expected, file)
  })

t.test('every file keeps the rules that parsers forgive', async t => {
  for (const { name, file, feed } of kept) t.same(faultsOf(file, { feed }), [], name)
})

t.test('every file is the golden one', async t => {
  for (const it of kept) if (it.golden) golden(t, it.name, settled(it.file, lived.talks))
})

t.test('a talk has one UID in all files, and a sequence that only rises', async t => {
  const highest = new Map<string, number>()
  for (const { name, expected } of kept)
    for (const { uid, sequence } of expected) {
      t.ok(sequence >= (highest.get(uid) ?? 0), `${name}: ${uid}`)
      highest.set(uid, sequence)
    }
  t.same([...highest.keys()].sort(), lived.talks.map(uidOf).sort())
  t.equal(highest.get(uidOf(lived.talks[0] ?? '')), 3)
})

t.test('what changed in a feed says since when, in the file and in HTTP', async t => {
  t.same(unmarked(), [])
})

t.test('a group keeps what is cancelled, as all feeds do', async t => {
  const cancelled = editions.find(({ step, feed }) => step === 'cancelled' && feed === 'group-kk')
  t.match(cancelled?.file, 'STATUS:CANCELLED')
})

t.test('what was not held has a higher sequence, as all that is cancelled', async t => {
  const last = kept.findLast(({ name }) => name.endsWith('feed-house.ics'))
  t.equal(last?.expected.find(({ uid }) => uid === uidOf(lived.talks[2] ?? ''))?.sequence, 1)
})

/** Changes between two steps that a client which goes by dates would miss. */
function unmarked(): { step: Step; feed: string; what: string }[] {
  return [...Map.groupBy(editions, ({ feed }) => feed).values()].flatMap(those =>
    those.slice(1).flatMap((after, index) => {
      const before = those[index]
      if (!before || before.file === after.file) return []
      const { step, feed } = after
      const old = eventsIn(before.file)
      const stale = [...eventsIn(after.file)].filter(([uid, { text, modified }]) => {
        const was = old.get(uid)
        return was !== undefined && was.text !== text && was.modified >= modified
      })
      return [
        ...(after.modified > before.modified ? [] : [{ step, feed, what: 'Last-Modified' }]),
        ...stale.map(([uid]) => ({ step, feed, what: `LAST-MODIFIED of ${uid}` })),
      ]
    }),
  )
}

function eventsIn(file: string): Map<string, { text: string; modified: string }> {
  return new Map(
    [...file.matchAll(/BEGIN:VEVENT[\s\S]*?END:VEVENT/g)].map(([text]) => [
      /UID:(.*)/.exec(text)?.[1] ?? '',
      { text, modified: /LAST-MODIFIED:(.*)/.exec(text)?.[1] ?? '' },
    ]),
  )
}

async function got(url: string): Promise<{ file: string; modified: number }> {
  const { statusCode, body, headers } = await app.inject(url)
  if (statusCode !== 200) throw new Error(`${url}: ${statusCode}`)
  return { file: body, modified: Date.parse(String(headers['last-modified'])) }
}

/** What the rows say a feed must hold: whose talks, and how each of them stands for its reader. */
async function published(who: string, language: Language): Promise<Read[]> {
  const talks = await talksOf(here)
  const person = lived.people.find(it => it === who)
  const mine = (talk: Talk) => {
    const seats = talk.team.filter(({ name }) => name === person)
    return seats.find(({ state }) => state === 'invited' || state === 'accepted') ?? seats.at(-1)
  }
  const group = who === 'group' ? await groupMembers() : []
  const shown = talks.filter(talk => {
    if (person) return mine(talk)
    // nobody stands in the team of a talk that is off: who stood there keeps the tombstone
    if (who === 'group')
      return talk.team.some(
        it => group.includes(it.speakerId) && (talk.state === 'cancelled' || /invited|accepted/.test(it.state)),
      )
    return who !== 'public' || talk.public
  })
  return inOrder(
    shown.map(talk => {
      const status = person ? statusFor(talk, mine(talk)?.state) : statusOf(talk)
      return { ...factsOf(talk), status, summary: said(talk, language, status === 'CANCELLED') }
    }),
  )
}

/** What the calendar part of a letter must hold. */
async function invited(person: Person | 'school', language: Language, method: string): Promise<Read[]> {
  const talk = (await talksOf(here)).find(({ id }) => id === lived.talks.at(-1))
  if (!talk) throw new Error('no talk')
  // the school asked for it: nobody asks back
  const accepted = person === 'school' || talk.team.some(({ name, state }) => name === person && state === 'accepted')
  const status = method === 'CANCEL' ? 'CANCELLED' : accepted ? 'CONFIRMED' : 'TENTATIVE'
  return [{ ...factsOf(talk), status, summary: said(talk, language, false) }]
}

type Talk = Awaited<ReturnType<typeof talksOf>>[number]

async function talksOf({ db: from }: TestWorld) {
  const talks = await from
    .selectFrom('talks')
    .innerJoin('hosts', 'hosts.id', 'talks.host_id')
    .select(['talks.id', 'state', 'sequence', 'during', 'public', 'name_kk as kk', 'name_ru as ru', 'name_en as en'])
    .orderBy('talks.created_at')
    .execute()
  const seats = await from
    .selectFrom('assignments')
    .innerJoin('speakers', 'speakers.id', 'assignments.speaker_id')
    .select(['talk_id', 'speaker_id as speakerId', 'email', 'state', 'ended_at as endedAt'])
    .orderBy('invited_at')
    .execute()
  return talks.map(talk => ({
    ...talk,
    team: seats.filter(it => it.talk_id === talk.id).map(it => ({ ...it, name: it.email.split('@')[0] })),
  }))
}

async function groupMembers(): Promise<string[]> {
  const rows = await db
    .selectFrom('feeds')
    .innerJoin('group_members', 'group_members.group_id', 'feeds.group_id')
    .select('group_members.speaker_id')
    .where('kind', '=', 'group')
    .execute()
  return rows.map(row => row.speaker_id)
}

function factsOf(talk: Talk): Pick<Read, 'uid' | 'from' | 'to' | 'sequence'> {
  const second = (at: Talk['during']['from']) => at.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'")
  return {
    uid: uidOf(talk.id),
    from: second(talk.during.from),
    to: second(talk.during.to),
    sequence: talk.sequence,
  }
}

function uidOf(id: string): string {
  return `talk-${id}@kezdesu.example`
}

/** Confirmed once everybody who is needed has said yes. */
function statusOf({ state, team }: Talk): string {
  if (state === 'cancelled' || state === 'not-held') return 'CANCELLED'
  const counted = team.filter(it => it.state !== 'replaced' && it.endedAt === null)
  return state === 'held' || counted.every(it => it.state === 'accepted') ? 'CONFIRMED' : 'TENTATIVE'
}

function statusFor(talk: Talk, own: string | undefined): string {
  if (statusOf(talk) === 'CANCELLED' || own === 'declined' || own === 'replaced') return 'CANCELLED'
  return own === 'accepted' || talk.state === 'held' ? 'CONFIRMED' : 'TENTATIVE'
}

/** Neutral, as a calendar is looked at over the shoulder. */
function said(host: Record<Language, string>, language: Language, cancelled: boolean): string {
  const words = {
    kk: ['Болдырылмады: ', 'Кездесу'],
    ru: ['Отменено: ', 'Встреча'],
    en: ['Cancelled: ', 'Talk'],
  }[language]
  return `${cancelled ? words[0] : ''}${words[1]} — ${host[language]}`
}
