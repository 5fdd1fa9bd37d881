import * as customers from '@zhike/contract/identify/customers.ts'
import type { Purpose } from '@zhike/contract/platform/rights.ts'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { language } from '../../app/i18n.ts'
import { useAllowed, useMe } from '../../app/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField } from '../../ui/field.tsx'
import { useFormats } from '../../ui/formats.ts'
import { ProblemNotice } from '../../ui/problem.tsx'
import { Segments } from '../../ui/segments.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { orderOf } from './list-order.ts'
import type { CustomerListState } from './list-query.ts'
import { purposes } from './purposes.ts'

/** Takes a list away as a file: covered as on screen, or in full for a purpose that is recorded. */
export function ExportList({ state, count }: { state: CustomerListState; count: number }) {
  const { t } = useTranslation()
  const may = useAllowed()
  const [open, setOpen] = useState(false)
  if (!may('customer.export')) return null
  return (
    <>
      <Button disabled={count === 0} onClick={() => setOpen(true)}>
        {t('action.export')}
      </Button>
      {open && <ExportDialog state={state} count={count} onClose={() => setOpen(false)} />}
    </>
  )
}

function ExportDialog({ state, count, onClose }: { state: CustomerListState; count: number; onClose: () => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { personal, sensitive } = useMe()
  const [format, setFormat] = useState<'csv' | 'xlsx'>('xlsx')
  const [purpose, setPurpose] = useState<Purpose | ''>('')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const order = orderOf(state)
  const download = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const query = { search: state.q, filter: state.where, sort: order?.by, order: order?.order, format, locale: language() }
      const response = await api.raw(customers.exportFile, { query }, purpose ? { headers: { 'zhike-purpose': purpose } } : {})
      saveFile(await response.blob(), `${t('customers.title')}.${format}`)
      onClose()
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('customers.export.title', { count, shown: formats.count(count) })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind="primary" busy={busy} onClick={() => void download()}>
            {t('customers.export.do')}
          </Button>
        </>
      }
    >
      {error !== undefined && <ProblemNotice error={error} />}
      <div className="stack">
        <Segments
          label={t('customers.export.format')}
          value={format}
          options={(['xlsx', 'csv'] as const).map((value) => ({ value, label: value.toUpperCase() }))}
          onChange={setFormat}
        />
        {(personal === 'clear' || sensitive === 'clear') && (
          <SelectField
            label={t('customers.export.purpose')}
            help={t('customers.export.note')}
            value={purpose}
            options={[
              { value: '', label: t('customers.export.covered') },
              ...purposes.map((value) => ({ value, label: t(`purpose.${value}`) })),
            ]}
            onChange={setPurpose}
          />
        )}
      </div>
    </Dialog>
  )
}

function saveFile(content: Blob, name: string): void {
  const href = URL.createObjectURL(content)
  const link = Object.assign(document.createElement('a'), { href, download: name })
  link.click()
  // The browser has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(href), 10_000)
}
