import { useQuery } from '@tanstack/react-query'
import type { Analysis, Run } from '@zhike/contract/differentiate/analyses.ts'
import { channelList } from '../../identify/customers/customer-queries.ts'
import { Select } from '../../ui/field.tsx'
import { useFormats } from '../../ui/formats.ts'
import { useListText } from '../../ui/list-text.ts'
import { useTranslation } from '../../ui/translation.ts'
import type { ShownRun } from './analysis-page.tsx'
import { scheduleOf } from './cron.ts'

interface Props {
  run: Run
  runs: readonly Run[]
  analysis: Analysis | undefined
  earlierId: string | undefined
  onShow: (next: ShownRun) => void
  /** Opens the editor of the definition; absent for who may not change it. */
  onEdit: (() => void) | undefined
}

/** The parameters of a run, readable; pressing one opens the definition. Then which run is shown, and with which it is compared. */
export function RunChips({ run, runs, analysis, earlierId, onShow, onEdit }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const facts = useFacts(run, analysis)
  const whenOf = ({ asOf, createdAt, definitionVersion }: Run) =>
    t('analysis.run.name', { day: asOf, time: formats.moment(createdAt), version: definitionVersion })
  const known = runs.some(({ id }) => id === run.id) ? runs : [run, ...runs]
  const others = known.filter(({ id, state }) => id !== run.id && state === 'done')
  const stateOf = ({ state }: Run) => (state === 'done' ? '' : ` · ${t(`job.state.${state}`)}`)
  return (
    <div className="toolbar" role="group" aria-label={t('analysis.parameters')}>
      {facts.map(({ name, value }) => (
        <span key={name} className="chip chip-on">
          {onEdit ? (
            <button type="button" aria-haspopup="dialog" onClick={onEdit}>
              {name} <strong>{value}</strong>
            </button>
          ) : (
            <span className="chip-fact">
              {name} <strong>{value}</strong>
            </span>
          )}
        </span>
      ))}
      {known.length > 1 && (
        <ChoiceChip
          name={t('analysis.runs')}
          value={run.id}
          options={known.map((each) => ({ value: each.id, label: `${whenOf(each)}${stateOf(each)}` }))}
          onChange={(id) => onShow({ run: id, earlier: undefined })}
        />
      )}
      {run.state === 'done' && others.length > 0 && (
        <ChoiceChip
          name={t('analysis.compare')}
          value={earlierId ?? ''}
          options={[{ value: '', label: t('analysis.compare.none') }, ...others.map((each) => ({ value: each.id, label: whenOf(each) }))]}
          onChange={(id) => onShow({ run: run.id, earlier: id || undefined })}
        />
      )}
    </div>
  )
}

interface ChoiceProps {
  name: string
  value: string
  options: { value: string; label: string }[]
  onChange: (value: string) => void
}

const ChoiceChip = ({ name, ...select }: ChoiceProps) => (
  <label className="chip chip-on chip-choice">
    <span>{name}</span>
    <Select className="chip-select" {...select} />
  </label>
)

function useFacts(run: Run, analysis: Analysis | undefined): { name: string; value: string }[] {
  const { t } = useTranslation()
  const formats = useFormats()
  const list = useListText()
  const { definition, asOf } = run
  const { windowMonths, channels } = definition.basis
  const names = useQuery({ ...channelList, enabled: channels !== undefined })
  const nameOf = (code: string) => names.data?.items.find((channel) => channel.code === code)?.name ?? code
  const schedule = scheduleOf(analysis?.schedule ?? null)
  const own = () => {
    switch (definition.method) {
      case 'rfm':
        return [{ name: t('analysis.scoring'), value: t(`analysis.scoring.${definition.scoring.by}`) }]
      case 'abc':
        return [
          { name: t('analysis.abc.cuts'), value: `${formats.percent(definition.a / 100)} · ${formats.percent(definition.b / 100)}` },
          { name: t('analysis.pyramid.short'), value: definition.pyramid.map((heads) => formats.percent(heads / 100)).join(' · ') },
        ]
      case 'clv':
        return [
          { name: t('analysis.clv.horizon.short'), value: t('analysis.months', { count: definition.horizonMonths }) },
          { name: t('analysis.clv.value.short'), value: t(`analysis.clv.value.${definition.value}`) },
          ...(definition.calibrationEnd ? [{ name: t('analysis.clv.calibration.short'), value: definition.calibrationEnd }] : []),
        ]
    }
  }
  return [
    { name: t('analysis.asOf'), value: asOf },
    { name: t('analysis.window.short'), value: windowMonths ? t('analysis.months', { count: windowMonths }) : t('analysis.window.all') },
    ...own(),
    { name: t('analysis.channels.short'), value: channels ? list(channels.map(nameOf)) : t('analysis.channels.all') },
    {
      name: t('analysis.schedule.short'),
      value:
        'time' in schedule
          ? t(`analysis.schedule.${schedule.every}.at`, { time: schedule.time })
          : t(`analysis.schedule.${schedule.every}`),
    },
  ]
}
