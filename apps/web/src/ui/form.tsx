import { RequestProblem } from '@zhike/contract/client.ts'
import { fieldIssues } from '@zhike/contract/field-issues.ts'
import { Locale } from '@zhike/contract/texts/locale.ts'
import { fieldProblemText } from '@zhike/contract/texts/problems.ts'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Button } from './button.tsx'
import { Checkbox, Field, LongTextField, type Option, SelectField, TextField } from './field.tsx'
import { PasswordField } from './password-field.tsx'
import { ProblemNotice } from './problem.tsx'

/** What is typed, by the name of the field in the contract; an empty text is “not said”. */
export type Typed = Record<string, unknown>

export interface FormField {
  name: string
  label: string
  help?: ReactNode
  /** How it is entered; by default as the contract's schema says (text, number, yes/no, one of a list). */
  control?: 'text' | 'long' | 'password' | 'email' | 'number' | 'date'
  /** Words for the values of a list. */
  options?: readonly Option[]
  autoComplete?: string
  placeholder?: string
  autoFocus?: boolean
  /** A control of one's own; `value` and `set` speak of this field. */
  render?: (control: { value: unknown; set: (value: unknown) => void; ids: { id: string } }) => ReactNode
}

interface Props<Schema extends z.ZodObject> {
  /** The body of the endpoint: its limits are the form's. */
  schema: Schema
  fields: readonly FormField[]
  initial?: Typed
  submit: string
  /** Beside the button that submits. */
  beside?: ReactNode
  /** What else goes into the body, not typed here. */
  also?: Typed
  /** Rejects with the server's problem: each goes beside its field, what was typed stays. */
  onSubmit: (body: z.input<Schema>) => Promise<unknown>
}

/** A form made from a contract's schema: what is wrong is said beside its field, by the same rules and words as the server's. */
export function SchemaForm<Schema extends z.ZodObject>({ schema, fields, initial = {}, submit, beside, also, onSubmit }: Props<Schema>) {
  const { i18n } = useTranslation()
  const form = useRef<HTMLFormElement>(null)
  const [typed, setTyped] = useState<Typed>(initial)
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [refused, setRefused] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const names = new Set(fields.map(({ name }) => name))
  const showWrong = (found: Record<string, string>) => {
    setWrong(found)
    const first = fields.find(({ name }) => found[name])
    // After the problems are on the page.
    if (first) requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(`[data-field="${first.name}"] [aria-invalid]`)?.focus())
  }
  const onFormSubmit = async (event: FormEvent) => {
    event.preventDefault()
    const said = Object.entries({ ...typed, ...also }).filter(([, value]) => value !== '' && value !== undefined)
    const parsed = schema.safeParse(Object.fromEntries(said))
    setRefused(undefined)
    if (!parsed.success) {
      const locale = Locale.parse(i18n.language)
      const found = parsed.error.issues.flatMap((issue) => fieldIssues(issue, 'body'))
      return showWrong(
        byField(
          found.map(({ field, code, values }) => ({ field, message: fieldProblemText(code, locale, values) })),
          names,
        ),
      )
    }
    setBusy(true)
    setWrong({})
    try {
      await onSubmit(Object.fromEntries(said) as z.input<Schema>)
    } catch (error) {
      const told = error instanceof RequestProblem ? (error.body.errors ?? []) : []
      const placed = byField(told, names)
      showWrong(placed)
      if (told.length === 0 || Object.keys(placed).length < told.length) setRefused(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form ref={form} noValidate className="form" onSubmit={(event) => void onFormSubmit(event)}>
      {refused !== undefined && <ProblemNotice error={refused} />}
      {fields.map((field) => (
        <div key={field.name} data-field={field.name}>
          <FormControl
            field={field}
            schema={schema.shape[field.name] as z.ZodType | undefined}
            value={typed[field.name]}
            problem={wrong[field.name]}
            set={(value) => {
              setTyped((now) => ({ ...now, [field.name]: value }))
              setWrong((now) => ({ ...now, [field.name]: '' }))
            }}
          />
        </div>
      ))}
      <div className="form-actions">
        <Button type="submit" kind="primary" busy={busy}>
          {submit}
        </Button>
        {beside}
      </div>
    </form>
  )
}

/** Problems by the form's fields: `body.grants.0.right` belongs to `grants`. */
function byField(problems: readonly { field: string; message: string }[], names: ReadonlySet<string>): Record<string, string> {
  const found: Record<string, string> = {}
  for (const { field, message } of problems) {
    const [, name = ''] = field.split('.')
    if (names.has(name)) found[name] ??= message
  }
  return found
}

interface ControlProps {
  field: FormField
  schema: z.ZodType | undefined
  value: unknown
  problem: string | undefined
  set: (value: unknown) => void
}

function FormControl({ field, schema, value, problem, set }: ControlProps) {
  const { label, help, render, options, control, autoComplete, placeholder, autoFocus } = field
  if (render) {
    return (
      <Field label={label} help={help} problem={problem}>
        {(ids) => render({ value, set, ids })}
      </Field>
    )
  }
  const { kind, maxLength, required } = shapeOf(schema)
  const common = { label, help, problem, ...(autoComplete ? { autoComplete } : {}), ...(autoFocus ? { autoFocus } : {}) }
  if (kind === 'boolean') {
    return (
      <Checkbox checked={value === true} onChange={set}>
        {label}
      </Checkbox>
    )
  }
  if (options) {
    const unsaid = required ? [] : [{ value: '', label: '—' }]
    return <SelectField {...common} value={String(value ?? '')} options={[...unsaid, ...options]} onChange={set} />
  }
  if (control === 'long') return <LongTextField {...common} value={String(value ?? '')} maxLength={maxLength} onChange={set} />
  if (control === 'password') return <PasswordField {...common} value={String(value ?? '')} maxLength={maxLength} onChange={set} />
  const number = control === 'number' || kind === 'number'
  return (
    <TextField
      {...common}
      value={String(value ?? '')}
      type={control === 'email' || control === 'date' ? control : 'text'}
      {...(number ? { inputMode: 'decimal' as const } : {})}
      maxLength={maxLength}
      placeholder={placeholder}
      onChange={(text) => set(number && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text)}
    />
  )
}

/** What a schema says of how its value is entered. */
function shapeOf(schema: z.ZodType | undefined): { kind: string; maxLength: number | undefined; required: boolean } {
  let inner = schema
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable || inner instanceof z.ZodDefault)
    inner = inner.unwrap() as z.ZodType
  const maxLength = inner instanceof z.ZodString ? (inner.maxLength ?? undefined) : undefined
  return { kind: inner?.type ?? 'string', maxLength, required: inner === schema }
}
