import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from './translation.ts'

interface Props {
  title: ReactNode
  /** Only heard, not seen: for a dialog whose content says it. */
  titleHidden?: boolean
  wide?: boolean
  /** Cannot be put aside: it is left by what stands in it. */
  fixed?: boolean
  className?: string
  onClose: () => void
  /** The buttons below. */
  actions?: ReactNode
  children: ReactNode
}

const toBegin = '.dialog-content :is(input, select, textarea):not([readonly], [disabled]), .dialog-actions button'

/** Over everything until it is answered: Esc, × or a press beside it closes. It exists only while it is open. */
export function Dialog({ title, titleHidden = false, wide = false, fixed = false, className = '', onClose, actions, children }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current!
    const before = document.activeElement as HTMLElement | null
    if (!element.open) {
      element.showModal()
      // Not the ×, which stands first: what is to be typed, or the harmless answer.
      element.querySelector<HTMLElement>(toBegin)?.focus()
    }
    return () => {
      element.close()
      before?.focus({ preventScroll: true })
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={`dialog ${wide ? 'dialog-wide' : ''} ${className}`}
      aria-labelledby={id}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        if (!fixed) onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget && !fixed) onClose()
      }}
    >
      <div className="dialog-body">
        <header className={titleHidden ? 'sr-only' : 'dialog-head'}>
          <h2 id={id}>{title}</h2>
          {!fixed && (
            <button type="button" className="button button-quiet" aria-label={t('action.close')} onClick={onClose}>
              ×
            </button>
          )}
        </header>
        <div className="dialog-content">{children}</div>
        {actions && <footer className="dialog-actions">{actions}</footer>}
      </div>
    </dialog>
  )
}
