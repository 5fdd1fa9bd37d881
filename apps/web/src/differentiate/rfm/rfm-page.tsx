import './texts.ts'
import '../../identify/customers/texts.ts'
import { RfmSummary } from '@zhike/contract/differentiate/analyses.ts'
import { AnalysisPage } from '../analyses/analysis-page.tsx'
import { Definition } from './definition.tsx'
import { GroupTable } from './group-table.tsx'
import { HeatMap } from './heat-map.tsx'

export function RfmPage() {
  return (
    <AnalysisPage method="rfm" schema={RfmSummary}>
      {({ run, summary, earlier }) => (
        <div className="rfm-grid">
          <HeatMap run={run} summary={summary} />
          <GroupTable run={run} summary={summary} earlier={earlier} />
          <Definition run={run} summary={summary} />
        </div>
      )}
    </AnalysisPage>
  )
}
