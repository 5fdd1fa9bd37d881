import { urlOf } from '@zhike/contract/client.ts'
import * as analyses from '@zhike/contract/differentiate/analyses.ts'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { language } from '../../app/i18n.ts'
import { useAllowed } from '../../app/session.ts'
import type { MemberFilter } from './analysis-queries.ts'

/** The customers behind a result as a file. */
export function ExportButton({ runId, filter }: { runId: string; filter: MemberFilter }) {
  const { t } = useTranslation()
  const may = useAllowed()
  if (!may('customer.export')) return null
  const items = (['csv', 'xlsx'] as const).map((format) => ({
    key: format,
    label: (
      <a download href={urlOf(analyses.exportRun, { id: runId }, { ...filter, format, locale: language() })}>
        {t('rfm.exportAs', { format: format.toUpperCase() })}
      </a>
    ),
  }))
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button>{t('rfm.export')}</Button>
    </Dropdown>
  )
}
