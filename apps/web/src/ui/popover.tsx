import { type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'

interface Props {
  /** Says what opens, for who does not see it. */
  label: string
  /** What the button shows. */
  button: ReactNode
  buttonClassName?: string
  /** Said instead of the button's content. */
  buttonLabel?: string
  /** Which edge of the button the content keeps to. */
  align?: 'start' | 'end'
  role?: 'dialog' | 'menu'
  disabled?: boolean
  onOpen?: () => void
  children: ReactNode
}

const gap = 6

/** A button that lays something over the page, beside itself. Esc or a press elsewhere closes it; the focus comes back. */
export function Popover({ label, button, buttonClassName = 'button button-plain', buttonLabel, align = 'start', ...rest }: Props) {
  const { role = 'dialog', disabled = false, onOpen, children } = rest
  const id = useId()
  const anchor = useRef<HTMLButtonElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  useBeside(open, anchor, layer, align)
  useEffect(() => {
    if (open && !layer.current?.contains(document.activeElement)) focusFirst(layer.current)
  }, [open])
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={buttonClassName}
        popoverTarget={id}
        disabled={disabled}
        aria-expanded={open}
        aria-haspopup={role}
        {...(buttonLabel === undefined ? {} : { 'aria-label': buttonLabel })}
      >
        {button}
      </button>
      <div
        ref={layer}
        id={id}
        popover="auto"
        role={role}
        aria-label={label}
        className="popover"
        onToggle={({ newState }) => {
          setOpen(newState === 'open')
          if (newState === 'open') onOpen?.()
        }}
      >
        {open && children}
      </div>
    </>
  )
}

/** Keeps an open layer beside its anchor, whatever scrolls or grows. */
export function useBeside(
  open: boolean,
  anchor: RefObject<HTMLElement | null>,
  layer: RefObject<HTMLElement | null>,
  align: 'start' | 'end' = 'start',
): void {
  useLayoutEffect(() => {
    if (!open) return
    const place = () => anchor.current && layer.current && placeBeside(anchor.current, layer.current, align)
    place()
    // What is loaded into it later changes its size.
    const observer = new ResizeObserver(place)
    observer.observe(layer.current!)
    window.addEventListener('resize', place)
    window.addEventListener('scroll', place, { capture: true, passive: true })
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', place)
      window.removeEventListener('scroll', place, { capture: true })
    }
  }, [open, anchor, layer, align])
}

/** Closes the layer that an element stands in. */
export const closePopover = (inside: Element): void => inside.closest<HTMLElement>('[popover]')?.hidePopover()

/** Below the anchor, or above it where there is more room; never beyond the window. */
function placeBeside(anchor: HTMLElement, layer: HTMLElement, align: 'start' | 'end'): void {
  const box = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = layer
  const wanted = align === 'start' ? box.left : box.right - width
  const left = Math.max(gap, Math.min(wanted, window.innerWidth - width - gap))
  const below = window.innerHeight - box.bottom
  const top = below >= height + gap || below >= box.top ? box.bottom + gap : box.top - gap - height
  layer.style.left = `${left}px`
  layer.style.top = `${Math.max(gap, top)}px`
}

const focusable = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]'

function focusFirst(layer: HTMLElement | null): void {
  layer?.querySelector<HTMLElement>(focusable)?.focus({ preventScroll: true })
}
