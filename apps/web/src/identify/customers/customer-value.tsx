import { useQuery } from '@tanstack/react-query'
import type { Customer } from '@zhike/contract/identify/customers.ts'
import type { ProfileField } from '@zhike/contract/identify/profile-fields.ts'
import { useState } from 'react'
import { useAllowed } from '../../app/session.ts'
import { Button } from '../../ui/button.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { useProblemText } from '../../ui/problem.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { channelList, useEditCustomer } from './customer-queries.ts'
import { useFieldText } from './field-text.ts'
import { isRegionPart } from './region.ts'
import { ValueEditor } from './value-editor.tsx'

interface Props {
  customer: Customer
  field: ProfileField
  startOpen: boolean
  onClose: () => void
}

/** One golden value: what it is, where it comes from, and the place to change it. */
export function CustomerValue({ customer, field, startOpen, onClose }: Props) {
  const { t } = useTranslation()
  const may = useAllowed()
  const text = useFieldText()
  const [editing, setEditing] = useState(startOpen)
  const close = () => {
    setEditing(false)
    onClose()
  }
  const written = text(field, customer.values[field])
  return (
    <div className="value">
      <dt>{t(editing && isRegionPart(field) ? 'region.label' : `field.${field}`)}</dt>
      <dd>
        {editing ? (
          <ValueEditor customer={customer} field={field} onClose={close} />
        ) : may('customer.edit') ? (
          <button
            type="button"
            className="value-button"
            aria-label={`${t('values.edit', { field: t(`field.${field}`) })}: ${written}`}
            onClick={() => setEditing(true)}
          >
            {written || <span className="muted">{t('values.empty')}</span>}
          </button>
        ) : (
          written
        )}
        {!editing && <Source customer={customer} field={field} />}
      </dd>
    </div>
  )
}

function Source({ customer, field }: { customer: Customer; field: ProfileField }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const may = useAllowed()
  const { data } = useQuery(channelList)
  const { locked } = customer.provenance[field] ?? { locked: false }
  const source = customer.provenance[field]
  if (!source) return null
  const channel = data?.items.find(({ code }) => code === source.channel)?.name ?? source.channel
  const when = source.confirmedAt ? t('values.confirmed', { time: formats.ago(source.confirmedAt) }) : formats.day(source.recordedAt)
  const why = [t(`rule.${source.rule}`), source.otherValues > 0 ? t('values.others', { count: source.otherValues }) : '']
    .filter(Boolean)
    .join(' · ')
  return (
    <span className="value-source muted small">
      <Tooltip text={why}>
        {(described) => (
          <span tabIndex={0} role="note" {...described}>
            {channel} · {locked ? t('values.locked') : when}
          </span>
        )}
      </Tooltip>
      {may('customer.edit') && <LockButton customer={customer} field={field} locked={locked} />}
    </span>
  )
}

function LockButton({ customer, field, locked }: { customer: Customer; field: ProfileField; locked: boolean }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const edit = useEditCustomer(customer.id)
  const label = t(locked ? 'values.unlock' : 'values.lock', { field: t(`field.${field}`) })
  const toggle = () =>
    edit.mutate(
      { version: customer.version, edit: locked ? { unlock: [field] } : { lock: [field] } },
      { onError: (error) => say({ text: problemText(error).title, tone: 'bad' }) },
    )
  return (
    <Button
      kind="quiet"
      small
      className="lock"
      title={label}
      aria-label={label}
      aria-pressed={locked}
      busy={edit.isPending}
      onClick={toggle}
    >
      <svg viewBox="0 0 16 16" width="12" height="12" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden>
        <rect x="3" y="7" width="10" height="7" rx="1.5" fill={locked ? 'currentColor' : 'none'} />
        <path d={locked ? 'M5 7V5a3 3 0 0 1 6 0v2' : 'M5 7V4.5a3 3 0 0 1 5.8-1'} />
      </svg>
    </Button>
  )
}
