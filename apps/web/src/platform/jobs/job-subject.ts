import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Job } from '@zhike/contract/platform/jobs.ts'
import { useAllowed } from '../../app/session.ts'
import { analysisList } from '../../differentiate/rfm/analysis-queries.ts'
import { importList } from '../../identify/collection/import-queries.ts'

/** What a job worked on, once it has said so: the name of the analysis, or of the file of one of the latest imports. */
export function useJobSubject(): (job: Job) => string | undefined {
  const may = useAllowed()
  const analyses = useQuery({ ...analysisList, staleTime: 30_000, enabled: may('analysis.read') })
  const imports = useInfiniteQuery({ ...importList, staleTime: 30_000, enabled: may('import.run') })
  const files = imports.data?.pages.flatMap(({ items }) => items) ?? []
  return ({ id, result }) =>
    analyses.data?.items.find((analysis) => analysis.id === result?.['analysisId'])?.name ??
    files.find((each) => each.jobId === id || each.id === result?.['importId'])?.file.name
}
