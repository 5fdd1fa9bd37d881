import type { ReactNode } from 'react'

export type Tone = 'jade' | 'seal' | 'gold' | 'blue' | 'gray'

/** A short word on a tint. The word carries the meaning, the colour only helps. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`badge badge-${tone}`}>{children}</span>
}
