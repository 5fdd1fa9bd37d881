import type { ButtonHTMLAttributes, MouseEvent } from 'react'

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger' | 'link'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary`: the one main action of a page or form; `plain`: others; `quiet`: without a border; `danger`: takes something away. */
  kind?: ButtonKind
  small?: boolean
  /** What it started has not ended yet: it keeps the focus and does nothing. */
  busy?: boolean
}

/** The classes of a button, for a link that looks like one. */
export const buttonClass = (kind: ButtonKind = 'plain', small = false): string => `button button-${kind}${small ? ' button-small' : ''}`

export function Button({ kind = 'plain', small = false, busy = false, type = 'button', className = '', onClick, ...rest }: ButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      {...rest}
      type={type}
      className={`${buttonClass(kind, small)} ${className}`}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={press}
    />
  )
}
