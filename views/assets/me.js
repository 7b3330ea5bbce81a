// One file, two places. On the page it takes on the worker and keeps a form back while there is no network.
// As the worker it keeps the person's own next talks for the hours without one.
const drop = async kept => {
  for (const name of await caches.keys()) if (name !== kept) await caches.delete(name)
}

if (self.document) {
  document.getElementById('errs')?.focus()
  const note = document.getElementById('unsent')
  addEventListener('submit', event => {
    if (navigator.onLine) return self.caches && /\/sign-out$/.test(event.target.action) && drop()
    event.preventDefault()
    note.hidden = false
    note.focus()
  })
  const workers = navigator.serviceWorker
  const { src } = document.currentScript
  addEventListener('load', () => workers?.register(src, { scope: '/me', updateViaCache: 'all' }))
  // the first page came before there was a worker
  if (workers && !workers.controller && !location.search)
    workers.ready.then(({ active }) =>
      active.postMessage([location.pathname, '<!doctype html>' + document.documentElement.outerHTML]),
    )
} else {
  addEventListener('install', () => skipWaiting())
  addEventListener('activate', event => event.waitUntil(clients.claim()))
  addEventListener('message', event => event.waitUntil(keep(...event.data)))
  addEventListener('fetch', event => {
    const { request } = event
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/assets/'))
      event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()))
    else if (request.mode === 'navigate' && /^\/me(\/|$)/.test(pathname)) event.respondWith(answer(event, pathname))
  })
}

const keeps = /^\/me(\/talks\/[\w-]+)?$/

async function answer(event, path) {
  const { request } = event
  const reads = request.method === 'GET'
  let page
  try {
    page = await fetch(request)
  } catch {
    return copy(path, reads ? 'offline' : 'unsent')
  }
  if (reads && keeps.test(path)) {
    // signed out, or somebody else: a redirect has no status here
    if (!page.ok && page.status < 500) await drop()
    else if (page.ok && !new URL(request.url).search) event.waitUntil(page.clone().text().then(text => keep(path, text)))
  }
  return page
}

// under the name that the page gives: another person's page empties all that was kept before
async function keep(path, text) {
  const [, name] = /id="offline" data-of="([\w-]+)"/.exec(text) ?? []
  if (!name || !keeps.test(path)) return
  await drop(name)
  const cache = await caches.open(name)
  if (path === '/me') {
    const gone = (await cache.keys()).map(({ url }) => new URL(url).pathname).filter(each => !text.includes(each))
    // a new version of ours: nothing of the old one stays
    const all = gone.some(each => each.startsWith('/assets/'))
    for (const { url } of await cache.keys()) if (all || gone.includes(new URL(url).pathname)) await cache.delete(url)
  }
  await cache.put(path, new Response(text, { headers: { date: new Date().toUTCString() } }))
  for (const asset of text.match(/\/assets\/[\w.-]+\.(css|js)/g) ?? []) if (!(await cache.match(asset))) await cache.add(asset)
}

async function copy(path, note) {
  const kept = (await caches.match(path)) ?? (await caches.match('/me'))
  const week = 6048e5
  const fresh = kept && Date.now() - Date.parse(kept.headers.get('date')) < week
  const text = fresh
    ? (await kept.text()).replace(/(id="offline"[^>]*) hidden/, '$1').replace(`id="${note}" hidden`, `id="${note}"`)
    : '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Kezdesu</title><p lang="kk">Байланыс жоқ. Ештеңе жіберілген жоқ.<p lang="ru">Нет связи. Ничего не отправлено.<p lang="en">You are offline. Nothing was sent.'
  return new Response(text, {
    status: fresh ? 200 : 503,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    },
  })
}
