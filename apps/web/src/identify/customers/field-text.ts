import type { BirthDate, ProfileField } from '@zhike/contract/identify/profile-fields.ts'
import { useListText } from '../../ui/list-text.ts'
import { useTranslation } from '../../ui/translation.ts'

/** A value as it is read: 农历 10月22日, 女, 甲、乙. Empty text when there is none. */
export function useFieldText(): (field: ProfileField, value: unknown) => string {
  const { t, i18n } = useTranslation()
  const list = useListText()
  return (field, value) => {
    if (value === null || value === undefined || value === '') return ''
    if (field === 'sex' && (value === 'female' || value === 'male')) return t(`sex.${value}`)
    if (field === 'birthDate') return birthDateText(value as Partial<BirthDate>, i18n.language === 'en', t('birth.lunar'), t('birth.leap'))
    if (Array.isArray(value)) return list(value.map(String))
    return String(value)
  }
}

function birthDateText(
  { calendar, year, month, day, leap }: Partial<BirthDate>,
  english: boolean,
  lunar: string,
  leapMonth: string,
): string {
  const two = (part: number | null | undefined) => (part ? String(part).padStart(2, '0') : '**')
  const date = [year ?? undefined, two(month), two(day)].filter((part) => part !== undefined).join('-')
  const notes = [calendar === 'lunar' ? lunar : '', leap ? leapMonth : ''].filter(Boolean).join(english ? ', ' : '')
  if (!notes) return date
  return english ? `${date} (${notes.toLowerCase()})` : `${notes} ${date}`
}
