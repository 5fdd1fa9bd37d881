import { type InputHTMLAttributes, useState } from 'react'

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'> {
  /** What is kept, in `1/unit` of what is typed: 198000 is typed as 19.8 where the unit is 10,000. */
  value: unknown
  unit: number
  /** Null when nothing is typed; the text itself when it is no number, for the form to say so. */
  onChange: (value: number | string | null) => void
}

/** A decimal number that is kept as an integer of small units: prices, quantities. */
export function NumberInput({ value, unit, onChange, ...input }: Props) {
  const [typed, setTyped] = useState(() => (typeof value === 'number' ? String(value / unit) : ''))
  const take = (text: string) => {
    setTyped(text)
    const number = Number(text)
    onChange(text.trim() === '' ? null : Number.isFinite(number) ? Math.round(number * unit) : text)
  }
  return <input className="input" {...input} inputMode="decimal" value={typed} onChange={({ target }) => take(target.value)} />
}
