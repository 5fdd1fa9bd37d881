import type { Purpose } from '@zhike/contract/platform/rights.ts'
import { Button, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'

const purposes: Purpose[] = ['service', 'sales', 'delivery', 'marketing', 'verification', 'legal-request']

/** Shows personal fields in clear to whoever may see them and says what for. */
export function RevealButton({ purpose, onPurpose }: { purpose: Purpose | undefined; onPurpose: (purpose: Purpose | undefined) => void }) {
  const { t } = useTranslation()
  const { personal, sensitive } = useMe()
  const [open, setOpen] = useState(false)
  if (personal !== 'clear' && sensitive !== 'clear') return null
  if (purpose) {
    return (
      <span className="reveal">
        <span className="muted small">{t('customer.reveal.shown', { purpose: t(`purpose.${purpose}`) })}</span>
        <Button onClick={() => onPurpose(undefined)}>{t('customer.reveal.hide')}</Button>
      </span>
    )
  }
  const content = (
    <div className="reveal-purposes" role="group" aria-label={t('customer.reveal.title')}>
      {purposes.map((each) => (
        <Button
          key={each}
          onClick={() => {
            setOpen(false)
            onPurpose(each)
          }}
        >
          {t(`purpose.${each}`)}
        </Button>
      ))}
      <p className="muted small">{t('customer.reveal.note')}</p>
    </div>
  )
  return (
    <span className="reveal">
      <Popover
        trigger="click"
        arrow={false}
        placement="bottomRight"
        open={open}
        onOpenChange={setOpen}
        title={t('customer.reveal.title')}
        content={content}
      >
        <Button aria-expanded={open}>{t('customer.reveal')}</Button>
      </Popover>
    </span>
  )
}
