import './texts.ts'
import './field-texts.ts'
import { Link, useNavigate } from '@tanstack/react-router'
import { RequestProblem } from '@zhike/contract/client.ts'
import { CustomerDraft } from '@zhike/contract/identify/customers.ts'
import { type CustomerKind, type ProfileField, profileFields } from '@zhike/contract/identify/profile-fields.ts'
import { useState } from 'react'
import { useMe } from '../../app/session.ts'
import { buttonClass } from '../../ui/button.tsx'
import { type FormField, SchemaForm } from '../../ui/form.tsx'
import { say } from '../../ui/messages.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Segments } from '../../ui/segments.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { useCreateCustomer } from './customer-queries.ts'
import { FieldInput } from './field-input.tsx'
import { usePlacementFields } from './placement-fields.tsx'
import { type Region, regionParts } from './region.ts'
import { RegionInput } from './region-input.tsx'
import './customers.css'

const asked: readonly ProfileField[] = [
  ...(['name', 'phone', 'email', 'sex', 'birthDate', 'memberNumber', 'memberLevel', 'creditCode', 'contactName'] as const),
  // City and district are entered with it.
  ...(['country', 'province', 'address'] as const),
  ...(['employer', 'jobTitle', 'industry', 'tags', 'preference', 'taboo', 'note'] as const),
]
const wide: ReadonlySet<ProfileField> = new Set(['address', 'tags', 'preference', 'taboo', 'note'])
const naming = ['name', 'phone', 'email', 'memberNumber'] as const

export function NewCustomerPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const create = useCreateCustomer()
  const [kind, setKind] = useState<CustomerKind>('person')
  const { user, teams } = useMe()
  const [onlyTeam] = teams.length === 1 ? teams : []
  const placement = usePlacementFields()
  const fields = asked
    .filter((field) => profileFields[field].of === 'both' || profileFields[field].of === kind)
    .map((field): FormField => (field === 'province' ? region(t('region.label')) : ofValue(field, t(`field.${field}`))))
  const save = async (draft: CustomerDraft) => {
    if (!naming.some((field) => draft.values[field])) throw missing(t('customer.new.nameNeeded'))
    const { id, name, code } = await create.mutateAsync(draft)
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
          schema={CustomerDraft}
          fields={[...fields, ...placement]}
          initial={{ ownerId: user.id, teamId: onlyTeam?.id ?? null }}
          also={{ kind }}
          submit={t('customer.new.save')}
          beside={
            <Link to="/customers" className={buttonClass()}>
              {t('action.cancel')}
            </Link>
          }
          onSubmit={(draft) => save(CustomerDraft.parse(draft))}
        />
      </Card>
    </Page>
  )
}

const ofValue = (field: ProfileField, label: string): FormField => ({
  name: `values.${field}`,
  label,
  half: !wide.has(field),
  render: ({ value, set, ids }) => <FieldInput field={field} value={value} onChange={set} {...ids} autoFocus={field === 'name'} />,
})

const region = (label: string): FormField => ({
  name: 'values.province',
  also: ['values.city', 'values.district'],
  label,
  render: ({ typed, setAll, ids }) => (
    <RegionInput
      {...ids}
      value={Object.fromEntries(regionParts.map((part) => [part, typed[`values.${part}`]])) as Region}
      onChange={(next) => setAll(Object.fromEntries(regionParts.map((part) => [`values.${part}`, next[part]])))}
    />
  ),
})

const missing = (message: string) =>
  new RequestProblem({
    type: '/problems/invalid-request',
    status: 400,
    title: message,
    errors: [{ field: 'body.values.name', code: 'required', message }],
  })
