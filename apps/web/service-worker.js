/*
 * Keeps the shell of the app, so that it opens without a network. What people work with is never kept: the API is not touched.
 *
 * The page comes from the network while there is one: it carries a nonce of this visit and names the files of the latest build. Offline
 * the kept page serves, whose nonce and policy were kept with it. The files of a build carry their hashes in their names and never
 * change, so they are taken from here first.
 */
const version = '__VERSION__'
const shell = ['__SHELL__']
const cacheName = `zhike-${version}`

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll(['/', ...shell]))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name.startsWith('zhike-') && name !== cacheName).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => keptPage()))
  else if (pathname.startsWith('/assets/')) event.respondWith(keptFile(request))
})

async function keptPage() {
  return (await caches.match('/', { cacheName })) ?? Response.error()
}

async function keptFile(request) {
  const kept = await caches.match(request, { cacheName })
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) {
    const cache = await caches.open(cacheName)
    await cache.put(request, response.clone())
  }
  return response
}
