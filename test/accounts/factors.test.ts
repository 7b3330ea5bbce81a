import t from 'tap'
import { lengthMistake, recoveryIn } from '../../src/accounts/factor-rules.ts'
import { isCommon } from '../../src/base/proofs/common-passwords.ts'
import { codeAt, stepOfCode } from '../../src/base/proofs/one-time-code.ts'
import { siteOfKeys } from '../../src/base/proofs/passkeys.ts'
import { instantFrom } from '../../src/base/time.ts'
import { cast } from '../cast.ts'
import { formOn, world } from '../world.ts'
import { browser, byLetter, codeNow, takeCodes } from './factors.ts'

const w = await world(t)
const { app, db, clock, mails, deliver, signIn } = w
const good = 'сары ала қаз 7 таудың'
const later = (minutes: number) => {
  clock.now = clock.now.plus({ minutes })
}
const accountOf = (email: string) =>
  db.selectFrom('accounts').select(['id', 'email']).where('email', '=', email).executeTakeFirstOrThrow()

t.test('codes are those of RFC 6238', async t => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  for (const [seconds, code] of [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ] as const)
    t.equal(codeAt(secret, Math.floor(seconds / 30), 8), code)
  const now = instantFrom('2026-11-23T08:45:00+05:00')
  const step = Math.floor(now.toSeconds() / 30)
  t.same(
    [-2, -1, 0, 1, 2].map(off => stepOfCode(secret, codeAt(secret, step + off), now)),
    [undefined, step - 1, step, step + 1, undefined],
    'a clock may be half a minute off, no more',
  )
})

t.test('passwords that are tried first are refused, phrases are not', async t => {
  const about = ['zhaqsybek@kezdesu.example', 'Жақсыбек Айдана', 'Алматы қаласының Достық үйі', 'almaty', 'кездесу']
  for (const password of [
    'password1234',
    'qwertyqwerty',
    'aaaaaaaaaaaa',
    '123456789012',
    'qwertyuiop[]123',
    'кездесу-2026-1',
    'Almaty2026!!!',
    'Zhaqsybek-2026',
    'dragonmonkey12',
    'йцукенгшщзхъ',
    'abcabcabcabcabc',
  ])
    t.equal(await isCommon(password, about), true, password)
  for (const password of [good, 'correct horse battery staple', 'Tq7#vw1Lm0pZ', 'үш тоғыз қырық жеті көл'])
    t.equal(await isCommon(password, about), false, password)
  t.same(['a'.repeat(11), 'a'.repeat(12), 'a'.repeat(201)].map(lengthMistake), ['short', undefined, 'long'])
  t.equal(recoveryIn('ABCD-EFGH JKMN-OIl0'), 'abcdefghjkmn0110')
  t.same(['https://kezdesu.example', 'http://127.0.0.1:3000', 'http://10.0.0.7:3000'].map(siteOfKeys), [
    { id: 'kezdesu.example', origin: 'https://kezdesu.example' },
    { id: 'localhost', origin: 'http://localhost:3000' },
    undefined,
  ])
})

t.test('staff who came by a letter alone do nothing but set up a factor', async t => {
  const one = await byLetter(w, cast.coordinator)
  t.equal((await one.get('/app')).headers.location, '/account/factors')
  t.equal((await one.get('/account')).headers.location, '/account/factors')
  t.equal((await one.post('/app/closures', {})).statusCode, 403)
  const page = await one.get('/account/factors')
  t.equal(page.statusCode, 200)
  t.match(page.body, 'Чтобы начать работу, настройте дополнительную проверку')
  t.notMatch(page.body, '/account/address')
  const own = one.jar.sessionHash
  const wrong = await one.post('/account/codes')
  t.equal(wrong.headers.location, '/account/codes')
  t.equal((await one.post('/account/codes/confirmation', { code: '000000' })).statusCode, 422)
  const { done } = await takeCodes(w, one)
  t.equal(done.headers.location, '/account/recovery')
  t.not(one.jar.sessionHash, own, 'the session has a new id')
  t.equal((await db.selectFrom('sessions').select('id_hash').where('id_hash', '=', own).execute()).length, 0)
  t.equal((await one.get('/app')).statusCode, 200)

  const recovery = await one.get('/account/recovery')
  const codes = [...recovery.body.matchAll(/<li><code>([^<]*)</g)].map(([, code]) => code)
  t.equal(new Set(codes).size, 10)
  t.match(codes[0], /^[0-9a-z]{4}(-[0-9a-z]{4}){5}$/)
  t.equal((await one.post('/account/recovery/kept')).headers.location, '/account')
  t.equal((await one.get('/account/recovery')).headers.location, '/account/factors', 'they are shown once')
  const kept = JSON.stringify(await db.selectFrom('recovery_codes').selectAll().execute())
  t.notMatch(kept, codes[0]?.replaceAll('-', ''))
  const { sealed } = await db.selectFrom('totps').select('sealed').executeTakeFirstOrThrow()
  t.match(sealed, /^[\w-]{60,}$/)

  await deliver()
  t.match(mails.at(-1), { kind: 'account-changed', to: { address: cast.coordinator } })
  t.match(mails.at(-1)?.text, 'подключён код из приложения')
})

t.test('with a factor there, a letter is followed by it: each code once, and a letter adds no factor', async t => {
  later(11)
  const one = await byLetter(w, cast.coordinator)
  t.equal((await one.get('/account/factors')).headers.location, '/account/again')
  for (const url of ['/account/codes', '/account/password', '/account/passkeys', '/account/recovery'])
    t.equal((await one.post(url, { password: good })).statusCode, 403, url)
  t.equal((await one.post('/account/again/letter')).headers.location, '/account/again', 'another letter is no factor')
  const page = await one.get('/account/again')
  t.match(page.body, 'Кроме письма нужно ещё одно подтверждение')
  const { secret } = await fresh()
  t.equal((await one.post('/account/again', { code: codeNow(w, secret, -3) })).statusCode, 422)
  const code = codeNow(w, secret)
  const before = one.jar.sessionHash
  t.equal((await one.post('/account/again', { code })).headers.location, '/app')
  t.not(one.jar.sessionHash, before)
  t.equal((await one.get('/app')).statusCode, 200)
  const other = await byLetter(w, cast.coordinator)
  t.equal((await other.post('/account/again', { code })).statusCode, 422, 'a code that was used is of no use')
  t.equal((await other.post('/account/again', { code: codeNow(w, secret, -1) })).statusCode, 422, 'nor an older one')
  t.equal((await other.get('/app')).headers.location, '/account/factors')
})

/** A new application for the coordinator, and a browser that is signed in strongly. */
async function fresh() {
  const strong = browser(w)
  strong.jar.cookies.set('sid', (await signIn(cast.coordinator)).slice(4))
  const { secret } = await takeCodes(w, strong)
  later(1)
  return { secret, strong }
}

t.test('of ten recovery codes each lets in once, and new ones end those before', async t => {
  later(75)
  const { strong } = await fresh()
  t.equal((await strong.post('/account/recovery')).headers.location, '/account/recovery')
  const codes = [...(await strong.get('/account/recovery')).body.matchAll(/<li><code>([^<]*)</g)].map(([, c = '']) => c)
  const one = await byLetter(w, cast.coordinator)
  t.equal((await one.post('/account/again', { code: codes[0]?.toUpperCase() ?? '' })).statusCode, 303)
  later(75)
  const two = await byLetter(w, cast.coordinator)
  t.equal((await two.post('/account/again', { code: codes[0] ?? '' })).statusCode, 422)
  const { strong: again } = await fresh()
  t.equal((await again.post('/account/recovery')).statusCode, 303)
  t.equal((await two.post('/account/again', { code: codes[1] ?? '' })).statusCode, 422)
})

t.test('a password lets in together with a code, and one answer is given to whatever is wrong', async t => {
  later(75)
  const { secret, strong } = await fresh()
  for (const [password, says] of [
    ['short', 'не короче 12'],
    ['qwertyqwerty', 'легко подобрать'],
    ['Zhaqsybek-2026', 'легко подобрать'],
  ] as const) {
    const refused = await strong.post('/account/password', { password })
    t.equal(refused.statusCode, 422)
    t.match(refused.body, says)
    t.notMatch(refused.body, `value="${password}"`)
  }
  t.equal((await strong.post('/account/password', { password: ` ${good} ` })).statusCode, 303)
  const { hash } = await db.selectFrom('passwords').select('hash').executeTakeFirstOrThrow()
  t.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)

  const enter = (fields: Record<string, string>) => browser(w).post('/sign-in/password', fields)
  const right = { email: cast.coordinator, password: ` ${good} `, code: codeNow(w, secret) }
  const plain = (html: string) => html.replace(/value="[^"]*"/g, '')
  const answers: { statusCode: number; body: string }[] = []
  for (const wrong of [
    { ...right, email: 'nobody@kezdesu.example' },
    { ...right, email: cast.viewer },
    { ...right, password: good },
    { ...right, password: '' },
    { ...right, code: '123' },
  ])
    answers.push(await enter(wrong))
  t.same(
    answers.map(answer => [answer.statusCode, plain(answer.body) === plain(answers[0]?.body ?? '')]),
    answers.map(() => [422, true]),
  )
  later(2)
  const code = codeNow(w, secret)
  const one = browser(w)
  const done = await one.post('/sign-in/password', { ...right, code })
  t.equal(done.headers.location, '/app')
  t.equal((await one.get('/app')).statusCode, 200)
  t.equal((await enter({ ...right, code })).statusCode, 422, 'the code is used up')
  const { id } = await accountOf(cast.coordinator)
  await db.updateTable('accounts').set({ disabled_at: clock.now }).where('id', '=', id).execute()
  later(1)
  t.equal((await enter({ ...right, code: codeNow(w, secret) })).statusCode, 422, 'a disabled account stays out')
  await db.updateTable('accounts').set({ disabled_at: null }).where('id', '=', id).execute()
})

t.test(
  'who guesses passwords waits longer and longer, whatever they say of their address; a known browser does not',
  async t => {
    later(24 * 60)
    const { secret, strong } = await fresh()
    await strong.post('/account/password', { password: good })
    const known = browser(w)
    t.equal(
      (await known.post('/sign-in/password', { email: cast.coordinator, password: good, code: codeNow(w, secret) }))
        .statusCode,
      303,
    )
    later(2)
    const guess = (at: number, email: string = cast.coordinator) =>
      app.inject({
        method: 'POST',
        url: '/sign-in/password',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          'x-forwarded-for': `10.0.0.${at}`,
        },
        payload: new URLSearchParams({ email, password: `guess ${at}`, code: '000000' }).toString(),
        remoteAddress: '203.0.113.9',
      })
    const waits = []
    for (let at = 0; at < 13; at++) {
      const answer = await guess(at)
      waits.push(answer.statusCode === 429 ? Number(answer.headers['retry-after']) : 0)
      if (at === 5) later(2)
    }
    t.same(waits.slice(0, 5), [0, 0, 0, 0, 0])
    t.ok((waits[5] ?? 0) > 0 && (waits[5] ?? 0) <= 80, `a minute: ${waits[5]}`)
    t.ok((waits[12] ?? 0) >= (waits[5] ?? 0), 'and longer')
    t.equal(
      (await known.post('/sign-in/password', { email: cast.coordinator, password: good, code: codeNow(w, secret) }))
        .statusCode,
      303,
      'the owner’s browser is let in all the same',
    )
    const letter = await byLetter(w, cast.coordinator)
    t.equal((await letter.get('/account/again')).statusCode, 200, 'and so is a letter')

    later(20)
    const sprayed = []
    for (let at = 0; at < 40; at++) sprayed.push((await guess(at, `somebody${at}@kezdesu.example`)).statusCode)
    t.equal(
      sprayed.filter(status => status === 422).length,
      30,
      'one network tries thirty addresses in a quarter of an hour',
    )
    t.ok(sprayed.slice(30).every(status => status === 429))
  },
)

t.test('what is dangerous asks for a proof of the last ten minutes, and comes back to pages of ours alone', async t => {
  later(24 * 60)
  const { secret, strong } = await fresh()
  t.equal((await strong.get('/account/factors')).statusCode, 200)
  later(10)
  t.equal((await strong.get('/app')).statusCode, 200, 'work goes on')
  const asked = await strong.get('/account/factors')
  t.equal(asked.headers.location, '/account/again?to=%2Faccount%2Ffactors')
  t.equal(
    (await strong.post('/account/password', { password: good })).headers.location,
    '/account/again?to=%2Faccount%2Ffactors',
  )
  for (const to of [
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/account/factors@elsewhere.example',
    '/app',
    '/account/factors\r\nx: y',
    'javascript:alert(1)',
  ]) {
    const page = await strong.get(`/account/again?to=${encodeURIComponent(to)}`)
    t.equal(formOn(page.body, '/account/again').fields['to'], '', to)
  }
  const page = await strong.get(String(asked.headers.location))
  const { fields } = formOn(page.body, '/account/again')
  const back = await strong.post('/account/again', {
    ...(fields as Record<string, string>),
    code: codeNow(w, secret),
  })
  t.equal(back.headers.location, '/account/factors')
  t.equal((await strong.get('/account/factors')).statusCode, 200)

  const administrator = browser(w)
  administrator.jar.cookies.set('sid', (await signIn(cast.administrator)).slice(4))
  later(10)
  const { id } = await accountOf(cast.viewer)
  t.equal(
    (await administrator.post(`/admin/accounts/${id}/role`, { role: 'administrator' })).headers.location,
    '/account/again?to=%2Fadmin%2Faccounts',
  )
  t.equal((await administrator.post('/account/again/letter')).headers.location, '/account/again?sent=1')
  await deliver()
  const letter = mails.findLast(mail => mail.kind === 'sign-in')
  t.match(letter, { kind: 'sign-in', to: { address: cast.administrator } })
  t.notMatch(letter?.text, '/sign-in/', 'a code and no link')
  const code = /(\d{3}) (\d{3})/.exec(letter?.subject ?? '')
  const proved = await administrator.post('/account/again', { code: `${code?.[1]}${code?.[2]}`, to: '/admin/accounts' })
  t.equal(proved.headers.location, '/admin/accounts')
  t.equal((await administrator.get('/admin/accounts')).statusCode, 200)
})

t.test('the last factor stays, and a colleague’s are taken away by an administrator, who says so', async t => {
  const { strong } = await fresh()
  t.equal((await strong.post('/account/codes/removal')).statusCode, 409)
  const administrator = browser(w)
  administrator.jar.cookies.set('sid', (await signIn(cast.administrator)).slice(4))
  t.match((await administrator.get('/admin/accounts')).body, 'дополнительная проверка не настроена')
  const { id } = await accountOf(cast.coordinator)
  const other = await accountOf(cast.coordinatorOfAnotherHouse)
  t.equal((await administrator.post(`/admin/accounts/${other.id}/factors`)).statusCode, 404)
  t.equal((await administrator.post(`/admin/accounts/${id}/factors`)).statusCode, 303)
  t.equal((await strong.get('/account')).headers.location, '/sign-in', 'and sessions end')
  for (const table of ['totps', 'passwords', 'recovery_codes', 'passkeys'] as const)
    t.same(await db.selectFrom(table).select('account_id').where('account_id', '=', id).execute(), [], table)
  await deliver()
  t.match(mails.findLast(mail => mail.kind === 'account-changed')?.text, 'администратор снял дополнительную проверку')
})

t.test('an address becomes one’s own with the code that was sent there, and the old one is told', async t => {
  later(24 * 60)
  const { strong } = await fresh()
  const phone = browser(w)
  phone.jar.cookies.set('sid', (await signIn(cast.coordinator)).slice(4))
  t.equal((await strong.post('/account/address', { address: 'nowhere' })).statusCode, 422)
  t.equal(
    (await strong.post('/account/address', { address: cast.viewer })).statusCode,
    303,
    'nobody learns whose it is',
  )
  t.equal(
    (await strong.post('/account/address', { address: 'New@Dom.kz' })).headers.location,
    '/account/address?sent=1',
  )
  await deliver()
  const letter = mails.findLast(mail => mail.kind === 'sign-in')
  t.match(letter, { kind: 'sign-in', to: { address: 'new@dom.kz' } })
  const [, a, b] = /(\d{3}) (\d{3})/.exec(letter?.subject ?? '') ?? []
  t.equal(
    (await strong.post('/account/address/confirmation', { code: a === '111' ? '222222' : '111111' })).statusCode,
    422,
  )
  t.equal(
    (await phone.post('/account/address/confirmation', { code: `${a}${b}` })).statusCode,
    422,
    'in that session alone',
  )
  t.equal((await strong.post('/account/address/confirmation', { code: `${a}${b}` })).headers.location, '/account')
  t.equal((await accountOf('new@dom.kz')).email, 'new@dom.kz')
  t.equal((await phone.get('/account')).headers.location, '/sign-in')
  await deliver()
  t.match(
    mails.findLast(mail => mail.text.includes('изменён адрес')),
    { kind: 'account-changed', to: { address: cast.coordinator } },
  )
  await db.updateTable('accounts').set({ email: cast.coordinator }).where('email', '=', 'new@dom.kz').execute()
})
