import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { firstCharacter } from '../ui/first-character.ts'
import { Menu } from '../ui/menu.tsx'
import { useTranslation } from '../ui/translation.ts'
import { useNarrow } from '../ui/use-narrow.ts'
import { NoRightPage } from './failed-page.tsx'
import { useJobNotice } from './job-notices.ts'
import { KeyboardMap } from './keyboard-map.tsx'
import { useLiveEvents } from './live-events.ts'
import { entryOf } from './navigation.ts'
import { NavigationBar } from './navigation-bar.tsx'
import { useAllowed, useLeave, useMe } from './session.ts'
import { useSessionEnded } from './session-end.ts'
import { usePageShortcuts } from './shortcuts.ts'
import { LanguageSwitch, ThemeSwitch } from './switches.tsx'
import { useVisits } from './visits.ts'

const loadPalette = () => import('./command-palette.tsx')
const CommandPalette = lazy(async () => ({ default: (await loadPalette()).CommandPalette }))
const SessionEndDialog = lazy(async () => ({ default: (await import('./session-end-dialog.tsx')).SessionEndDialog }))

/** Everything around a page: navigation at the left (below on a phone), the one search and oneself at the top. */
export function Shell() {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const [searching, setSearching] = useState(false)
  const sessionEnded = useSessionEnded()
  const connected = useLiveEvents(useJobNotice())
  usePageShortcuts()
  useVisits()
  useEffect(() => {
    // Fetched while nothing else is, so that the first Ctrl K opens at once.
    const timer = setTimeout(() => void loadPalette().catch(() => {}), 2000)
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setSearching(true)
    }
    window.addEventListener('keydown', onKey)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', onKey)
    }
  }, [])
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <NavigationBar narrow={narrow} />
      <div className="shell-right">
        <header className="topbar">
          <button type="button" className="topbar-search" onClick={() => setSearching(true)} aria-keyshortcuts="Control+K Meta+K">
            <span>{t(narrow ? 'shell.search.short' : 'shell.search')}</span>
            <kbd aria-hidden>{/mac/i.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K'}</kbd>
          </button>
          <div className="topbar-me">
            {!connected && (
              <span className="live-off" role="status">
                {t('shell.offline')}
              </span>
            )}
            <LanguageSwitch />
            <ThemeSwitch />
            <MyMenu />
          </div>
        </header>
        <Suspense fallback={<div className="page" />}>
          <AllowedPage />
        </Suspense>
      </div>
      <Suspense>
        {searching && <CommandPalette onClose={() => setSearching(false)} />}
        {sessionEnded && <SessionEndDialog />}
      </Suspense>
      <KeyboardMap />
    </div>
  )
}

/** The page, or which right it takes. */
function AllowedPage() {
  const may = useAllowed()
  const right = entryOf(useLocation({ select: ({ pathname }) => pathname }))?.right
  return right === undefined || may(right) ? <Outlet /> : <NoRightPage right={right} />
}

function MyMenu() {
  const { t } = useTranslation()
  const { user } = useMe()
  const navigate = useNavigate()
  const leave = useLeave()
  const label = t('shell.me', { name: user.name })
  return (
    <Menu
      label={label}
      buttonLabel={label}
      button={<span className="avatar">{firstCharacter(user.name)}</span>}
      buttonClassName="button button-quiet"
      align="end"
      items={[
        { key: 'account', label: t('nav.account'), onChoose: () => void navigate({ to: '/account' }) },
        { key: 'glossary', label: t('nav.glossary'), onChoose: () => void navigate({ to: '/help/glossary' }) },
        { key: 'out', label: t('shell.signOut'), onChoose: () => void leave() },
      ]}
    />
  )
}
