import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from '../ui/translation.ts'

export interface Visited {
  href: string
  title: string
}

const place = 'zhike.visits'
const most = 8
/** By then a page that was opened shows its heading. */
const settled = 700

/** The pages of this window that were open last, the latest first. They are forgotten with the window: names stand in them. */
export function visits(): Visited[] {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? '[]') as Visited[]
  } catch {
    return []
  }
}

export const forgetVisits = (): void => sessionStorage.removeItem(place)

/** The list with a visit on top; another state of the same page takes its place. */
export function withVisit(before: readonly Visited[], visited: Visited): Visited[] {
  const pathOf = ({ href }: Visited) => href.split('?')[0]
  return [visited, ...before.filter((each) => pathOf(each) !== pathOf(visited))].slice(0, most)
}

/** Remembers each page by its heading, which also becomes the title of the window. */
export function useVisits(): void {
  const router = useRouter()
  const { t } = useTranslation()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const note = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        const title = document.querySelector('main h1')?.textContent?.trim()
        document.title = title ? `${title} · ${t('app.name')}` : t('app.name')
        if (title) sessionStorage.setItem(place, JSON.stringify(withVisit(visits(), { href: router.state.location.href, title })))
      }, settled)
    }
    note()
    const stop = router.subscribe('onResolved', note)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [router, t])
}
