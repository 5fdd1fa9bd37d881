import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { useId } from 'react'

/** What ties a control to its label, help and problem. */
export interface ControlIds {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface FieldProps {
  label: ReactNode
  help?: ReactNode
  /** What is wrong with the value, beside it. */
  problem?: string | undefined
}

/** A label, its control, and beside it what helps or what is wrong. */
export function Field({ label, help, problem, children }: FieldProps & { children: (ids: ControlIds) => ReactNode }) {
  const id = useId()
  const told = problem ? `${id}-problem` : help ? `${id}-help` : undefined
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': told, 'aria-invalid': problem ? true : undefined })}
      {problem ? (
        <span id={`${id}-problem`} className="field-problem" role="alert">
          {problem}
        </span>
      ) : (
        help && (
          <span id={`${id}-help`} className="muted small">
            {help}
          </span>
        )
      )}
    </div>
  )
}

type Plain<T> = Omit<T, 'onChange' | 'value'>
interface TextProps extends FieldProps, Plain<InputHTMLAttributes<HTMLInputElement>> {
  value: string
  onChange: (value: string) => void
  ref?: Ref<HTMLInputElement>
}

export function TextField({ label, help, problem, onChange, ...input }: TextProps) {
  return (
    <Field label={label} help={help} problem={problem}>
      {(ids) => <input className="input" {...input} {...ids} onChange={({ target }) => onChange(target.value)} />}
    </Field>
  )
}

interface LongTextProps extends FieldProps, Plain<TextareaHTMLAttributes<HTMLTextAreaElement>> {
  value: string
  onChange: (value: string) => void
}

export function LongTextField({ label, help, problem, onChange, ...area }: LongTextProps) {
  return (
    <Field label={label} help={help} problem={problem}>
      {(ids) => <textarea className="input" rows={3} {...area} {...ids} onChange={({ target }) => onChange(target.value)} />}
    </Field>
  )
}

export interface Option<Value extends string = string> {
  value: Value
  label: string
}

/** Options that belong together, under a name. */
export interface OptionGroup<Value extends string = string> {
  label: string
  options: readonly Option<Value>[]
}

interface SelectProps<Value extends string> extends Plain<SelectHTMLAttributes<HTMLSelectElement>> {
  value: Value
  options: readonly (Option<Value> | OptionGroup<Value>)[]
  onChange: (value: Value) => void
}

/** The browser's own list: it works with every keyboard, screen reader and phone. */
export function Select<Value extends string>({ options, onChange, className = 'input', ...select }: SelectProps<Value>) {
  return (
    <select className={className} {...select} onChange={({ target }) => onChange(target.value as Value)}>
      {options.map((option) =>
        'options' in option ? (
          <optgroup key={option.label} label={option.label}>
            {option.options.map(optionOf)}
          </optgroup>
        ) : (
          optionOf(option)
        ),
      )}
    </select>
  )
}

const optionOf = ({ value, label }: Option) => (
  <option key={value} value={value}>
    {label}
  </option>
)

export function SelectField<Value extends string>({ label, help, problem, ...select }: FieldProps & SelectProps<Value>) {
  return (
    <Field label={label} help={help} problem={problem}>
      {(ids) => <Select {...select} {...ids} />}
    </Field>
  )
}

interface CheckboxProps extends Plain<InputHTMLAttributes<HTMLInputElement>> {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
}

export function Checkbox({ checked, onChange, children, ...input }: CheckboxProps) {
  return (
    <label className="checkbox">
      <input type="checkbox" {...input} checked={checked} onChange={({ target }) => onChange(target.checked)} />
      <span>{children}</span>
    </label>
  )
}
