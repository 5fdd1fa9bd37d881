import type { ClvSummary, Run } from '@zhike/contract/differentiate/analyses.ts'
import { useFormats } from '../../ui/formats.ts'
import { Notice } from '../../ui/notice.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { readFits, trustIn } from './fit.ts'

const tones = { good: 'good', careful: 'warning', bad: 'bad' } as const

/** How far the model can be believed, in plain words; its parameters with their meaning on request. */
export function QualityCard({ run, summary }: { run: Run; summary: ClvSummary }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const fits = readFits(summary)
  if (!fits) return null
  const { holdout } = summary
  const trust = trustIn(fits, holdout)
  return (
    <Notice tone={tones[trust.level]} title={t(`clv.trust.${trust.level}`)}>
      <ul className="reasons">
        <li>
          {t('clv.trust.basis', {
            customers: formats.count(fits.bgnbd.customers),
            repeat: formats.count(fits.bgnbd.repeatCustomers),
            weeks: formats.count(Math.round(fits.bgnbd.periods)),
          })}
        </li>
        {holdout && (
          <li>
            {t('clv.trust.holdout', {
              weeks: formats.count(Math.round(holdout.weeks)),
              expected: formats.count(Math.round(holdout.expected)),
              actual: formats.count(holdout.actual),
              mae: formats.decimal(holdout.mae),
              correlation: holdout.correlation === null ? '—' : formats.decimal(holdout.correlation),
            })}
          </li>
        )}
        {trust.reasons.map((reason) => (
          <li key={reason}>{t(`clv.reason.${reason}`)}</li>
        ))}
      </ul>
      <details>
        <summary>{t('clv.parameters')}</summary>
        <ParameterTable fits={fits} currency={summary.currency} asOf={run.asOf} />
      </details>
    </Notice>
  )
}

const symbols = [
  ['bgnbd', ['r', 'alpha', 'a', 'b']],
  ['gammaGamma', ['p', 'q', 'v']],
] as const

function ParameterTable({ fits, currency, asOf }: { fits: NonNullable<ReturnType<typeof readFits>>; currency: string; asOf: string }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { alpha = 0, r = 0, a = 0, b = 0 } = fits.bgnbd.parameters
  return (
    <div className="scroll-x" role="region" aria-label={t('clv.parameters')} tabIndex={0}>
      <p>
        {t('clv.parameters.inWords', {
          weeks: formats.decimal(r > 0 ? alpha / r : 0, 1),
          dropOut: formats.percent(a + b > 0 ? a / (a + b) : 0),
          spend: formats.decimal(fits.gammaGamma.meanSpend, 0),
          currency,
          day: asOf,
        })}
      </p>
      <table className="figures-table">
        <thead>
          <tr>
            <th scope="col">{t('clv.parameters.symbol')}</th>
            <th scope="col" className="end">
              {t('clv.parameters.value')}
            </th>
            <th scope="col" className="end">
              {t('clv.parameters.error')}
            </th>
            <th scope="col">{t('clv.parameters.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {symbols.flatMap(([model, names]) =>
            names.map((name) => {
              const error = fits[model].standardErrors[name]
              return (
                <tr key={name}>
                  <th scope="row">{name === 'alpha' ? 'α' : name}</th>
                  <td className="end">{formats.decimal(fits[model].parameters[name] ?? 0, 3)}</td>
                  <td className="end">{error === null || error === undefined ? t('clv.parameters.open') : formats.decimal(error, 3)}</td>
                  <td className="parameter-meaning">{t(`clv.parameter.${name}`)}</td>
                </tr>
              )
            }),
          )}
        </tbody>
      </table>
    </div>
  )
}
