import { Button } from '../ui/button.tsx'
import { useTranslation } from '../ui/translation.ts'
import { tryNow, useConnection } from './connection.ts'

/** Above everything while the server does not answer: what it means, and that it goes on by itself. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const connection = useConnection()
  if (connection === 'up') return null
  return (
    <div className="banner" role="alert">
      <span>
        <b>{t(`connection.${connection}`)}</b> {t(`connection.${connection}.text`)}
      </span>
      <Button small onClick={tryNow}>
        {t('connection.now')}
      </Button>
    </div>
  )
}
