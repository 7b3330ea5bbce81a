import '../optimised.ts'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { bare } from './bare.ts'
import { executablePath } from './chromium.ts'
import { type FullHouse, fullHouse, inLanguage } from './full-house.ts'
import type { Looked, Who } from './page-list.ts'
import { sheets } from './sheets.ts'
import { linked, wireOf } from './wire.ts'

/** `LOOK=folder` (npm run look): every page in every language, light and dark, at every width, with a screenshot of each. */
const folder = process.env['LOOK']
/** `PAGES=pattern`: only those whose address it finds. */
const only = new RegExp(process.env['PAGES'] ?? '')
const timeout = folder ? 3_600_000 : 280_000
t.setTimeout(timeout)

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const widths = [320, 390, 1440]
const schemes = ['light', 'dark'] as const
const languages = ['kk', 'ru', 'en']
type Sight = { language: string; scheme: (typeof schemes)[number]; width: number; whole: boolean; unjudged?: boolean }
const every = languages.flatMap(language =>
  widths.flatMap(width => schemes.map(scheme => ({ language, scheme, width, whole: true }))),
)
// each page at its narrowest with the longest words; every fifth one also wide and in the dark
const narrow: Sight = { language: 'kk', width: 320, scheme: 'light', whole: true }
const wide: Sight = { language: 'ru', width: 1440, scheme: 'dark', whole: false }
// and of the pages of staff, which are many and alike, axe judges every fourth one; `npm run look` judges all
const sightsOf = ({ who, plain }: Looked, at: number): Sight[] => {
  if (folder) return every
  if (plain) return [{ ...narrow, unjudged: at % (isStaff(who) ? 6 : 3) > 0 }]
  if (isStaff(who)) return [{ ...narrow, unjudged: at % 4 > 0 }]
  return at % 5 > 0 ? [narrow] : [narrow, wide]
}
// design/ux.md section 13: public and speaker pages, thousands of bytes, gzipped
const most = { text: 14_000, publicScript: 1000, speakerScript: 2000, fonts: 26_000, first: 8, again: 1 }
// one of each area: what the browser keeps is the same for all of its pages
const returning = new Set(['/kk/h/almaty', '/me'])
const isStaff = (who: Who) => who === 'coordinator' || who === 'administrator'
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const skip = existsSync(executablePath) ? false : 'no Chromium here'
if (skip) t.pass(skip)
else {
  const house = await fullHouse(t)
  house.pages = house.pages.filter(({ path }) => only.test(path))
  t.test('every route is looked at, or is no page', async t => t.strictSame(house.strange, []))

  const used = new Map<string, string[]>()
  t.test(
    'each page: no fault that axe finds, nothing too wide, focus in sight, read in order',
    { timeout },
    async t => {
      for (const who of ['anybody', 'psychologist', 'coordinator', 'administrator'] as const)
        await walk(t, house, who, used)
    },
  )

  t.test('each page is read, filled in and sent without style sheets, and without scripts', { timeout }, async t => {
    const ours = house.pages.filter(({ who, plain }) => !plain && !isStaff(who))
    if (!folder) return bare(t, house, { pages: ours.filter((_, at) => at % 2 === 0), language: 'kk' })
    for (const language of languages) await bare(t, house, { pages: house.pages, language, tabbed: language === 'kk' })
  })

  t.test(
    'what is put up on a wall or handed to a guard is one sheet of paper, the report of a quarter two',
    {
      timeout,
    },
    async t => sheets(t, house),
  )

  t.test('pages for schools and speakers are light, and nearly nothing is fetched twice', { timeout }, async t => {
    const { app, base, pages, enter } = house
    for (const who of ['anybody', 'psychologist'] as const) {
      const context = await enter(who, { viewport: { width: 390, height: 844 } })
      const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
      for (const { path, status } of pages.filter(each => each.who === who && !each.sends)) {
        // Russian has the most bytes
        const url = inLanguage(path, 'ru')
        const page = await app.inject({ url, headers: { cookie } })
        t.equal(page.statusCode, status ?? 200, url)
        const { text, script } = await linked(app, page.body)
        t.ok(text <= most.text, `${url}: ${text} bytes of HTML, CSS and JS`)
        t.ok(script <= (who === 'anybody' ? most.publicScript : most.speakerScript), `${url}: ${script} bytes of JS`)
        const names = used.get(path) ?? []
        const fonts = names.filter(name => name.endsWith('.woff2'))
        const bytes = await Promise.all(fonts.map(async name => (await app.inject({ url: name })).rawPayload.length))
        const sum = bytes.reduce((all, each) => all + each, 0)
        t.ok(sum <= most.fonts, `${url}: ${sum} bytes of fonts`)
        t.ok(names.length + 1 <= most.first, `${url}: ${names.join(' ')}`)
      }
      // what the browser itself says of one page of each area
      const visit = await wireOf(await context.newPage())
      for (const { path } of pages.filter(each => each.who === who && returning.has(each.path))) {
        const url = inLanguage(path, 'ru')
        const first = await visit(`${base}${url}`, true)
        const kinds = ['document', 'stylesheet', 'script']
        const text = first.filter(({ kind }) => kinds.includes(kind)).reduce((all, { bytes }) => all + bytes, 0)
        t.ok(text <= most.text && text > 4000, `${url}: ${text} bytes over the wire`)
        t.ok(first.length <= most.first, `${url}: ${first.map(each => each.url.replace(base, '')).join(' ')}`)
        const again = await visit(`${base}${url}`, false)
        t.ok(again.length <= most.again, `${url} again: ${again.map(each => each.url.replace(base, '')).join(' ')}`)
      }
      await context.close()
    }
  })
}

async function walk(t: Test, { enter, base, pages }: FullHouse, who: Who, used: Map<string, string[]>) {
  const context = await enter(who, { bypassCSP: true, reducedMotion: 'reduce', serviceWorkers: 'block' })
  const page = await context.newPage()
  for (const [at, looked] of pages.filter(each => each.who === who).entries()) {
    const sights = sightsOf(looked, at)
    for (const language of languages) {
      const its = sights.filter(sight => sight.language === language)
      if (its.length === 0) continue
      const url = inLanguage(looked.path, language)
      const status = await open(page, `${base}${url}`, looked)
      const name = looked.status ? `${url}&answer=${looked.status}` : url
      t.equal(status, looked.status ?? 200, name)
      if (!looked.sends) used.set(looked.path, ((await page.evaluate(resourcesOf)) as string[]) ?? [])
      for (const sight of its) await look(t, page, who, name, sight)
    }
  }
  await context.close()
}

/** Goes there, sends the form where it is its answer that is looked at, and says how the server answered. */
async function open(page: Page, url: string, { sends }: Looked): Promise<number | undefined> {
  const shown = await page.goto(url)
  if (!sends) return shown?.status()
  const sent = page.waitForNavigation()
  await page.evaluate(
    `(({ action, fields }) => {
      const form = [...document.forms].find(it => new URL(it.action).pathname === action && it.method === 'post')
      for (const [name, value] of Object.entries(fields)) {
        const field = form.elements.namedItem(name)
        if (field instanceof RadioNodeList) for (const each of field) each.checked = each.value === value
        else if (field) field.value = value
      }
      form.noValidate = true
      form.submit()
    })(${JSON.stringify(sends)})`,
  )
  return (await sent)?.status()
}

const resourcesOf = `performance.getEntriesByType('resource').map(it => new URL(it.name).pathname)`

let seenAs = ''
async function look(t: Test, page: Page, who: Who, url: string, { scheme, width, whole, unjudged }: Sight) {
  const name = `${url} ${width} ${scheme}`
  const as = `${who} ${width} ${scheme}`
  if (seenAs !== as) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 700 })
  }
  seenAs = as
  const seen = (await page.evaluate(sightOf)) as {
    wide: number
    high: number
    hidden: string[]
    disordered: string[]
    low: string[]
  }
  t.ok(seen.wide <= width, `${name} is ${seen.wide} wide`)
  t.strictSame(seen.hidden, [], `${name}: focus in sight`)
  if (!isStaff(who)) {
    t.strictSame(seen.disordered, [], `${name}: read as it stands`)
    t.strictSame(seen.low, [], `${name}: buttons of 44 px`)
    // what may break on the narrowest phone may not on the next wider one
    if (!folder && width === 320) {
      await page.setViewportSize({ width: 390, height: 700 })
      for (const size of ['100%', '200%']) {
        const wide = await page.evaluate(
          `(document.documentElement.style.fontSize = '${size}', document.documentElement.scrollWidth)`,
        )
        t.ok(Number(wide) <= 390, `${name} is ${wide} wide on 390, text ${size}`)
      }
      await page.evaluate(`document.documentElement.style.fontSize = ''`)
      seenAs = ''
    }
  }
  if (unjudged) return
  // a target half under the bar at the foot is one the reader scrolls free: look at the whole page at once
  await page.setViewportSize({ width, height: seen.high })
  seenAs = ''
  await page.evaluate(axe)
  // a change of scheme fades: colours are judged when they stand
  const settled =
    'await Promise.race([Promise.allSettled(document.getAnimations().map(each => each.finished)), new Promise(go => setTimeout(go, 1000))]);'
  const run = whole
    ? `runOnly: ${JSON.stringify(tags)}`
    : 'runOnly: { type: "rule", values: ["color-contrast", "target-size", "link-in-text-block"] }'
  const found = (await page.evaluate(
    `(async () => { ${settled} return (await axe.run(document, { ${run}, resultTypes: ["violations"] })).violations.map(each => each.id + ": " + each.nodes.slice(0, 3).map(node => node.target.join(" ")).join(" · ")) })()`,
  )) as string[]
  t.strictSame(found, [], `${name} for axe`)
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  const file = `${url.replace(/[?&]l=\w\w/, '').replaceAll(/[^\w.=-]+/g, '_')} ${name.split(' ').slice(1).join(' ')} ${/[?&/]l?=?(kk|ru|en)\b/.exec(url)?.[1]}.png`
  await page.screenshot({ path: path.join(folder, file), fullPage: true })
}

/** In the page: its width, what hides when it gets the focus, what is drawn in another order than it is read, main buttons that are too low. */
const sightOf = `(() => {
  const said = it => it.tagName.toLowerCase() + (it.id ? '#' + it.id : '') + ' ' + (it.textContent || it.name || '').trim().slice(0, 30)
  const shown = it => it.checkVisibility({ visibilityProperty: true })
  const hidden = []
  for (const it of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    if (!shown(it) || it.disabled || it.tabIndex < 0) continue
    it.focus()
    const face = it.matches('.chip input, .opt input, td > label > input') ? it.closest('label') : it
    const { left, top, right, bottom } = face.getClientRects()[0] ?? face.getBoundingClientRect()
    // of a field of several lines the first are where one begins to write
    // what reaches out of a table that scrolls is judged by the part that shows
    const frame = it.closest('.scroll')?.getBoundingClientRect() ?? { left: 0, right: innerWidth }
    const across = (Math.max(left, frame.left, 0) + Math.min(right, frame.right, innerWidth)) / 2
    const middle = document.elementFromPoint(across, Math.min(Math.max((top + Math.min(bottom, top + 90)) / 2, 1), innerHeight - 1))
    if (bottom <= 0 || top >= innerHeight || !(middle && (face.contains(middle) || middle.contains(face)))) hidden.push(said(it))
  }
  document.activeElement?.blur()
  scrollTo(0, 0)
  const disordered = [...document.querySelectorAll('body *')].filter(it => {
    const style = getComputedStyle(it)
    return it.tabIndex > 0 || style.order !== '0' || style.flexDirection.endsWith('reverse')
  }).map(said)
  const low = [...document.querySelectorAll('main .btn:not(.small)')].filter(it => shown(it) && it.getBoundingClientRect().height < 43.5).map(said)
  const { scrollWidth: wide, scrollHeight: high } = document.documentElement
  return { wide, high, hidden, disordered, low }
})()`
