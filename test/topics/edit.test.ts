import t from 'tap'
import { readTopicForm, slugFor, topicFields, topicLists } from '../../src/topics/edit-rules.ts'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'

const known = { audiences: ['pupils', 'parents'], professions: ['lawyer', 'psychologist'], today: '2026-11-23' }
const said = (name: string) => ({ [`${name}_kk`]: 'к', [`${name}_ru`]: 'р', [`${name}_en`]: 'e' })
const three = { kk: 'к', ru: 'р', en: 'e' }

function read(texts: Record<string, string>, lists: Record<string, string[]> = {}) {
  return readTopicForm(
    {
      texts: {
        ...Object.fromEntries(topicFields.map(field => [field, ''])),
        ...said('title'),
        ...said('summary'),
        minutes: '45',
        least: '15',
        most: '60',
        gradeFrom: '5',
        gradeTo: '11',
        ...texts,
      },
      lists: {
        ...Object.fromEntries(topicLists.map(field => [field, []])),
        audiences: ['pupils'],
        languages: ['ru', 'kk'],
        'place-1': ['lawyer'],
        ...lists,
      },
      repeated: [],
    },
    known,
  )
}

t.test('a topic is read with its team and materials; rows that were cleared are no rows', async t => {
  const material = {
    'material-title-2': 'Фильм',
    'material-by-2': 'Департамент',
    'material-number-2': '14',
    'material-on-2': '2026-02-10',
  }
  t.same(
    read(
      { ...material, open: '1', quotesLaw: '1', lawAsOf: '2026-11-23', 'count-1': '', 'count-2': '4', 'count-3': '2' },
      { 'place-3': ['psychologist', 'lawyer'] },
    ),
    {
      value: {
        titles: three,
        summaries: three,
        equipment: { kk: '', ru: '', en: '' },
        minutes: 45,
        grades: { from: 5, to: 11 },
        least: 15,
        most: 60,
        quotesLaw: true,
        lawAsOf: '2026-11-23',
        open: true,
        audiences: ['pupils'],
        languages: ['kk', 'ru'],
        places: [
          { anyOf: ['lawyer'], count: 1 },
          { anyOf: ['lawyer', 'psychologist'], count: 2 },
        ],
        materials: [
          {
            title: 'Фильм',
            approvedBy: 'Департамент',
            approvalNumber: '14',
            approvedOn: '2026-02-10',
            validUntil: undefined,
            version: '',
            link: undefined,
          },
        ],
      },
      problems: [],
    },
  )
  t.equal(
    read({ gradeFrom: '', gradeTo: '' }, { audiences: ['parents'] }).value?.grades,
    undefined,
    'only pupils have grades',
  )
})

t.test('what a topic may not be is told field by field', async t => {
  const problems = (...change: Parameters<typeof read>) => read(...change).problems
  t.same(problems({ title_kk: '', minutes: '9', summary_en: 'x'.repeat(601) }), [
    { field: 'title_kk', code: 'empty' },
    { field: 'summary_en', code: 'long', most: 600 },
    { field: 'minutes', code: 'no-number', least: 10, most: 240 },
  ])
  t.same(problems({ gradeFrom: '', gradeTo: '' }), [
    { field: 'gradeFrom', code: 'empty' },
    { field: 'gradeTo', code: 'empty' },
  ])
  t.same(problems({ gradeFrom: '9', gradeTo: '5' }), [{ field: 'gradeTo', code: 'downwards' }])
  t.same(problems({ least: '60', most: '15' }), [{ field: 'most', code: 'downwards' }])
  t.same(problems({ least: '0', most: '10000' }), [
    { field: 'least', code: 'no-number', least: 1, most: 5000 },
    { field: 'most', code: 'no-number', least: 1, most: 5000 },
  ])
  t.same(problems({}, { audiences: [], languages: ['xx'], 'place-1': [] }), [
    { field: 'audiences', code: 'none' },
    { field: 'languages', code: 'unknown' },
    { field: 'place-1', code: 'none' },
  ])
  t.same(problems({ 'count-1': '11', lawAsOf: '2026-11-24' }), [
    { field: 'count-1', code: 'no-number', least: 1, most: 10 },
    { field: 'lawAsOf', code: 'future' },
  ])
  t.same(problems({ 'material-title-1': 'Фильм', 'material-on-1': '2026-13-01' }), [
    { field: 'material-by-1', code: 'empty' },
    { field: 'material-number-1', code: 'empty' },
    { field: 'material-on-1', code: 'no-day' },
  ])
})

t.test('a coordinator edits a topic: everything comes back as it was typed, and stands as it was kept', async t => {
  const { app, db, signIn, clock } = await world(t)
  const cookie = await signIn(cast.coordinator)
  const get = (url: string, by = cookie) => app.inject({ url, headers: { cookie: by } })
  const path = '/app/topics/unity-gives-life'
  const { fields } = formOn((await get(path)).body, path)
  const topic = () =>
    db
      .selectFrom('topics')
      .innerJoin('houses', 'houses.id', 'house_id')
      .selectAll('topics')
      .where('topics.slug', '=', 'unity-gives-life')
      .where('houses.slug', '=', 'almaty')
      .executeTakeFirstOrThrow()
  const before = await topic()
  const parts = async (id: string) => ({
    audiences: await db
      .selectFrom('topic_audiences')
      .select('audience')
      .where('topic_id', '=', id)
      .orderBy('audience')
      .execute(),
    languages: await db
      .selectFrom('topic_languages')
      .select('language')
      .where('topic_id', '=', id)
      .orderBy('language')
      .execute(),
    places: await db
      .selectFrom('topic_places')
      .select(['any_of', 'count'])
      .where('topic_id', '=', id)
      .orderBy('position')
      .execute(),
    materials: await db
      .selectFrom('topic_materials')
      .select(['title', 'approved_by', 'approval_number', 'approved_on'])
      .where('topic_id', '=', id)
      .execute(),
  })
  const unchanged = await parts(before.id)

  t.equal((await submit(app, path, fields, cookie)).statusCode, 303)
  const sorted = (list: { any_of: string[] }[]) => list.map(place => ({ ...place, any_of: [...place.any_of].sort() }))
  const again = await parts(before.id)
  t.same(
    { ...again, places: sorted(again.places) },
    { ...unchanged, places: sorted(unchanged.places) },
    'a form sent as it came changes nothing',
  )
  t.same({ ...(await topic()), revised_at: null }, { ...before, revised_at: null })

  const wrong = await submit(
    app,
    path,
    { ...fields, title_ru: 'Новое имя', minutes: 'час', 'material-title-1': 'Фильм', 'material-on-1': '2026-02-30' },
    cookie,
  )
  t.equal(wrong.statusCode, 422)
  t.same(
    [...wrong.body.matchAll(/<li><a href="#([\w-]+)">/g)].map(([, field]) => field),
    ['minutes', 'material-by-1', 'material-number-1', 'material-on-1'],
  )
  const kept = formOn(wrong.body, path)
  t.match(kept.fields, {
    title_ru: 'Новое имя',
    minutes: 'час',
    'material-title-1': 'Фильм',
    'material-on-1': '2026-02-30',
  })
  const right = {
    ...kept.fields,
    minutes: '60',
    'material-by-1': 'Департамент',
    'material-number-1': '14',
    'material-on-1': '2026-02-10',
    quotesLaw: '1',
    lawAsOf: '2026-05-01',
    open: '',
  }
  const done = await submit(app, path, right, cookie)
  t.same([done.statusCode, done.headers.location], [303, '/app/topics'])
  t.match(await topic(), { title_ru: 'Новое имя', minutes: 60, quotes_law: true, law_as_of: '2026-05-01', open: false })
  t.same((await parts(before.id)).materials, [
    { title: 'Фильм', approved_by: 'Департамент', approval_number: '14', approved_on: '2026-02-10' },
  ])

  t.match(
    (await get('/app/topics?l=en')).body,
    new RegExp(`<a class="link" href="${path}">[\\s\\S]*?Legal content not checked yet`),
    'older than 180 days',
  )
  clock.now = clock.now.set({ month: 6 })
  t.notMatch((await get(`${path}?l=en`)).body, 'Legal content not checked yet')

  const other = await signIn(cast.coordinatorOfAnotherHouse)
  const theirs = formOn((await get(path, other)).body, path)
  t.equal((await submit(app, path, { ...theirs.fields, title_ru: 'Их имя' }, other)).statusCode, 303)
  t.equal((await topic()).title_ru, 'Новое имя', 'each House has topics of its own')
  for (const slug of ['nothing', '%00', 'x'.repeat(150)])
    t.equal((await get(`/app/topics/${slug}`)).statusCode, 404, slug)
  t.equal((await submit(app, '/app/topics/nothing', {}, cookie)).statusCode, 404)
  t.equal((await get(path, await signIn(cast.viewer))).statusCode, 404, 'a viewer reads the list alone')
  t.notMatch((await get('/app/topics', await signIn(cast.viewer))).body, path)
})

t.test('a new topic gets a short name that no other has and that is no address of ours', async t => {
  t.same(
    [slugFor('Law & Order', []), slugFor('New', []), slugFor('Law', ['law', 'law-2']), slugFor('Заң', ['topic'])],
    ['law-order', 'new-2', 'law-3', 'topic-2'],
  )
})

t.test('a coordinator adds a topic once, at the end of the catalogue of their own House', async t => {
  const { app, db, signIn } = await world(t)
  const cookie = await signIn(cast.coordinator)
  const get = (url: string, by = cookie) => app.inject({ url, headers: { cookie: by } })
  const topics = () => db.selectFrom('topics').select(['slug', 'house_id', 'position']).orderBy('position').execute()
  const before = await topics()
  t.match((await get('/app/topics')).body, 'href="/app/topics/new"')
  const { action, fields } = formOn((await get('/app/topics/new')).body, '/app/topics/new')
  const filled = {
    ...fields,
    ...said('title'),
    ...said('summary'),
    title_en: 'Family budget',
    least: '10',
    most: '60',
    audiences: ['parents'],
    languages: ['kk'],
    'place-1': ['lawyer'],
  }
  const wrong = await submit(
    app,
    action,
    { ...filled, title_kk: ['a', 'b'], title_ru: '\0', minutes: '5', audiences: ['martians'], 'place-1': [] },
    cookie,
  )
  t.equal(wrong.statusCode, 422)
  t.same(
    [...wrong.body.matchAll(/<li><a href="#([\w-]+)">/g)].map(([, field]) => field),
    ['title_kk', 'title_ru', 'minutes', 'audiences', 'place-1'],
  )
  t.match(wrong.body, 'value="Family budget"')
  for (const _ of [1, 2]) t.equal((await submit(app, action, filled, cookie)).headers.location, '/app/topics')
  const added = (await topics()).filter(({ slug }) => !before.some(each => each.slug === slug))
  t.equal(added.length, 1)
  t.match(added, [{ slug: 'family-budget' }])
  const own = before.filter(({ house_id }) => house_id === added[0]?.house_id)
  t.equal(added[0]?.position, Math.max(...own.map(({ position }) => position)) + 1)
  t.equal((await get('/app/topics/family-budget')).statusCode, 200)
  t.equal((await get('/app/topics/family-budget', await signIn(cast.coordinatorOfAnotherHouse))).statusCode, 404)
  t.equal((await get('/app/topics/new', await signIn(cast.viewer))).statusCode, 404)
  t.same(await db.selectFrom('changes').select('kind').execute(), [{ kind: 'topic-added' }])
})
