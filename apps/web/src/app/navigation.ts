import type { Right } from '@zhike/contract/platform/rights.ts'
import type { TextKey } from './texts.ts'

export interface NavigationEntry {
  to: '/customers' | '/products' | '/orders' | '/imports' | '/rfm' | '/jobs' | '/account'
  text: TextKey
  /** Shown to whoever holds it. */
  right?: Right
}

/** Left: people's words. Only what has a server behind it stands here. */
export const navigation: { text: TextKey; entries: NavigationEntry[] }[] = [
  {
    text: 'nav.group.customers',
    entries: [
      { to: '/customers', text: 'nav.customers', right: 'customer.read' },
      { to: '/imports', text: 'nav.imports', right: 'import.run' },
    ],
  },
  { text: 'nav.group.insight', entries: [{ to: '/rfm', text: 'nav.rfm', right: 'analysis.read' }] },
  {
    text: 'nav.group.business',
    entries: [
      { to: '/orders', text: 'nav.orders', right: 'order.read' },
      { to: '/products', text: 'nav.products', right: 'product.read' },
    ],
  },
  {
    text: 'nav.group.system',
    entries: [
      { to: '/jobs', text: 'nav.jobs', right: 'job.read' },
      { to: '/account', text: 'nav.account' },
    ],
  },
]
