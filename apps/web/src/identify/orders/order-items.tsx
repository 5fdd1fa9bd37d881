import { useQuery } from '@tanstack/react-query'
import * as catalog from '@zhike/contract/identify/catalog.ts'
import { useId, useState } from 'react'
import { api } from '../../app/api.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextField } from '../../ui/field.tsx'
import { useFormats } from '../../ui/formats.ts'
import { NumberInput } from '../../ui/number-input.tsx'
import { useTranslation } from '../../ui/translation.ts'
import { useDebounced } from '../../ui/use-debounced.ts'

/** A line as it is typed; it need not be whole yet. */
interface Item {
  productCode?: string
  productName?: string
  quantity?: unknown
  unitPrice?: unknown
  discount?: unknown
}

interface Props {
  value: unknown
  onChange: (items: Item[]) => void
  currency: string | undefined
}

/** The lines of an order, with what they come to. A product's name and price come with its code. */
export function OrderItems({ value, onChange, currency }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const items = (value as Item[] | undefined) ?? []
  // Lines have no name of their own: what is removed must not give its place to another one's fields.
  const [keys, setKeys] = useState(() => items.map((_, index) => index))
  const set = (index: number, more: Item) => onChange(items.map((item, at) => (at === index ? withoutEmpty({ ...item, ...more }) : item)))
  const add = () => {
    setKeys([...keys, Math.max(-1, ...keys) + 1])
    onChange([...items, { quantity: 1000 }])
  }
  const remove = (index: number) => {
    setKeys(keys.filter((_, at) => at !== index))
    onChange(items.filter((_, at) => at !== index))
  }
  const sum = items.reduce((total, item) => total + amountOf(item, formats.minorUnit(currency)), 0)
  return (
    <>
      <ol className="order-items">
        {items.map((item, index) => (
          <OrderItem
            key={keys[index]}
            item={item}
            onChange={(more) => set(index, more)}
            onRemove={items.length > 1 ? () => remove(index) : undefined}
            currency={currency}
            removeLabel={t('order.item.remove', { row: index + 1 })}
          />
        ))}
      </ol>
      <div className="row-between">
        <Button small onClick={add}>
          {t('order.item.add')}
        </Button>
        <span aria-live="polite">
          {t('order.sum')} <b>{formats.price(sum, currency)}</b>
        </span>
      </div>
    </>
  )
}

const withoutEmpty = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).filter(([, each]) => each !== '' && each !== null && each !== undefined))

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** In 1/10,000 of the major unit: quantities are in thousandths, discounts in minor units. */
const amountOf = ({ quantity, unitPrice, discount }: Item, minorUnit: number): number =>
  (numberOf(quantity) / 1000) * numberOf(unitPrice) - (numberOf(discount) * 10_000) / minorUnit

interface ItemProps {
  item: Item
  onChange: (more: Item) => void
  onRemove: (() => void) | undefined
  removeLabel: string
  currency: string | undefined
}

function OrderItem({ item, onChange, onRemove, removeLabel, currency }: ItemProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const listId = useId()
  const word = useDebounced(item.productCode ?? '', 200)
  const { data } = useQuery({
    queryKey: ['products', 'matches', word],
    queryFn: ({ signal }) =>
      api(catalog.listProducts, { query: { search: word, limit: 8, after: undefined, category: undefined } }, { signal }),
    enabled: word !== '',
  })
  const take = (code: string) => {
    const product = data?.items.find((each) => each.code === code)
    onChange({
      productCode: code,
      ...(product ? { productName: product.name } : {}),
      ...(product?.price ? { unitPrice: product.price } : {}),
    })
  }
  return (
    <li>
      <TextField label={t('order.item.code')} value={item.productCode ?? ''} maxLength={64} list={listId} onChange={take} />
      <datalist id={listId}>
        {data?.items.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </datalist>
      <TextField
        label={t('order.item.name')}
        value={item.productName ?? ''}
        maxLength={200}
        onChange={(productName) => onChange({ productName })}
      />
      <Field label={t('order.item.quantity')}>
        {(ids) => <NumberInput {...ids} value={item.quantity} unit={1000} onChange={(quantity) => onChange({ quantity })} />}
      </Field>
      <Field label={t('order.item.unitPrice')}>
        {(ids) => (
          <NumberInput
            key={item.productName}
            {...ids}
            value={item.unitPrice}
            unit={10_000}
            onChange={(unitPrice) => onChange({ unitPrice })}
          />
        )}
      </Field>
      <Field label={t('order.item.discount')}>
        {(ids) => (
          <NumberInput {...ids} value={item.discount} unit={formats.minorUnit(currency)} onChange={(discount) => onChange({ discount })} />
        )}
      </Field>
      {onRemove && (
        <Button kind="quiet" aria-label={removeLabel} onClick={onRemove}>
          ×
        </Button>
      )}
    </li>
  )
}
