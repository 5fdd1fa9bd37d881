import { type Customer, CustomerEdit } from '@zhike/contract/identify/customers.ts'
import { useRef } from 'react'
import { useAllowed } from '../../app/session.ts'
import { SchemaForm } from '../../ui/form.tsx'
import { say } from '../../ui/messages.tsx'
import { closePopover, Popover } from '../../ui/popover.tsx'
import { useProblemText } from '../../ui/problem.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { useEditCustomer } from './customer-queries.ts'
import { usePlacementFields } from './placement-fields.tsx'

/** Who looks after the customer, and the way to hand them over; undone from the message. */
export function CustomerPlacement({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const may = useAllowed()
  const problemText = useProblemText()
  const fields = usePlacementFields()
  const edit = useEditCustomer(customer.id)
  const form = useRef<HTMLDivElement>(null)
  const { owner, team, version } = customer
  const before = { ownerId: owner?.id ?? null, teamId: team?.id ?? null }
  const placed = [owner ? `${t('placement.owner')} ${owner.name}` : t('placement.nobody'), team?.name].filter(Boolean).join(' · ')
  if (!may('customer.edit')) return <span className="muted small">{placed}</span>
  const hand = async (placement: Pick<CustomerEdit, 'ownerId' | 'teamId'>) => {
    const saved = await edit.mutateAsync({ version, edit: placement })
    if (form.current) closePopover(form.current)
    say({
      text: t('placement.saved', { who: saved.owner?.name ?? t('placement.nobody') }),
      undo: () =>
        edit.mutateAsync({ version: saved.version, edit: before }).then(
          () => {},
          (error: unknown) => say({ text: problemText(error).title, tone: 'bad' }),
        ),
    })
  }
  return (
    <Popover
      label={t('placement.title')}
      buttonClassName="button button-link"
      buttonLabel={`${t('placement.title')}: ${placed}`}
      button={placed}
    >
      <div ref={form} className="placement">
        <SchemaForm
          schema={CustomerEdit.pick({ ownerId: true, teamId: true })}
          fields={fields}
          initial={before}
          submit={t('action.save')}
          onSubmit={hand}
        />
      </div>
    </Popover>
  )
}
