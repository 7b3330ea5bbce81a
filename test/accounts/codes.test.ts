import t from 'tap'
import { codesAtOnce, inGroups, recoveryIn } from '../../src/accounts/factor-rules.ts'
import { recoveryCodes } from '../../src/accounts/proof-actions.ts'
import { codeOf, newNonce } from '../../src/base/secrets.ts'

const key = 'a secret of the tests, 32 characters or more'

/** How far counts are from being even; of 99 degrees of freedom more than 180 comes by chance once in a million. */
function unevenness(counts: Map<string, number>, cells: number, drawn: number): number {
  const expected = drawn / cells
  const found = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  return found + (cells - counts.size) * expected
}

function countsOf(texts: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}

t.test('codes in letters are six digits drawn evenly of a million, and one says nothing of the next', async t => {
  // numbered nonces: the same draw in each run, and the key alone makes it random
  const codes = Array.from({ length: 40_000 }, (_, at) => codeOf(key, `nonce ${at}`))
  t.ok(codes.every(code => /^\d{6}$/.test(code)))
  for (const at of [0, 2, 4])
    t.ok(unevenness(countsOf(codes.map(code => code.slice(at, at + 2))), 100, codes.length) < 180, `digits ${at}`)
  const pairs = codes.slice(1).map((code, at) => `${codes[at]?.[5]}${code[5]}`)
  t.ok(unevenness(countsOf(pairs), 100, pairs.length) < 180)
  // of 40,000 out of a million some 784 meet one that was there before
  const met = codes.length - new Set(codes).size
  t.ok(met > 650 && met < 920, `${met} twice`)
})

t.test('the nonce of a letter is 256 bits of the system, never the same again', async t => {
  const nonces = Array.from({ length: 2000 }, newNonce)
  t.ok(nonces.every(nonce => Buffer.from(nonce, 'base64url').length === 32))
  t.equal(new Set(nonces).size, 2000)
})

t.test(
  'recovery codes have 120 bits, enough to be kept by a keyed hash, and are read however they are typed',
  async t => {
    const codes = Array.from({ length: 400 }, (_, at) => recoveryCodes(key, `nonce ${at}`, codesAtOnce)).flat()
    t.ok(codes.every(code => /^[0-9a-hjkmnp-tv-z]{24}$/.test(code)))
    t.equal(24 * Math.log2(new Set(codes.join('')).size), 120)
    t.equal(new Set(codes).size, codes.length)
    // 31 degrees of freedom: more than 80 comes once in 300,000
    t.ok(unevenness(countsOf([...codes.join('')]), 32, codes.length * 24) < 80)
    const [code = ''] = codes
    t.equal(recoveryIn(inGroups(code).toUpperCase()), code)
    t.equal(recoveryIn(code.slice(0, 16)), code.slice(0, 16), 'those of before are taken, too')
    t.same(['', code.slice(1), `${code}0`, code.slice(0, 20)].map(recoveryIn), [
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  },
)
