import { RequestProblem } from '@zhike/contract/client.ts'
import { fieldIssues } from '@zhike/contract/field-issues.ts'
import type { FieldProblem, ProblemName } from '@zhike/contract/problems.ts'
import { Locale } from '@zhike/contract/texts/locale.ts'
import { fieldProblemText } from '@zhike/contract/texts/problems.ts'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { z } from 'zod'
import { Button, type ButtonKind } from './button.tsx'
import { Checkbox, type ControlIds, Field, LongTextField, type Option, SelectField, TextField } from './field.tsx'
import { PasswordField } from './password-field.tsx'
import { isText, ProblemNotice, type ProblemText, useProblemText } from './problem.tsx'
import { useTranslation } from './translation.ts'

/** What is typed, by the name of the field in the contract; an empty text is “not said”. */
export type Typed = Record<string, unknown>

export interface FormField {
  /** Of the body, or of an object in it: `company.name`. */
  name: string
  label: string
  /** Said when what is typed has not the form it must have. */
  wrong?: string
  /** Begins a part of the form, with these words above it. */
  heading?: string
  /** Shares its line with the next such field where there is room. */
  half?: boolean
  help?: ReactNode
  /** How it is entered; by default as the contract's schema says (text, number, yes/no, one of a list). */
  control?: 'text' | 'long' | 'password' | 'email' | 'number' | 'date'
  /** Words for the values of a list. */
  options?: readonly Option[]
  autoComplete?: string
  inputMode?: 'numeric' | 'text'
  placeholder?: string
  autoFocus?: boolean
  /** Shown, and not to be changed here. */
  readOnly?: boolean
  /** A control of one's own; `value` and `set` speak of this field. */
  render?: (control: FormControlState) => ReactNode
  /** Further fields that the control of one's own enters, by `typed` and `setAll`. */
  also?: readonly string[]
}

interface FormControlState {
  value: unknown
  set: (value: unknown) => void
  /** Everything that is typed, by the names of the fields. */
  typed: Typed
  setAll: (values: Typed) => void
  ids: ControlIds
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
  /** Problems of the whole request that are about one field: `password-wrong` belongs beside the password. */
  problemAt?: Partial<Record<ProblemName, string>>
  /** Forgets what was typed once it has been taken. */
  clears?: boolean
  kind?: ButtonKind
  /** Rejects with the server's problem: each goes beside its field, what was typed stays. */
  onSubmit: (body: z.input<Schema>) => Promise<unknown>
}

/** A form made from a contract's schema: what is wrong is said beside its field, by the same rules and words as the server's. */
export function SchemaForm<Schema extends z.ZodObject>(props: Props<Schema>) {
  const { schema, fields, initial = {}, submit, beside, also, problemAt = {}, clears = false, kind = 'primary', onSubmit } = props
  const { i18n } = useTranslation()
  const problemText = useProblemText()
  const form = useRef<HTMLFormElement>(null)
  const [typed, setTyped] = useState<Typed>(initial)
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [refused, setRefused] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const names = fields.flatMap(namesOf)
  const showWrong = (found: Record<string, string>) => {
    setWrong(found)
    const first = fields.find(({ name }) => found[name])
    // After the problems are on the page.
    if (first) requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(`[data-field="${first.name}"] [aria-invalid]`)?.focus())
  }
  const onFormSubmit = async (event: FormEvent) => {
    event.preventDefault()
    const said = Object.entries({ ...typed, ...also }).filter(([, value]) => value !== '' && value !== undefined)
    const body = nested(said, names)
    const parsed = schema.safeParse(body, { reportInput: true })
    setRefused(undefined)
    if (!parsed.success) {
      const locale = Locale.parse(i18n.language)
      const found = parsed.error.issues.flatMap((issue) => fieldIssues(issue, 'body'))
      return showWrong(
        byField(
          found.map(({ field, code, values }) => ({ field, code, message: fieldProblemText(code, locale, values) })),
          fields,
        ),
      )
    }
    setBusy(true)
    setWrong({})
    try {
      await onSubmit(body as z.input<Schema>)
      if (clears) setTyped(initial)
    } catch (error) {
      const told = error instanceof RequestProblem ? (error.body.errors ?? []) : []
      const field = error instanceof RequestProblem ? problemAt[error.problem as ProblemName] : undefined
      const placed = field === undefined ? byField(told, fields) : { [field]: sentence(problemText(error)) }
      showWrong(placed)
      if (field === undefined && (told.length === 0 || Object.keys(placed).length < told.length)) setRefused(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form ref={form} noValidate className="form" onSubmit={(event) => void onFormSubmit(event)}>
      {refused !== undefined && <ProblemNotice error={refused} />}
      {fields.map((field) => (
        <div key={field.name} data-field={field.name} className={field.half ? 'form-half' : undefined}>
          {field.heading && <h2>{field.heading}</h2>}
          <FormControl
            field={field}
            schema={schemaAt(schema, field.name)}
            problem={wrong[field.name]}
            typed={typed}
            setAll={(values) => {
              setTyped((now) => ({ ...now, ...values }))
              setWrong((now) => ({ ...now, [field.name]: '' }))
            }}
          />
        </div>
      ))}
      <div className="form-actions">
        <Button type="submit" kind={kind} busy={busy}>
          {submit}
        </Button>
        {beside}
      </div>
    </form>
  )
}

const namesOf = ({ name, also = [] }: FormField): string[] => [name, ...also]

/** Problems by the form's fields: `body.grants.0.right` belongs to `grants`. */
function byField(problems: readonly FieldProblem[], fields: readonly FormField[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const { field, code, message } of problems) {
    const path = field.slice(field.indexOf('.') + 1)
    const place = fields.find((each) => namesOf(each).some((name) => path === name || path.startsWith(`${name}.`)))
    if (place) found[place.name] ??= (code === 'wrong_format' && place.wrong) || message
  }
  return found
}

const sentence = ({ title, detail }: ProblemText) => [title, detail].filter(isText).join(' · ')

/** The body of fields whose names are paths: `company.name` is the `name` of its object `company`. */
function nested(said: readonly (readonly [string, unknown])[], names: readonly string[]): Typed {
  const body: Typed = {}
  const objectOf = (path: string) => {
    let place = body
    for (const name of path.split('.').slice(0, -1)) place = (place[name] ??= {}) as Typed
    return place
  }
  // An object of which nothing is said is there all the same, so that what it lacks is told field by field.
  for (const name of names) objectOf(name)
  for (const [path, value] of said) objectOf(path)[path.slice(path.lastIndexOf('.') + 1)] = value
  return body
}

function schemaAt(schema: z.ZodObject, path: string): z.ZodType | undefined {
  let inner: unknown = schema
  for (const name of path.split('.')) inner = inner instanceof z.ZodObject ? inner.shape[name] : undefined
  return inner as z.ZodType | undefined
}

interface ControlProps {
  field: FormField
  schema: z.ZodType | undefined
  typed: Typed
  problem: string | undefined
  setAll: (values: Typed) => void
}

function FormControl({ field, schema, typed, problem, setAll }: ControlProps) {
  const value = typed[field.name]
  const set = (next: unknown) => setAll({ [field.name]: next })
  const { label, help, render, options, control, autoComplete, inputMode, placeholder, autoFocus, readOnly } = field
  if (render) {
    return (
      <Field label={label} help={help} problem={problem}>
        {(ids) => render({ value, set, typed, setAll, ids })}
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
  const number = control === 'number' || kind === 'number'
  const typedAs = (text: string) => (number && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text)
  if (options) {
    const unsaid = required ? [] : [{ value: '', label: '—' }]
    return (
      <SelectField {...common} value={String(value ?? '')} options={[...unsaid, ...options]} onChange={(chosen) => set(typedAs(chosen))} />
    )
  }
  if (control === 'long') return <LongTextField {...common} value={String(value ?? '')} maxLength={maxLength} onChange={set} />
  if (control === 'password') return <PasswordField {...common} value={String(value ?? '')} maxLength={maxLength} onChange={set} />
  return (
    <TextField
      {...common}
      value={String(value ?? '')}
      type={control === 'email' || control === 'date' ? control : 'text'}
      inputMode={inputMode ?? (number ? 'decimal' : undefined)}
      maxLength={maxLength}
      placeholder={placeholder}
      readOnly={readOnly}
      onChange={(text) => set(typedAs(text))}
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
