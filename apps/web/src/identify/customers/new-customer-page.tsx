import './texts.ts'
import './field-texts.ts'
import { Link, useNavigate } from '@tanstack/react-router'
import { RequestProblem } from '@zhike/contract/client.ts'
import { CustomerDraft } from '@zhike/contract/identify/customers.ts'
import { type CustomerKind, type ProfileField, ProfileValues, profileFields } from '@zhike/contract/identify/profile-fields.ts'
import { useState } from 'react'
import { buttonClass } from '../../ui/button.tsx'
import { type FormField, SchemaForm } from '../../ui/form.tsx'
import { say } from '../../ui/messages.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Segments } from '../../ui/segments.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { useCreateCustomer } from './customer-queries.ts'
import { FieldInput } from './field-input.tsx'
import './customers.css'

const asked: readonly ProfileField[] = [
  ...(['name', 'phone', 'email', 'sex', 'birthDate', 'memberNumber', 'memberLevel', 'creditCode', 'contactName'] as const),
  ...(['country', 'province', 'city', 'district', 'address'] as const),
  ...(['employer', 'jobTitle', 'industry', 'tags', 'preference', 'taboo', 'note'] as const),
]
const naming = ['name', 'phone', 'email', 'memberNumber'] as const

export function NewCustomerPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const create = useCreateCustomer()
  const [kind, setKind] = useState<CustomerKind>('person')
  const fields = asked
    .filter((field) => profileFields[field].of === 'both' || profileFields[field].of === kind)
    .map(
      (field): FormField => ({
        name: field,
        label: t(`field.${field}`),
        render: ({ value, set, ids }) => <FieldInput field={field} value={value} onChange={set} {...ids} autoFocus={field === 'name'} />,
      }),
    )
  const save = async (values: CustomerDraft['values']) => {
    if (!naming.some((field) => values[field])) throw missing(t('customer.new.nameNeeded'))
    const { id, name, code } = await create.mutateAsync({ kind, values }).catch((error: unknown) => {
      throw besideFields(error)
    })
    say({ text: t('customer.new.saved', { name: name ?? code }) })
    void navigate({ to: '/customers/$id', params: { id } })
  }
  return (
    <Page title={t('customer.new.title')} purpose={t('customer.new.purpose')} above={<Link to="/customers">{t('customers.title')}</Link>}>
      <Card className="narrow-form">
        <Segments<CustomerKind>
          label={t('customer.kind')}
          value={kind}
          onChange={setKind}
          options={(['person', 'organization'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <SchemaForm
          schema={ProfileValues}
          fields={fields}
          submit={t('customer.new.save')}
          beside={
            <Link to="/customers" className={buttonClass()}>
              {t('action.cancel')}
            </Link>
          }
          onSubmit={(values) => save(CustomerDraft.shape.values.parse(values))}
        />
      </Card>
    </Page>
  )
}

/** The values are the form; in the request they stand one level deeper. */
function besideFields(error: unknown): unknown {
  if (!(error instanceof RequestProblem)) return error
  const errors = error.body.errors?.map((each) => ({ ...each, field: each.field.replace(/^body\.values\./, 'body.') }))
  return new RequestProblem({ ...error.body, ...(errors ? { errors } : {}) })
}

const missing = (message: string) =>
  new RequestProblem({
    type: '/problems/invalid-request',
    status: 400,
    title: message,
    errors: [{ field: 'body.name', code: 'required', message }],
  })
