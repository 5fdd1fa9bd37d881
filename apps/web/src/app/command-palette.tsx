import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Dialog } from '../ui/dialog.tsx'
import { Marked } from '../ui/marked.tsx'
import { useTranslation } from '../ui/translation.ts'
import { useDebounced } from '../ui/use-debounced.ts'
import { type Target, useTargets } from './palette-targets.ts'

/** One search for every customer, every page and every command. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const typed = text.trim()
  const { targets, searching } = useTargets(typed, useDebounced(typed, 150))
  const current = Math.min(active, targets.length - 1)
  useEffect(() => {
    list.current?.querySelector(`#palette-${current}`)?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const open = (target: Target | undefined) => {
    if (!target) return
    onClose()
    void target.go()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const steps: Record<string, number> = { ArrowDown: current + 1, ArrowUp: current - 1, PageDown: current + 8, PageUp: current - 8 }
    const to = steps[event.key]
    if (to !== undefined) setActive(Math.max(0, Math.min(to, targets.length - 1)))
    else if (event.key === 'Enter') open(targets[current])
    else return
    event.preventDefault()
  }
  return (
    <Dialog title={t('palette.title')} titleHidden className="palette" onClose={onClose}>
      <input
        className="input"
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={targets[current] ? `palette-${current}` : undefined}
        aria-label={t('palette.title')}
        placeholder={t('shell.search')}
        autoComplete="off"
        spellCheck={false}
        value={text}
        maxLength={100}
        onChange={(event) => {
          setText(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id="palette-list" className="palette-list" role="listbox" aria-label={t('palette.title')}>
        {grouped(targets).map(({ group, members }) => (
          <div key={group} role="group" aria-label={t(group)}>
            <span className="nav-title" aria-hidden>
              {t(group)}
            </span>
            {members.map(({ target, index }) => (
              <div
                key={target.key}
                id={`palette-${index}`}
                role="option"
                aria-selected={index === current}
                className="palette-entry"
                onMouseMove={() => setActive(index)}
                onClick={() => open(target)}
                onKeyDown={undefined}
                tabIndex={-1}
              >
                <span>
                  <Marked text={target.label} part={typed} />
                </span>
                {target.note && (
                  <span className="muted small">
                    <Marked text={target.note} part={typed} />
                  </span>
                )}
              </div>
            ))}
          </div>
        ))}
      </div>
      <p className="muted small" role="status">
        {targets.length > 0 ? t('palette.hint') : searching ? t('palette.searching') : t('palette.nothing', { text: typed })}
      </p>
    </Dialog>
  )
}

/** The targets under the heading of their group, each with its place among all. */
function grouped(targets: readonly Target[]): { group: Target['group']; members: { target: Target; index: number }[] }[] {
  const groups = new Map<Target['group'], { target: Target; index: number }[]>()
  for (const [index, target] of targets.entries()) {
    groups.set(target.group, [...(groups.get(target.group) ?? []), { target, index }])
  }
  return [...groups].map(([group, members]) => ({ group, members }))
}
