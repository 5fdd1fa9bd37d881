import { RequestProblem } from '@zhike/contract/client.ts'
import { Button } from './button.tsx'
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
