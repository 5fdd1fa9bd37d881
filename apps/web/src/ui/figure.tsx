import { Popover } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** One figure on a card; how it is counted is one press away. */
export function Figure({ name, value, note, help }: { name: string; value: string; note?: ReactNode; help?: string }) {
  const { t } = useTranslation()
  return (
    <section className="card figure" aria-label={name}>
      <header>
        <span className="muted small">{name}</span>
        {help && (
          <Popover
            trigger="click"
            placement="bottomRight"
            title={t('customer.figure.howCounted')}
            content={<div className="help-text">{help}</div>}
          >
            <button type="button" className="help" aria-label={`${t('customer.figure.howCounted')}: ${name}`}>
              ?
            </button>
          </Popover>
        )}
      </header>
      <b>{value}</b>
      {note && <span className="muted small">{note}</span>}
    </section>
  )
}
