import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { Mistake } from '../../config.ts'
import type { Size } from '../seed/sizes.ts'
import { tell } from './measure.ts'
import { demonstration } from './running.ts'

// two hundred packages that nothing else needs: fetched when somebody measures
const lighthouse = 'lighthouse@13.5.0'
const chromium = process.env['CHROME_PATH'] ?? '/usr/bin/chromium'
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
type Scores = Record<(typeof categories)[number], number>
const run = promisify(execFile)

/** Lighthouse on a mobile phone, the median of three, against the least that each area promises (design/ux.md section 13). */
export async function lighthouseScores(size: Size): Promise<void> {
  if (!existsSync(chromium)) throw new Mistake(`there is no browser at ${chromium}: CHROME_PATH names one`)
  const running = await demonstration(size, 3967)
  const { baseUrl, accounts, statusPages, invitations } = running.said
  const least = {
    public: { performance: 98, accessibility: 100, 'best-practices': 100, seo: 95 },
    private: { performance: 95, accessibility: 100, 'best-practices': 100, seo: 0 },
    staff: { performance: 90, accessibility: 100, 'best-practices': 100, seo: 0 },
  } satisfies Record<string, Scores>
  const pages: [area: keyof typeof least, url: string, cookie?: string][] = [
    ...['/kk', '/kk/h/almaty', '/ru/topics', '/kk/topics/cyber-bullying', '/kk/request/topic', '/kk/help'].map(
      (path): ['public', string] => ['public', `${baseUrl}${path}`],
    ),
    ...[...statusPages.slice(0, 1), ...invitations.slice(0, 1)].map((url): ['private', string] => ['private', url]),
    ...['/me', '/me/busy', '/me/profile'].map((path): ['private', string, string] => [
      'private',
      `${baseUrl}${path}`,
      accounts.speaker.cookie,
    ]),
    ['staff', `${baseUrl}/app`, accounts.coordinator.cookie],
  ]
  try {
    for (const [area, url, cookie] of pages) {
      const scores = medianOf([await scoresOf(url, cookie), await scoresOf(url, cookie), await scoresOf(url, cookie)])
      const met = categories.every(each => scores[each] >= least[area][each])
      const { pathname } = new URL(url)
      tell('lighthouse', { page: pathname.replace(/^(\/[ri]\/).*/, '$1:token'), area, ...scores, met })
      if (!met) process.exitCode = 1
    }
  } finally {
    await running.stop()
  }
}

async function scoresOf(url: string, cookie: string | undefined, tries = 3): Promise<Scores> {
  try {
    return await measured(url, cookie)
  } catch (error) {
    // the browser's record of the visit came without its beginning: nothing was measured, and nothing is wrong with the page
    if (tries > 1 && /NO_NAVSTART|NO_FCP|PROTOCOL_TIMEOUT/.test(String(error))) return scoresOf(url, cookie, tries - 1)
    throw error
  }
}

async function measured(url: string, cookie: string | undefined): Promise<Scores> {
  const { stdout } = await run(
    'npx',
    [
      ...['--yes', lighthouse, url, '--quiet', '--output=json', `--only-categories=${categories.join(',')}`],
      '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
      ...(cookie ? [`--extra-headers=${JSON.stringify({ Cookie: cookie })}`] : []),
    ],
    { env: { ...process.env, CHROME_PATH: chromium }, maxBuffer: 2 ** 26 },
  )
  const { categories: found, runtimeError } = JSON.parse(stdout) as {
    categories: Record<string, { score: number | null }>
    runtimeError?: { code: string }
  }
  if (runtimeError) throw new Error(`Lighthouse could not measure ${url}: ${runtimeError.code}`)
  return Object.fromEntries(categories.map(each => [each, Math.round((found[each]?.score ?? 0) * 100)])) as Scores
}

const medianOf = (all: Scores[]): Scores =>
  Object.fromEntries(
    categories.map(each => [each, all.map(scores => scores[each]).toSorted((a, b) => a - b)[1] ?? 0]),
  ) as Scores
