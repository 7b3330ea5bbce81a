import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { type FullHouse, inLanguage } from './full-house.ts'
import type { Looked, Who } from './page-list.ts'

/** `tabbed`: the keyboard goes through each. */
type Order = { pages: Looked[]; language: string; tabbed?: boolean }

/** The same pages as somebody gets them on a narrow phone whose browser loads no style sheets, or runs no scripts. */
export async function bare(t: Test, { enter, base }: FullHouse, { pages, language, tabbed }: Order): Promise<void> {
  for (const who of ['anybody', 'psychologist', 'coordinator', 'administrator'] as const) {
    const its = pages.filter(each => each.who === who && !each.sends)
    if (its.length === 0) continue
    const whole = await windowOf(enter, who)
    const plain = await windowOf(enter, who)
    await plain.route('**/*.css*', route => route.abort())
    const still = await windowOf(enter, who, false)
    for (const { path } of its) {
      const url = inLanguage(path, language)
      await Promise.all(
        [whole, plain, still].map(page => page.goto(`${base}${url}`, { waitUntil: 'domcontentloaded' })),
      )
      await withoutStyles(t, url, whole, plain)
      if (tabbed)
        t.strictSame(await byKeyboard(plain), [], `${url} without style sheets: the keyboard goes in this order`)
      await withoutScripts(t, url, whole, still)
    }
    for (const page of [whole, plain, still]) await page.context().close()
  }
}

async function windowOf(enter: FullHouse['enter'], who: Who, javaScriptEnabled = true): Promise<Page> {
  const context = await enter(who, { bypassCSP: true, javaScriptEnabled, serviceWorkers: 'block' })
  return await context.newPage()
}

async function withoutStyles(t: Test, url: string, whole: Page, plain: Page): Promise<void> {
  const drawn = (await whole.evaluate(essentials)) as Essentials
  const read = (await plain.evaluate(essentials)) as Essentials
  const { margin, astray, glued, wide } = (await plain.evaluate(lie)) as Record<string, string | string[]>
  t.equal(margin, '8px', `${url} as the browser draws it by itself`)
  t.strictSame(
    drawn.named.filter(each => !read.named.includes(each)),
    [],
    `${url} without style sheets: headings, labels, buttons and links are there`,
  )
  t.strictSame(drawn.painted, [], `${url}: no words that only a style sheet says`)
  t.strictSame(read.twice, [], `${url}: what a label names is one thing`)
  t.strictSame(read.nameless, [], `${url} without style sheets: each field has a name that is seen`)
  t.strictSame(astray, [], `${url} without style sheets: seen in the order in which it stands`)
  t.strictSame(glued, [], `${url} without style sheets: words stand apart`)
  t.strictSame(wide, [], `${url} without style sheets: nothing but tables and lists of choices is too wide`)
}

async function withoutScripts(t: Test, url: string, whole: Page, still: Page): Promise<void> {
  t.strictSame(await still.evaluate(content), await whole.evaluate(content), `${url} without scripts says the same`)
  t.strictSame(await still.evaluate(dead), [], `${url} without scripts: no control is dead`)
}

/** Where the Tab key goes back, and what it never reaches; of a group of buttons it reaches one. */
async function byKeyboard(page: Page): Promise<string[]> {
  const many = Number(await page.evaluate(`(${reach}).length`))
  const reached: number[] = []
  for (let pressed = 0; pressed <= many * 4; pressed++) {
    await page.keyboard.press('Tab')
    const at = Number(await page.evaluate(`(${reach}).indexOf(document.activeElement)`))
    if (at < 0 || (at === reached[0] && reached.length > 1)) break
    // a date is several stops at one place
    if (at !== reached.at(-1)) reached.push(at)
  }
  const back = reached.filter((at, n) => n > 0 && at <= (reached[n - 1] ?? -1)).map(at => `back to ${at}`)
  const left = (await page.evaluate(
    `(${reach}).filter((it, at) => !${JSON.stringify(reached)}.includes(at) && it.type !== 'radio').map(${said})`,
  )) as string[]
  return [...back, ...left.map(it => `never at ${it}`)]
}

type Essentials = { named: string[]; painted: string[]; nameless: string[]; twice: string[] }

const said = `(it => it.tagName.toLowerCase() + (it.id ? '#' + it.id : '') + ' ' + (it.ariaLabel || it.textContent || it.name || '').trim().replace(/\\s+/g, ' ').slice(0, 60))`
const shown = '(it => it.checkVisibility({ visibilityProperty: true }))'
const reach = `[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter(it => ${shown}(it) && !it.disabled && it.tabIndex >= 0)`

/** In the page: what it can't do without, what its style sheets say in words, and fields without a name to be seen. */
const essentials = `(() => ({
  named: [...document.querySelectorAll('h1, h2, h3, h4, legend, label, button, summary, a[href], th, dt')].filter(${shown}).map(${said}),
  painted: [...document.querySelectorAll('body *')].flatMap(it => ['::before', '::after'].map(part => getComputedStyle(it, part).content).filter(text => /^"[^"]*[\\p{L}\\p{N}]/u.test(text) && !document.body.textContent.includes(text.slice(1, -1)))),
  nameless: [...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter(it => ${shown}(it) && !it.ariaHidden && !it.ariaLabel && !it.ariaLabelledByElements?.length && ![...it.labels].some(${shown})).map(${said}),
  twice: [...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, at, all) => all.indexOf(id) !== at),
}))()`

/** In the page: the browser's own margin, what is seen before what stands before it, what is too wide. */
const lie = `(() => {
  const things = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let it = walker.nextNode(); it; it = walker.nextNode()) {
    if (it.nodeType === 3 ? !it.data.trim() || it.parentElement.closest('svg, option') || !${shown}(it.parentElement) : !${shown}(it) || !it.matches('input, select, textarea')) continue
    const range = document.createRange()
    range.selectNode(it)
    const rects = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0)
    if (rects.length > 0) things.push({ text: it.data ?? '', cell: it.parentElement.closest('td, th'), first: rects[0], last: rects.at(-1) })
  }
  const pairs = things.slice(1).map((after, at) => [things[at], after])
  const below = ([{ last }, { first }]) => first.top >= last.bottom - 4 || first.top >= last.top + 8
  const beside = ([{ last }, { first }]) => first.left >= last.right - 2 && first.bottom > last.top
  const next = ([a, b]) => a.cell !== b.cell && a.cell?.closest('tr') === b.cell?.closest('tr') && b.first.left >= a.last.right - 2
  const name = pair => pair.map(({ text }) => text.trim().replace(/\\s+/g, ' ').slice(0, 40) || '…').join(' > ')
  const astray = pairs.filter(pair => !below(pair) && !beside(pair) && !next(pair)).map(name)
  const word = '[\\\\p{L}\\\\p{N}]'
  const glued = pairs.filter(([a, b]) => a.cell === b.cell && beside([a, b]) && b.first.left - a.last.right < 1 && b.first.top < a.last.bottom - 4 &&
    new RegExp(word + '$', 'u').test(a.text) && new RegExp('^' + word, 'u').test(b.text)).map(name)
  const wide = document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
    .filter(it => it.getBoundingClientRect().right > innerWidth && !it.closest('table, select') && !it.querySelector('table, select'))
    .filter((it, at, all) => !all.some(other => other !== it && it.contains(other)))
    .map(${said})
  return { margin: getComputedStyle(document.body).margin, astray, glued, wide }
})()`

/** In the page: its title, its forms and where its links lead. */
const content = `(() => {
  const main = document.querySelector('main')
  const forms = [...main.querySelectorAll('form')].map(form => form.method + ' ' + form.action + ' ' + [...new Set([...form.elements].map(({ name }) => name).filter(Boolean))].sort().join(' '))
  return { headings: [...main.querySelectorAll('h1')].map(it => it.textContent.trim()), forms, links: [...main.querySelectorAll('a[href]')].map(it => it.href) }
})()`

/** In the page: what looks as if it did something and does nothing unless a script helps. */
const dead = `(() => {
  const all = kind => [...document.querySelectorAll(kind)].filter(${shown})
  const own = it => it.hasAttribute('popovertarget') || it.hasAttribute('commandfor')
  const sends = form => [...form.elements].some(it => it.matches('button:not([type=button], [type=reset]), [type=submit], [type=image]'))
  const typed = form => [...form.elements].filter(it => it.matches('input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=range])')).length
  return [
    ...all('button').filter(it => !own(it) && (!it.form || it.type === 'button')),
    ...all('input:not([type=hidden]), select, textarea').filter(it => !it.form && !it.readOnly),
    ...all('form').filter(it => [...it.elements].some(field => field.type !== 'hidden') && !sends(it) && typed(it) !== 1),
    ...all('a').filter(it => !it.href || /^javascript:|#$/.test(it.getAttribute('href'))),
    ...all('a[href^="#"]').filter(it => !document.getElementById(decodeURIComponent(it.hash.slice(1)))),
    ...all('[role=button], [role=tab], [role=menuitem], [role=switch], [onclick], [draggable=true], [contenteditable]'),
    ...all('label[for]').filter(it => !it.control),
  ].map(${said})
})()`
