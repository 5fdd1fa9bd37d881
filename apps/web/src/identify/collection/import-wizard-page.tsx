import './texts.ts'
import './field-texts.ts'
import '../customers/texts.ts'
import '../customers/field-texts.ts'
import '../../platform/jobs/texts.ts'
import { Link } from '@tanstack/react-router'
import { Steps } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { CheckStep } from './check-step.tsx'
import { FileStep } from './file-step.tsx'
import type { Check, Opened } from './import-queries.ts'
import { MappingStep } from './mapping-step.tsx'
import { type Plan, planOf } from './plan.ts'
import './collection.css'

/** File → columns → check → off it goes. Nothing is written before the last press. */
export function ImportWizardPage() {
  const { t } = useTranslation()
  const [opened, setOpened] = useState<Opened>()
  const [plan, setPlan] = useState<Plan>()
  const [check, setCheck] = useState<Check>()
  const step = !opened || !plan ? 0 : check ? 2 : 1
  const open = (next: Opened) => {
    setOpened(next)
    setPlan(planOf(next.inspection, next.source))
    setCheck(undefined)
  }
  return (
    <Page title={t('wizard.title')} purpose={t('wizard.purpose')} above={<Link to="/imports">{t('imports.title')}</Link>}>
      <Steps
        size="small"
        responsive={false}
        current={step}
        className="wizard-steps"
        items={(['file', 'mapping', 'check'] as const).map((name) => ({ title: t(`wizard.step.${name}`) }))}
      />
      {!opened || !plan ? (
        <FileStep onOpened={open} />
      ) : check ? (
        <CheckStep file={opened.file} plan={plan} check={check} onBack={() => setCheck(undefined)} />
      ) : (
        <MappingStep
          file={opened.file}
          inspection={opened.inspection}
          plan={plan}
          onPlan={setPlan}
          onInspected={(inspection) => open({ file: opened.file, inspection, source: plan })}
          onChecked={setCheck}
          onOther={() => setOpened(undefined)}
        />
      )}
    </Page>
  )
}
