import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { type FullHouse, inLanguage } from './full-house.ts'

/** How many sheets of paper the pages take that are printed. */
export async function sheets(t: Test, { enter, base, pages }: FullHouse): Promise<void> {
  const anybody = await enter('anybody')
  const page = await anybody.newPage()
  const papers = pages.filter(({ path }) => /^\/kk\/help\/sheet$|^\/r\/[\w-]+(\/visitors|\/listeners)?$/.test(path))
  t.ok(
    process.env['PAGES'] || papers.length >= 4,
    'the help lines, a status page, its list of visitors, the sheet for the class',
  )
  for (const { path } of papers.filter(each => !each.status))
    for (const language of ['kk', 'ru'])
      t.equal(await printed(page, `${base}${inLanguage(path, language)}`), 1, `${path} ${language}`)
  await anybody.close()
  const coordinator = await enter('coordinator')
  const report = await coordinator.newPage()
  for (const language of ['kk', 'ru', 'en'])
    t.equal(await printed(report, `${base}${inLanguage('/app/reports', language)}`), 2, `the report, ${language}`)
  await coordinator.close()
}

async function printed(page: Page, url: string): Promise<number> {
  await page.goto(url)
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  return paper.match(/\/Type\s*\/Page\b/g)?.length ?? 0
}
