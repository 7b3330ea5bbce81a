import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import t from 'tap'
import { sumOf, tablesInOrder } from '../../src/backups/contents.ts'
import { csvTemplate, xlsxTemplate } from '../../src/imports/template.ts'
import { cast } from '../cast.ts'
import { damaged } from '../damaged.ts'
import { sheet } from '../imports/sheet.ts'
import { world } from '../world.ts'

const { app, db, signIn } = await world(t)
const coordinator = await signIn(cast.coordinator)
const speaker = await signIn(cast.psychologist)
const calendarIn = (name: string) => readFileSync(path.join(import.meta.dirname, '../calendars/busy', name))
const wordsFile = (
  await app.inject({ url: '/app/words/texts.csv?q=field-words:words.save&l=ru', headers: { cookie: coordinator } })
).rawPayload
const people = [
  ['ФИО', 'E-mail', 'Профессия', 'Район'],
  ['Оспанова Гүлнар', 'ospanova@mektep.kz', 'Психолог', 'Алмалинский район'],
]

/** What a file may leave behind that waits to be looked at; everything else in the House is to stay as it is. */
const doors = [
  {
    url: '/app/imports',
    as: coordinator,
    leaves: ['imports', 'import_rows'],
    files: [
      Buffer.from(people.map(row => row.join(';')).join('\r\n')),
      Buffer.from(csvTemplate('hosts', 'kk')),
      sheet(people),
      await xlsxTemplate('requests', 'ru'),
    ],
  },
  { url: '/app/words/files', as: coordinator, leaves: ['word_files'], files: [wordsFile] },
  {
    url: '/me/busy/calendar/file',
    as: speaker,
    leaves: ['busy_calendars', 'busy_intervals'],
    files: ['google.ics', 'outlook.ics', 'thunderbird.ics'].map(calendarIn),
  },
]
// what every sent form leaves, whatever is in it: that it was sent, and how often
const always = ['limits', 'form_answers', 'journal', 'journal_heads', 'changes', 'roster_revision']

async function send(url: string, cookie: string, kind: string, file: Buffer, wrapping: (body: Buffer) => Buffer) {
  const form = new FormData()
  form.append('kind', kind)
  form.append('file', new Blob([new Uint8Array(file)]), 'кесте.csv')
  const packed = new Response(form)
  return app.inject({
    method: 'POST',
    url,
    headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': packed.headers.get('content-type') ?? '' },
    payload: wrapping(Buffer.from(await packed.arrayBuffer())),
  })
}
const sums = async (but: string[]) => {
  const found: Record<string, unknown> = {}
  for (const table of await tablesInOrder(db)) if (!but.includes(table)) found[table] = await sumOf(db, table)
  return found
}

for (const { url, as, leaves, files } of doors)
  t.test(
    `whatever file comes to ${url}, it is taken to be looked at or refused in words, and changes nothing`,
    async t => {
      const before = await sums([...always, ...leaves])
      const statuses = new Set<number>()
      await fc.assert(
        fc.asyncProperty(
          damaged(...files),
          fc.constantFrom('speakers', 'hosts', 'requests', 'x'),
          fc.integer({ min: 0, max: 19 }),
          async (file, kind, luck) => {
            await sql`delete from limits`.execute(db)
            const own = async () => JSON.stringify(await Promise.all(leaves.map(table => sumOf(db, table))))
            const stood = await own()
            // one in twenty is cut within its wrapping
            const answer = await send(url, as, kind, file, body =>
              luck === 0 ? body.subarray(0, body.length / 2) : body,
            )
            statuses.add(answer.statusCode)
            t.ok([303, 413, 422].includes(answer.statusCode), `${answer.statusCode} to ${file.toString('base64')}`)
            if (answer.statusCode !== 303) t.equal(await own(), stood)
          },
        ),
        {
          numRuns: 25,
          examples: [
            [Buffer.from(files[0] ?? ''), 'speakers', 1],
            [Buffer.from('Құпия'), 'speakers', 1],
          ],
        },
      )
      t.ok(statuses.has(303) && statuses.has(422), [...statuses].join())
      t.same(await sums([...always, ...leaves]), before)
    },
  )
