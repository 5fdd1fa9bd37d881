import { useState } from 'react'
import type { Inspection } from './import-queries.ts'
import type { Plan } from './plan.ts'

const place = (fileId: string) => `zhike.import.${fileId}`

/** What somebody had decided about a file when they left; nothing when it was of another kind or sheet. */
function keptPlan({ file, kind, columns }: Inspection): Plan | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(place(file.id)) ?? 'null') as Plan | null
    const same = kept?.settings.kind === kind && kept.settings.columns.every(({ header }, at) => header === columns[at]?.header)
    return same && kept.settings.columns.length === columns.length ? kept : undefined
  } catch {
    // Of another form than today's.
    return undefined
  }
}

export const forgetPlan = (fileId: string): void => localStorage.removeItem(place(fileId))

/** The plan for a file, kept on this device until the file is imported: whoever leaves half-way goes on where they were. */
export function usePlan(inspected: Inspection, found: () => Plan): [Plan, (plan: Plan) => void] {
  const [plan, setPlan] = useState(() => keptPlan(inspected) ?? found())
  const change = (next: Plan) => {
    localStorage.setItem(place(inspected.file.id), JSON.stringify(next))
    setPlan(next)
  }
  return [plan, change]
}
