import './texts.ts'
import './field-texts.ts'
import '../customers/texts.ts'
import '../customers/field-texts.ts'
import '../../platform/jobs/texts.ts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Channel } from '@zhike/contract/identify/catalog.ts'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Steps } from '../../ui/steps.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { channelList } from '../customers/customer-queries.ts'
import { CheckStep } from './check-step.tsx'
import { usePlan } from './draft.ts'
import { FileStep } from './file-step.tsx'
import { type Inspection, inspection } from './import-queries.ts'
import { MappingStep } from './mapping-step.tsx'
import { planOf, sourceOf } from './plan.ts'
import './collection.css'

const routeApi = getRouteApi('/shell/imports/new')

/** File → columns → check → off it goes. Nothing is written before the last press; the address holds the file and the step. */
export function ImportWizardPage() {
  const { file } = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  if (file === undefined) {
    return (
      <Frame step={0}>
        <FileStep onStored={({ id }) => void navigate({ search: { file: id } })} />
      </Frame>
    )
  }
  return <StoredFile key={file} fileId={file} />
}

function Frame({ step, children }: { step: 0 | 1 | 2; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Page title={t('wizard.title')} purpose={t('wizard.purpose')} above={<Link to="/imports">{t('imports.title')}</Link>}>
      <Steps
        label={t('wizard.steps')}
        names={(['file', 'mapping', 'check'] as const).map((name) => t(`wizard.step.${name}`))}
        current={step}
      />
      {children}
    </Page>
  )
}

function StoredFile({ fileId }: { fileId: string }) {
  const { t } = useTranslation()
  const { kind, sheet } = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const found = useQuery(inspection(fileId, kind, sheet))
  const channels = useQuery(channelList)
  const error = found.error ?? channels.error
  if (error) {
    return (
      <Frame step={0}>
        <ProblemNotice error={error} retry={() => void found.refetch()} />
        <Button onClick={() => void navigate({ search: {} })}>{t('wizard.other')}</Button>
      </Frame>
    )
  }
  if (!found.data || !channels.data) return <Frame step={1}>{<Skeleton />}</Frame>
  return <Opened key={`${kind} ${sheet}`} inspected={found.data} channels={channels.data.items} />
}

function Opened({ inspected, channels }: { inspected: Inspection; channels: readonly Channel[] }) {
  const { sheet, step } = routeApi.useSearch()
  const navigate = routeApi.useNavigate()
  const { file } = inspected
  const [plan, setPlan] = usePlan(inspected, () => planOf(inspected, sourceOf(file.name, channels), sheet))
  const go = (next: object) => void navigate({ search: (now) => ({ ...now, ...next }) })
  if (step === 'check') {
    return (
      <Frame step={2}>
        <CheckStep file={file} plan={plan} onBack={() => go({ step: undefined })} />
      </Frame>
    )
  }
  return (
    <Frame step={1}>
      <MappingStep
        inspection={inspected}
        plan={plan}
        channels={channels}
        onPlan={setPlan}
        onReread={go}
        onCheck={() => go({ step: 'check' })}
      />
    </Frame>
  )
}
