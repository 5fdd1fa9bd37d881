import type { AnalysisMethod } from '@zhike/contract/differentiate/analyses.ts'
import { useCodeText } from '../../app/code-text.ts'
import { useFormats } from '../../ui/formats.ts'
import { useTranslation } from '../../ui/translation.ts'
import type { MemberFilter } from './analysis-queries.ts'

/** Names of groups, by method. */
const groupTexts = { rfm: 'rfm.group', abc: 'abc.class', clv: 'clv.quadrant' } as const satisfies Record<AnalysisMethod, string>

/** A filter of people in words, part by part. */
export function useFilterText(): (method: AnalysisMethod, filter: MemberFilter) => string[] {
  const { t } = useTranslation()
  const code = useCodeText()
  const formats = useFormats()
  return (method, filter) => {
    const { group, level, r, f, m, aliveFrom, aliveBelow, futureFrom, futureBelow, against, was } = filter
    const part = (value: string) => code(level === undefined ? groupTexts[method] : 'abc.level', value)
    const cell = [r && `R${r}`, f && `F${f}`, m && `M${m}`].filter(Boolean).join(' ')
    return [
      group && code(groupTexts[method], group),
      level && code('abc.level', level),
      cell,
      (aliveFrom !== undefined || aliveBelow !== undefined) &&
        t('members.alive', { range: range(percentOf(formats, aliveFrom), percentOf(formats, aliveBelow)) }),
      (futureFrom !== undefined || futureBelow !== undefined) &&
        t('members.future', { range: range(moneyOf(formats, futureFrom), moneyOf(formats, futureBelow)) }),
      against &&
        (was === undefined ? t('members.elsewhere') : was === 'none' ? t('members.notThere') : t('members.was', { part: part(was) })),
    ].filter((text): text is string => typeof text === 'string' && text !== '')
  }
}

type Formats = ReturnType<typeof useFormats>
const percentOf = (formats: Formats, value: number | undefined) => (value === undefined ? undefined : formats.percent(value / 100))
const moneyOf = (formats: Formats, value: number | undefined) => (value === undefined ? undefined : formats.moneyShort(value))

/** From, to, or both: ≥ 50%, < ¥200, ¥200–¥500. */
function range(from: string | undefined, below: string | undefined): string {
  if (from === undefined) return `< ${below}`
  return below === undefined ? `≥ ${from}` : `${from}–${below}`
}
