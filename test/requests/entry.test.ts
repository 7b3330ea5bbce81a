import t from 'tap'
import { cast } from '../cast.ts'
import { world } from '../world.ts'
import { boxes, summary, visitor } from './visitor.ts'

const w = await world(t)
const staff = visitor(w, await w.signIn(cast.coordinator))

const answers = {
  topic: 'cyber-bullying',
  audience: 'pupils',
  grades: ['9'],
  heads: '30',
  languages: ['ru'],
  mode: 'onsite',
  'w0-date': '2026-12-01',
  'w0-until': '2026-12-03',
  'w0-from': '08:00',
  'w0-to': '13:15',
  source: 'call',
  'contact-name': 'Анна Иванова',
  'contact-phone': '8 701 000 00 01',
  do: 'save',
}

t.test('a coordinator writes down what a caller asks, and it stands in the inbox at once', async t => {
  await staff.get('/app/requests/new?l=ru')
  t.equal((await staff.send('/app/requests/new', { q: 'мектеп 901', do: 'find' })).statusCode, 200)
  const [host = ''] = boxes(staff.page(), 'host')
  const sent = await staff.send('/app/requests/new', { ...answers, host, 'contact-email': 'anna@shkola.example' })
  t.equal(sent.headers.location, '/app/requests/1')
  t.strictSame(
    await w.db
      .selectFrom('requests')
      .innerJoin('accounts', 'accounts.id', 'entered_by')
      .select(['number', 'state', 'source', 'heads', 'accounts.email'])
      .execute(),
    [{ number: 1, state: 'waiting', source: 'call', heads: 30, email: cast.coordinator }],
  )
  t.strictSame(
    await w.db.selectFrom('request_windows').select(['from_on', 'to_on', 'from_time', 'to_time']).execute(),
    [{ from_on: '2026-12-01', to_on: '2026-12-03', from_time: '08:00', to_time: '13:15' }],
  )
  t.strictSame(await w.db.selectFrom('messages').select(['kind', 'address', 'language']).execute(), [
    { kind: 'request-received', address: 'anna@shkola.example', language: 'kk' },
  ])
})

t.test('without an address nobody is written to', async t => {
  await staff.get('/app/requests/new?l=ru&q=901')
  const [host = ''] = boxes(staff.page(), 'host')
  const before = (await w.db.selectFrom('messages').select('id').execute()).length
  t.equal((await staff.send('/app/requests/new', { ...answers, host })).statusCode, 303)
  t.equal((await w.db.selectFrom('messages').select('id').execute()).length, before)
})

t.test('a new host that may be in the list already is pointed out before it is added', async t => {
  await staff.get('/app/requests/new?l=ru')
  const place = { host: 'new', kind: 'school', name: 'Мектеп 901', district: '751110000' }
  const asked = await staff.send('/app/requests/new', { ...answers, ...place })
  t.equal(asked.statusCode, 422)
  t.strictSame(summary(asked.body), [
    'Похожие организации уже есть. Выберите одну из них или отметьте, что это другое место',
  ])
  t.match(asked.body, 'Школа № 901 (пример)')
  const sent = await staff.send('/app/requests/new', { sure: 'yes', do: 'save' })
  t.equal(sent.statusCode, 303)
  t.equal((await w.db.selectFrom('hosts').select('id').where('name_kk', '=', 'Мектеп 901').execute()).length, 1)
})

t.test('an empty form is answered with all that is missing', async t => {
  await staff.get('/app/requests/new?l=ru')
  const answer = await staff.send('/app/requests/new', { source: [], languages: [], do: 'save' })
  t.equal(answer.statusCode, 422)
  t.strictSame(summary(answer.body), [
    'Отметьте, как поступила заявка',
    'Выберите организацию из списка или запишите новую',
    'Выберите тему',
    'Напишите число слушателей: 1–2000',
    'Отметьте хотя бы один язык',
    'Отметьте хотя бы одно время',
    'Напишите имя и фамилию',
    'Напишите телефон или электронную почту',
  ])
})

t.test("another House's host is not there", async t => {
  const theirs = visitor(w, await w.signIn(cast.coordinatorOfAnotherHouse))
  const { id } = await w.db.selectFrom('hosts').select('id').limit(1).executeTakeFirstOrThrow()
  await theirs.get('/app/requests/new?l=ru')
  const answer = await theirs.send('/app/requests/new', { ...answers, host: id })
  t.equal(answer.statusCode, 422)
  t.strictSame(summary(answer.body), ['Выберите организацию из списка или запишите новую'])
})

t.test('the search box finds numbers, hosts and speakers by folded letters, of its own House only', async t => {
  await w.db
    .updateTable('speakers')
    .set({ name_kk: 'Қайратов Қайрат', name_ru: 'Кайратов Кайрат' })
    .where('email', '=', cast.lawyer)
    .execute()
  t.match((await staff.get('/app/search?q=Кайрат&l=kk')).body, 'Қайратов Қайрат')
  t.match((await staff.get('/app/search?q=№ 1&l=ru')).body, '/app/requests/1')
  t.match((await staff.get('/app/search?q=школа 901&l=ru')).body, 'Школа № 901')
  t.match((await staff.get('/app/search?q=zzzz&l=ru')).body, 'Ничего не нашлось')
  const theirs = visitor(w, await w.signIn(cast.coordinatorOfAnotherHouse))
  const found = await theirs.get('/app/search?q=Кайрат&l=ru')
  t.match(found.body, 'Ничего не нашлось')
  t.notMatch((await theirs.get('/app/search?q=901&l=ru')).body, 'Школа № 901')
})

t.test('visitors and speakers have no business here', async t => {
  t.equal((await visitor(w).get('/app/requests/new')).headers.location, '/sign-in')
  const speaker = visitor(w, await w.signIn(cast.lawyer))
  for (const url of ['/app/requests/new', '/app/search?q=1', '/app/hosts'])
    t.equal((await speaker.get(url)).statusCode, 404)
})
