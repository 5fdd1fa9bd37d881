import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { firstCharacter } from '../ui/first-character.ts'
import { Menu } from '../ui/menu.tsx'
import { Seal } from '../ui/seal.tsx'
import { CommandPalette } from './command-palette.tsx'
import { KeyboardMap } from './keyboard-map.tsx'
import { useLiveEvents } from './live-events.ts'
import { navigation } from './navigation.ts'
import { signOut, useAllowed, useMe } from './session.ts'
import { LanguageSwitch, ThemeSwitch } from './switches.tsx'

/** Everything around a page: navigation at the left (below on a phone), the one search and oneself at the top. */
export function Shell() {
  const { t } = useTranslation()
  const [searching, setSearching] = useState(false)
  const connected = useLiveEvents()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setSearching(true)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <Navigation />
      <div className="shell-right">
        <header className="topbar">
          <button type="button" className="topbar-search" onClick={() => setSearching(true)} aria-keyshortcuts="Control+K Meta+K">
            <span className="wide-only">{t('shell.search')}</span>
            <span className="narrow-only">{t('shell.search.short')}</span>
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
          <Outlet />
        </Suspense>
      </div>
      {searching && <CommandPalette onClose={() => setSearching(false)} />}
      <KeyboardMap />
    </div>
  )
}

function Navigation() {
  const { t } = useTranslation()
  const may = useAllowed()
  const { company } = useMe()
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      <Link to="/customers" className="nav-brand">
        <Seal />
        <span>
          <b>{t('app.name')}</b>
          {company && <small>{company.name}</small>}
        </span>
      </Link>
      {navigation.map(({ text, entries }) => {
        const visible = entries.filter(({ right }) => right === undefined || may(right))
        if (visible.length === 0) return null
        return (
          <div key={text} className="nav-group">
            <span className="nav-title">{t(text)}</span>
            {visible.map((entry) => (
              <Link key={entry.to} to={entry.to} className="nav-entry" activeProps={{ 'aria-current': 'page' }}>
                {t(entry.text)}
              </Link>
            ))}
          </div>
        )
      })}
    </nav>
  )
}

function MyMenu() {
  const { t } = useTranslation()
  const { user } = useMe()
  const navigate = useNavigate()
  const leave = async () => {
    await signOut()
    await navigate({ to: '/sign-in', search: {} })
  }
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
        { key: 'out', label: t('shell.signOut'), onChoose: () => void leave() },
      ]}
    />
  )
}
