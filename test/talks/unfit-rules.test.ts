import t from 'tap'
import { newlyUnfit } from '../../src/talks/unfit-rules.ts'

const left = { code: 'left', speakerId: 'serik', on: '2026-11-26' } as const
const paused = { code: 'paused', speakerId: 'serik', to: undefined } as const

t.test('of talks that do not fit only what is new is told, talk by talk and reason by reason', async t => {
  const before = [{ talkId: 'a', refusals: [paused] }]
  t.same(
    newlyUnfit(before, [
      { talkId: 'a', refusals: [paused, left] },
      { talkId: 'b', refusals: [paused] },
    ]),
    [
      { talkId: 'a', refusals: [left] },
      { talkId: 'b', refusals: [paused] },
    ],
  )
  t.same(newlyUnfit(before, before), [])
  t.same(newlyUnfit(before, []), [])
})
