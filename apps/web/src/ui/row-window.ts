import { type RefObject, startTransition, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { scrollMap } from './scroll-map.ts'

/** Rows beyond the window that exist as well, so that a turn of the wheel shows them at once. They are made once those in it are drawn. */
const beyond = 12
/** What stays above the rows: the page's bar and the list's head, in px. */
const above = 104
const below = 16

interface RowWindow {
  /** Rows from `first` up to, but without, `end` exist. */
  first: number
  end: number
  /** How far the content is moved against the element, in px: row i stands at i × height − shift. */
  shift: number
}

const same = (a: RowWindow, b: RowWindow) => a.first === b.first && a.end === b.end && a.shift === b.shift

/** What must exist at once: what is `seen`, and what is there already of those that are to exist in the end. */
function atOnce(now: RowWindow, seen: RowWindow, inTheEnd: RowWindow): RowWindow {
  const apart = now.end < seen.first || now.first > seen.end || now.shift !== seen.shift
  const next = apart
    ? seen
    : {
        first: Math.min(seen.first, Math.max(now.first, inTheEnd.first)),
        end: Math.max(seen.end, Math.min(now.end, inTheEnd.end)),
        shift: seen.shift,
      }
  return same(now, next) ? now : next
}

/**
 * Which rows of a list of any length are in the window, all of one height. The page scrolls; beyond the height that an element can
 * have, wheel and keys still move px by px and the bar jumps in proportion. The two are brought together when scrolling rests.
 */
export function useRowWindow(body: RefObject<HTMLElement | null>, count: number, rowHeight: number) {
  const map = useMemo(() => scrollMap(count * rowHeight), [count, rowHeight])
  const [rows, setRows] = useState<RowWindow>(() => ({
    first: 0,
    end: Math.min(count, Math.ceil(window.innerHeight / rowHeight)),
    shift: 0,
  }))
  /** Where the element and the content were, relative to the window's upper edge. */
  const place = useRef({ scrolled: 0, content: 0 })

  const look = useCallback(
    (beyond: number): RowWindow => {
      const { scrolled, content } = place.current
      const first = Math.max(0, Math.floor(content / rowHeight) - beyond)
      const end = Math.min(count, Math.ceil((content + window.innerHeight) / rowHeight) + beyond)
      return { first: Math.min(first, Math.max(0, count - 1)), end: Math.max(end, Math.min(count, 1)), shift: content - scrolled }
    },
    [count, rowHeight],
  )
  const update = useCallback(() => {
    const [seen, inTheEnd] = [look(0), look(beyond)]
    setRows((now) => atOnce(now, seen, inTheEnd))
    startTransition(() => setRows((now) => (same(now, inTheEnd) ? now : inTheEnd)))
  }, [look])

  useLayoutEffect(() => {
    const element = body.current
    if (!element) return
    let resting: ReturnType<typeof setTimeout>
    const rest = () => {
      const scrolled = map.toScrolled(place.current.content)
      const off = scrolled - place.current.scrolled
      if (Math.abs(off) < 1) return
      place.current = { ...place.current, scrolled: place.current.scrolled + Math.round(off) }
      flushSync(update)
      window.scrollBy(0, Math.round(off))
    }
    const follow = () => {
      const scrolled = -element.getBoundingClientRect().top
      const moved = scrolled - place.current.scrolled
      const jumped = Math.abs(moved) > 2 * window.innerHeight
      place.current = { scrolled, content: jumped ? map.toContent(scrolled) : place.current.content + moved }
      update()
      clearTimeout(resting)
      resting = setTimeout(rest, 150)
    }
    const scrolled = -element.getBoundingClientRect().top
    place.current = { scrolled, content: map.toContent(scrolled) }
    // Tells the first place, and every time when the list has become longer or shorter.
    const size = new ResizeObserver(follow)
    size.observe(element)
    window.addEventListener('scroll', follow, { passive: true })
    window.addEventListener('resize', follow)
    return () => {
      clearTimeout(resting)
      size.disconnect()
      window.removeEventListener('scroll', follow)
      window.removeEventListener('resize', follow)
    }
  }, [body, map, update])

  /** Brings a row into the window, by no more than it takes. */
  const show = useCallback(
    (index: number, align: 'near' | 'start' = 'near') => {
      const { scrolled, content } = place.current
      const top = index * rowHeight - above
      const bottom = (index + 1) * rowHeight + below - window.innerHeight
      if (align === 'near' && content <= top && content >= bottom) return
      const wanted = align === 'start' || content > top ? top : bottom
      const off = Math.round(map.toScrolled(wanted) - scrolled)
      const near = Math.abs(wanted - content) <= window.innerHeight
      const by = near ? Math.round(wanted - content) : off
      // Said beforehand: the place in the content is exact, that of a folded scroll bar is not.
      place.current = { scrolled: scrolled + by, content: wanted }
      flushSync(update)
      window.scrollBy(0, by)
    },
    [rowHeight, map, update],
  )
  return { ...rows, height: map.height, show }
}
