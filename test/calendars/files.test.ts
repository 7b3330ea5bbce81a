import t from 'tap'
import { filesOf } from '../../src/calendars/files.ts'

t.test('finished files are kept as long as there is room, the least lately read leave first', async t => {
  const files = filesOf(10)
  const found = () => ['a', 'b', 'c', 'd'].filter(key => files.find(key) !== undefined)
  files.keep('a', 'aaaa')
  files.keep('b', 'bbbb')
  t.equal(String(files.find('a')), 'aaaa')
  files.keep('c', 'cccc')
  t.strictSame(found(), ['a', 'c'], 'b was not read for longest')
  files.keep('a', 'aa')
  t.equal(String(files.find('a')), 'aa', 'the later of two that were made at once')
  files.keep('b', 'bbbb')
  t.strictSame(found(), ['a', 'b', 'c'], 'and its room is counted')
  t.equal(String(files.keep('d', 'ddddddddddd')), 'ddddddddddd', 'larger than all the room')
  t.strictSame(found(), ['a', 'b', 'c'], 'is not kept')
})
