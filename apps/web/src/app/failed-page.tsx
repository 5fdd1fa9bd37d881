import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { ProblemNotice } from '../ui/problem.tsx'

export function MissingPage() {
  const { t } = useTranslation()
  return (
    <main id="main" className="page">
      <Empty
        title={t('notFound.title')}
        text={t('notFound.text')}
        action={
          <Link to="/customers" search={{}} className={buttonClass('primary')}>
            {t('notFound.action')}
          </Link>
        }
      />
    </main>
  )
}

export function FailedPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return (
    <main id="main" className="page">
      <h1>{t('problem.page')}</h1>
      <ProblemNotice error={error} retry={retry} />
    </main>
  )
}
