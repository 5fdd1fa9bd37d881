import { Link } from '@tanstack/react-router'
import { useTranslation } from '../../ui/translation.ts'

/** People, teams and roles belong together: one press apart. */
export function PeopleTabs() {
  const { t } = useTranslation()
  const current = { activeProps: { 'aria-current': 'page' as const }, activeOptions: { exact: true, includeSearch: false } }
  return (
    <nav className="tabs" aria-label={t('people.tabs')}>
      <Link to="/people" {...current}>
        {t('people.title')}
      </Link>
      <Link to="/people/teams" {...current}>
        {t('teams.title')}
      </Link>
      <Link to="/people/roles" {...current}>
        {t('roles.title')}
      </Link>
    </nav>
  )
}
