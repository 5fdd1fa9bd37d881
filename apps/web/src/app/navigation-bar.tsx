import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Badge } from '../ui/badge.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Seal } from '../ui/seal.tsx'
import { useTranslation } from '../ui/translation.ts'
import { type NavigationEntry, useAllowedEntries, useAllowedGroups } from './navigation.ts'
import { useMe } from './session.ts'

const roomInTheBar = 4

/** At the left, in groups; on a phone a bar below with the pages used most, and the others a press away. */
export function NavigationBar({ narrow }: { narrow: boolean }) {
  return narrow ? <BottomBar /> : <SideBar />
}

function SideBar() {
  const { t } = useTranslation()
  const { company } = useMe()
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      <Link to="/" className="nav-brand">
        <Seal />
        <span>
          <b>{t('app.name')}</b>
          {company && <small>{company.name}</small>}
          {company?.generated && <Badge tone="gold">{t('shell.demo')}</Badge>}
        </span>
      </Link>
      <Groups />
    </nav>
  )
}

function Groups({ onChoose }: { onChoose?: () => void }) {
  const { t } = useTranslation()
  return useAllowedGroups().map(({ text, entries }) => (
    <div key={text} className="nav-group">
      <span className="nav-title">{t(text)}</span>
      {entries.map((entry) => (
        <Entry key={entry.to} entry={entry} {...(onChoose ? { onChoose } : {})} />
      ))}
    </div>
  ))
}

function Entry({ entry: { to, text }, onChoose }: { entry: NavigationEntry; onChoose?: () => void }) {
  const { t } = useTranslation()
  return (
    <Link
      to={to}
      className="nav-entry"
      activeOptions={{ exact: to === '/' }}
      activeProps={{ 'aria-current': 'page' }}
      {...(onChoose ? { onClick: onChoose } : {})}
    >
      {t(text)}
    </Link>
  )
}

function BottomBar() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const often = useAllowedEntries()
    .filter((entry) => entry.often)
    .slice(0, roomInTheBar)
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      {often.map((entry) => (
        <Entry key={entry.to} entry={entry} />
      ))}
      <button type="button" className="nav-entry" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)}>
        {t('nav.more')}
      </button>
      {open && (
        <Dialog title={t('nav.more.title')} className="sheet" onClose={() => setOpen(false)}>
          <Groups onChoose={() => setOpen(false)} />
        </Dialog>
      )}
    </nav>
  )
}
