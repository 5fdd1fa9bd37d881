import { useQueryClient } from '@tanstack/react-query'
import { RequestProblem } from '@zhike/contract/client.ts'
import type { Customer, CustomerEdit } from '@zhike/contract/identify/customers.ts'
import type { ProfileField } from '@zhike/contract/identify/profile-fields.ts'
import { Alert, App, Button } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { customerById, useEditCustomer } from './customer-queries.ts'
import { FieldInput } from './field-input.tsx'
import { useFieldText } from './field-text.ts'

interface Props {
  customer: Customer
  field: ProfileField
  onClose: () => void
}

/**
 * Changes one value in place: Enter saves, Esc leaves it. When somebody else was quicker, what was typed stays, theirs is
 * shown beside it, and one chooses. A covered value is never sent back: left empty it stays what it is.
 */
export function ValueEditor({ customer, field, onClose }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const text = useFieldText()
  const client = useQueryClient()
  const edit = useEditCustomer(customer.id)
  const covered = customer.masked.includes(field)
  const before = covered ? undefined : (customer.values[field] ?? undefined)
  const [typed, setTyped] = useState<unknown>(before)
  const [theirs, setTheirs] = useState<Customer>()
  const [wrong, setWrong] = useState<string>()
  const name = t(`field.${field}`)

  const undo = (saved: Customer) =>
    edit.mutate({ version: saved.version, edit: editOf(field, before) }, { onSuccess: () => void message.success(t('values.undone')) })
  const done = (saved: Customer) => {
    onClose()
    void message.success({
      content: (
        <span>
          {t('values.saved', { field: name })}
          {!covered && (
            <Button type="link" size="small" onClick={() => undo(saved)}>
              {t('action.undo')}
            </Button>
          )}
        </span>
      ),
      duration: 8,
    })
  }
  const failed = async (error: unknown) => {
    if (!(error instanceof RequestProblem)) return setWrong(t('problem.unreachable'))
    if (error.problem === 'edit-conflict') return setTheirs(await client.fetchQuery({ ...customerById(customer.id), staleTime: 0 }))
    const { errors, detail, title } = error.body
    setWrong(errors?.map((each) => each.message).join(' ') || [title, detail].filter(Boolean).join(' '))
  }
  const save = (version: number) => {
    if (JSON.stringify(typed) === JSON.stringify(before) || (covered && typed === undefined)) return onClose()
    setWrong(undefined)
    edit.mutate({ version, edit: editOf(field, typed) }, { onSuccess: done, onError: (error) => void failed(error) })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing && (event.target as Element).matches('input:not([role])'))
      save(customer.version)
  }
  const now = theirs && text(field, theirs.values[field])
  const mine = text(field, typed)
  return (
    <div className="value-editor" onKeyDown={onKeyDown}>
      <FieldInput
        field={field}
        value={typed}
        onChange={setTyped}
        autoFocus
        {...(covered ? { placeholder: t('values.masked.edit') } : {})}
      />
      {wrong && (
        <span role="alert" className="field-wrong">
          {wrong}
        </span>
      )}
      {theirs ? (
        <Alert
          type="warning"
          role="alert"
          title={t('conflict.title', { field: name })}
          description={
            <>
              <p>
                {JSON.stringify(theirs.values[field]) === JSON.stringify(customer.values[field])
                  ? t('conflict.other', { field: name, mine })
                  : t('conflict.text', { theirs: now || t('values.empty'), mine })}
              </p>
              <Button size="small" type="primary" onClick={() => save(theirs.version)}>
                {t('conflict.mine')}
              </Button>{' '}
              <Button size="small" onClick={onClose}>
                {t('conflict.theirs')}
              </Button>
            </>
          }
        />
      ) : (
        <span>
          <Button size="small" type="primary" loading={edit.isPending} onClick={() => save(customer.version)}>
            {t('action.save')}
          </Button>{' '}
          <Button size="small" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </span>
      )}
    </div>
  )
}

const editOf = (field: ProfileField, value: unknown): CustomerEdit => ({ values: { [field]: value ?? null } })
