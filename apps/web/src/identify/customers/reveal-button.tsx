import type { Purpose } from '@zhike/contract/platform/rights.ts'
import { useMe } from '../../app/session.ts'
import { Button } from '../../ui/button.tsx'
import { closePopover, Popover } from '../../ui/popover.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { purposes } from './purposes.ts'

/** Shows personal fields in clear to whoever may see them and says what for. */
export function RevealButton({ purpose, onPurpose }: { purpose: Purpose | undefined; onPurpose: (purpose: Purpose | undefined) => void }) {
  const { t } = useTranslation()
  const { personal, sensitive } = useMe()
  if (personal !== 'clear' && sensitive !== 'clear') return null
  if (purpose) {
    return (
      <span className="reveal">
        <span className="muted small">{t('customer.reveal.shown', { purpose: t(`purpose.${purpose}`) })}</span>
        <Button onClick={() => onPurpose(undefined)}>{t('customer.reveal.hide')}</Button>
      </span>
    )
  }
  return (
    <span className="reveal">
      <Popover label={t('customer.reveal.title')} button={t('customer.reveal')} align="end">
        <div className="reveal-purposes" role="group" aria-label={t('customer.reveal.title')}>
          <strong>{t('customer.reveal.title')}</strong>
          {purposes.map((each) => (
            <Button
              key={each}
              onClick={({ currentTarget }) => {
                closePopover(currentTarget)
                onPurpose(each)
              }}
            >
              {t(`purpose.${each}`)}
            </Button>
          ))}
          <p className="muted small">{t('customer.reveal.note')}</p>
        </div>
      </Popover>
    </span>
  )
}
