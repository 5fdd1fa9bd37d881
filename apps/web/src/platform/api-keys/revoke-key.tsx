import type { ApiKey } from '@zhike/contract/platform/api-keys.ts'
import * as apiKeys from '@zhike/contract/platform/api-keys.ts'
import { useState } from 'react'
import { api } from '../../app/api.ts'
import { AskDialog } from '../../ui/ask-dialog.tsx'
import { Button } from '../../ui/button.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { useKeysAnew } from './key-queries.ts'

/** Asks first and says what stops working: a revoked key never comes back. */
export function RevokeKey({ apiKey: { id, name, state, lastUsedAt } }: { apiKey: ApiKey }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const readAnew = useKeysAnew()
  const [asking, setAsking] = useState(false)
  if (state !== 'active') return null
  return (
    <>
      <Button small aria-label={t('keys.api.revoke.of', { name })} onClick={() => setAsking(true)}>
        {t('keys.api.revoke')}
      </Button>
      {asking && (
        <AskDialog
          title={t('keys.api.revoke.title', { name })}
          action={t('keys.api.revoke')}
          onClose={() => setAsking(false)}
          run={async () => {
            await api(apiKeys.revoke, { params: { id } })
            say({ text: t('keys.api.revoked', { name }) })
            await readAnew()
          }}
        >
          <p>{lastUsedAt ? t('keys.api.revoke.used', { time: formats.ago(lastUsedAt) }) : t('keys.api.revoke.unused')}</p>
          <p>{t('keys.api.revoke.text')}</p>
        </AskDialog>
      )}
    </>
  )
}
