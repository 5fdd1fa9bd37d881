import type { KeyboardEvent, ReactNode } from 'react'
import { closePopover, Popover } from './popover.tsx'

export interface MenuItem {
  key: string
  label: ReactNode
  /** Takes something away. */
  danger?: boolean
  disabled?: boolean
  /** Where it leads, for a file or a page outside the app; else `onChoose`. */
  href?: string
  onChoose?: () => void
}

interface Props {
  label: string
  button: ReactNode
  buttonClassName?: string
  buttonLabel?: string
  align?: 'start' | 'end'
  items: readonly MenuItem[]
}

/** A button with a list of actions: ↑ ↓ Home End move, Enter chooses, Esc closes. */
export function Menu({ items, ...popover }: Props) {
  return (
    <Popover role="menu" {...popover}>
      <div className="menu" onKeyDown={moveFocus}>
        {items.map(({ key, label, danger = false, disabled = false, href, onChoose }) => {
          const className = danger ? 'menu-item menu-danger' : 'menu-item'
          if (href !== undefined) {
            return (
              <a key={key} role="menuitem" className={className} href={href} onClick={({ currentTarget }) => closePopover(currentTarget)}>
                {label}
              </a>
            )
          }
          return (
            <button
              key={key}
              type="button"
              role="menuitem"
              className={className}
              disabled={disabled}
              onClick={({ currentTarget }) => {
                closePopover(currentTarget)
                onChoose?.()
              }}
            >
              {label}
            </button>
          )
        })}
      </div>
    </Popover>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]:not(:disabled)')]
  const at = items.indexOf(document.activeElement as HTMLElement)
  const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }
  const to = steps[event.key]
  if (to === undefined) return
  event.preventDefault()
  items.at(to % items.length)?.focus()
}
