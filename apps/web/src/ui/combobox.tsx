import { type ReactNode, useState } from 'react'
import { ListLayer, ListOption, type PickerIds, useListLayer } from './list-layer.tsx'
import { useTranslation } from './translation.ts'

export interface ComboboxOption {
  value: string
  label: string
  /** Beside it, quieter: what tells it from another of that name. */
  hint?: ReactNode
}

interface Props extends PickerIds {
  /** What is chosen, as the field shows it while nobody types. */
  shown: string
  value: string | undefined
  /** Those that match what is typed; undefined while they are read. */
  options: readonly ComboboxOption[] | undefined
  /** Called with what is typed, with nothing when the list is opened, with undefined when it is closed. */
  onSearch: (text: string | undefined) => void
  onChange: (value: string) => void
  placeholder?: string
  className?: string
}

/** More are not drawn: one types on instead of scrolling through hundreds. */
const mostShown = 50

/** One of many, found by typing. The options come from whoever uses it, so there may be any number of them, here or on a server. */
export function Combobox(props: Props) {
  const { shown, value, options, onSearch, onChange, placeholder, className = 'input', ...ids } = props
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string>()
  const drawn = options?.slice(0, mostShown) ?? []
  const choose = (index: number) => {
    const option = drawn[index]
    if (!option) return
    onChange(option.value)
    layer.close()
  }
  const layer = useListLayer({
    count: drawn.length,
    onChoose: choose,
    start:
      typed === undefined
        ? Math.max(
            0,
            drawn.findIndex((option) => option.value === value),
          )
        : 0,
    onOpen: () => onSearch(''),
    onClose: () => {
      setTyped(undefined)
      onSearch(undefined)
    },
  })
  const below =
    options === undefined
      ? t('state.loading')
      : options.length === 0
        ? t('picker.nothing')
        : options.length > mostShown && t('picker.more', { count: options.length - mostShown })
  return (
    <ListLayer
      of={layer}
      field={
        <input
          {...layer.field}
          {...ids}
          className={`${className} picker-field`}
          value={typed ?? shown}
          placeholder={placeholder}
          onChange={({ target }) => {
            layer.show()
            setTyped(target.value)
            onSearch(target.value.trim())
          }}
          onKeyDown={layer.onKey}
        />
      }
      options={drawn.map((option, index) => (
        <ListOption key={option.value} of={layer} index={index} chosen={option.value === value} onChoose={choose}>
          <span>{option.label}</span>
          {option.hint && <span className="muted small">{option.hint}</span>}
        </ListOption>
      ))}
      below={below}
    />
  )
}
