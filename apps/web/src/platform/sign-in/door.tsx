import type { ReactNode } from 'react'
import { LanguageSwitch, ThemeSwitch } from '../../app/switches.tsx'
import { Seal } from '../../ui/seal.tsx'

/** The frame of the pages before one is inside. */
export function Door({ title, purpose, children }: { title: ReactNode; purpose?: ReactNode; children: ReactNode }) {
  return (
    <main className="door">
      <div className="door-switches">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <section className="card door-card">
        <Seal />
        <h1>{title}</h1>
        {purpose && <p className="muted">{purpose}</p>}
        {children}
      </section>
    </main>
  )
}
