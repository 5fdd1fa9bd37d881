import * as apiKeys from '@zhike/contract/platform/api-keys.ts'
import type { Right } from '@zhike/contract/platform/rights.ts'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/field.tsx'
import { SchemaForm } from '../../ui/form.tsx'
import { say } from '../../ui/messages.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Segments } from '../../ui/segments.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { useKeysAnew } from './key-queries.ts'
import './api-keys.css'

/** Makes a key: what for, how long, with which rights; then the key itself, this once. */
export function NewKey() {
  const { t } = useTranslation()
  const readAnew = useKeysAnew()
  const [made, setMade] = useState<string>()
  const [rights, setRights] = useState<Right[] | null>(null)
  const copy = async (key: string) => {
    await navigator.clipboard.writeText(key)
    say({ text: t('keys.api.copied') })
  }
  return (
    <div className="new-key">
      <SchemaForm
        schema={apiKeys.create.body}
        kind="plain"
        clears
        initial={{ expiresInDays: 90 }}
        also={{ rights }}
        problemAt={{ 'grant-exceeds-own': 'rights' }}
        submit={t('keys.api.create')}
        fields={[
          { name: 'name', label: t('keys.api.name'), placeholder: t('keys.api.name.example'), half: true },
          {
            name: 'expiresInDays',
            label: t('keys.api.days'),
            control: 'number',
            half: true,
            options: [30, 90, 180, 365].map((count) => ({ value: String(count), label: t('keys.api.days.count', { count }) })),
          },
          {
            name: 'rights',
            label: t('keys.api.rights'),
            render: ({ ids }) => <KeyRights ids={ids} rights={rights} onChange={setRights} />,
          },
        ]}
        onSubmit={async (body) => {
          setMade((await api(apiKeys.create, { body })).key)
          await readAnew()
        }}
      />
      {made && (
        <Notice
          tone="good"
          title={t('keys.api.shown')}
          action={
            <Button small onClick={() => void copy(made)}>
              {t('action.copy')}
            </Button>
          }
        >
          <code className="api-key">{made}</code>
        </Notice>
      )}
    </div>
  )
}

interface RightsProps {
  ids: { id: string }
  rights: Right[] | null
  onChange: (rights: Right[] | null) => void
}

/** Only rights that one holds can be given. */
function KeyRights({ ids, rights, onChange }: RightsProps) {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <div id={ids.id} className="key-rights">
      <Segments
        label={t('keys.api.rights')}
        value={rights === null ? 'all' : 'some'}
        options={(['all', 'some'] as const).map((value) => ({ value, label: t(`keys.api.rights.${value}`) }))}
        onChange={(value) => onChange(value === 'all' ? null : [])}
      />
      {rights !== null && (
        <div className="key-rights-list">
          {me.rights.map(({ right }) => (
            <Checkbox
              key={right}
              checked={rights.includes(right)}
              onChange={(on) => onChange(on ? [...rights, right] : rights.filter((each) => each !== right))}
            >
              {t(`right.${right}`)}
            </Checkbox>
          ))}
        </div>
      )}
    </div>
  )
}
