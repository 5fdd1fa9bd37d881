import { useQueryClient } from '@tanstack/react-query'
import { RequestProblem } from '@zhike/contract/client.ts'
import type { Customer, CustomerEdit } from '@zhike/contract/identify/customers.ts'
import type { ProfileField } from '@zhike/contract/identify/profile-fields.ts'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/messages.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useProblemText } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { customerById, useEditCustomer } from './customer-queries.ts'
import { FieldInput } from './field-input.tsx'
import { useFieldText } from './field-text.ts'
import { isRegionPart, type Region, regionParts } from './region.ts'
import { RegionInput } from './region-input.tsx'

interface Props {
  customer: Customer
  field: ProfileField
  onClose: () => void
}

/**
 * Changes one value in place, or the parts of a region together: Enter saves, Esc leaves it. When somebody else was quicker, what was typed stays, theirs is
 * shown beside it, and one chooses. A covered value is never sent back: left empty it stays what it is.
 */
export function ValueEditor({ customer: newest, field, onClose }: Props) {
  // What one began with: news of somebody else's change must not turn into a change of theirs.
  const [customer] = useState(newest)
  const { t } = useTranslation()
  const problemText = useProblemText()
  const text = useFieldText()
  const client = useQueryClient()
  const edit = useEditCustomer(customer.id)
  const ofRegion = isRegionPart(field)
  const fields: readonly ProfileField[] = ofRegion ? regionParts : [field]
  const covered = customer.masked.includes(field)
  const before = covered ? {} : valuesOf(customer, fields)
  const [typed, setTyped] = useState(before)
  const [theirs, setTheirs] = useState<Customer>()
  const [wrong, setWrong] = useState<string>()
  const name = t(ofRegion ? 'region.label' : `field.${field}`)
  const written = (values: Values) =>
    fields
      .map((each) => text(each, values[each]))
      .filter(Boolean)
      .join(' / ')

  const undo = (saved: Customer) =>
    edit.mutateAsync({ version: saved.version, edit: editOf(fields, before) }).then(
      () => say({ text: t('values.undone') }),
      (error: unknown) => say({ text: problemText(error).title, tone: 'bad' }),
    )
  const done = (saved: Customer) => {
    onClose()
    say({ text: t('values.saved', { field: name }), ...(covered ? {} : { undo: () => undo(saved) }) })
  }
  const failed = async (error: unknown) => {
    if (!(error instanceof RequestProblem)) return setWrong(t('problem.unreachable'))
    if (error.problem === 'edit-conflict') return setTheirs(await client.fetchQuery({ ...customerById(customer.id), staleTime: 0 }))
    const { errors, detail, title } = error.body
    setWrong(errors?.map((each) => each.message).join(' ') || [title, detail].filter(Boolean).join(' '))
  }
  const save = (version: number) => {
    if (same(typed, before, fields) || (covered && typed[field] === undefined)) return onClose()
    setWrong(undefined)
    edit.mutate({ version, edit: editOf(fields, typed) }, { onSuccess: done, onError: (error) => void failed(error) })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing && (event.target as Element).matches('input')) save(customer.version)
  }
  const now = theirs && valuesOf(theirs, fields)
  const mine = written(typed)
  return (
    <div className="value-editor" onKeyDown={onKeyDown}>
      {ofRegion ? (
        <RegionInput aria-label={name} value={typed as Region} onChange={(region) => setTyped({ ...region })} autoFocus />
      ) : (
        <FieldInput
          field={field}
          value={typed[field]}
          onChange={(value) => setTyped({ [field]: value })}
          autoFocus
          {...(covered ? { placeholder: t('values.masked.edit') } : {})}
        />
      )}
      {wrong && (
        <span role="alert" className="field-wrong">
          {wrong}
        </span>
      )}
      {theirs && now ? (
        <div role="alert">
          <Notice tone="warning" title={t('conflict.title', { field: name })}>
            {same(now, valuesOf(customer, fields), fields) ? (
              <p>{t('conflict.other', { field: name, mine })}</p>
            ) : (
              <dl className="conflict">
                <div>
                  <dt>{t('conflict.theirs.title')}</dt>
                  <dd>{written(now) || t('values.empty')}</dd>
                </div>
                <div>
                  <dt>{t('conflict.mine.title')}</dt>
                  <dd>{mine || t('values.empty')}</dd>
                </div>
              </dl>
            )}
            <Button small kind="primary" onClick={() => save(theirs.version)}>
              {t('conflict.mine')}
            </Button>{' '}
            <Button small onClick={onClose}>
              {t('conflict.theirs')}
            </Button>
          </Notice>
        </div>
      ) : (
        <span>
          <Button small kind="primary" busy={edit.isPending} onClick={() => save(customer.version)}>
            {t('action.save')}
          </Button>{' '}
          <Button small onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </span>
      )}
    </div>
  )
}

type Values = { [F in ProfileField]?: unknown }

const valuesOf = ({ values }: Customer, fields: readonly ProfileField[]): Values =>
  Object.fromEntries(fields.map((field) => [field, values[field] ?? undefined]))

const same = (a: Values, b: Values, fields: readonly ProfileField[]): boolean =>
  fields.every((field) => JSON.stringify(a[field]) === JSON.stringify(b[field]))

const editOf = (fields: readonly ProfileField[], values: Values): CustomerEdit => ({
  values: Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
})
