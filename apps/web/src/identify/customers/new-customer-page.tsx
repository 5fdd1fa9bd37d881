import './texts.ts'
import './field-texts.ts'
import '../../differentiate/rfm/texts.ts'
import { Link, useNavigate } from '@tanstack/react-router'
import type { CustomerDraft } from '@zhike/contract/identify/customers.ts'
import { type CustomerKind, type ProfileField, profileFields } from '@zhike/contract/identify/profile-fields.ts'
import { App, Button, Form, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showFieldProblems } from '../../ui/form-problems.ts'
import { Card, Page } from '../../ui/page.tsx'
import { ProblemNotice } from '../../ui/problem.tsx'
import { useCreateCustomer } from './customer-queries.ts'
import { FieldInput } from './field-input.tsx'
import './customers.css'

const groups: { title: 'customer.group.who' | 'customer.group.where' | 'customer.group.more'; fields: ProfileField[] }[] = [
  {
    title: 'customer.group.who',
    fields: ['name', 'phone', 'email', 'sex', 'birthDate', 'memberNumber', 'memberLevel', 'creditCode', 'contactName'],
  },
  { title: 'customer.group.where', fields: ['country', 'province', 'city', 'district', 'address'] },
  { title: 'customer.group.more', fields: ['employer', 'jobTitle', 'industry', 'tags', 'preference', 'taboo', 'note'] },
]
const placeOf = Object.fromEntries(Object.keys(profileFields).map((field) => [`values.${field}`, field]))
const naming = ['name', 'phone', 'email', 'memberNumber'] as const

type Values = Partial<Record<ProfileField, unknown>>

export function NewCustomerPage() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const create = useCreateCustomer()
  const [form] = Form.useForm<Values>()
  const [kind, setKind] = useState<CustomerKind>('person')
  const save = (typed: Values) => {
    const values = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined))
    if (!naming.some((field) => values[field])) {
      form.setFields([{ name: 'name', errors: [t('customer.new.nameNeeded')] }])
      form.scrollToField('name', { focus: true })
      return
    }
    create.mutate({ kind, values } as CustomerDraft, {
      onSuccess: ({ id, name, code }) => {
        void message.success(t('customer.new.saved', { name: name ?? code }))
        void navigate({ to: '/customers/$id', params: { id } })
      },
      onError: (error) => showFieldProblems(form, error, placeOf),
    })
  }
  return (
    <Page title={t('customer.new.title')} purpose={t('customer.new.purpose')} above={<Link to="/customers">{t('customers.title')}</Link>}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={save} className="stack narrow-form">
        {create.isError && <ProblemNotice error={create.error} />}
        <Segmented<CustomerKind>
          aria-label={t('customer.kind')}
          value={kind}
          onChange={setKind}
          options={(['person', 'organization'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        {groups.map(({ title, fields }) => (
          <Card key={title} title={t(title)}>
            <div className="form-grid">
              {fields
                .filter((field) => profileFields[field].of === 'both' || profileFields[field].of === kind)
                .map((field) => (
                  <Form.Item
                    key={field}
                    name={field}
                    label={t(`field.${field}`)}
                    className={field === 'note' || field === 'address' ? 'form-wide' : ''}
                  >
                    <FieldInput field={field} autoFocus={field === 'name'} />
                  </Form.Item>
                ))}
            </div>
          </Card>
        ))}
        <div className="page-actions">
          <Button type="primary" htmlType="submit" loading={create.isPending}>
            {t('customer.new.save')}
          </Button>
          <Link to="/customers">
            <Button tabIndex={-1}>{t('action.cancel')}</Button>
          </Link>
        </div>
      </Form>
    </Page>
  )
}
