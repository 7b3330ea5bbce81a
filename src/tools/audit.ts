import { open, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { headLine, headsIn, type KeptHead } from '../audit/head-rules.ts'
import { type Verdict, verify } from '../audit/verify-actions.ts'
import { findJournals, headOf } from '../audit/verify-store.ts'
import { journalsIn } from '../backups/file.ts'
import { newestOf } from '../backups/rules.ts'
import { pending } from '../base/db/migrate.ts'
import { databaseNow } from '../base/db/moment.ts'
import { type Db, openDatabase } from '../base/db/open.ts'
import { type Config, Mistake, placeOf, readConfig } from '../config.ts'
import { complete } from '../run.ts'

const usage = 'npm run audit -- verify [HOUSE] [--heads FILE], or npm run audit -- head'

type Wish =
  | { what: 'head'; slug: string | undefined }
  | { what: 'verify'; slug: string | undefined; heads: string | undefined }

function wishFrom(words: string[]): Wish {
  const [what, ...rest] = words
  const at = rest.indexOf('--heads')
  const [, heads] = at === -1 ? [] : rest.splice(at, 2)
  const [slug, ...more] = rest
  const wrong = more.length > 0 || slug?.startsWith('-') || (at !== -1 && heads === undefined)
  if (!wrong && what === 'verify') return { what, slug, heads }
  if (!wrong && what === 'head' && at === -1) return { what, slug }
  throw new Mistake(usage)
}

async function isBackup(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => {
    throw new Mistake(`${file} cannot be read`)
  })
  const mark = '{"kezdesu"'
  try {
    return (await handle.read(Buffer.alloc(mark.length))).buffer.toString() === mark
  } finally {
    await handle.close()
  }
}

/** Heads from a file that `head` printed, or from a backup. */
async function headsFrom(file: string, passphrase: string | undefined): Promise<KeptHead[]> {
  if (await isBackup(file)) return journalsIn(file, passphrase)
  const heads = headsIn(await readFile(file, 'utf8'))
  if (!heads) throw new Mistake(`${file} holds no heads: npm run -s audit -- head prints them`)
  return heads
}

/** Which file from outside the database knows how the chains ended once: the one that is named, else the newest backup. */
async function keptIn({ backup: { folder } }: Config, named: string | undefined): Promise<string | undefined> {
  if (named) return named
  const newest = folder && newestOf(await readdir(folder).catch(() => []))
  return newest && path.join(folder, newest)
}

async function sayVerdicts(
  db: Db,
  config: Config,
  slug: string | undefined,
  named: string | undefined,
): Promise<Verdict[]> {
  const file = await keptIn(config, named)
  const kept = file === undefined ? [] : await headsFrom(file, config.backup.passphrase)
  const verdicts = await verify(db, slug, kept)
  if (verdicts.length === 0) throw new Mistake(slug ? `there is no House ${slug}` : 'there is no House yet')
  for (const { slug: house, rows, head, fault, restored } of verdicts) {
    console.log(
      fault
        ? `${house}: ${rows} rows, BROKEN at row ${fault.n}: ${fault.how}`
        : `${house}: ${rows} rows, whole, head ${head}`,
    )
    for (const { n, at, backup, lostTo } of restored)
      console.log(
        `${house}: row ${n} says that the House was restored on ${at.toISO()} from the backup of ${backup}${
          lostTo === undefined
            ? ''
            : `; what was written after that backup, up to row ${lostTo}, went with the old database`
        }`,
      )
  }
  console.log(file === undefined ? 'not compared with heads kept elsewhere' : `compared with the heads in ${file}`)
  return verdicts
}

if (import.meta.main)
  await complete(async () => {
    const wish = wishFrom(process.argv.slice(2))
    const config = readConfig()
    const database = await openDatabase(placeOf(config), () => {}, false)
    try {
      const { db } = database
      if ((await pending(db)).length > 0) throw new Mistake('the database lacks migrations: run npm run migrate')
      if (wish.what === 'head') {
        const houses = await db.transaction().execute(trx => findJournals(trx, wish.slug))
        if (houses.length === 0)
          throw new Mistake(wish.slug ? `there is no House ${wish.slug}` : 'there is no House yet')
        const at = (await databaseNow(db)).toUTC().toISO() ?? ''
        for (const house of houses) {
          const head = headOf(house)
          if (head) console.log(headLine({ houseId: house.id, ...head }, house.slug, at))
        }
        return
      }
      if ((await sayVerdicts(db, config, wish.slug, wish.heads)).some(it => it.fault)) process.exitCode = 1
    } finally {
      await database.close()
    }
  })
