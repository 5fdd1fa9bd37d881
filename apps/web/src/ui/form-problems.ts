import { RequestProblem } from '@zhike/contract/client.ts'
import type { FormInstance } from 'antd'

/**
 * Puts the server's problems beside the fields they concern: `body.values.phone` under the field named so in `fields`.
 * @returns whether every problem found its field; what did not is for a notice above the form
 */
export function showFieldProblems(form: FormInstance, error: unknown, fields: Record<string, string>): boolean {
  if (!(error instanceof RequestProblem)) return false
  const problems = error.body.errors ?? []
  const placed = problems.flatMap(({ field, message }) => {
    const name = fields[field] ?? fields[field.replace(/^body\./, '')]
    return name === undefined ? [] : [{ name, errors: [message] }]
  })
  form.setFields(placed)
  if (placed[0]) form.scrollToField(placed[0].name, { focus: true })
  return problems.length > 0 && placed.length === problems.length
}
