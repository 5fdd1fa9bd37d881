import { Checkbox, Input, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useListText } from './list-text.ts'

export interface Choice {
  value: string
  label: string
  count?: string
}

/** One filter as a readable chip: 城市 杭州市、上海市 ✕; opens a list to choose from. */
export function FilterChip({
  name,
  choices,
  chosen,
  onChange,
  onOpen,
}: {
  name: string
  choices: readonly Choice[] | undefined
  chosen: readonly string[]
  onChange: (values: string[]) => void
  onOpen?: () => void
}) {
  const { t } = useTranslation()
  const list = useListText()
  const [open, setOpen] = useState(false)
  const [part, setPart] = useState('')
  const labels = chosen.map((value) => choices?.find((choice) => choice.value === value)?.label ?? value)
  const matching = (choices ?? []).filter(({ label }) => label.toLowerCase().includes(part.toLowerCase()))
  const content = (
    <div className="chip-choices" role="dialog" aria-label={name}>
      {(choices?.length ?? 0) > 8 && (
        <Input
          size="small"
          value={part}
          onChange={(event) => setPart(event.target.value)}
          placeholder={t('filter.find')}
          aria-label={t('filter.find')}
        />
      )}
      {choices === undefined && <span className="muted">{t('state.loading')}</span>}
      {choices?.length === 0 && <span className="muted">{t('filter.nothing')}</span>}
      <Checkbox.Group value={[...chosen]} onChange={(values) => onChange(values)}>
        {matching.slice(0, 100).map(({ value, label, count }) => (
          <Checkbox key={value} value={value}>
            {label} {count && <span className="muted small">{count}</span>}
          </Checkbox>
        ))}
      </Checkbox.Group>
    </div>
  )
  return (
    <span className={chosen.length > 0 ? 'chip chip-on' : 'chip'}>
      <Popover
        trigger="click"
        placement="bottomLeft"
        arrow={false}
        open={open}
        onOpenChange={(next) => {
          setOpen(next)
          if (next) onOpen?.()
        }}
        content={content}
      >
        <button type="button" aria-expanded={open} aria-haspopup="dialog">
          {chosen.length > 0 ? name : `＋ ${name}`}
          {chosen.length > 0 && (
            <strong>
              {list(labels.slice(0, 3))}
              {labels.length > 3 && ` +${labels.length - 3}`}
            </strong>
          )}
        </button>
      </Popover>
      {chosen.length > 0 && (
        <button type="button" className="chip-clear" aria-label={t('filter.clear', { name })} onClick={() => onChange([])}>
          ✕
        </button>
      )}
    </span>
  )
}
