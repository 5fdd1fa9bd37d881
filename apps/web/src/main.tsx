import './app/no-eval.ts'
import './app/base.css'
import './ui/ui.css'
import './ui/controls.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient, whenSignedOut } from './app/api.ts'
import { App } from './app/app.tsx'
import { startI18n } from './app/i18n.ts'
import { router } from './app/router.ts'
import { meQuery } from './app/session.ts'
import { giveStylesTheNonce } from './ui/styled-by-nonce.ts'
import { applyTheme } from './ui/theme.ts'

giveStylesTheNonce()
applyTheme()
whenSignedOut(() => {
  const { pathname, href } = router.state.location
  // On the way in, the router itself asks for the sign-in.
  const wasInside = queryClient.getQueryData(meQuery.queryKey) !== undefined
  queryClient.removeQueries({ queryKey: meQuery.queryKey })
  if (wasInside && pathname !== '/sign-in') void router.navigate({ to: '/sign-in', search: { next: href } })
})
await startI18n()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
// A hundred font slices in one style sheet: after the first paint, in the system's font until then.
void import('@fontsource-variable/noto-sans-sc/wght.css')
