import type { Right } from '@zhike/contract/platform/rights.ts'
import { useMemo } from 'react'
import { useMe } from './session.ts'
import type { TextKey } from './texts.ts'

export interface NavigationEntry {
  to:
    | '/'
    | '/customers'
    | '/products'
    | '/orders'
    | '/imports'
    | '/rfm'
    | '/abc'
    | '/clv'
    | '/jobs'
    | '/people'
    | '/audit'
    | '/api-keys'
    | '/settings'
    | '/system'
    | '/account'
    | '/help/glossary'
  text: TextKey
  /** Shown to whoever holds it. */
  right?: Right
  /** `g`, then this, goes there. */
  letter?: string
  /** Stands in the bar of a phone; there is room for four. */
  often?: boolean
}

interface NavigationGroup {
  text: TextKey
  entries: NavigationEntry[]
}

/** Left: people's words. Only what has a server behind it stands here. */
export const navigation: NavigationGroup[] = [
  {
    text: 'nav.group.customers',
    entries: [
      { to: '/', text: 'nav.home', letter: 't', often: true },
      { to: '/customers', text: 'nav.customers', right: 'customer.read', letter: 'c', often: true },
      { to: '/imports', text: 'nav.imports', right: 'import.run', letter: 'i', often: true },
    ],
  },
  {
    text: 'nav.group.insight',
    entries: [
      { to: '/rfm', text: 'nav.rfm', right: 'analysis.read', letter: 'r', often: true },
      { to: '/abc', text: 'nav.abc', right: 'analysis.read', letter: 'a' },
      { to: '/clv', text: 'nav.clv', right: 'analysis.read', letter: 'v' },
    ],
  },
  {
    text: 'nav.group.business',
    entries: [
      { to: '/orders', text: 'nav.orders', right: 'order.read', letter: 'o' },
      { to: '/products', text: 'nav.products', right: 'product.read', letter: 'p' },
    ],
  },
  {
    text: 'nav.group.system',
    entries: [
      { to: '/jobs', text: 'nav.jobs', right: 'job.read', letter: 'j', often: true },
      { to: '/people', text: 'nav.people', right: 'user.manage', letter: 'u' },
      { to: '/audit', text: 'nav.audit', right: 'audit.read', letter: 'l' },
      { to: '/api-keys', text: 'nav.apiKeys', letter: 'k' },
      { to: '/settings', text: 'nav.settings', right: 'settings.manage', letter: 's' },
      { to: '/system', text: 'nav.system', right: 'system.manage', letter: 'h' },
      { to: '/account', text: 'nav.account', letter: 'm' },
      { to: '/help/glossary', text: 'nav.glossary', letter: 'w' },
    ],
  },
]

/** The groups with what somebody may open; none that is empty. */
export function useAllowedGroups(): NavigationGroup[] {
  const { rights } = useMe()
  return useMemo(() => {
    const held = new Set(rights.map(({ right }) => right))
    return navigation
      .map(({ text, entries }) => ({ text, entries: entries.filter(({ right }) => right === undefined || held.has(right)) }))
      .filter(({ entries }) => entries.length > 0)
  }, [rights])
}

export function useAllowedEntries(): NavigationEntry[] {
  const groups = useAllowedGroups()
  return useMemo(() => groups.flatMap(({ entries }) => entries), [groups])
}

/** The entry that a page belongs to: the longest address that its own begins with. */
export function entryOf(path: string): NavigationEntry | undefined {
  return navigation
    .flatMap(({ entries }) => entries)
    .filter(({ to }) => path === to || path.startsWith(`${to}/`))
    .toSorted((a, b) => b.to.length - a.to.length)[0]
}
