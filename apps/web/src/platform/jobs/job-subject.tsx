import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Job } from '@zhike/contract/platform/jobs.ts'
import type { ReactNode } from 'react'
import { useAllowed } from '../../app/session.ts'
import { analysisList } from '../../differentiate/analyses/analysis-queries.ts'
import { importList } from '../../identify/collection/import-queries.ts'

/** What a job works on, as the way to it: the file of an import, the analysis of a run. Nothing where it has not said so. */
export function useJobSubject(): (job: Job) => ReactNode {
  const may = useAllowed()
  const analyses = useQuery({ ...analysisList, staleTime: 30_000, enabled: may('analysis.read') })
  const imports = useInfiniteQuery({ ...importList(undefined), staleTime: 30_000, enabled: may('import.run') })
  const files = imports.data?.pages.flatMap(({ items }) => items) ?? []
  return ({ id, result }) => {
    const found = files.find((each) => each.jobId === id || each.id === result?.['importId'])
    if (found) {
      return (
        <Link to="/imports/$id" params={{ id: found.id }}>
          {found.file.name}
        </Link>
      )
    }
    const analysis = analyses.data?.items.find((each) => each.id === result?.['analysisId'])
    if (!analysis) return undefined
    const run = result?.['runId']
    return (
      <Link to={`/${analysis.definition.method}`} search={typeof run === 'string' ? { run } : {}}>
        {analysis.name}
      </Link>
    )
  }
}
