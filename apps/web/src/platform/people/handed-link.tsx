import type { Link } from '@zhike/contract/platform/users.ts'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { useFormats } from '../../ui/formats.ts'
import { say } from '../../ui/messages.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useTranslation } from '../../ui/translation.ts'

/** A link to hand over, shown once, with the way to copy it. */
export function HandedLink({ title, link: { url, expiresAt }, beside }: { title: string; link: Link; beside?: ReactNode }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const copy = async () => {
    await navigator.clipboard.writeText(url)
    say({ text: t('person.link.copied') })
  }
  return (
    <Notice tone="good" title={title}>
      <p>{t('person.link.text', { time: formats.moment(expiresAt) })}</p>
      <p>
        <code className="handed-link">{url}</code>
      </p>
      <div className="form-actions">
        <Button small onClick={() => void copy()}>
          {t('person.link.copy')}
        </Button>
        {beside}
      </div>
    </Notice>
  )
}
