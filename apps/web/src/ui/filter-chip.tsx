import { useState } from 'react'
import { Checkbox } from './field.tsx'
import { useListText } from './list-text.ts'
import { Popover } from './popover.tsx'
import { useTranslation } from './translation.ts'

export interface Choice {
  value: string
  label: string
  count?: string
}

/** Values to choose several of; with many, a field finds them. */
export function ChoiceList({
  choices,
  chosen,
  onChange,
}: {
  /** Undefined while they are read. */
  choices: readonly Choice[] | undefined
  chosen: readonly string[]
  onChange: (values: string[]) => void
}) {
  const { t } = useTranslation()
  const [part, setPart] = useState('')
  const matching = (choices ?? []).filter(({ label }) => label.toLowerCase().includes(part.toLowerCase()))
  return (
    <div className="chip-choices">
      {(choices?.length ?? 0) > 8 && (
        <input
          className="input input-small"
          value={part}
          onChange={({ target }) => setPart(target.value)}
          placeholder={t('filter.find')}
          aria-label={t('filter.find')}
        />
      )}
      {choices === undefined && <span className="muted">{t('state.loading')}</span>}
      {choices?.length === 0 && <span className="muted">{t('filter.nothing')}</span>}
      {matching.slice(0, 100).map(({ value, label, count }) => (
        <Checkbox
          key={value}
          checked={chosen.includes(value)}
          onChange={(on) => onChange(on ? [...chosen, value] : chosen.filter((one) => one !== value))}
        >
          {label} {count && <span className="muted small">{count}</span>}
        </Checkbox>
      ))}
    </div>
  )
}

/** One filter as a readable chip: 城市 杭州市、上海市 ×; opens a list to choose from. */
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
  const labels = chosen.map((value) => choices?.find((choice) => choice.value === value)?.label ?? value)
  return (
    <span className={chosen.length > 0 ? 'chip chip-on' : 'chip'}>
      <Popover
        label={name}
        buttonClassName="chip-button"
        button={
          <>
            {chosen.length > 0 ? name : `＋ ${name}`}
            {chosen.length > 0 && (
              <strong>
                {list(labels.slice(0, 3))}
                {labels.length > 3 && ` +${labels.length - 3}`}
              </strong>
            )}
          </>
        }
        {...(onOpen ? { onOpen } : {})}
      >
        <ChoiceList choices={choices} chosen={chosen} onChange={onChange} />
      </Popover>
      {chosen.length > 0 && (
        <button type="button" className="chip-clear" aria-label={t('filter.clear', { name })} onClick={() => onChange([])}>
          ×
        </button>
      )}
    </span>
  )
}

/** A filter that was set elsewhere, and can be taken off here. */
export function SetChip({ name, value, onClear }: { name: string; value: string; onClear: () => void }) {
  const { t } = useTranslation()
  return (
    <span className="chip chip-on">
      <span className="chip-button">
        {name} <strong>{value}</strong>
      </span>
      <button type="button" className="chip-clear" aria-label={t('filter.clear', { name })} onClick={onClear}>
        ×
      </button>
    </span>
  )
}
