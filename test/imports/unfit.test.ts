import t from 'tap'
import { cast } from '../cast.ts'
import { ask, bookedTalk, names } from '../talks/situation.ts'
import { formOn, submit, world } from '../world.ts'

const w = await world(t)
const { app, db } = w
const named = await names(w)
const cookie = await w.signIn(cast.coordinator)
const get = (url: string) => app.inject({ url: `${url}?l=ru`, headers: { cookie } })

async function preview(text: string) {
  const body = new FormData()
  body.append('kind', 'speakers')
  body.append('file', new Blob([text]), 'тізім.csv')
  const packed = new Response(body)
  const answer = await app.inject({
    method: 'POST',
    url: '/app/imports',
    headers: {
      ...{ cookie, 'sec-fetch-site': 'same-origin' },
      'content-type': packed.headers.get('content-type') ?? '',
    },
    payload: Buffer.from(await packed.arrayBuffer()),
  })
  const url = String(answer.headers.location)
  return { url, html: (await get(url)).body }
}
const speaker = (name: string) =>
  db.selectFrom('speakers').select(['id', 'email']).where('id', '=', named.speaker(name)).executeTakeFirstOrThrow()

t.test('a file that changes speakers names the coming talks that would no longer fit, and leaves them', async t => {
  const day = '2026-12-02'
  const talks: string[] = []
  for (const [at, name] of ['zhunisov', 'suleimenova'].entries()) {
    const number = await ask(w, named, {
      host: ['school-907', 'school-912'][at] ?? '',
      windows: [{ from: day, to: day }],
    })
    talks.push(await bookedTalk(w, named, number, `${day}T09:20`, [name]))
  }
  const people = await Promise.all(['zhunisov', 'suleimenova', 'baizhan'].map(speaker))
  const [first, second, third] = people.map(({ email }) => email)
  const { url, html } = await preview(
    `E-mail;Языки;Телефон\n${first};русский;\n${second};;8 701 222 33 44\n${third};русский;\n`,
  )
  const shown = [...html.matchAll(/href="\/app\/talks\/([^"]+)">([^<]*)<\/a>: ([^<]*)</g)]
  t.strictSame(
    shown.map(([, talk]) => talk),
    [talks[0]],
    'neither who only has another telephone nor who has no talks',
  )
  t.match(shown[0]?.[3], 'казахск')
  t.match(html, 'Встреч: 1')
  const { action, fields } = formOn(html, `${url}/confirmation`)
  t.equal((await submit(app, action, fields, cookie)).headers.location, url)
  t.same(
    await db
      .selectFrom('speaker_languages')
      .select('language')
      .where('speaker_id', '=', people[0]?.id ?? '')
      .execute(),
    [{ language: 'ru' }],
  )
  t.same(
    (await db.selectFrom('talks').select('state').where('id', 'in', talks).execute()).map(({ state }) => state),
    ['booked', 'booked'],
  )
  const again = await preview(`E-mail;Профессия\n${first};юрист\n`)
  t.match(again.html, talks[0], 'what did not fit before is not said again, the new reason is')
  t.notMatch(/href="\/app\/talks\/[^"]+">[^<]*<\/a>: ([^<]*)</.exec(again.html)?.[1], 'казахск')
})
