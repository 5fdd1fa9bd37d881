import { useQuery } from '@tanstack/react-query'
import type { Run } from '@zhike/contract/differentiate/analyses.ts'
import type { ReactNode } from 'react'
import { ProblemNotice } from '../../ui/problem.tsx'
import { runMoves } from './analysis-queries.ts'
import { Drill } from './drill.tsx'
import { MovementCells, MovementHeads } from './movement-cells.tsx'

export interface PartHead {
  text: string
  /** Over figures. */
  end?: boolean
  span?: number
  /** Only where there is room for it. */
  wide?: boolean
  /** Heard, not seen: the column speaks for itself. */
  heard?: boolean
}

interface Props<Part extends { customers: number }> {
  label: string
  run: Run
  earlier: Run | undefined
  parts: readonly Part[]
  /** What the parts are of: groups, or the levels of the pyramid. */
  by: 'group' | 'level'
  keyOf: (part: Part) => string
  nameOf: (part: Part) => string
  /** The columns; those of movement follow by themselves. */
  heads: readonly PartHead[]
  className?: string
  /** The cells of a part. `people` is its number of people, leading to them. */
  children: (part: Part, name: string, people: ReactNode) => ReactNode
}

/** The parts of a result, a row each, and since an earlier result who came and who left. */
export function PartTable<Part extends { customers: number }>(props: Props<Part>) {
  const { label, run, earlier, parts, by, keyOf, nameOf, heads, className = '', children } = props
  const moves = useQuery({ ...runMoves(run.id, earlier?.id ?? '', by), enabled: earlier !== undefined })
  return (
    <>
      {moves.isError && <ProblemNotice error={moves.error} />}
      <div className="scroll-x" role="region" aria-label={label} tabIndex={0}>
        <table className={`figures-table ${className}`} aria-label={label}>
          <thead>
            <tr>
              {heads.map(({ text, end, span, wide, heard }) => (
                <th
                  key={text}
                  scope="col"
                  colSpan={span}
                  className={[end && 'end', wide && 'wide-only'].filter(Boolean).join(' ') || undefined}
                >
                  {heard ? <span className="sr-only">{text}</span> : text}
                </th>
              ))}
              {earlier && <MovementHeads />}
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => {
              const key = keyOf(part)
              const name = nameOf(part)
              const people = <Drill runId={run.id} filter={{ [by]: key }} count={part.customers} label={name} />
              return (
                <tr key={key}>
                  {children(part, name, people)}
                  {earlier && moves.data && (
                    <MovementCells run={run} earlier={earlier} moves={moves.data.moves} by={by} part={key} name={name} />
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </>
  )
}
