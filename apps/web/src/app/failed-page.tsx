import '../platform/rights-texts.ts'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import type { Right } from '@zhike/contract/platform/rights.ts'
import { Component, type ReactNode } from 'react'
import { Button, buttonClass } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { ProblemNotice } from '../ui/problem.tsx'
import { useTranslation } from '../ui/translation.ts'

export function MissingPage() {
  const { t } = useTranslation()
  return (
    <main id="main" className="page">
      <h1 className="sr-only">{t('notFound.title')}</h1>
      <Empty
        title={t('notFound.title')}
        text={t('notFound.text')}
        action={
          <Link to="/" className={buttonClass('primary')}>
            {t('notFound.action')}
          </Link>
        }
      />
    </main>
  )
}

/** In place of a page that takes a right which is not held. */
export function NoRightPage({ right }: { right: Right }) {
  const { t } = useTranslation()
  return (
    <main id="main" className="page">
      <h1 className="sr-only">{t('noRight.title')}</h1>
      <Empty title={t('noRight.title')} text={t('noRight.text', { right: t(`right.${right}`) })} />
    </main>
  )
}

/** A part of the app that was there when the page was opened and is not any more, or cannot be fetched. */
const isMissingPart = (error: unknown) =>
  error instanceof Error && /dynamically imported module|importing a module script|preload/i.test(error.message)

export function FailedPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return (
    <main id="main" className="page">
      {isMissingPart(error) ? (
        <Empty title={t('failed.chunk.title')} text={t('failed.chunk.text')} action={<Reload />} />
      ) : (
        <>
          <h1>{t('problem.page')}</h1>
          <ProblemNotice error={error} retry={retry} />
        </>
      )}
    </main>
  )
}

function Reload() {
  const { t } = useTranslation()
  return (
    <Button kind="primary" onClick={() => window.location.reload()}>
      {t('failed.chunk.action')}
    </Button>
  )
}

function Broken({ error }: { error: Error }) {
  const { t } = useTranslation()
  return (
    <main className="page">
      <Empty title={t('failed.app.title')} text={t('failed.app.text')} action={<Reload />} />
      <p className="muted small">{error.message}</p>
    </main>
  )
}

/** The last net: what breaks outside every page is told, not a white window. */
export class AppBoundary extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {}

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    return this.state.error ? <Broken error={this.state.error} /> : this.props.children
  }
}
