import './texts.ts'
import '../../identify/customers/texts.ts'
import { getRouteApi } from '@tanstack/react-router'
import { RfmSummary } from '@zhike/contract/differentiate/analyses.ts'
import { useCallback } from 'react'
import { Hint } from '../../ui/hint.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { AnalysisPage, type ShownRun } from '../analyses/analysis-page.tsx'
import { Definition } from './definition.tsx'
import { GroupTable } from './group-table.tsx'
import { HeatMap } from './heat-map.tsx'

const routeApi = getRouteApi('/shell/rfm')

export function RfmPage() {
  const { t } = useTranslation()
  const shown = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const show = useCallback((next: ShownRun) => void navigate({ search: (now) => ({ ...now, ...next }) }), [navigate])
  return (
    <AnalysisPage
      method="rfm"
      title={t('rfm.title')}
      purpose={t('rfm.purpose')}
      emptyTitle={t('rfm.empty')}
      emptyText={t('rfm.empty.text')}
      shown={shown}
      onShow={show}
      schema={RfmSummary}
    >
      {({ run, summary, earlier }) => (
        <>
          <Hint name="rfm">{t('rfm.hint')}</Hint>
          <div className="rfm-grid">
            <HeatMap run={run} summary={summary} />
            <GroupTable run={run} summary={summary} earlier={earlier} />
            <Definition run={run} summary={summary} />
          </div>
        </>
      )}
    </AnalysisPage>
  )
}
