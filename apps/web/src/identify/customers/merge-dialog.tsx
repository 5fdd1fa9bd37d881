import { useQuery } from '@tanstack/react-query'
import type { Customer, CustomerRow } from '@zhike/contract/identify/customers.ts'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { ProblemNotice, useProblemText } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { useDebounced } from '../../ui/use-debounced.ts'
import { customerById, customerMatches, useMerge, useSplitAll } from './customer-queries.ts'

/** Finds another customer who is the same person, shows what the two become, and makes them one. */
export function MergeDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const [other, setOther] = useState<CustomerRow>()
  const found = useQuery(customerMatches(useDebounced(search.trim(), 200)))
  const others = (search.trim() === '' ? [] : (found.data?.items ?? [])).filter(({ id }) => id !== customer.id)
  if (other) return <MergePreview customer={customer} other={other} onBack={() => setOther(undefined)} onClose={onClose} />
  return (
    <Dialog title={t('merge.title')} onClose={onClose}>
      <p className="muted">{t('merge.text')}</p>
      <TextField
        label={t('merge.find')}
        placeholder={t('customers.search')}
        value={search}
        onChange={setSearch}
        autoFocus
        maxLength={100}
      />
      <ul className="condition-fields">
        {others.map((each) => (
          <li key={each.id}>
            <button type="button" className="menu-item" onClick={() => setOther(each)}>
              <b>{each.name ?? t('customers.unnamed')}</b>{' '}
              <span className="muted small">{[each.code, each.phone, each.city].filter(Boolean).join(' · ')}</span>
            </button>
          </li>
        ))}
      </ul>
      {search.trim() !== '' && found.isSuccess && others.length === 0 && <p className="muted">{t('customers.nobody')}</p>}
    </Dialog>
  )
}

interface PreviewProps {
  customer: Customer
  other: CustomerRow
  onBack: () => void
  onClose: () => void
}

function MergePreview({ customer, other, onBack, onClose }: PreviewProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const problemText = useProblemText()
  const whole = useQuery(customerById(other.id))
  const merge = useMerge(customer.id)
  const undo = useSplitAll(customer.id)
  const rows = [
    [t('customers.column.customer'), customer.name ?? customer.code, other.name ?? other.code],
    [t('customers.column.phone'), customer.phone ?? '', other.phone ?? ''],
    [t('profiles.short'), formats.count(customer.profiles.length), whole.data ? formats.count(whole.data.profiles.length) : '…'],
    [t('customer.figure.orders'), formats.count(customer.orders), formats.count(other.orders)],
    [t('customer.figure.spent'), formats.money(customer.spent), formats.money(other.spent)],
  ] as const
  const go = () =>
    merge.mutate(other.id, {
      onSuccess: () => {
        const moved = whole.data?.profiles.map(({ id }) => id) ?? []
        say({
          text: t('merge.done', { name: other.name ?? other.code }),
          undo: () =>
            undo.mutateAsync(moved).then(
              () => say({ text: t('values.undone') }),
              (error: unknown) => say({ text: problemText(error).title, tone: 'bad' }),
            ),
        })
        onClose()
      },
    })
  return (
    <Dialog
      title={t('merge.preview', { name: other.name ?? other.code })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onBack}>{t('action.back')}</Button>
          <Button kind="primary" busy={merge.isPending} disabled={!whole.data} onClick={go}>
            {t('merge.do')}
          </Button>
        </>
      }
    >
      {merge.isError && <ProblemNotice error={merge.error} />}
      {whole.isError && <ProblemNotice error={whole.error} />}
      <table className="figures-table compared">
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">{t('merge.what')}</span>
            </th>
            <th scope="col">{customer.code}</th>
            <th scope="col">{other.code}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, mine, theirs]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{mine}</td>
              <td>{theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {t('merge.result', {
          orders: formats.count(customer.orders + other.orders),
          spent: formats.money(customer.spent + other.spent),
        })}
      </p>
      <p className="muted small">{t('merge.note')}</p>
    </Dialog>
  )
}
