import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useBeside } from './popover.tsx'

/** What ties the field to its label, help and problem. */
export interface PickerIds {
  id?: string | undefined
  'aria-label'?: string | undefined
  'aria-describedby'?: string | undefined
  'aria-invalid'?: true | undefined
  autoFocus?: boolean | undefined
}

interface Wish {
  /** How many options the list has now. */
  count: number
  /** The option that one begins at. */
  start: number
  onChoose: (index: number) => void
  onOpen: () => void
  onClose: () => void
}

/**
 * A field with a list laid below it, after the combobox pattern of WAI-ARIA: the focus stays in the field, ↓ ↑ move through the list,
 * Enter chooses, Esc closes it and nothing else.
 */
export function useListLayer({ count, start, onChoose, onOpen, onClose }: Wish) {
  const id = useId()
  const anchor = useRef<HTMLInputElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  const [moved, setActive] = useState<number>()
  /** The field's own, which names the list as well. */
  const [label, setLabel] = useState<string>()
  const active = Math.min(moved ?? start, count - 1)
  useLayoutEffect(() => {
    if (open) layer.current?.showPopover()
  }, [open])
  useBeside(open, anchor, layer)
  useEffect(() => {
    if (open && active >= 0) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, open, active])

  /** Opens it, and begins anew where it is open: the list may be another one. */
  const show = () => {
    if (!open) onOpen()
    setLabel(anchor.current?.ariaLabel ?? anchor.current?.labels?.[0]?.textContent ?? undefined)
    setActive(undefined)
    setOpen(true)
  }
  const close = () => {
    setOpen(false)
    onClose()
  }
  /** @returns whether the key was for the list */
  const onKey = (event: KeyboardEvent): boolean => {
    // Within an input method these keys choose characters.
    if (event.nativeEvent.isComposing) return false
    const { key } = event
    if (!open) {
      if (key !== 'ArrowDown' && key !== 'ArrowUp') return false
      show()
    } else if (key === 'ArrowDown') setActive(active + 1 < count ? active + 1 : 0)
    else if (key === 'ArrowUp') setActive(active > 0 ? active - 1 : Math.max(0, count - 1))
    else if (key === 'Enter') onChoose(active)
    else if (key === 'Escape') close()
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  const field = {
    ref: anchor,
    role: 'combobox',
    autoComplete: 'off',
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-expanded': open,
    'aria-controls': open ? `${id}-list` : undefined,
    'aria-activedescendant': open && active >= 0 ? `${id}-${active}` : undefined,
    maxLength: 100,
    onFocus: ({ currentTarget }: FocusEvent<HTMLInputElement>) => currentTarget.select(),
    onClick: () => open || show(),
  } as const
  return { id, label, layer, open, active, setActive, show, close, onKey, field }
}

type Layer = ReturnType<typeof useListLayer>

interface FieldProps {
  of: Layer
  /** The field itself. */
  field: ReactNode
  /** Above the options. */
  above?: ReactNode
  options: ReactNode
  /** Below the options: what is awaited, that there are none, that there are more. */
  below?: ReactNode
}

/** The field and, while it is open, what lies below it. Leaving both closes it. */
export function ListLayer({ of: { id, label, layer, open, close }, field, above, options, below }: FieldProps) {
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (open && !currentTarget.contains(relatedTarget)) close()
  }
  return (
    <span className="picker" onBlur={onBlur}>
      {field}
      {open && (
        // A press in it must not take the focus from the field.
        <div ref={layer} popover="manual" className="popover picker-layer" onMouseDown={(event) => event.preventDefault()}>
          {above}
          <ul id={`${id}-list`} role="listbox" aria-label={label} className="picker-list">
            {options}
          </ul>
          {below && (
            <p className="muted small picker-note" role="status">
              {below}
            </p>
          )}
        </div>
      )}
    </span>
  )
}

interface OptionProps {
  of: Layer
  index: number
  chosen: boolean
  onChoose: (index: number) => void
  children: ReactNode
}

/** One option of the list. */
export function ListOption({ of: { id, active, setActive }, index, chosen, onChoose, children }: OptionProps) {
  return (
    <li
      id={`${id}-${index}`}
      role="option"
      aria-selected={chosen}
      className={index === active ? 'picker-option picker-active' : 'picker-option'}
      onMouseMove={() => setActive(index)}
      onClick={() => onChoose(index)}
    >
      {children}
    </li>
  )
}
