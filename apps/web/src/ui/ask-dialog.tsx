import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ProblemNotice } from './problem.tsx'
import { useTranslation } from './translation.ts'

interface Props {
  title: string
  /** What will happen, with numbers. */
  children: ReactNode
  /** The word of the deed: 停用, not “yes”. */
  action: string
  danger?: boolean
  onClose: () => void
  /** Closes when it has been done; a refusal is told in place. */
  run: () => Promise<unknown>
}

/** Asks before something is done that cannot simply be taken back. */
export function AskDialog({ title, children, action, danger = true, onClose, run }: Props) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<unknown>()
  const go = async () => {
    setBusy(true)
    setRefused(undefined)
    try {
      await run()
      onClose()
    } catch (error) {
      setRefused(error)
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button kind={danger ? 'danger' : 'primary'} busy={busy} onClick={() => void go()}>
            {action}
          </Button>
        </>
      }
    >
      {refused !== undefined && <ProblemNotice error={refused} />}
      {children}
    </Dialog>
  )
}
