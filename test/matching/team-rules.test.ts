import t from 'tap'
import { fit, type Policy, type Request, type TeamMember, type World } from '../../src/matching/rules.ts'
import { at, request, speaker, topic, wednesday, world } from './worlds.ts'

const lesson = { day: wednesday, from: at('08:50'), to: at('09:35') }
const serik: TeamMember = { speakerId: 'serik', profession: 'historian' }
const policy = (said: Partial<Policy>): Partial<World> => ({ policy: { ...world().policy, ...said } })
const judged = (said: Partial<World> = {}, asked: Partial<Request> = {}, team = [serik]) =>
  fit(world(said), request(asked), lesson, team)
const refused = (...question: Parameters<typeof judged>) => judged(...question).refusals

const pair = {
  places: [
    { anyOf: ['psychologist'], count: 1 },
    { anyOf: ['lawyer'], count: 1 },
  ],
}
const both = [
  speaker('aigul', { professions: ['psychologist', 'lawyer'] }),
  speaker('bauyrzhan', { professions: ['lawyer'] }),
]
const aigul = { speakerId: 'aigul', profession: 'psychologist' }
const bauyrzhan = { speakerId: 'bauyrzhan', profession: 'lawyer' }

t.test('every place is filled by one person of its own', async t => {
  const mixed = { topic: topic(pair), speakers: both }
  t.strictSame(refused(mixed, {}, [bauyrzhan, aigul]), [])
  t.strictSame(refused(mixed, {}, [aigul]), [{ code: 'team-unfilled', anyOf: ['lawyer'] }])
  t.strictSame(refused(mixed, {}, []), [
    { code: 'team-unfilled', anyOf: ['psychologist'] },
    { code: 'team-unfilled', anyOf: ['lawyer'] },
  ])
  t.strictSame(refused(mixed, {}, [aigul, { ...aigul, profession: 'lawyer' }]), [{ code: 'twice', speakerId: 'aigul' }])
  t.strictSame(refused(mixed, {}, [aigul, { speakerId: 'nobody', profession: 'lawyer' }]), [
    { code: 'unknown-speaker', speakerId: 'nobody' },
  ])
  t.strictSame(refused(mixed, {}, [bauyrzhan, aigul, { speakerId: 'nobody', profession: '' }]), [
    { code: 'unknown-speaker', speakerId: 'nobody' },
  ])
  t.strictSame(refused(mixed, {}, [bauyrzhan, { speakerId: 'aigul', profession: 'lawyer' }]), [
    { code: 'team-unfilled', anyOf: ['psychologist'] },
    { code: 'no-place-for', speakerId: 'aigul', profession: 'lawyer' },
  ])
  t.match(refused({}, {}, Array(40).fill(serik)), [
    ...Array(39).fill({ code: 'twice' }),
    { code: 'too-many-people', people: 40, most: 3 },
  ])
  t.strictSame(refused({ topic: topic({ places: [] }) }, {}, []), [{ code: 'team-unfilled', anyOf: [] }])
})

t.test('the team shares one language that was asked for', async t => {
  const speakers = [
    speaker('aigul', { professions: ['psychologist'], languages: ['kk'] }),
    speaker('bauyrzhan', { professions: ['lawyer'], languages: ['ru'] }),
  ]
  const mixed = { topic: topic(pair), speakers }
  t.strictSame(refused(mixed, { languages: ['kk', 'ru'] }, [aigul, bauyrzhan]), [
    { code: 'no-shared-language', languages: ['kk', 'ru'] },
  ])
})

t.test('a mentor comes to pupils only in a pair', async t => {
  const speakers = [
    speaker('ilyas', { professions: ['mentor'] }),
    speaker('kanat', { professions: ['theologian'] }),
    ...both,
  ]
  const talked = { topic: topic({ places: [{ anyOf: ['historian', 'mentor'], count: 1 }] }), speakers }
  const ilyas = { speakerId: 'ilyas', profession: 'mentor' }
  const pairWith = ['psychologist', 'lawyer', 'teacher']
  t.strictSame(refused(talked, {}, [ilyas]), [{ code: 'pair-rule', profession: 'mentor', pairWith }])
  t.strictSame(refused(talked, {}, [ilyas, bauyrzhan]), [])
  t.strictSame(
    refused(talked, {}, [ilyas, { speakerId: 'kanat', profession: 'theologian' }]).map(({ code }) => code),
    ['pair-rule', 'no-place-for'],
  )
  t.strictSame(refused({ ...talked, ...policy({ pairRule: false }) }, {}, [ilyas]), [])
  t.strictSame(
    refused(
      {
        ...talked,
        topic: topic({
          places: [
            { anyOf: ['mentor'], count: 1 },
            { anyOf: ['lawyer'], count: 1 },
          ],
        }),
      },
      {},
      [ilyas, bauyrzhan],
    ),
    [],
  )
  t.strictSame(refused({ ...talked, ...policy({ pairRule: false }) }, {}, [ilyas, bauyrzhan]), [
    { code: 'too-many-people', people: 2, most: 1 },
  ])
  t.ok(judged(talked, {}, [ilyas, bauyrzhan]).reasons.some(({ code }) => code === 'paired'))
})

t.test('a historian needs nobody beside', async t => {
  t.strictSame(refused({ speakers: [speaker('serik'), ...both] }, {}, [serik, bauyrzhan]), [
    { code: 'no-place-for', speakerId: 'bauyrzhan', profession: 'lawyer' },
  ])
})
