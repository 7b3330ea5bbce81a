import t from 'tap'
import { tokenOf } from '../../src/base/secrets.ts'
import { cast } from '../cast.ts'
import { boxes, person, summary, visitor } from '../requests/visitor.ts'
import { world } from '../world.ts'

t.test(
  'a school asks for a talk on a phone without script, confirms its address and sees where its request stands',
  async t => {
    const w = await world(t)
    const school = visitor(w)

    t.equal((await school.get('/')).headers.location, '/kk')
    await school.get('/kk')
    t.match(school.page(), 'Мамандар мектебіңізге өздері келеді')
    await school.get('/kk/request/topic')
    await school.follow(await school.send('/kk/request/topic', { topic: 'cyber-bullying' }))
    t.strictSame(summary((await school.send('/kk/request/topic', {})).body), ['Кемінде бір сыныпты белгілеңіз'])
    await school.follow(await school.send('/kk/request/topic', { grades: ['8', '9'] }))
    await school.follow(await school.send('/kk/request/when', { q: 'Мектеп 901', do: 'find' }))
    const [host = ''] = boxes(school.page(), 'host')
    await school.follow(await school.send('/kk/request/when', { host, do: 'host' }))
    t.match(school.page(), 'бос уақыт табылмады', 'grades 8 and 9 study in two shifts of this school')
    await school.get('/kk/request/topic')
    await school.follow(await school.send('/kk/request/topic', { grades: ['9'] }))
    const [first = '', , third = ''] = boxes(school.page(), 'slot')
    const early = await school.send('/kk/request/when', { slot: [first, third], heads: '3', do: 'next' })
    t.strictSame(summary(early.body), ['Қатысушылар санын жазыңыз: 5–60'])
    t.match(early.body, `value="${third}" checked`, 'what was ticked stays ticked')
    await school.follow(await school.send('/kk/request/when', { heads: '42', note: 'Кіреберіс ауладан', do: 'next' }))
    await school.follow(await school.send('/kk/request/contact', person))
    t.match(school.page(), '42')
    await school.follow(await school.send('/kk/request/check', {}))
    t.match(school.page(), '№ 1')

    const inbox = visitor(w, await w.signIn(cast.coordinator))
    t.notMatch(
      (await inbox.get('/app/search?q=1&l=kk')).body,
      '/app/requests/1"',
      'before the address is confirmed no coordinator sees it',
    )
    const { nonce } = await w.db.selectFrom('requests').select('nonce').executeTakeFirstOrThrow()
    const link = `/r/${tokenOf('a secret of the tests, 32 characters or more', 'request', nonce)}`
    await school.get(link)
    await school.follow(await school.send(`${link}/confirm`, {}))
    t.match(school.page(), 'Өтінім қаралуда')
    t.match(school.page(), 'Кибербуллинг')
    t.match((await inbox.get('/app/search?q=1&l=kk')).body, '/app/requests/1"')
    t.strictSame(
      (await w.db.selectFrom('messages').select(['kind', 'recipient', 'address']).orderBy('kind').execute()).map(
        ({ kind, address }) => [kind, address],
      ),
      [
        ['address-confirmation', person.email],
        ['request-received', person.email],
      ],
    )
  },
)
