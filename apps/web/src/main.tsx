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
import { bringTypeface } from './app/typeface.ts'
import { giveStylesTheNonce } from './ui/styled-by-nonce.ts'
import { applyTheme } from './ui/theme.ts'

giveStylesTheNonce()
applyTheme()
keepShell()
startI18n()
// Before anything is drawn: what the address wants is asked for while the first picture is made.
void router.load()
bringTypeface()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
