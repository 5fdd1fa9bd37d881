// Runs in the page before anything of the app does, and notes what a person would see. Times in ms since the page was asked for.

const row = '.grid-row:not([aria-busy])'
/** After what is in the document now has been drawn. */
const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))))

async function until(holds) {
  while (!holds()) await new Promise((resolve) => requestAnimationFrame(resolve))
  return drawn()
}

const bench = {
  /** When the first rows of a list are drawn. */
  rows: until(() => document.querySelector(row)),
  /** How long after a key was pressed its effect was drawn; presses under 16 ms are not told of. */
  keys: [],

  /** Presses a link and waits for the page that it leads to, with all that it shows. */
  async follow(link) {
    const from = performance.now()
    link.click()
    const shown = () =>
      link.pathname === location.pathname &&
      link.getAttribute('aria-current') &&
      document.querySelector('main h1') &&
      !document.querySelector('main .skeleton')
    return (await until(shown)) - from
  },

  /** Begins to look, frame by frame, whether there are rows where one looks. */
  watchScroll() {
    const seen = { blank: 0, frame: 0, over: false }
    let [last, blankSince] = [performance.now(), undefined]
    const look = (now) => {
      const there = document.elementFromPoint(innerWidth * 0.6, innerHeight * 0.6)?.closest('.grid-row')
      if (there && blankSince !== undefined) seen.blank = Math.max(seen.blank, now - blankSince)
      blankSince = there ? undefined : (blankSince ?? now)
      seen.frame = Math.max(seen.frame, now - last)
      last = now
      if (!seen.over) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
    return seen
  },

  /** Goes to a share of the way down; @returns how long until the rows there have their data */
  async jump(share) {
    const from = performance.now()
    scrollTo(0, document.documentElement.scrollHeight * share)
    await drawn()
    const filled = () => document.elementFromPoint(innerWidth * 0.6, innerHeight * 0.6)?.closest(row)
    return (await until(filled)) - from
  },
}
window.bench = bench

new PerformanceObserver((list) => {
  for (const { name, duration } of list.getEntries()) if (name === 'keydown') bench.keys.push(duration)
}).observe({ type: 'event', durationThreshold: 16 })
