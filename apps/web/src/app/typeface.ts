import { queryClient } from './api.ts'
import { router } from './router.ts'

/** Safari has no idle callbacks; there it is a little later. */
const whenIdle = (work: () => void): void => {
  if ('requestIdleCallback' in window) window.requestIdleCallback(work, { timeout: 1000 })
  else setTimeout(work, 200)
}

/**
 * Fetches the typeface once the first page stands with what it asked for, in the system's font until then. Text set in a hundred
 * slices takes three times as long to lay out, and each slice that comes has it laid out anew: not while somebody waits for rows.
 */
export function bringTypeface(): void {
  const stop = router.subscribe('onRendered', () => {
    stop()
    const asked = queryClient.getQueryCache().findAll({ fetchStatus: 'fetching' })
    void Promise.allSettled(asked.map(async ({ promise }) => promise)).then(() =>
      whenIdle(() => void import('@fontsource-variable/noto-sans-sc/wght.css')),
    )
  })
}
