import type { Customer } from '@zhike/contract/identify/customers.ts'
import { Badge } from '../../ui/badge.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { useFieldText } from './field-text.ts'

const told = ['preference', 'taboo', 'birthDate', 'note'] as const

/** What whoever meets the customer wants to know first. */
export function WhatToKnow({ customer: { values, nextBirthday } }: { customer: Customer }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const text = useFieldText()
  const known = told.map((field) => [field, text(field, values[field])] as const).filter(([, written]) => written !== '')
  const tags = (values.tags as string[] | null | undefined) ?? []
  if (known.length === 0 && tags.length === 0) return null
  return (
    <Card title={t('know.title')}>
      {known.map(([field, written]) => (
        <p key={field} className="know">
          {field === 'taboo' ? <Badge tone="seal">{t('field.taboo')}</Badge> : <span className="muted">{t(`field.${field}`)}</span>}{' '}
          {written}
          {field === 'birthDate' && nextBirthday && (
            <span className="muted">
              {' '}
              · {t('know.birthday', { day: nextBirthday, when: formats.ago(formats.instantOf(`${nextBirthday}T12:00`)) })}
            </span>
          )}
        </p>
      ))}
      {tags.length > 0 && (
        <span className="badges">
          {tags.map((tag) => (
            <Badge key={tag} tone="gray">
              {tag}
            </Badge>
          ))}
        </span>
      )}
    </Card>
  )
}
