import { simpleParser } from 'mailparser'
import t from 'tap'
import { sleeping } from '../../src/base/jobs.ts'
import { raw } from '../../src/base/mail.ts'
import { addressOf } from '../../src/messages/text-pages.ts'
import { placeholders, textKeys } from '../../src/messages/text-rules.ts'
import { cancel, move } from '../../src/talks/change-actions.ts'
import { cast } from '../cast.ts'
import { ask, at, bookedTalk, names } from '../talks/situation.ts'
import { formOn, submit, world } from '../world.ts'

const here = await world(t)
const named = await names(here)
const { db, app, mails } = here
await bookedTalk(here, named, await ask(here, named), '2026-11-26T10:20', ['zhunisov'])
const coordinator = await here.signIn(cast.coordinator)
const stranger = await here.signIn(cast.coordinatorOfAnotherHouse)
const viewer = await here.signIn(cast.viewer)
const get = (url: string, cookie = coordinator) => app.inject({ url, headers: { cookie } })
const kept = () =>
  db
    .selectFrom('letter_texts')
    .select(['house_id', 'kind', 'reader', 'language', 'subject', 'body'])
    .orderBy('language')
    .execute()
const booked = '/app/messages/texts/talk-booked'
/** Sends the form of a page with other texts, as its button does. */
async function send(url: string, texts: Record<string, string | string[]>, act = 'save', cookie = coordinator) {
  const { action, fields } = formOn((await get(url, cookie)).body, /messages\/texts/)
  return submit(app, action, { ...fields, ...texts, act }, cookie)
}
const clean = () => mails.splice(0)
t.afterEach(async () => {
  await db.deleteFrom('letter_texts').execute()
})

t.test('coordinators alone come in, and every letter has its page', async t => {
  t.match((await get('/app/messages')).body, 'href="/app/messages/texts"')
  for (const url of ['/app/messages/texts', booked]) {
    t.equal((await get(url, viewer)).statusCode, 404, 'not for a viewer')
    t.equal((await app.inject({ url })).headers.location, '/sign-in')
  }
  const list = (await get('/app/messages/texts')).body
  for (const key of textKeys) {
    const url = addressOf(key)
    t.match(list, `href="${url}"`)
    for (const language of ['kk', 'ru', 'en']) {
      const page = await get(`${url}${url.includes('?') ? '&' : '?'}l=${language}`)
      t.equal(page.statusCode, 200, `${url} ${language}`)
      t.notMatch(page.body, /undefined|\[object/)
      t.match(page.body, '<details', 'a letter of the House is shown')
    }
    const empty = await get(url, stranger)
    t.equal(empty.statusCode, 200)
    t.notMatch(empty.body, 'Жүнісов', 'nothing of another House')
  }
  for (const odd of ['sign-in?reader=contact', 'x', '%00', 'talk-booked.contact', 'invitation?reader=contact'])
    t.equal((await get(`/app/messages/texts/${odd}`)).statusCode, 404, odd)
  for (const odd of ['invitation?reader=a&reader=b', 'invitation?kept=a&kept=b', `${'x'.repeat(99)}`])
    t.ok((await get(`/app/messages/texts/${odd}`)).statusCode < 500, odd)
})

t.test('every letter can fill all that it may name', async t => {
  for (const key of textKeys) {
    const all = placeholders[key].map(name => `${name}={${name}};`).join('')
    const page = (await send(addressOf(key), { body_kk: all, body_ru: all, body_en: all }, 'preview')).body
    const letters = [...page.matchAll(/<pre[^>]*>([\s\S]*?)<\/pre>/g)].map(([, text = '']) => text)
    t.equal(letters.length, 3, key)
    for (const letter of letters) {
      for (const name of placeholders[key]) t.match(letter, new RegExp(`${name}=[^;]+;`), `${key} ${name}`)
      t.notMatch(letter, /[{}]|undefined/, key)
    }
  }
})

t.test('a preview is no letter: it writes nothing and knows no secret', async t => {
  const before = await db.selectFrom('messages').select('id').execute()
  const page = await send(
    '/app/messages/texts/invitation',
    { subject_kk: 'Тек {topic}', body_ru: '<script>x</script>' },
    'preview',
  )
  t.equal(page.statusCode, 200)
  t.match(page.body, '<details class="own" open>')
  t.match(page.body, /<b>Тек [^{]+<\/b>/)
  t.match(page.body, '&#60;script&#62;x&#60;/script&#62;')
  t.notMatch(page.body, '<script>x')
  t.match(page.body, '/i/…?response=accept')
  t.notMatch(page.body, /\/i\/[\w-]{20}/)
  t.strictSame(await kept(), [])
  t.equal((await db.selectFrom('messages').select('id').execute()).length, before.length)
  t.strictSame(await db.selectFrom('reply_addresses').selectAll().execute(), [])
})

t.test('what a letter cannot say is refused, and stays as it was typed', async t => {
  const cases: [string, string, RegExp][] = [
    ['subject_ru', 'Причина: {reason}', /вставки: \{reason\}/],
    ['body_kk', 'Күні: {date', /href="#body_kk"/],
    ['subject_en', 'a'.repeat(201), /200/],
    ['body_en', 'a'.repeat(2001), /2000/],
  ]
  for (const [field, text, words] of cases) {
    const page = await send(booked, { [field]: text, body_ru: 'Остаётся {topic}' })
    t.equal(page.statusCode, 422, field)
    t.match(page.body, words)
    t.match(page.body, `id="${field}-e"`)
    t.match(page.body, text)
    t.match(page.body, 'Остаётся {topic}')
  }
  t.equal((await send(booked, { subject_kk: ['a', 'b'] })).statusCode, 422)
  t.strictSame(await kept(), [])
  t.equal((await send(booked, { subject_kk: 'a' }, 'save', stranger)).statusCode, 303)
  t.not((await kept())[0]?.house_id, named.house, 'a House writes for itself')
  t.notMatch((await get('/app/messages/texts')).body, 'tag ok')
  t.match((await get('/app/messages/texts', stranger)).body, 'tag ok')
  const { fields } = formOn((await get('/app/topics', viewer)).body, '/sign-out')
  t.equal((await submit(app, booked, { ...fields, subject_kk: 'x' }, viewer)).statusCode, 404)
  t.equal((await submit(app, '/app/messages/texts/sign-in', fields, viewer)).statusCode, 404)
})

t.test('an empty text is the standard one, and a button goes back to it in one language', async t => {
  const saved = await send(booked, {
    subject_kk: 'KK\r\nBcc: x@y.example\u0000',
    body_kk: ' Бірінші\r\n\r\n{topic}\u0007 ',
    subject_ru: 'RU',
  })
  t.equal(saved.headers.location, `${booked}?kept`)
  t.match((await get(`${booked}?kept`)).body, 'role="status"')
  const row = { house_id: named.house, kind: 'talk-booked', reader: 'contact' }
  const kk = { ...row, language: 'kk', subject: 'KK Bcc: x@y.example', body: 'Бірінші\n\n{topic}' }
  const ru = { ...row, language: 'ru', subject: 'RU', body: null }
  t.strictSame(await kept(), [kk, ru])
  const changes = () => db.selectFrom('changes').select('detail').where('kind', 'like', 'letter-text%').execute()
  const before = (await changes()).length
  t.equal((await send(booked, {})).statusCode, 303, 'the same again')
  t.equal((await changes()).length, before, 'changes nothing')
  t.equal((await send(booked, { body_ru: 'Новое' }, 'standard-kk')).statusCode, 303)
  t.strictSame(await kept(), [{ ...ru, body: 'Новое' }], 'and what was typed beside it is kept')
  t.equal((await send(booked, { subject_ru: ' ', body_ru: '' })).statusCode, 303)
  t.strictSame(await kept(), [])
  t.notMatch((await get(booked)).body, 'value="standard-')
})

t.test('readers of one kind have texts of their own', async t => {
  const url = '/app/messages/texts/reminder-day?reader=speaker'
  t.match(
    (await get('/app/messages/texts/reminder-day')).body,
    'href="/app/messages/texts/reminder-day?reader=speaker"',
  )
  t.equal((await send(url, { subject_kk: 'Дәріскерге' })).headers.location, `${url}&kept`)
  t.strictSame(
    (await kept()).map(it => `${it.kind} ${it.reader}`),
    ['reminder-day speaker'],
  )
})

t.test('letters leave in the words of their House, both twins, each half in its own language', async t => {
  await send(booked, {
    subject_kk: 'Кездесу: {date}, {time} <{topic}>',
    body_kk: 'Қош келдіңіз, {address}!\n<b>{team}</b>',
    body_ru: 'Ждём вас: {place}\nДом: {house}',
  })
  await send('/app/messages/texts/invitation', { body_kk: 'Мерзімі: {answerBy}' })
  await send(booked, { subject_kk: 'Чужое', body_kk: 'Чужое' }, 'save', stranger)
  t.equal(await here.deliver(), 2)
  const [host, speaker] = ['talk-booked', 'invitation'].map(kind => mails.find(mail => mail.kind === kind))
  if (!host || !speaker) throw new Error('two letters were due')
  const parsed = await simpleParser(await raw(host))
  t.match(parsed.subject, /^Кездесу: 26 қараша, 10:20 <[^<>]+>$/)
  t.notOk(parsed.bcc)
  const [kk = '', ru = ''] = host.text.split('* * *')
  t.match(kk, /^Құрметті Сәуле Мұхтарқызы!\nҚош келдіңіз, Сәуле Мұхтарқызы!\n<b>[^\n]*Жүнісов[^\n]*<\/b>\n\n/)
  t.match(ru, /Здравствуйте, Сәуле Мұхтарқызы!\nЖдём вас: [^\n]+\nДом: [^\n]+\n\n/)
  t.match(host.text, /Өтінім: № \d+/, 'facts stay')
  t.match(host.html, /Қош келдіңіз, Сәуле Мұхтарқызы!<br>&#60;b&#62;[^<]+&#60;\/b&#62;/)
  t.match(host.html, /<br>Ждём вас: [^<]+<br>Дом: /)
  t.match(host.html, '>Қош келдіңіз, Сәуле Мұхтарқызы!</div>')
  t.match(speaker.text, /!\nМерзімі: [^\n{]+\n\n/)
  t.match(speaker.text, 'response=accept')
  for (const mail of [host, speaker])
    t.notMatch(`${mail.subject}${mail.text}${mail.html.replace(/<style>.*<\/style>/, '')}`, /[{}]|Чужое/)
})

t.test('what a reader needs stays whatever a House says, and what changed is named', async t => {
  clean()
  const talk = await bookedTalk(
    here,
    named,
    await ask(here, named, { mode: 'online', host: 'school-912' }),
    '2026-11-27T10:20',
    ['baizhan'],
  )
  const by = { houseId: named.house, whom: 'account' as const, accountId: named.actor.accountId }
  await send(booked, { body_kk: 'Өз сөзіміз', body_ru: 'Наши слова' })
  await here.deliver()
  const first = mails.find(mail => mail.kind === 'talk-booked')?.text ?? ''
  t.match(first, 'Өз сөзіміз\nКездесу онлайн форматта өтеді.')
  t.match(first, 'Наши слова\nВстреча пройдёт онлайн.')
  clean()
  await send('/app/messages/texts/talk-changed', { subject_kk: 'Ескі: {old}', body_ru: '{change}' })
  await send('/app/messages/texts/talk-cancelled', { subject_kk: 'Себебі: {reason}' })
  await move(
    db,
    sleeping,
    app.config.secret,
    { by, talkId: talk, location: '/x', startsAt: at('2026-11-27T12:15'), waived: { windows: true } },
    here.clock.now,
  )
  await here.deliver()
  const changed = mails.find(mail => mail.kind === 'talk-changed')
  t.equal(changed?.subject, 'Ескі: 27 қараша, 10:20')
  t.match(changed?.text, /!\nВремя встречи изменено\. Прежнее время: 27 ноября, 10:20\./)
  await cancel(db, sleeping, { by, talkId: talk, location: '/x', reason: 'weather' }, here.clock.now)
  await here.deliver()
  t.equal(mails.find(mail => mail.kind === 'talk-cancelled')?.subject, 'Себебі: ауа райы')
})
