import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ApiKey } from '@zhike/contract/platform/api-keys.ts'
import * as apiKeys from '@zhike/contract/platform/api-keys.ts'
import { Alert, App, Button, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import { Badge } from '../../ui/badge.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Card } from '../../ui/page.tsx'
import { ProblemNotice, useProblemText } from '../../ui/problem.tsx'

const keyList = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }) => api(apiKeys.list, { query: { userId: undefined } }, { signal }),
})

/** One's own keys for programs. */
export function ApiKeys() {
  const { t } = useTranslation()
  const keys = useQuery(keyList)
  return (
    <Card title={t('keys.api.title')} note={t('keys.api.note')} className="account-wide">
      <NewKey />
      {keys.isError && <ProblemNotice error={keys.error} retry={() => void keys.refetch()} />}
      {keys.data?.items.length === 0 && <p className="muted">{t('keys.api.none')}</p>}
      <ul className="profiles">
        {keys.data?.items.map((key) => (
          <KeyRow key={key.id} apiKey={key} />
        ))}
      </ul>
    </Card>
  )
}

function NewKey() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [form] = Form.useForm<{ name: string; days: number }>()
  const create = useMutation({
    mutationFn: ({ name, days }: { name: string; days: number }) =>
      api(apiKeys.create, { body: { name, rights: null, expiresInDays: days } }),
    onSuccess: () => {
      form.resetFields()
      return client.invalidateQueries({ queryKey: keyList.queryKey })
    },
  })
  const copy = async (key: string) => {
    await navigator.clipboard.writeText(key)
    void message.success(t('keys.api.copied'))
  }
  return (
    <>
      <Form
        form={form}
        layout="inline"
        requiredMark={false}
        className="new-key"
        initialValues={{ days: 90 }}
        onFinish={(values) => create.mutate(values)}
      >
        <Form.Item name="name" label={t('keys.api.name')} rules={[{ required: true, whitespace: true, message: t('form.needed') }]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="days" label={t('keys.api.days')}>
          <Select options={[30, 90, 180, 365].map((count) => ({ value: count, label: t('keys.api.days.count', { count }) }))} />
        </Form.Item>
        <Button htmlType="submit" loading={create.isPending}>
          {t('keys.api.create')}
        </Button>
      </Form>
      {create.isError && <ProblemNotice error={create.error} />}
      {create.data && (
        <Alert
          type="success"
          role="status"
          title={t('keys.api.shown')}
          description={<code className="secret">{create.data.key}</code>}
          action={
            <Button size="small" onClick={() => void copy(create.data.key)}>
              {t('action.copy')}
            </Button>
          }
        />
      )}
    </>
  )
}

function KeyRow({ apiKey: { id, name, hint, state, expiresAt, lastUsedAt } }: { apiKey: ApiKey }) {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const formats = useFormats()
  const client = useQueryClient()
  const problemText = useProblemText()
  const revoke = useMutation({
    mutationFn: () => api(apiKeys.revoke, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keyList.queryKey }),
    onError: (error) => void message.error(problemText(error).title),
  })
  const ask = () =>
    void modal.confirm({
      title: t('keys.api.revoke.title', { name }),
      content: t('keys.api.revoke.text'),
      okText: t('keys.api.revoke'),
      okButtonProps: { danger: true },
      cancelText: t('action.cancel'),
      onOk: () => revoke.mutateAsync().catch(() => undefined),
    })
  return (
    <li>
      <div>
        <b>{name}</b> <Badge tone={state === 'active' ? 'jade' : 'gray'}>{t(`keys.api.state.${state}`)}</Badge>
        <div className="muted small">
          {[
            hint,
            t('keys.api.expires', { day: formats.day(expiresAt) }),
            lastUsedAt ? t('keys.api.used', { time: formats.ago(lastUsedAt) }) : t('keys.api.unused'),
          ].join(' · ')}
        </div>
      </div>
      {state === 'active' && (
        <Button size="small" shape="round" aria-label={t('keys.api.revoke.of', { name })} onClick={ask}>
          {t('keys.api.revoke')}
        </Button>
      )}
    </li>
  )
}
