import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Company } from '@zhike/contract/platform/settings.ts'
import * as settings from '@zhike/contract/platform/settings.ts'
import { api } from '../../app/api.ts'
import { savedOrRead } from '../../app/saved-or-read.ts'
import { meQuery, useAllowed } from '../../app/session.ts'
import { SchemaForm } from '../../ui/form.tsx'
import { say } from '../../ui/messages.tsx'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { companyQuery } from './settings-queries.ts'

const languages = [
  { value: 'zh', label: '中文' },
  { value: 'en', label: 'English' },
] as const

export function CompanySettings() {
  const may = useAllowed()
  const company = useQuery(companyQuery)
  if (company.isPending) return <Skeleton />
  if (company.isError) return <ProblemNotice error={company.error} retry={() => void company.refetch()} />
  return may('settings.manage') ? <CompanyForm company={company.data} /> : <CompanyFacts company={company.data} />
}

function CompanyForm({ company: { name, timeZone, locale, margin, currency, version } }: { company: Company }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const readAnew = () =>
    Promise.all([client.invalidateQueries({ queryKey: companyQuery.queryKey }), client.invalidateQueries({ queryKey: meQuery.queryKey })])
  const zones = [...new Set([timeZone, ...Intl.supportedValuesOf('timeZone')])].map((value) => ({ value, label: value }))
  return (
    <Card className="settings-form">
      <SchemaForm
        schema={settings.edit.body}
        initial={{ name, timeZone, locale, margin }}
        submit={t('action.save')}
        fields={[
          { name: 'name', label: t('company.name') },
          { name: 'timeZone', label: t('company.timeZone'), help: t('company.timeZone.help'), options: zones },
          { name: 'locale', label: t('company.locale'), help: t('company.locale.help'), options: languages },
          { name: 'margin', label: t('company.margin'), help: t('company.margin.help') },
        ]}
        onSubmit={async (body) => {
          await savedOrRead(() => api(settings.edit, { body }, { version }), readAnew)
          say({ text: t('settings.saved') })
          await readAnew()
        }}
      />
      <dl className="pairs">
        <div>
          <dt>{t('company.currency')}</dt>
          <dd>
            {currency} <span className="muted small">{t('company.currency.help')}</span>
          </dd>
        </div>
      </dl>
    </Card>
  )
}

function CompanyFacts({ company }: { company: Company }) {
  const { t } = useTranslation()
  const rows = [
    [t('company.name'), company.name],
    [t('company.timeZone'), company.timeZone],
    [t('company.locale'), languages.find(({ value }) => value === company.locale)?.label],
    [t('company.margin'), company.margin],
    [t('company.currency'), company.currency],
  ]
  return (
    <Card className="settings-form">
      <p className="muted settings-note">{t('company.readOnly')}</p>
      <dl className="pairs">
        {rows.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
