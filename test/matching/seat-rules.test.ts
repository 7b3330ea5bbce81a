import t from 'tap'
import { momentFrom, seated } from '../../src/matching/seat-rules.ts'
import { at, office, request, speaker, topic, wednesday, workforce, world } from './worlds.ts'

const start = (time: string) => ({ day: wednesday, minute: at(time) })

t.test('a talk in lessons ends with its last lesson', async t => {
  t.equal(momentFrom(world(), request(), start('08:50')).to, at('09:35'))
  t.equal(momentFrom(world({ topic: topic({ minutes: 90 }) }), request(), start('08:50')).to, at('10:35'))
  t.equal(momentFrom(world(), request(), start('09:00')).to, at('09:45'), 'no lesson begins then')
})

t.test('elsewhere it lasts as long as the topic, or as long as somebody says', async t => {
  const there = world({ host: office(), audience: workforce, topic: topic({ minutes: 60 }) })
  t.strictSame(momentFrom(there, request({ grades: [] }), start('10:00')), {
    day: wednesday,
    from: at('10:00'),
    to: at('11:00'),
  })
  t.equal(momentFrom(there, request({ grades: [] }), start('10:00'), 30).to, at('10:30'))
  t.equal(momentFrom(world(), request(), start('08:50'), 30).to, at('09:20'))
})

t.test('people get the places that fill the team, whatever their order', async t => {
  const speakers = [
    speaker('aigul', { professions: ['lawyer', 'psychologist'] }),
    speaker('bauyrzhan', { professions: ['lawyer'] }),
    speaker('ilyas', { professions: ['mentor', 'historian'] }),
  ]
  const pair = world({
    speakers,
    topic: topic({
      places: [
        { anyOf: ['psychologist'], count: 1 },
        { anyOf: ['lawyer'], count: 1 },
      ],
    }),
  })
  t.strictSame(seated(pair, ['aigul', 'bauyrzhan']), [
    { speakerId: 'aigul', profession: 'psychologist' },
    { speakerId: 'bauyrzhan', profession: 'lawyer' },
  ])
  t.strictSame(seated(pair, ['bauyrzhan', 'aigul']), [
    { speakerId: 'bauyrzhan', profession: 'lawyer' },
    { speakerId: 'aigul', profession: 'psychologist' },
  ])
  const alone = world({ speakers, topic: topic({ places: [{ anyOf: ['mentor', 'historian'], count: 1 }] }) })
  t.strictSame(
    seated(alone, ['ilyas']),
    [{ speakerId: 'ilyas', profession: 'historian' }],
    'as a historian nobody need come along',
  )
  t.strictSame(seated(alone, ['ilyas', 'bauyrzhan']), [
    { speakerId: 'ilyas', profession: 'mentor' },
    { speakerId: 'bauyrzhan', profession: 'lawyer' },
  ])
})

t.test('people who fill no team keep the place that each would have alone', async t => {
  const few = world({ speakers: [speaker('serik'), speaker('dana', { professions: ['lawyer'] })] })
  t.strictSame(seated(few, ['dana', 'nobody']), [
    { speakerId: 'dana', profession: 'lawyer' },
    { speakerId: 'nobody', profession: '' },
  ])
  t.equal(seated(few, ['serik', 'dana', 'serik', 'dana', 'serik', 'dana']).length, 6)
})
