import { getRouteApi } from '@tanstack/react-router'
import type { Run } from '@zhike/contract/differentiate/analyses.ts'
import { Button, Input, Popover, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAllowed } from '../../app/session.ts'
import { useFormats } from '../../ui/formats.ts'

const routeApi = getRouteApi('/shell/rfm')

/** The parameters of a run, readable: as of when, over what window, scored how, compared with which earlier one. */
export function RunChips({ run, runs, onAsOf }: { run: Run; runs: readonly Run[]; onAsOf: (day: string) => void }) {
  const { t } = useTranslation()
  const { definition } = run
  if (definition.method !== 'rfm') return null
  const { windowMonths } = definition.basis
  return (
    <div className="toolbar">
      <AsOfChip run={run} onAsOf={onAsOf} />
      <Fact name={t('rfm.window')} value={windowMonths ? t('rfm.window.months', { count: windowMonths }) : t('rfm.window.all')} />
      <Fact name={t('rfm.scoring')} value={t(`rfm.scoring.${definition.scoring.by}`)} />
      <CompareChip run={run} runs={runs} />
    </div>
  )
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <span className="chip chip-on chip-fact">
    {name} <strong>{value}</strong>
  </span>
)

function AsOfChip({ run, onAsOf }: { run: Run; onAsOf: (day: string) => void }) {
  const { t } = useTranslation()
  const may = useAllowed()
  const [open, setOpen] = useState(false)
  const [day, setDay] = useState(run.asOf)
  if (!may('analysis.run')) return <Fact name={t('rfm.asOf')} value={run.asOf} />
  const content = (
    <div className="save-day">
      <Input type="date" aria-label={t('rfm.asOf')} value={day} onChange={(event) => setDay(event.target.value)} />
      <Button
        type="primary"
        disabled={day === ''}
        onClick={() => {
          setOpen(false)
          onAsOf(day)
        }}
      >
        {t('rfm.run')}
      </Button>
    </div>
  )
  return (
    <span className="chip chip-on">
      <Popover
        trigger="click"
        arrow={false}
        placement="bottomLeft"
        open={open}
        onOpenChange={setOpen}
        title={t('rfm.asOf.choose')}
        content={content}
      >
        <button type="button" aria-expanded={open} aria-haspopup="dialog">
          {t('rfm.asOf')} <strong>{run.asOf}</strong>
        </button>
      </Popover>
    </span>
  )
}

function CompareChip({ run, runs }: { run: Run; runs: readonly Run[] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = routeApi.useNavigate()
  const { earlier } = routeApi.useSearch()
  const others = runs.filter(({ id, state }) => id !== run.id && state === 'done')
  if (others.length === 0) return null
  const options = [
    { value: '', label: t('rfm.compareWith.none') },
    ...others.map(({ id, asOf, createdAt }) => ({ value: id, label: `${asOf} (${formats.moment(createdAt)})` })),
  ]
  return (
    <span className="chip chip-on chip-fact">
      {t('rfm.compareWith')}
      <Select
        variant="borderless"
        size="small"
        popupMatchSelectWidth={false}
        aria-label={t('rfm.compareWith')}
        value={earlier ?? ''}
        options={options}
        onChange={(value) => void navigate({ search: (now) => ({ ...now, earlier: value || undefined }), replace: true })}
      />
    </span>
  )
}
