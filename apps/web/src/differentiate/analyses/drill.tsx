import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useFormats } from '../../ui/formats.ts'
import type { MemberFilter } from './analysis-queries.ts'

/** A figure that leads to the people whom it counts; nobody is not a link. */
export function Drill({
  runId,
  filter,
  count,
  label,
  children,
}: {
  runId: string
  filter: MemberFilter
  count: number
  label: string
  children?: ReactNode
}) {
  const formats = useFormats()
  if (count === 0) return <span className="muted">{children ?? formats.count(count)}</span>
  return (
    <Link to="/runs/$id/people" params={{ id: runId }} search={filter} className="drill" data-rows={count}>
      {children ? (
        <>
          {children}
          <span className="sr-only">
            {label}: {formats.count(count)}
          </span>
        </>
      ) : (
        <>
          <span className="sr-only">{label}: </span>
          {formats.count(count)}
        </>
      )}
    </Link>
  )
}
