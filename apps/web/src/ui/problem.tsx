import { RequestProblem } from '@zhike/contract/client.ts'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Empty } from './empty.tsx'
import { Notice } from './notice.tsx'
import { useTranslation } from './translation.ts'

export interface ProblemText {
  title: string
  detail?: string
}

/** Only words are shown, whatever else a reply may carry where they should be. */
export const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** Words for whatever went wrong; the server's own are in the reader's language already. */
export function useProblemText(): (error: unknown) => ProblemText {
  const { t } = useTranslation()
  return (error) => {
    if (error instanceof RequestProblem) {
      const { title, detail } = error.body
      return isText(detail) ? { title, detail } : { title }
    }
    return { title: t('problem.unreachable'), detail: t('problem.unreachable.detail') }
  }
}

/**
 * In place of a record that cannot be shown. One that is gone and one that lies beyond what somebody may see look the same: what
 * helps is the way back. Anything else that went wrong may go better the next time.
 */
export function NotShown({ error, retry, back }: { error: unknown; retry: () => void; back: ReactNode }) {
  const { t } = useTranslation()
  const { title } = useProblemText()(error)
  if (!(error instanceof RequestProblem) || error.body.status !== 404) return <ProblemNotice error={error} retry={retry} />
  return <Empty title={title} text={t('problem.gone')} action={back} />
}

/** What happened and what to do, where the content would be. */
export function ProblemNotice({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation()
  const { title, detail } = useProblemText()(error)
  const fields = error instanceof RequestProblem ? (error.body.errors ?? []) : []
  const { status, requestId } = error instanceof RequestProblem ? error.body : {}
  const number = status !== undefined && status >= 500 && isText(requestId) ? t('problem.requestId', { id: requestId }) : undefined
  const description = [detail, ...fields.map(({ message }) => message), number].filter(isText).join(' ')
  return (
    <Notice
      tone="bad"
      title={title}
      {...(retry
        ? {
            action: (
              <Button small onClick={retry}>
                {t('action.retry')}
              </Button>
            ),
          }
        : {})}
    >
      {description}
    </Notice>
  )
}
