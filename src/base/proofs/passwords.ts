import { turns } from '../turns.ts'

// each takes 19 MiB and a core for some 20 ms: two at a time leave room for pages
const turn = turns(2)
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const argon2 = () => import('@node-rs/argon2')

/** As it was typed but for the ways to write one letter: spaces count, nothing is cut off. */
const plain = (password: string) => password.toWellFormed().normalize('NFC')

/** The password as argon2id keeps it, with a salt of its own. */
export const hashPassword = (password: string): Promise<string> =>
  turn(async () => (await argon2()).hash(plain(password), cost))

let nobody: Promise<string> | undefined

/** Whether this is the password; where there is none the answer takes as long and is no. */
export async function isPassword(hash: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody has this one')
  const kept = hash ?? (await nobody)
  const fits = await turn(async () => (await argon2()).verify(kept, plain(password)))
  return fits && hash !== undefined
}
