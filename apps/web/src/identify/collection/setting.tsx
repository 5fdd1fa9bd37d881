import type { ReactNode } from 'react'

export function Setting({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="setting">
      <span className="muted small">{label}</span>
      {children}
    </div>
  )
}
