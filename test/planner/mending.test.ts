import t from 'tap'
import { diaryOf } from '../../src/planner/diary-rules.ts'
import type { Case } from '../../src/planner/plan-rules.ts'
import { mend } from '../../src/planner/repair-rules.ts'
import type { Speaker } from '../../src/speakers/rules.ts'
import { at, host, request, speaker, talk, topic, wednesday, world } from '../matching/worlds.ts'

const asked = request({ languages: ['kk', 'ru'] })
const hour = { day: wednesday, from: at('09:50'), to: at('10:35') }
const seat = (speakerId: string, profession = 'historian') => ({ speakerId, profession })
const hers = talk(wednesday, '09:50', '10:35', { talkId: 'hers', hostId: host().id, ...host() })

/** A talk of two people, of whom the first falls ill. */
function ill(people: Speaker[], team: string[], declined: string[] = []) {
  const places = [{ anyOf: ['historian'], count: 2 }]
  const its = world({
    topic: topic({ places }),
    speakers: people.map(each => (team.includes(each.id) ? { ...each, engagements: [hers] } : each)),
    hallTaken: [{ ...hour, talkId: 'hers', hallId: undefined }],
  })
  const one: Case = {
    ...{ requestId: 'r', world: its, request: asked, priority: 2 },
    standing: { ...hour, talkId: 'hers', version: 1, team: team.map(id => seat(id)), answered: true, declined },
  }
  const [first = ''] = team
  const diary = diaryOf([one], [{ speakerId: first, from: wednesday, to: wednesday }], [])
  const [line] = mend(diary, one, new Set([first]), [], { from: wednesday, to: wednesday })?.lines ?? []
  return (
    line && {
      kind: line.kind,
      step: line.step,
      team: line.team.map(({ speakerId }) => speakerId).sort(),
      people: line.people,
    }
  )
}

t.test('one substitute keeps the hour and the others', async t => {
  const found = ill([speaker('a'), speaker('b'), speaker('c')], ['a', 'b'])
  t.same(found, { kind: 'swapped', step: 'same-hour', team: ['b', 'c'], people: 3 })
})

t.test('where nobody speaks with the one who stays, two others keep the hour before the talk gets another', async t => {
  const only = (id: string, language: string) => speaker(id, { languages: [language] })
  const found = ill([only('a', 'kk'), only('b', 'kk'), only('c', 'ru'), only('d', 'ru')], ['a', 'b'])
  t.same(found, { kind: 'swapped', step: 'same-hour', team: ['c', 'd'], people: 5 })
})

t.test('two who are missing are replaced together, whoever of them is looked at first', async t => {
  const found = ill([speaker('a'), speaker('b'), speaker('c'), speaker('d')], ['a', 'b'], ['b'])
  t.same(found, { kind: 'swapped', step: 'same-hour', team: ['c', 'd'], people: 5 })
})
