import { DateTime } from 'luxon'
import t from 'tap'
import { sameLanguage } from '../../src/base/http/same-language.ts'
import { shortCodeOf, tokenOf } from '../../src/base/secrets.ts'
import { cast } from '../cast.ts'
import { booked, secret } from '../talks/booked.ts'
import { formOn, submit, world } from '../world.ts'

const w = await world(t)
const { app, db, clock } = w
const morning = clock.now
const get = (url: string) => app.inject({ url, headers: { 'accept-language': 'ru' } })
const plain = (text: string) => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
const linksOn = (html: string) => [
  ...new Set(
    [...html.matchAll(/<a [^>]*?href="(\/[^"]*)"([^>]*)>/g)]
      // the switch is what changes the language
      .filter(([, , rest]) => !rest?.includes('hreflang'))
      .map(([, href = '']) => plain(href)),
  ),
]
const actionsOn = (html: string) => [
  ...new Set([...html.matchAll(/<form [^>]*?action="([^"]*)"/g)].map(([, action = '']) => plain(action))),
]

const states = ['unconfirmed', 'waiting', 'booked', 'begun', 'held', 'declined', 'withdrawn', 'expired'] as const
const own: Record<(typeof states)[number], string[]> = {
  unconfirmed: ['/confirm'],
  waiting: ['/cancel', '/data', '/message', '/wishes'],
  booked: ['.ics', '/calendar', '/cancel', '/data', '/listeners', '/message', '/reschedule', '/visitors'],
  begun: ['/again', '/data', '/feedback', '/listeners'],
  held: ['/again', '/data', '/feedback', '/listeners'],
  declined: ['/again', '/data'],
  withdrawn: ['/again', '/data'],
  expired: ['/again', '/data'],
}

/** A request and its talk as they are in this state; the clock is moved for those that have begun. */
async function linkIn(state: (typeof states)[number], host: number) {
  const talk = await booked(db, morning, { team: state === 'booked' ? [cast.psychologist] : [], host })
  const { nonce } = await db
    .selectFrom('requests')
    .select('nonce')
    .where('id', '=', talk.requestId)
    .executeTakeFirstOrThrow()
  const after = state === 'begun' || state === 'held'
  if (!after && state !== 'booked') await db.deleteFrom('talks').where('id', '=', talk.talkId).execute()
  if (state === 'held') await db.updateTable('talks').set({ state }).where('id', '=', talk.talkId).execute()
  if (state !== 'booked' && state !== 'begun')
    await db
      .updateTable('requests')
      .set({
        state,
        ...(state === 'unconfirmed' ? { confirmed_at: null } : {}),
        ...(state === 'declined' ? { decline_reason: 'no-time' as const } : {}),
        ...(state === 'unconfirmed' || state === 'waiting' ? {} : { ended_at: morning }),
      })
      .where('id', '=', talk.requestId)
      .execute()
  clock.now = after ? DateTime.fromISO('2026-11-24T10:00Z', { zone: 'utc' }) : morning
  return `/r/${tokenOf(secret, 'request', nonce)}`
}

for (const [at, state] of states.entries())
  t.test(`every link and form of the page leads on in the language that was chosen: ${state}`, async t => {
    const url = await linkIn(state, at)
    const page = await get(`${url}?l=en`)
    t.equal(page.headers['content-language'], 'en')
    const links = linksOn(page.body)
    const forms = actionsOn(page.body)
    const mine = [...links, ...forms].filter(each => each.startsWith(url))
    t.strictSame(
      [...new Set(mine)].sort(),
      own[state].map(each => `${url}${each}?l=en`),
    )
    for (const link of links) {
      const answer = await get(link)
      t.equal(answer.statusCode, 200, link)
      if (!link.includes('.ics')) t.equal(answer.headers['content-language'], 'en', link)
      // a file of figures and names has no language
      for (const next of [...linksOn(answer.body), ...actionsOn(answer.body)].filter(
        each => each.startsWith(url) && !each.endsWith('/data.json'),
      ))
        t.match(next, /[?&]l=en$/, `${link} leads to ${next}`)
    }
    for (const action of forms) {
      const form = formOn(page.body, action)
      const answer = await submit(app, form.action, form.fields)
      t.equal(answer.statusCode, 303, action)
      t.match(String(answer.headers.location), /[?&]l=en$|^\/en\//, `${action} leads to ${answer.headers.location}`)
    }
  })

t.test('a listener who changed the language reads the mistakes and the thanks in it', async t => {
  const talk = await booked(db, morning, { team: [], host: states.length })
  const { nonce } = await db
    .selectFrom('talks')
    .select('listeners_nonce as nonce')
    .where('id', '=', talk.talkId)
    .executeTakeFirstOrThrow()
  clock.now = DateTime.fromISO('2026-11-24T09:00Z', { zone: 'utc' })
  const code = `/o/${shortCodeOf(secret, 'listeners', nonce)}`
  const { action, fields } = formOn((await app.inject(`${code}?l=en`)).body, `${code}?l=en`)
  const half = await submit(app, action, { ...fields, clear: '4' })
  t.equal(half.statusCode, 422)
  t.equal(half.headers['content-language'], 'en')
  const whole = { clear: '5', useful: '5', respectful: '5', again: '3' }
  const done = await submit(app, formOn(half.body, action).action, { ...fields, ...whole })
  t.equal(done.headers.location, `${code}?done=1&l=en`)
})

t.test('an address keeps what it asks and gets the language that was chosen, and no other', async t => {
  const of = (l: unknown, address: string) => sameLanguage({ query: { l } }, address)
  t.equal(of('ru', '/r/x'), '/r/x?l=ru')
  t.equal(of('ru', '/r/x?done=1&l=en#top'), '/r/x?done=1&l=ru#top')
  for (const other of [undefined, '', 'de', ['ru', 'en']]) t.equal(of(other, '/r/x'), '/r/x')
})
