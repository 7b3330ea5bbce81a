import t from 'tap'
import { topicWarnings } from '../../src/topics/rules.ts'
import { cast } from '../cast.ts'
import { summary, visitor } from '../requests/visitor.ts'
import { world } from '../world.ts'

const w = await world(t)
const staff = visitor(w, await w.signIn(cast.coordinator))
const page = '/app/topics/cyber-bullying?l=ru'
const filled = {
  'material-title-1': 'Памятка о безопасной переписке',
  'material-by-1': 'Управление образования',
  'material-number-1': '14-К',
  'material-on-1': '2026-01-15',
  'material-until-1': '2026-12-20',
  'material-version-1': '3',
  'material-link-1': 'https://kezdesu.example/pamyatka.pdf',
}

t.test('a material has a version, an https link and an approval that ends; mistakes come back', async t => {
  await staff.get(page)
  const wrong = { 'material-until-1': '2026-01-14', 'material-link-1': 'http://kezdesu.example/x' }
  const refused = await staff.send(/topics/, { ...filled, ...wrong })
  t.equal(refused.statusCode, 422)
  t.equal(summary(refused.body).length, 2)
  t.match(refused.body, 'value="http://kezdesu.example/x"')
  t.equal((await staff.send(/topics/, filled)).statusCode, 303)
  await staff.get(page)
  for (const [name, value] of Object.entries(filled)) t.match(staff.page(), `name="${name}" value="${value}"`)
  const open = visitor(w)
  await open.get('/ru/topics/cyber-bullying')
  t.match(
    open.page(),
    /href="https:\/\/kezdesu\.example\/pamyatka\.pdf"[^>]*>Памятка о безопасной переписке, версия: 3</,
  )
})

t.test('the end of an approval is announced a month before, and where an offer lies behind it', async t => {
  await staff.get('/app/topics?l=ru')
  t.match(staff.page(), /class="tag wait">[^<]*20\.12\.2026/)
  await w.db.updateTable('topic_materials').set({ valid_until: '2026-11-20' }).execute()
  await staff.get('/app/topics?l=ru')
  t.match(staff.page(), /class="tag bad">[^<]*20\.11\.2026/)
  await staff.get(page)
  t.match(staff.page(), /class="tag bad">[^<]*20\.11\.2026/)
  await w.db.updateTable('topic_materials').set({ valid_until: '2027-02-01' }).execute()
  await staff.get('/app/topics?l=ru')
  t.notMatch(staff.page(), '01.02.2027')
  const topic = {
    quotesLaw: false,
    lawAsOf: undefined,
    rules: [],
    approvedUntil: '2026-12-20',
  } as unknown as Parameters<typeof topicWarnings>[0]
  const on = (day: string) => topicWarnings(topic, { legalCheck: 'warn', today: '2026-11-23', day })
  t.same(on('2026-12-20'), [])
  t.same(on('2026-12-21'), [{ code: 'approval-ends', until: '2026-12-20' }])
})
