import '../identify/customers/texts.ts'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useMemo } from 'react'
import { customerMatches } from '../identify/customers/customer-queries.ts'
import { chooseTheme, themeMode } from '../ui/theme.ts'
import { useTranslation } from '../ui/translation.ts'
import { chooseLanguage, language } from './i18n.ts'
import { useAllowedEntries } from './navigation.ts'
import { useRunRfm } from './run-rfm.ts'
import { useAllowed, useLeave } from './session.ts'
import type { TextKey } from './texts.ts'
import { visits } from './visits.ts'

export interface Target {
  key: string
  group: 'palette.recent' | 'palette.pages' | 'palette.actions' | 'palette.customers'
  label: string
  note?: string
  /** Other words it is found by: the same in the other language. */
  also?: string
  go: () => unknown
}

/** Whether a target is found by what was typed. */
export const isFound = ({ label, also = '' }: Target, text: string): boolean =>
  `${label}\n${also}`.toLowerCase().includes(text.toLowerCase())

/** What a text leads to, in groups; with none, where one has been lately and what there is to do. */
export function useTargets(text: string, rested: string): { targets: Target[]; searching: boolean } {
  const recent = useRecent()
  const pages = usePages()
  const actions = useActions()
  const customers = useCustomers(rested)
  if (text === '') return { targets: [...recent, ...actions, ...pages], searching: false }
  return {
    targets: [...[...pages, ...actions].filter((each) => isFound(each, text)), ...customers.targets],
    searching: customers.searching,
  }
}

/** A text in the language that is not on screen. */
function useOtherLanguage(): (key: TextKey) => string {
  const { i18n } = useTranslation()
  return (key) => i18n.t(key, { lng: language() === 'zh' ? 'en' : 'zh' })
}

function useRecent(): Target[] {
  const router = useRouter()
  return useMemo(
    () =>
      visits()
        .filter(({ href }) => href !== router.state.location.href)
        .slice(0, 5)
        .map(
          ({ href, title }): Target => ({
            key: `recent ${href}`,
            group: 'palette.recent',
            label: title,
            go: () => router.history.push(href),
          }),
        ),
    [router],
  )
}

function usePages(): Target[] {
  const { t } = useTranslation()
  const other = useOtherLanguage()
  const navigate = useNavigate()
  return useAllowedEntries().map(({ to, text, letter }) => ({
    key: to,
    group: 'palette.pages',
    label: t(text),
    also: other(text),
    ...(letter ? { note: `g ${letter}` } : {}),
    go: () => navigate({ to }),
  }))
}

function useActions(): Target[] {
  const { t } = useTranslation()
  const other = useOtherLanguage()
  const may = useAllowed()
  const navigate = useNavigate()
  const runRfm = useRunRfm()
  const leave = useLeave()
  const action = (text: TextKey, go: () => unknown): Target => ({
    key: text,
    group: 'palette.actions',
    label: t(text),
    also: other(text),
    go,
  })
  return [
    ...(may('customer.create') ? [action('palette.newCustomer', () => navigate({ to: '/customers/new' }))] : []),
    ...(may('import.run') ? [action('palette.import', () => navigate({ to: '/imports/new' }))] : []),
    ...(may('analysis.run') ? [action('palette.runRfm', runRfm)] : []),
    action('palette.language', () => chooseLanguage(language() === 'zh' ? 'en' : 'zh')),
    action('palette.theme', () => chooseTheme(themeMode() === 'dark' ? 'light' : 'dark')),
    action('shell.signOut', leave),
  ]
}

function useCustomers(search: string): { targets: Target[]; searching: boolean } {
  const { t } = useTranslation()
  const may = useAllowed()
  const navigate = useNavigate()
  const { data, isFetching } = useQuery({ ...customerMatches(search), enabled: search !== '' && may('customer.read') })
  const items = search === '' ? [] : (data?.items ?? [])
  return {
    searching: isFetching,
    targets: items.map(({ id, name, code, phone, city }) => ({
      key: id,
      group: 'palette.customers',
      label: name ?? t('customers.unnamed'),
      note: [code, phone, city].filter(Boolean).join(' · '),
      go: () => navigate({ to: '/customers/$id', params: { id } }),
    })),
  }
}
