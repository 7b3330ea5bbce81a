// Keys and steady pages for the inbox and the week: they only speed up what links and buttons already do. The profile
// switches them off (WCAG 2.1.4): then this file isn't sent. Keys are taken by their place, for J stands at another letter
// in Kazakh and Russian.
const $ = (selector, from = document) => from.querySelector(selector)
const requests = () => [...document.querySelectorAll('.req[id]')]
let asked

async function show(address, back) {
  asked?.abort()
  asked = new AbortController()
  try {
    const answer = await fetch(address, { signal: asked.signal })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    if (!answer.ok || answer.redirected || !$('.work', page)) throw answer
    const scrolled = ['inbox', 'week'].map(id => [id, $(`#${id}`)?.scrollTop, $(`#${id}`)?.scrollLeft])
    const focused = document.activeElement?.id
    $('#main').replaceWith($('#main', page))
    document.title = page.title
    if (!back) history.pushState(null, '', address)
    for (const [id, top, left] of scrolled) $(`#${id}`)?.scrollTo(left, top)
    if (focused) $(`#${CSS.escape(focused)}`)?.focus({ preventScroll: true })
    reveal()
  } catch (fault) {
    if (fault.name !== 'AbortError') location.assign(address)
  }
}

// the chosen request and its best time come into sight where inbox and week scroll by themselves
function reveal() {
  if (matchMedia('(min-width: 72rem)').matches)
    for (const chosen of ['.sel', '.wk .best']) $(chosen)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
reveal()

const ours = link => link?.pathname === '/app' && link.search && !link.hash && location.pathname === '/app'

addEventListener('click', event => {
  const link = event.target.closest('a')
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !ours(link)) return
  event.preventDefault()
  show(link.href)
})
addEventListener('popstate', () => show(location.href, true))

function choose(step) {
  const all = requests()
  const focused = all.indexOf(document.activeElement)
  const at = focused < 0 ? all.findIndex(each => each.ariaCurrent) : focused
  const next = all[focused < 0 && at < 0 ? 0 : at + step]
  if (!next) return
  next.focus()
  next.scrollIntoView({ block: 'nearest' })
  show(next.href)
}

const keys = {
  KeyJ: () => choose(1),
  KeyK: () => choose(-1),
  KeyT: () => $('#now')?.click(),
  BracketLeft: () => $('#before')?.click(),
  BracketRight: () => $('#after')?.click(),
  Slash: () => $('#search')?.focus(),
  'Shift+Slash': () => {
    const list = $('#keys')
    list.open = !list.open
    if (list.open) $('summary', list).focus()
  },
}

addEventListener('keydown', event => {
  document.body.classList.toggle('hush', event.key === 'Escape')
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) return
  const place = /^(?:Digit|Numpad)([1-3])$/.exec(event.code)?.[1]
  const does = place ? () => $(`#offer-${place} .btn`)?.focus() : keys[event.shiftKey ? `Shift+${event.code}` : event.code]
  if (!does) return
  event.preventDefault()
  does()
})
addEventListener('mousemove', () => document.body.classList.remove('hush'))
