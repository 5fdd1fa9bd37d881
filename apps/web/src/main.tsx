import './app/no-eval.ts'
import './app/base.css'
import './ui/ui.css'
import './ui/controls.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { startI18n } from './app/i18n.ts'
import { keepShell } from './app/install.ts'
import { router } from './app/router.ts'
import { giveStylesTheNonce } from './ui/styled-by-nonce.ts'
import { applyTheme } from './ui/theme.ts'

giveStylesTheNonce()
applyTheme()
keepShell()
startI18n()
// Before anything is drawn: what the address wants is asked for while the first picture is made.
void router.load()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
// A hundred font slices in one style sheet: after the first paint, in the system's font until then.
void import('@fontsource-variable/noto-sans-sc/wght.css')
