import { readFileSync } from 'node:fs'
import ICAL from 'ical.js'
import { simpleParser } from 'mailparser'
import t, { type Test } from 'tap'
import { transact } from '../../src/base/db/transact.ts'
import { sleeping } from '../../src/base/jobs.ts'
import { type Mail, raw } from '../../src/base/mail.ts'
import { tokenOf } from '../../src/base/secrets.ts'
import type { MessageKind } from '../../src/messages/rules.ts'
import { tell } from '../../src/messages/store.ts'
import { cast } from '../cast.ts'
import { world } from '../world.ts'
import { booked } from './booked.ts'

const here = await world(t)
const { db, clock, app, mails } = here
const talk = await booked(db, clock.now, { day: '2026-11-25', minute: 600 })
const [seat, other] = talk.seats
if (!seat || !other) throw new Error('the talk has no team')
const { contact_id } = await db
  .selectFrom('requests')
  .select('contact_id')
  .where('id', '=', talk.requestId)
  .executeTakeFirstOrThrow()
const account = await db
  .selectFrom('accounts')
  .select('id')
  .where('email', '=', cast.coordinator)
  .executeTakeFirstOrThrow()
let version = 0

/** The letter of a kind to a reader, as it leaves now. */
async function letter(
  kind: MessageKind,
  to: 'speaker' | 'contact' | 'account',
  language: 'kk' | 'ru' | 'en' = 'kk',
): Promise<Mail | undefined> {
  version++
  const whom = {
    speaker: { recipient: `speaker:${seat?.speakerId}`, address: seat?.email ?? '', assignmentId: seat?.id ?? '' },
    contact: { recipient: `contact:${contact_id}`, address: 'saule@mektep.example' },
    account: {
      recipient: `account:${account.id}`,
      address: cast.coordinator,
      accountId: account.id,
      assignmentId: seat?.id ?? '',
    },
  }[to]
  await transact(db, trx =>
    tell(trx, sleeping, clock.now, [
      {
        houseId: talk.houseId,
        kind,
        cause: `talk:${talk.talkId}:${version}`,
        version,
        language,
        dueAt: clock.now,
        talkId: talk.talkId,
        requestId: talk.requestId,
        ...whom,
      },
    ]),
  )
  mails.length = 0
  await here.deliver()
  return mails[0]
}

/** Compares with the file beside the test; secrets of links are named, not shown. */
async function golden(t: Test, name: string, mail: Mail | undefined) {
  if (!mail) throw new Error('no letter left')
  const { nonce } = await db
    .selectFrom('requests')
    .select('nonce')
    .where('id', '=', talk.requestId)
    .executeTakeFirstOrThrow()
  const said = `Subject: ${mail.subject}\n\n${mail.text}`
    .replaceAll(seat?.token ?? '', 'INVITATION')
    .replaceAll(tokenOf(app.config.secret, 'request', nonce), 'REQUEST')
    .replaceAll(talk.talkId, 'TALK')
    .replaceAll(/\/u\/[0-9a-f-]{36}\/[\w-]{43}/g, '/u/LEAVE')
  t.equal(said, readFileSync(new URL(`letters/${name}.txt`, import.meta.url), 'utf8'))
}

t.test("an invitation says everything in its reader's language", async t => {
  for (const language of ['kk', 'ru', 'en'] as const)
    await golden(t, `invitation-${language}`, await letter('invitation', 'speaker', language))
})

t.test('a host reads Kazakh and below it the other language', async t => {
  await golden(t, 'talk-booked-kk', await letter('talk-booked', 'contact', 'kk'))
  await golden(t, 'talk-booked-en', await letter('talk-booked', 'contact', 'en'))
})

t.test('reminders and the question for the outcome', async t => {
  await golden(t, 'reminder-ru', await letter('reminder-day', 'speaker', 'ru'))
  await golden(t, 'outcome-kk', await letter('outcome-asked', 'speaker', 'kk'))
  await golden(t, 'outcome-host-ru', await letter('outcome-asked', 'contact', 'ru'))
})

t.test(
  'the HTML half holds the same facts and links as the text, below ten kilobytes, without anything from outside',
  async t => {
    for (const [kind, to] of [
      ['invitation', 'speaker'],
      ['talk-booked', 'contact'],
      ['reminder-hours', 'speaker'],
      ['talk-changed', 'contact'],
    ] as const) {
      const mail = await letter(kind, to, 'ru')
      if (!mail) throw new Error(kind)
      t.ok(Buffer.byteLength(mail.html) < 10_240, `${kind}: ${Buffer.byteLength(mail.html)} octets`)
      t.notMatch(mail.html, /<img|<script|<link|url\(|undefined/)
      const links = [...mail.html.matchAll(/href="(http[^"]*)"/g)]
        .map(([, href = '']) => href.replaceAll('&#38;', '&'))
        .sort()
      t.same(links, [...mail.text.matchAll(/https?:\S+/g)].map(([href]) => href).sort())
      const plain = mail.html
        .replace(/<style>.*?<\/style>/, '')
        .replace(/<[^>]*>/g, ' ')
        .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
      const squeezed = (text: string) => text.replace(/[\s\u00a0]+/g, '')
      for (const line of mail.text.split('\n').filter(it => it !== '' && it !== '* * *' && !it.includes('http')))
        for (const part of line.split(/: |, \d\d:\d\d–\d\d:\d\d \(|\)$/))
          t.ok(squeezed(plain).includes(squeezed(part)), part)
    }
  },
)

t.test('the bytes of an invitation have the shape that mail programs know', async t => {
  const mail = await letter('invitation', 'speaker', 'ru')
  if (!mail) throw new Error('no letter')
  const bytes = await raw(mail)
  t.same(bytes, await raw(mail))
  const parsed = await simpleParser(bytes)
  t.equal(parsed.messageId, `<${mail.messageId}>`)
  t.same(parsed.to && 'value' in parsed.to ? parsed.to.value.map(it => it.address) : [], [seat.email])
  t.equal(parsed.headers.get('auto-submitted'), 'auto-generated')
  t.same(parsed.attachments.map(it => [it.contentType, it.filename ?? '']).sort(), [
    ['application/ics', 'invite.ics'],
    ['text/calendar', ''],
  ])
  const [first, second] = parsed.attachments.map(it => it.content.toString('utf8'))
  t.equal(first, second)
  t.equal(first, mail.calendar?.content)
  t.match(bytes.toString('latin1'), /Content-Type: text\/calendar; charset=utf-8; method=REQUEST/)
  const calendar = new ICAL.Component(ICAL.parse(first ?? ''))
  const [event] = calendar.getAllSubcomponents('vevent')
  t.equal(calendar.getFirstPropertyValue('method'), 'REQUEST')
  t.same(
    event?.getAllProperties('attendee').map(it => it.getFirstValue()),
    [`mailto:${seat.email}`],
  )
  t.match(String(event?.getFirstPropertyValue('organizer')), /^mailto:bron\+[0-9a-f]{32}@kezdesu\.example$/)
})

t.test('who has accepted is not asked again, and who has declined is not reminded', async t => {
  await db.updateTable('assignments').set({ state: 'accepted' }).where('id', '=', seat.id).execute()
  const update = await letter('invitation-update', 'speaker', 'ru')
  t.notMatch(update?.text, /response=accept/)
  t.match(update?.calendar?.content, /PARTSTAT=ACCEPTED/)
  t.equal(await letter('invitation', 'speaker'), undefined)
  await db.updateTable('assignments').set({ state: 'declined', reason: 'too-far' }).where('id', '=', seat.id).execute()
  t.equal(await letter('reminder-hours', 'speaker'), undefined)
  t.equal(await letter('invitation-update', 'speaker'), undefined)
  await golden(t, 'declined-ru', await letter('answer-declined', 'account', 'ru'))
  await db.updateTable('assignments').set({ state: 'invited', reason: null }).where('id', '=', seat.id).execute()
  t.equal(await letter('answer-declined', 'account'), undefined)
})

t.test('a cancelled talk is told with its reason, and by a CANCEL to who had an invitation', async t => {
  await db
    .updateTable('talks')
    .set({ state: 'cancelled', cancel_reason: 'weather', sequence: 1 })
    .where('id', '=', talk.talkId)
    .execute()
  for (const kind of ['invitation', 'invitation-update', 'reminder-day', 'outcome-asked'] as const)
    t.equal(await letter(kind, 'speaker'), undefined, kind)
  for (const kind of ['talk-booked', 'talk-changed'] as const) t.equal(await letter(kind, 'contact'), undefined, kind)
  await golden(t, 'talk-cancelled-kk', await letter('talk-cancelled', 'contact', 'kk'))
  await db.updateTable('requests').set({ state: 'waiting' }).where('id', '=', talk.requestId).execute()
  const waits = (await letter('talk-cancelled', 'contact', 'kk'))?.text
  t.match(waits, 'ауа райы.\nКешірім сұраймыз. Өтініміңіз күшінде: жаңа уақыт ұсынамыз.\n')
  t.match(waits, 'погода.\nПросим прощения. Ваша заявка остаётся в силе: мы предложим новое время.\n')
  const cancellation = await letter('invitation-cancellation', 'speaker', 'kk')
  await golden(t, 'cancellation-kk', cancellation)
  t.match(cancellation?.calendar?.content, /METHOD:CANCEL\r\n[\s\S]*SEQUENCE:1\r\n[\s\S]*STATUS:CANCELLED/)
})
