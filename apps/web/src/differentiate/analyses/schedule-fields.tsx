import { SelectField, TextField } from '../../ui/field.tsx'
import { useTranslation } from '../../ui/translation.ts'
import type { Schedule } from './cron.ts'
import type { EditorFields } from './definition-editor.tsx'

/** When the analysis runs by itself, by the company's clock. */
export function ScheduleFields({ typed: { schedule }, set, problem }: EditorFields) {
  const { t } = useTranslation()
  const time = 'time' in schedule ? schedule.time : '03:00'
  const choose = (every: Schedule['every']) => {
    if (every === 'never') set({ schedule: { every } })
    else if (every !== 'other') set({ schedule: { every, time } })
  }
  const choices: Schedule['every'][] = ['never', 'day', 'week', 'month', ...(schedule.every === 'other' ? (['other'] as const) : [])]
  return (
    <div className="definition-fields">
      <SelectField
        label={t('analysis.schedule')}
        value={schedule.every}
        problem={problem('body.schedule')}
        options={choices.map((value) => ({ value, label: t(`analysis.schedule.${value}`) }))}
        onChange={choose}
      />
      {'time' in schedule && (
        <TextField
          type="time"
          label={t('analysis.schedule.time')}
          help={t('analysis.schedule.help')}
          value={schedule.time}
          onChange={(next) => next !== '' && set({ schedule: { ...schedule, time: next } })}
        />
      )}
    </div>
  )
}
