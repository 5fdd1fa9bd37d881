import type { Purpose } from '@zhike/contract/platform/rights.ts'

/** What people look at, or take away, personal data for. Systems have one more of their own. */
export const purposes = ['service', 'sales', 'delivery', 'marketing', 'verification', 'legal-request'] as const satisfies readonly Purpose[]
