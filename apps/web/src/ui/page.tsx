import type { ReactNode } from 'react'

/** The frame of every page: title, one sentence on what it is for, actions at the right. */
export function Page({
  title,
  purpose,
  actions,
  above,
  children,
}: {
  title: ReactNode
  purpose?: ReactNode
  actions?: ReactNode
  above?: ReactNode
  children: ReactNode
}) {
  return (
    <main id="main" className="page" tabIndex={-1}>
      {above && <div className="page-above">{above}</div>}
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {purpose && <p className="muted">{purpose}</p>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </main>
  )
}

export function Card({
  title,
  note,
  actions,
  className = '',
  children,
}: {
  title?: ReactNode
  note?: ReactNode
  actions?: ReactNode
  className?: string
  children: ReactNode
}) {
  return (
    <section className={`card ${className}`}>
      {title && (
        <header className="card-head">
          <h2>{title}</h2>
          {note && <span className="muted small">{note}</span>}
          {actions && <div className="card-actions">{actions}</div>}
        </header>
      )}
      {children}
    </section>
  )
}
