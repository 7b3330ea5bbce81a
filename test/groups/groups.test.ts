import t from 'tap'
import { readGroup, slugOf } from '../../src/groups/rules.ts'
import { cast } from '../cast.ts'
import { formOn, submit, world } from '../world.ts'

t.test('a group has three names, districts of the region and members of the House', async t => {
  const known = { districts: ['a', 'b'], speakers: ['s', 'z'] }
  const texts = { name_kk: 'Топ', name_ru: 'Группа', name_en: 'Group' }
  t.same(readGroup({ texts, lists: { districts: ['b'], members: [] }, repeated: [] }, known), {
    value: { names: { kk: 'Топ', ru: 'Группа', en: 'Group' }, districts: ['b'], members: [] },
    problems: [],
  })
  t.same(
    readGroup({ texts: { ...texts, name_ru: ' ' }, lists: { districts: ['c'], members: ['x'] }, repeated: [] }, known)
      .problems,
    [
      { field: 'name_ru', code: 'empty' },
      { field: 'districts', code: 'unknown' },
      { field: 'members', code: 'unknown' },
    ],
  )
})

t.test('a new group gets a name for addresses that no other group has', async t => {
  t.same(
    [slugOf('North & East', []), slugOf('North & East', ['north-east', 'north-east-2']), slugOf('Топ', ['group'])],
    ['north-east', 'north-east-3', 'group-2'],
  )
})

t.test(
  'a coordinator adds a group, changes its districts and members, and another House sees nothing of it',
  async t => {
    const { app, db, signIn } = await world(t)
    const cookie = await signIn(cast.coordinator)
    const get = (url: string, by = cookie) => app.inject({ url, headers: { cookie: by } })
    const before = (await db.selectFrom('groups').select('id').execute()).length
    const members = (id: string) =>
      db.selectFrom('group_members').select('speaker_id').where('group_id', '=', id).orderBy('speaker_id').execute()
    const [one, two, gone] = await db.selectFrom('speakers').select(['id', 'name_ru']).orderBy('id').limit(3).execute()
    const [a, b] = await db
      .selectFrom('districts')
      .select('kato')
      .where('region', '=', '750000000')
      .orderBy('kato')
      .limit(2)
      .execute()
    if (!one || !two || !gone || !a || !b) throw new Error('the cast is too small')

    const add = formOn((await get('/app/groups/new')).body, '/app/groups/new')
    const wrong = await submit(
      app,
      add.action,
      { ...add.fields, name_ru: 'Особая', districts: [a.kato, b.kato], members: [one.id, gone.id] },
      cookie,
    )
    t.equal(wrong.statusCode, 422)
    t.same(
      [...wrong.body.matchAll(/<li><a href="#(\w+)">/g)].map(([, field]) => field),
      ['name_kk', 'name_en'],
    )
    const again = formOn(wrong.body, add.action)
    t.equal(again.fields['name_ru'], 'Особая')
    t.same([again.fields['districts']].flat().sort(), [a.kato, b.kato])
    t.same([again.fields['members']].flat().sort(), [one.id, gone.id].sort())
    const filled = { ...again.fields, name_kk: 'Жаңа', name_en: 'New one' }
    for (const _ of [1, 2]) t.equal((await submit(app, add.action, filled, cookie)).statusCode, 303)
    const groups = await db.selectFrom('groups').select(['id', 'slug']).where('slug', '=', 'new-one').execute()
    t.equal((await db.selectFrom('groups').select('id').execute()).length, before + 1, 'sent twice, added once')
    const id = groups[0]?.id ?? ''
    t.same(
      await members(id),
      [one.id, gone.id].sort().map(speaker_id => ({ speaker_id })),
    )

    await db.updateTable('speakers').set({ left_on: '2026-11-01' }).where('id', '=', gone.id).execute()
    const path = `/app/groups/${id}`
    const edit = formOn((await get(path)).body, path)
    t.same(edit.fields['members'], one.id, 'who left is not on the form')
    t.equal((await submit(app, path, { ...edit.fields, districts: a.kato, members: two.id }, cookie)).statusCode, 303)
    t.same(
      await members(id),
      [two.id, gone.id].sort().map(speaker_id => ({ speaker_id })),
      'and stays as it was',
    )
    t.same(await db.selectFrom('group_districts').select('district').where('group_id', '=', id).execute(), [
      { district: a.kato },
    ])
    t.match((await get('/app/groups')).body, /Особая[\s\S]*1 чел\./)

    const other = await signIn(cast.coordinatorOfAnotherHouse)
    t.equal((await get(path, other)).statusCode, 404)
    t.equal((await submit(app, path, { name_kk: 'x', name_ru: 'x', name_en: 'x' }, other)).statusCode, 404)
    t.notMatch((await get('/app/groups', other)).body, 'Особая')
    const own = formOn((await get('/app/groups/new', other)).body, '/app/groups/new')
    t.equal(
      (
        await submit(
          app,
          own.action,
          { ...own.fields, ...filled, _csrf: own.fields['_csrf'] ?? '', members: one.id, districts: [] },
          other,
        )
      ).statusCode,
      422,
      'nor can it take another House’s people',
    )
    for (const bad of ['x', '00000000-0000-0000-0000-000000000000', '%00'])
      t.equal((await get(`/app/groups/${bad}`)).statusCode, 404, bad)
    t.same(await db.selectFrom('changes').select('kind').orderBy('id').execute(), [
      { kind: 'group-added' },
      { kind: 'group-kept' },
    ])
  },
)
