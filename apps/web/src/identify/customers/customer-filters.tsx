import { type Condition } from '@zhike/contract/identify/customers.ts'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { closePopover, Popover } from '../../ui/popover.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { ConditionEditor, NewCondition } from './condition-editor.tsx'
import { useChipText } from './condition-text.ts'
import { type Chip, chipsOf, filterOf, isGroup, withAlternatives } from './list-conditions.ts'
import type { CustomerListState } from './list-query.ts'

interface Props {
  state: CustomerListState
  onChange: (next: Partial<CustomerListState>) => Promise<void>
}

/** The list's filter as chips: each holds, and within one, any of its alternatives. */
export function CustomerFilters({ state, onChange }: Props) {
  const { t } = useTranslation()
  const chips = chipsOf(state.where)
  const set = (next: readonly Chip[]) => void onChange({ where: filterOf(next) })
  return (
    <>
      {chips.map((chip, index) => (
        <ConditionChip
          // oxlint-disable-next-line react/no-array-index-key -- chips have no identity of their own
          key={`${index} ${JSON.stringify(chip)}`}
          chip={chip}
          onChange={(alternatives) => set(withAlternatives(chips, index, alternatives))}
        />
      ))}
      <span className="chip">
        <Popover label={t('condition.new')} buttonClassName="chip-button" button={`＋ ${t('condition.new')}`}>
          <Inside>
            {(close) => <NewCondition submit={t('condition.add')} onDone={(condition) => close(() => set([...chips, condition]))} />}
          </Inside>
        </Popover>
      </span>
    </>
  )
}

/** Gives what stands in a popover the way to close it before something is done. */
function Inside({ children }: { children: (close: (then: () => void) => void) => ReactNode }) {
  const [element, setElement] = useState<HTMLDivElement | null>(null)
  return (
    <div ref={setElement}>
      {children((then) => {
        if (element) closePopover(element)
        then()
      })}
    </div>
  )
}

function ConditionChip({ chip, onChange }: { chip: Chip; onChange: (alternatives: readonly Chip[]) => void }) {
  const { t } = useTranslation()
  const { name, asks } = useChipText(chip)(chip)
  const alternatives: Chip[] = isGroup(chip) && chip.match === 'any' ? chip.conditions : [chip]
  return (
    <span className="chip chip-on">
      <Popover
        label={name}
        buttonClassName="chip-button"
        button={
          <>
            {name} <strong>{asks}</strong>
          </>
        }
      >
        <Inside>
          {(close) => <Alternatives chip={chip} alternatives={alternatives} onChange={(next) => close(() => onChange(next))} />}
        </Inside>
      </Popover>
      <button type="button" className="chip-clear" aria-label={t('filter.clear', { name })} onClick={() => onChange([])}>
        ×
      </button>
    </span>
  )
}

/** What a chip asks for, and what would do as well. */
function Alternatives({
  chip,
  alternatives,
  onChange,
}: {
  chip: Chip
  alternatives: readonly Chip[]
  onChange: (next: readonly Chip[]) => void
}) {
  const { t } = useTranslation()
  const describe = useChipText(chip)
  const [adding, setAdding] = useState(false)
  const changed = (index: number, next: Condition) => onChange(alternatives.map((each, i) => (i === index ? next : each)))
  if (adding) return <NewCondition submit={t('condition.add')} onDone={(condition) => onChange([...alternatives, condition])} />
  const [only, ...others] = alternatives
  return (
    <div className="condition">
      {only && others.length === 0 && !isGroup(only) ? (
        <ConditionEditor field={only.field} condition={only} submit={t('condition.apply')} onDone={(next) => changed(0, next)} />
      ) : (
        <ul className="condition-fields">
          {alternatives.map((each, index) => {
            const { name, asks } = describe(each)
            return (
              // oxlint-disable-next-line react/no-array-index-key -- as above
              <li key={index} className="condition-line">
                <span>
                  {name} <strong>{asks}</strong>
                </span>
                <button
                  type="button"
                  className="chip-clear"
                  aria-label={t('filter.clear', { name })}
                  onClick={() => onChange(alternatives.filter((_, i) => i !== index))}
                >
                  ×
                </button>
              </li>
            )
          })}
        </ul>
      )}
      <Button kind="link" onClick={() => setAdding(true)}>
        ＋ {t('condition.or')}
      </Button>
    </div>
  )
}
