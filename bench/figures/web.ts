import { existsSync, readFileSync, statSync } from 'node:fs'
import type { Figure } from '../figure.ts'
import { percentile } from '../requests.ts'
import { atMost } from '../result.ts'
import { openApp, openList, slowdown, withBrowser } from '../web/open-app.ts'
import { webFolder } from '../world.ts'

const conditions = `production build, cold cache, loopback, processor ${slowdown} times slower`
const most = { rows: 1.5, entry: 200, key: 100, page: 300, blank: 100 }
const tries = 5

const p = (values: readonly number[], share: number) =>
  percentile(
    values.toSorted((a, b) => a - b),
    share,
  )

/** From the address to the first rows of the customer list, and how much of it is the first load. */
export const webFirstLoad: Figure = {
  name: 'web-first-load',
  target: `${conditions}: to the rows of the list ≤ ${most.rows} s; entry ≤ ${most.entry} kB gzip`,
  run: async (context) => {
    const world = await context.world()
    await world.grow('tenth')
    const seconds = await withBrowser(async (browser) => {
      const times: number[] = []
      for (let i = 0; i < tries; i++) {
        const { page, close } = await openApp(browser, world)
        times.push((await openList(page)) / 1000)
        await close()
      }
      return times
    })
    const note = `${conditions}; of ${tries} loads ${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)} s`
    return [
      atMost({ name: 'web-first-load', value: p(seconds, 0.5), unit: 's', note }, most.rows),
      atMost({ name: 'web-first-load entry', value: entryKilobytes(), unit: 'kB', note: 'scripts that the page names, gzip' }, most.entry),
    ]
  },
}

/** What the page itself asks for: its entry and the chunks preloaded with it. */
function entryKilobytes(): number {
  if (!existsSync(webFolder)) throw new Error('The web app has not been built: npm run build')
  const page = readFileSync(`${webFolder}/index.html`, 'utf8')
  const scripts = [...page.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map(([, path]) => path)
  // What is too small to be worth packing goes out as it is.
  const sent = (path: string) => statSync(existsSync(`${path}.gz`) ? `${path}.gz` : path).size
  return scripts.reduce((bytes, path) => bytes + sent(`${webFolder}${path}`), 0) / 1000
}

const keys = ['ArrowDown', 'ArrowDown', 'PageDown', 'ArrowUp', 'Home', '/', 'w', 'a', 'n', 'g', 'Escape', 'Control+k', 'l', 'i', 'Escape']

/** From a key press to what it draws, by the browser's own clock of events. */
export const webKey: Figure = {
  name: 'web-key',
  target: `${conditions}: key press to reaction ≤ ${most.key} ms`,
  run: async (context) => {
    const world = await context.world()
    await world.grow('tenth')
    const { durations, presses } = await withBrowser(async (browser) => {
      const { page } = await openApp(browser, world)
      await openList(page)
      await page.locator('.grid-row').first().focus()
      const rounds = 3
      for (let round = 0; round < rounds; round++) {
        for (const key of keys) {
          await page.keyboard.press(key)
          await page.waitForTimeout(150)
        }
        await page.locator('.grid-row').first().focus()
      }
      return { durations: await page.evaluate<number[]>('bench.keys'), presses: rounds * keys.length }
    })
    // What the browser does not tell of took less than 16 ms.
    const all = [...durations, ...Array.from({ length: Math.max(presses - durations.length, 0) }, () => 16)]
    const note = `p95 of ${presses} presses in the list, its search and the palette; p50 ${p(all, 0.5)}, longest ${Math.max(...all)} ms`
    return [atMost({ name: 'web-key', value: p(all, 0.95), unit: 'ms', note }, most.key)]
  },
}

/** From a press on the navigation to the whole page, each of which was open before. */
export const webPageToPage: Figure = {
  name: 'web-page-to-page',
  target: `${conditions}, data in cache: page to page ≤ ${most.page} ms`,
  run: async (context) => {
    const world = await context.world()
    await world.grow('tenth')
    const { times, pages } = await withBrowser(async (browser) => {
      const { page } = await openApp(browser, world)
      await openList(page)
      const paths = await page.evaluate<string[]>(
        "[...document.querySelectorAll('nav a.nav-entry')].map((link) => link.getAttribute('href'))",
      )
      const visit = (path: string) => page.evaluate<number>(`bench.follow(document.querySelector('nav a.nav-entry[href="${path}"]'))`)
      for (const path of paths) await visit(path)
      const measured: { path: string; ms: number }[] = []
      for (let round = 0; round < 3; round++) for (const path of paths) measured.push({ path, ms: await visit(path) })
      return { times: measured, pages: paths }
    })
    const all = times.map(({ ms }) => ms)
    const slowest = times.toSorted((a, b) => b.ms - a.ms)[0]
    const note = `p95 of ${all.length} changes between ${pages.length} pages; p50 ${p(all, 0.5).toFixed(0)}, longest ${slowest?.ms.toFixed(0)} ms (${slowest?.path})`
    return [atMost({ name: 'web-page-to-page', value: p(all, 0.95), unit: 'ms', note }, most.page)]
  },
}

/** The list of all customers: rolled through and jumped through. */
export const webScroll1m: Figure = {
  name: 'web-scroll-1m',
  target: `${conditions}: all customers scrolled and jumped through, nothing blank for more than ${most.blank} ms`,
  run: async (context) => {
    const world = await context.world()
    await world.grow('all')
    const { blank, frame, jumps } = await withBrowser(async (browser) => {
      const { page } = await openApp(browser, world)
      await openList(page)
      await page.mouse.move(800, 500)
      await page.evaluate('void (bench.seen = bench.watchScroll())')
      for (let i = 0; i < 60; i++) {
        await page.mouse.wheel(0, i < 40 ? 600 : 2400)
        await page.waitForTimeout(40)
      }
      const times: number[] = []
      for (const share of [0.25, 0.5, 0.9, 0.1, 0.75, 1]) times.push(await page.evaluate<number>(`bench.jump(${share})`))
      const seen = await page.evaluate<{ blank: number; frame: number }>('Object.assign(bench.seen, { over: true })')
      return { ...seen, jumps: times }
    })
    const note = `${world.customersOf('all')} customers; longest frame ${frame.toFixed(0)} ms; rows with data after a jump p50 ${p(jumps, 0.5).toFixed(0)}, longest ${Math.max(...jumps).toFixed(0)} ms`
    return [atMost({ name: 'web-scroll-1m', value: blank, unit: 'ms', note }, most.blank)]
  },
}
