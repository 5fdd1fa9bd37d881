import type { Customer } from '@zhike/contract/identify/customers.ts'
import { type ProfileField, profileFields } from '@zhike/contract/identify/profile-fields.ts'
import { useState } from 'react'
import { useAllowed } from '../../app/session.ts'
import { Menu } from '../../ui/menu.tsx'
import { Card } from '../../ui/page.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { CustomerValue } from './customer-value.tsx'

const order = Object.keys(profileFields) as ProfileField[]

/** Golden values, each with where it comes from, changed in place. */
export function CustomerValues({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const may = useAllowed()
  const [added, setAdded] = useState<ProfileField>()
  const { values, hidden, kind } = customer
  const present = order.filter(
    (field) => values[field] !== undefined && values[field] !== null && !(Array.isArray(values[field]) && values[field].length === 0),
  )
  const absent = order.filter(
    (field) =>
      !present.includes(field) && !hidden.includes(field) && (profileFields[field].of === 'both' || profileFields[field].of === kind),
  )
  const shown = added && !present.includes(added) ? [...present, added] : present
  return (
    <Card title={t('values.title')} note={t('values.note')}>
      <dl className="values">
        {shown.map((field) => (
          <CustomerValue key={field} customer={customer} field={field} startOpen={field === added} onClose={() => setAdded(undefined)} />
        ))}
      </dl>
      {hidden.length > 0 && <p className="muted small">{t('values.hidden', { count: hidden.length })}</p>}
      {may('customer.edit') && absent.length > 0 && (
        <Menu
          label={t('values.add')}
          button={`＋ ${t('values.add')}`}
          buttonClassName="button button-link"
          items={absent.map((field) => ({ key: field, label: t(`field.${field}`), onChoose: () => setAdded(field) }))}
        />
      )}
    </Card>
  )
}
