import '../identify/customers/texts.ts'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { customerMatches } from '../identify/customers/customer-queries.ts'
import { Dialog } from '../ui/dialog.tsx'
import { useDebounced } from '../ui/use-debounced.ts'
import { navigation } from './navigation.ts'
import { useAllowed } from './session.ts'

interface Target {
  key: string
  group: 'palette.pages' | 'palette.customers'
  label: string
  note?: string
  go: () => Promise<void>
}

/** One search for every customer and every page. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const rested = useDebounced(text.trim(), 150)
  const customers = useCustomerTargets(rested)
  const targets = [...usePageTargets(text.trim()), ...customers.targets]
  const current = Math.min(active, targets.length - 1)
  const open = async (target: Target | undefined) => {
    if (!target) return
    onClose()
    await target.go()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive(Math.min(current + 1, targets.length - 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(current - 1, 0))
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) void open(targets[current])
    else return
    event.preventDefault()
  }
  return (
    <Dialog title={t('palette.title')} titleHidden className="palette" onClose={onClose}>
      <input
        className="input"
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={targets[current] ? `palette-${current}` : undefined}
        aria-label={t('palette.title')}
        placeholder={t('shell.search')}
        value={text}
        maxLength={100}
        onChange={(event) => {
          setText(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id="palette-list" role="listbox" aria-label={t('palette.title')}>
        {targets.map((target, index) => (
          <div key={target.key}>
            {target.group !== targets[index - 1]?.group && (
              <span className="nav-title" aria-hidden>
                {t(target.group)}
              </span>
            )}
            <div
              id={`palette-${index}`}
              role="option"
              aria-selected={index === current}
              className="palette-entry"
              onMouseMove={() => setActive(index)}
              onClick={() => void open(target)}
              onKeyDown={undefined}
              tabIndex={-1}
            >
              {target.label} <span className="muted small">{target.note}</span>
            </div>
          </div>
        ))}
      </div>
      <p className="muted small" role="status">
        {targets.length === 0 && !customers.searching ? t('palette.nothing', { text: rested }) : t('palette.hint')}
      </p>
    </Dialog>
  )
}

function usePageTargets(text: string): Target[] {
  const { t } = useTranslation()
  const may = useAllowed()
  const navigate = useNavigate()
  return navigation
    .flatMap(({ entries }) => entries)
    .filter(({ right }) => right === undefined || may(right))
    .map((entry): Target => ({ key: entry.to, group: 'palette.pages', label: t(entry.text), go: () => navigate({ to: entry.to }) }))
    .filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()))
}

function useCustomerTargets(search: string): { targets: Target[]; searching: boolean } {
  const { t } = useTranslation()
  const may = useAllowed()
  const navigate = useNavigate()
  const { data, isFetching } = useQuery({ ...customerMatches(search), enabled: search !== '' && may('customer.read') })
  const items = search === '' ? [] : (data?.items ?? [])
  return {
    searching: isFetching,
    targets: items.map(({ id, name, code, phone, city }) => ({
      key: id,
      group: 'palette.customers',
      label: name ?? t('customers.unnamed'),
      note: [code, phone, city].filter(Boolean).join(' · '),
      go: () => navigate({ to: '/customers/$id', params: { id } }),
    })),
  }
}
