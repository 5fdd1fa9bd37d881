import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import type { Purpose } from '@zhike/contract/platform/rights.ts'
import { useState } from 'react'
import { useTranslation } from '../../ui/translation.ts'
import '../../identify/customers/texts.ts'
import { api } from '../../app/api.ts'
import { language } from '../../app/i18n.ts'
import { useAllowed, useMe } from '../../app/session.ts'
import { Button } from '../../ui/button.tsx'
import { download } from '../../ui/chart/download.ts'
import { SelectField } from '../../ui/field.tsx'
import { say } from '../../ui/messages.tsx'
import { Popover } from '../../ui/popover.tsx'
import { useProblemText } from '../../ui/problem.tsx'
import { Segments } from '../../ui/segments.tsx'
import type { MemberList } from './analysis-queries.ts'

const purposes = ['service', 'sales', 'delivery', 'marketing', 'verification', 'legal-request'] as const satisfies readonly Purpose[]

/** The customers behind a result as a file: of which kind, and for what, if phones are to be in clear. */
export function ExportButton({ runId, filter }: { runId: string; filter: MemberList }) {
  const { t } = useTranslation()
  const may = useAllowed()
  if (!may('customer.export')) return null
  return (
    <Popover label={t('analysis.export.title')} button={t('analysis.export')} align="end">
      <ExportForm runId={runId} filter={filter} />
    </Popover>
  )
}

function ExportForm({ runId, filter }: { runId: string; filter: MemberList }) {
  const { t } = useTranslation()
  const { personal } = useMe()
  const problemText = useProblemText()
  const [format, setFormat] = useState<'xlsx' | 'csv'>('xlsx')
  const [purpose, setPurpose] = useState<Purpose | ''>('')
  const [busy, setBusy] = useState(false)
  const take = async () => {
    setBusy(true)
    try {
      const query = { ...filter, format, locale: language() }
      const headers = purpose === '' ? {} : { 'zhike-purpose': purpose }
      const reply = await api.raw(analyses.exportRun, { params: { id: runId }, query }, { headers })
      const name = /filename="([^"]+)"/.exec(reply.headers.get('content-disposition') ?? '')?.[1] ?? `members.${format}`
      download(name, await reply.blob())
      say({ text: t('analysis.export.done', { name }) })
    } catch (error) {
      say({ text: problemText(error).title, tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="export-form">
      <Segments
        label={t('analysis.export.format')}
        value={format}
        options={(['xlsx', 'csv'] as const).map((value) => ({ value, label: value.toUpperCase() }))}
        onChange={setFormat}
      />
      {personal === 'clear' && (
        <SelectField
          label={t('analysis.export.purpose')}
          help={t('analysis.export.purpose.help')}
          value={purpose}
          options={[
            { value: '', label: t('analysis.export.masked') },
            ...purposes.map((value) => ({ value, label: t(`purpose.${value}`) })),
          ]}
          onChange={setPurpose}
        />
      )}
      <Button kind="primary" busy={busy} onClick={() => void take()}>
        {t('analysis.export.take')}
      </Button>
    </div>
  )
}
