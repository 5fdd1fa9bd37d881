import type { AnalysisMethod } from '@zhike/contract/differentiate/analyses.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Segments } from '../../ui/segments.tsx'
import { useTranslation } from '../../ui/translation.ts'
import type { EditorFields } from './definition-editor.tsx'

/** The part of a definition that is the method's own. */
export function MethodFields({ method, ...fields }: EditorFields & { method: AnalysisMethod }) {
  if (method === 'rfm') return <RfmFields {...fields} />
  return method === 'abc' ? <AbcFields {...fields} /> : <ClvFields {...fields} />
}

function RfmFields({ typed, set, problem }: EditorFields) {
  const { t } = useTranslation()
  return (
    <>
      <div className="row-start">
        <span>{t('analysis.scoring')}</span>
        <Segments
          label={t('analysis.scoring')}
          value={typed.scoring}
          options={(['quantile', 'cut-offs'] as const).map((value) => ({ value, label: t(`analysis.scoring.${value}`) }))}
          onChange={(scoring) => set({ scoring })}
        />
      </div>
      {typed.scoring === 'cut-offs' &&
        (['recencyDays', 'frequency', 'monetary'] as const).map((measure) => (
          <fieldset key={measure} className="plain-fieldset">
            <legend>
              {t(`analysis.cutOffs.${measure}`)} <span className="muted small">{t(`analysis.cutOffs.${measure}.help`)}</span>
            </legend>
            <div className="four-fields">
              {typed[measure].map((text, i) => (
                <TextField
                  key={i}
                  label={`${t('analysis.cutOff', { number: i + 1 })}`}
                  inputMode="decimal"
                  value={text}
                  problem={
                    problem(`body.definition.scoring.${measure}.${i}`) ??
                    (i === 0 && problem(`body.definition.scoring.${measure}`) ? t('analysis.cutOffs.rising') : undefined)
                  }
                  onChange={(next) => set({ [measure]: typed[measure].with(i, next) })}
                />
              ))}
            </div>
          </fieldset>
        ))}
    </>
  )
}

function AbcFields({ typed, set, problem }: EditorFields) {
  const { t } = useTranslation()
  return (
    <>
      <div className="definition-fields">
        {(['a', 'b'] as const).map((name) => (
          <TextField
            key={name}
            label={t(`analysis.abc.${name}`)}
            inputMode="decimal"
            value={typed[name]}
            problem={problem(`body.definition.${name}`)}
            onChange={(next) => set({ [name]: next })}
          />
        ))}
      </div>
      <fieldset className="plain-fieldset">
        <legend>{t('analysis.pyramid')}</legend>
        <div className="four-fields">
          {(['key', 'major', 'ordinary'] as const).map((level, i) => (
            <TextField
              key={level}
              label={t(`abc.level.${level}`)}
              inputMode="decimal"
              value={typed.pyramid[i] ?? ''}
              problem={problem(`body.definition.pyramid.${i}`)}
              onChange={(next) => set({ pyramid: typed.pyramid.with(i, next) })}
            />
          ))}
        </div>
      </fieldset>
    </>
  )
}

function ClvFields({ typed, set, problem }: EditorFields) {
  const { t } = useTranslation()
  return (
    <div className="definition-fields">
      <SelectField
        label={t('analysis.clv.value')}
        value={typed.value}
        options={(['margin', 'revenue'] as const).map((value) => ({ value, label: t(`analysis.clv.value.${value}`) }))}
        onChange={(value) => set({ value })}
      />
      <TextField
        label={t('analysis.clv.horizon')}
        inputMode="numeric"
        value={typed.horizonMonths}
        problem={problem('body.definition.horizonMonths')}
        onChange={(horizonMonths) => set({ horizonMonths })}
      />
      <TextField
        label={t('analysis.clv.discount')}
        inputMode="decimal"
        value={typed.discountRate}
        problem={problem('body.definition.discountRate')}
        onChange={(discountRate) => set({ discountRate })}
      />
      <TextField
        type="date"
        label={t('analysis.clv.calibration')}
        help={t('analysis.clv.calibration.help')}
        value={typed.calibrationEnd}
        problem={problem('body.definition.calibrationEnd')}
        onChange={(calibrationEnd) => set({ calibrationEnd })}
      />
    </div>
  )
}
